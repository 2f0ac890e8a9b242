// in_proj: [q | k | v | up] = xhat W'^T + b', then rotary on q and k, and GELU on up; W', b' hold the LayerNorms' affine
// shapes   xhat dxhat (R,N,C)  folded (R,F): W' (7C,C), b' (7C)  qkv (R,N,3C)  mix (R,N,5C)  dy (R,N,7C)
//          slope (R,N,4C) in blocks (prelude/slope.wgsl)
// grid     by forms/grid.ts: products of forward and backward in tiles of results, run in z
// bytes    forward 4 R (N C + 7 C^2 + 11 N C)   backward 4 R (7 N C + 7 C^2 + N C)
// writes   forward qkv =, slope = GELU's at up, mix[:, C:5C] =   backward dxhat =
// sizes    override N, T, C, D, F (floats of folded a run); FIRST, FORWARD_COLUMNS (part); those of the form
// twin     src/engine/reference/linear.ts
// uses     FORM for forward, backward
// uses     gelu, slope
// forms    registers, subgroups, tiles_32, tiles_64

override N: u32;
override T: u32;
override C: u32;
override D: u32;
override F: u32;
override FORWARD_ROWS: u32 = N;
override FORWARD_COLUMNS: u32; // 3C from the first column for q, k and v, 4C from 3C for up: two dispatches
override FIRST: u32;
override FORWARD_DEPTH: u32 = C;
const FORWARD_LEFT_DEEP = true;
const FORWARD_RIGHT_DEEP = true;
const FORWARD_RAGGED = false;
override BACKWARD_ROWS: u32 = N;
override BACKWARD_COLUMNS: u32 = C;
override BACKWARD_DEPTH: u32 = 7u * C;
const BACKWARD_LEFT_DEEP = true;
const BACKWARD_RIGHT_DEEP = false;
const BACKWARD_RAGGED = false;

struct Place {
  weight: u32, // first float of W' in a run's folded parameters
  bias: u32, // first float of b'
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> folded: array<vec4f>;
@group(0) @binding(2) var<storage, read> xhat: array<vec4f>;
@group(0) @binding(3) var<storage, read> rotary: array<vec4f>; // (T, D/4): cos, sin, cos, sin of two neighbouring pairs
@group(0) @binding(4) var<storage, read_write> qkv: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> slope: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> mix: array<vec4f>;
@group(0) @binding(7) var<storage, read> dy: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> dxhat: array<vec4f>;

// First vec4 of this run's W, read from the uniform once: some adapters load it anew at every use.
var<private> weights: u32;

fn forward_left_start(row: u32) -> u32 { return (run * N + row) * (C / 4u); }
fn forward_left(i: u32) -> vec4f { return xhat[i]; }
fn forward_right_start(column: u32) -> u32 { return weights + (FIRST + column) * (C / 4u); }
fn forward_right(i: u32) -> vec4f { return folded[i]; }

fn forward_initial(column: u32) -> vec4f { return folded[(run * F + place.bias + FIRST) / 4u + column / 4u]; }

fn forward_store(row: u32, column: u32, y: vec4f) {
  let n = run * N + row;
  if (FIRST == 0u) {
    let turn = select(
      vec4f(1.0, 0.0, 1.0, 0.0), rotary[(row % T) * (D / 4u) + (column % D) / 4u], column < 2u * C);
    qkv[n * (3u * C / 4u) + column / 4u] = y * turn.xxzz + vec4f(-y.y, y.x, -y.w, y.z) * turn.yyww;
  } else {
    let hidden = gelu(y);
    slope[slope_at(row, column)] = hidden.slope;
    mix[n * (5u * C / 4u) + (C + column) / 4u] = hidden.value;
  }
}

@compute @workgroup_size(WX, WY)
fn forward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z;
  weights = (run * F + place.weight) / 4u;
  forward_product(group, thread, 0u, C);
}

fn backward_left_start(row: u32) -> u32 { return (run * N + row) * (7u * C / 4u); }
fn backward_left(i: u32) -> vec4f { return dy[i]; }
fn backward_right_start(k: u32) -> u32 { return weights + k * (C / 4u); }
fn backward_right(i: u32) -> vec4f { return folded[i]; }
fn backward_initial(column: u32) -> vec4f { return vec4f(); }

fn backward_store(row: u32, column: u32, product: vec4f) {
  dxhat[(run * N + row) * (C / 4u) + column / 4u] = product;
}

@compute @workgroup_size(WX, WY)
fn backward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z;
  weights = (run * F + place.weight) / 4u;
  backward_product(group, thread, 0u, 7u * C);
}
