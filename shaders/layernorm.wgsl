// layernorm: xhat = (x - mean) rstd over the last axis; the affine part lives in the next matrix (fold.wgsl)
// shapes   x dx xhat dxhat (R,N,C)   rstd (R,N)
// grid     (N LANES/64, 1, R), rounded up; LANES threads a row, whose neighbours read neighbours
// bytes    forward 8 R N C (x is read three times, mostly from cache)   backward 16 R N C
// writes   forward xhat =, rstd =   backward dx += (residual stream), or = where it is the first gradient (ACCUMULATE 0)
// sizes    override N, C, EPSILON, ACCUMULATE, LANES (1: no barrier; else 2, 4 or 8)
// twin     src/engine/reference/layernorm.ts
// uses     nothing

override N: u32;
override C: u32;
override EPSILON: f32 = 1e-5;
override ACCUMULATE: u32 = 1u;
override LANES: u32;

@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> xhat: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> rstd: array<f32>;
@group(0) @binding(4) var<storage, read> dxhat: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dx: array<vec4f>;

fn total(v: vec4f) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

var<workgroup> shares: array<vec2f, 64>;

// A row is summed in eight shares of every eighth vec4, whatever LANES is, so that LANES changes no bit.
const SHARES = 8u;

// The sum over the lanes of a row, in their order.
fn row_sum(own: vec2f, i: u32) -> vec2f {
  if (LANES == 1u) { return own; }
  workgroupBarrier();
  shares[i] = own;
  workgroupBarrier();
  let first = i - i % LANES;
  var sum = vec2f();
  for (var l = 0u; l < LANES; l++) { sum += shares[first + l]; }
  return sum;
}

struct Lane {
  row: u32, // over all runs; behind the end the last row again, and nothing is stored
  first: u32, // first vec4 of the row
  begin: u32, // first vec4 of this lane; then every LANES-th up to end
  end: u32,
  inside: bool,
}

fn lane_of(group: vec3u, i: u32) -> Lane {
  let w = C / 4u;
  let n = (group.x * 64u + i) / LANES;
  let row = group.z * N + min(n, N - 1u);
  return Lane(row, row * w, row * w + i % LANES, (row + 1u) * w, n < N);
}

@compute @workgroup_size(64)
fn forward(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let lane = lane_of(group, i);
  var sum = 0.0;
  for (var share = i % LANES; share < SHARES; share += LANES) {
    var part = vec4f();
    for (var j = lane.first + share; j < lane.end; j += SHARES) { part += x[j]; }
    sum += total(part);
  }
  let mean = row_sum(vec2f(sum, 0.0), i).x / f32(C);
  var squares = 0.0;
  for (var share = i % LANES; share < SHARES; share += LANES) {
    var part = vec4f();
    for (var j = lane.first + share; j < lane.end; j += SHARES) {
      let centred = x[j] - mean;
      part += centred * centred;
    }
    squares += total(part);
  }
  let scale = inverseSqrt(row_sum(vec2f(squares, 0.0), i).x / f32(C) + EPSILON);
  if (!lane.inside) { return; }
  for (var j = lane.begin; j < lane.end; j += LANES) { xhat[j] = (x[j] - mean) * scale; }
  if (i % LANES == 0u) { rstd[lane.row] = scale; }
}

@compute @workgroup_size(64)
fn backward(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) i: u32) {
  let lane = lane_of(group, i);
  var sum = vec2f();
  for (var share = i % LANES; share < SHARES; share += LANES) {
    var part = vec4f();
    var along = vec4f();
    for (var j = lane.first + share; j < lane.end; j += SHARES) {
      let gradient = dxhat[j];
      part += gradient;
      along += gradient * xhat[j];
    }
    sum += vec2f(total(part), total(along));
  }
  // Of the gradient, and of its product with xhat.
  let mean = row_sum(sum, i) / f32(C);
  if (!lane.inside) { return; }
  let scale = rstd[lane.row];
  for (var j = lane.begin; j < lane.end; j += LANES) {
    let gradient = (dxhat[j] - mean.x - xhat[j] * mean.y) * scale;
    if (ACCUMULATE == 1u) { dx[j] += gradient; } else { dx[j] = gradient; }
  }
}
