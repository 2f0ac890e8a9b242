// fma: how many multiply-adds a second this adapter does when it reads and writes nothing.
// Each thread keeps chains x <- a x + b in registers, each from another start, and adds them up at the end; a and b
// come from memory, so nothing can be computed in advance. A loop costs software adapters more than a multiply-add,
// so several are written out; which form is fastest depends on the adapter, and the fastest is its ceiling.
// A loop's bound is read anew each time it is compared, so the inner one is a constant: 32 trips a round.
//
// shapes   rounds (1); input (threads) of x, a, b; output (threads)
// grid     threads / 64
// bytes    20 a thread, whatever the number of rounds

@group(0) @binding(0) var<uniform> rounds: u32;
@group(0) @binding(1) var<storage, read> input: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;

const TRIPS = 32u;

// 8 chains, one multiply-add of each a trip: what a plain loop reaches.
@compute @workgroup_size(64)
fn loop_8(@builtin(global_invocation_id) id: vec3u) {
  let x = input[id.x].x;
  let a = input[id.x].y;
  let b = input[id.x].z;
  var x0 = x + 0.0; var x1 = x + 1.0; var x2 = x + 2.0; var x3 = x + 3.0;
  var x4 = x + 4.0; var x5 = x + 5.0; var x6 = x + 6.0; var x7 = x + 7.0;
  for (var r = 0u; r < rounds; r++) {
    for (var i = 0u; i < TRIPS; i++) {
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
    }
  }
  output[id.x] = (x0 + x1 + x2 + x3) +
    (x4 + x5 + x6 + x7);
}

// 16 chains, 4 multiply-adds of each a trip.
@compute @workgroup_size(64)
fn written_16x4(@builtin(global_invocation_id) id: vec3u) {
  let x = input[id.x].x;
  let a = input[id.x].y;
  let b = input[id.x].z;
  var x0 = x + 0.0; var x1 = x + 1.0; var x2 = x + 2.0; var x3 = x + 3.0;
  var x4 = x + 4.0; var x5 = x + 5.0; var x6 = x + 6.0; var x7 = x + 7.0;
  var x8 = x + 8.0; var x9 = x + 9.0; var x10 = x + 10.0; var x11 = x + 11.0;
  var x12 = x + 12.0; var x13 = x + 13.0; var x14 = x + 14.0; var x15 = x + 15.0;
  for (var r = 0u; r < rounds; r++) {
    for (var i = 0u; i < TRIPS; i++) {
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x8 = fma(x8, a, b); x9 = fma(x9, a, b); x10 = fma(x10, a, b); x11 = fma(x11, a, b);
      x12 = fma(x12, a, b); x13 = fma(x13, a, b); x14 = fma(x14, a, b); x15 = fma(x15, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x8 = fma(x8, a, b); x9 = fma(x9, a, b); x10 = fma(x10, a, b); x11 = fma(x11, a, b);
      x12 = fma(x12, a, b); x13 = fma(x13, a, b); x14 = fma(x14, a, b); x15 = fma(x15, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x8 = fma(x8, a, b); x9 = fma(x9, a, b); x10 = fma(x10, a, b); x11 = fma(x11, a, b);
      x12 = fma(x12, a, b); x13 = fma(x13, a, b); x14 = fma(x14, a, b); x15 = fma(x15, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x8 = fma(x8, a, b); x9 = fma(x9, a, b); x10 = fma(x10, a, b); x11 = fma(x11, a, b);
      x12 = fma(x12, a, b); x13 = fma(x13, a, b); x14 = fma(x14, a, b); x15 = fma(x15, a, b);
    }
  }
  output[id.x] = (x0 + x1 + x2 + x3) +
    (x4 + x5 + x6 + x7) +
    (x8 + x9 + x10 + x11) +
    (x12 + x13 + x14 + x15);
}

// 8 chains, 16 multiply-adds of each a trip: fewer registers.
@compute @workgroup_size(64)
fn written_8x16(@builtin(global_invocation_id) id: vec3u) {
  let x = input[id.x].x;
  let a = input[id.x].y;
  let b = input[id.x].z;
  var x0 = x + 0.0; var x1 = x + 1.0; var x2 = x + 2.0; var x3 = x + 3.0;
  var x4 = x + 4.0; var x5 = x + 5.0; var x6 = x + 6.0; var x7 = x + 7.0;
  for (var r = 0u; r < rounds; r++) {
    for (var i = 0u; i < TRIPS; i++) {
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
      x0 = fma(x0, a, b); x1 = fma(x1, a, b); x2 = fma(x2, a, b); x3 = fma(x3, a, b);
      x4 = fma(x4, a, b); x5 = fma(x5, a, b); x6 = fma(x6, a, b); x7 = fma(x7, a, b);
    }
  }
  output[id.x] = (x0 + x1 + x2 + x3) +
    (x4 + x5 + x6 + x7);
}
