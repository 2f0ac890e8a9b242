// out_proj: x += mix W^T + attention bias + MLP bias, mix = [attention | gelu(up)]: both branches of the parallel residual
// shapes   x dx da (R,N,C)  mix (R,N,5C)  parameters (R,P): W (C,5C), biases (C)  dy (R,N,7C)
//          slope (R,N,4C) in blocks (prelude/slope.wgsl)
// grid     by forms/grid.ts: products of forward and backward in tiles of results, run in z
// bytes    forward 4 R (5 N C + 5 C^2 + 2 N C)   backward 4 R (N C + 5 C^2 + 9 N C)
// writes   forward x +=   backward da = (gradient of attention), dy[:, 3C:7C] = (gradient of up, through GELU's slope)
// sizes    override N, C, P (floats of parameters a run); FIRST, BACKWARD_COLUMNS (part); those of the form
// twin     src/engine/reference/linear.ts
// uses     FORM for forward, backward
// uses     slope
// forms    registers, subgroups, tiles_32, tiles_64

override N: u32;
override C: u32;
override P: u32;
override FORWARD_ROWS: u32 = N;
override FORWARD_COLUMNS: u32 = C;
override FORWARD_DEPTH: u32 = 5u * C;
const FORWARD_LEFT_DEEP = true;
const FORWARD_RIGHT_DEEP = true;
const FORWARD_RAGGED = false;
override BACKWARD_ROWS: u32 = N;
override BACKWARD_COLUMNS: u32; // C from the first column for attention, 4C from C for up: two dispatches
override FIRST: u32;
override BACKWARD_DEPTH: u32 = C;
const BACKWARD_LEFT_DEEP = true;
const BACKWARD_RIGHT_DEEP = false;
const BACKWARD_RAGGED = false;

struct Place {
  weight: u32, // first float of W in a run's parameters
  attention_bias: u32,
  mlp_bias: u32,
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(2) var<storage, read> mix: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> x: array<vec4f>;
@group(0) @binding(4) var<storage, read> dx: array<vec4f>;
@group(0) @binding(5) var<storage, read> slope: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> da: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> dy: array<vec4f>;

// First vec4 of this run's W, read from the uniform once: some adapters load it anew at every use.
var<private> weights: u32;

fn forward_left_start(row: u32) -> u32 { return (run * N + row) * (5u * C / 4u); }
fn forward_left(i: u32) -> vec4f { return mix[i]; }
fn forward_right_start(column: u32) -> u32 { return weights + column * (5u * C / 4u); }
fn forward_right(i: u32) -> vec4f { return parameters[i]; }
fn forward_initial(column: u32) -> vec4f {
  return parameters[(run * P + place.attention_bias + column) / 4u]
    + parameters[(run * P + place.mlp_bias + column) / 4u];
}

fn forward_store(row: u32, column: u32, y: vec4f) {
  let i = (run * N + row) * (C / 4u) + column / 4u;
  x[i] = x[i] + y;
}

@compute @workgroup_size(WX, WY)
fn forward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z;
  weights = (run * P + place.weight) / 4u;
  forward_product(group, thread, 0u, 5u * C);
}

fn backward_left_start(row: u32) -> u32 { return (run * N + row) * (C / 4u); }
fn backward_left(i: u32) -> vec4f { return dx[i]; }
fn backward_right_start(k: u32) -> u32 { return weights + FIRST / 4u + k * (5u * C / 4u); }
fn backward_right(i: u32) -> vec4f { return parameters[i]; }
fn backward_initial(column: u32) -> vec4f { return vec4f(); }

fn backward_store(row: u32, column: u32, product: vec4f) {
  let n = run * N + row;
  if (FIRST == 0u) {
    da[n * (C / 4u) + column / 4u] = product;
  } else {
    dy[n * (7u * C / 4u) + (3u * C + column) / 4u] = product * slope[slope_at(row, column)];
  }
}

@compute @workgroup_size(WX, WY)
fn backward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z;
  weights = (run * P + place.weight) / 4u;
  backward_product(group, thread, 0u, C);
}
