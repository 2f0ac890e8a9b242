// head: logits = xhat W'^T + b', W', b' holding the final LayerNorm's affine (the head itself has no bias)
// shapes   xhat dxhat (R,N,C)  folded (R,F): W' (V,C), b' (V)  logits (R,N,V), overwritten by their gradient before backward
// grid     by forms/grid.ts: products of forward and backward in tiles of results, run in z
// bytes    forward 4 R (N C + V C + N V)   backward 4 R (N V + V C + N C)
// writes   forward logits =   backward dxhat =
// sizes    override N, C, V, F (floats of folded a run); those of the form (prelude/)
// twin     src/engine/reference/linear.ts
// uses     FORM for forward, backward
// forms    registers, subgroups, tiles_32, tiles_64

override N: u32;
override C: u32;
override V: u32;
override F: u32;
override FORWARD_ROWS: u32 = N;
override FORWARD_COLUMNS: u32 = V;
override FORWARD_DEPTH: u32 = C;
const FORWARD_LEFT_DEEP = true;
const FORWARD_RIGHT_DEEP = true;
const FORWARD_RAGGED = false;
override BACKWARD_ROWS: u32 = N;
override BACKWARD_COLUMNS: u32 = C;
override BACKWARD_DEPTH: u32 = V;
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
@group(0) @binding(3) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dxhat: array<vec4f>;

// First vec4 of this run's W, read from the uniform once: some adapters load it anew at every use.
var<private> weights: u32;

fn forward_left_start(row: u32) -> u32 { return (run * N + row) * (C / 4u); }
fn forward_left(i: u32) -> vec4f { return xhat[i]; }
fn forward_right_start(column: u32) -> u32 { return weights + column * (C / 4u); }
fn forward_right(i: u32) -> vec4f { return folded[i]; }
fn forward_initial(column: u32) -> vec4f { return folded[(run * F + place.bias) / 4u + column / 4u]; }

fn forward_store(row: u32, column: u32, y: vec4f) {
  logits[(run * N + row) * (V / 4u) + column / 4u] = y;
}

@compute @workgroup_size(WX, WY)
fn forward(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z;
  weights = (run * F + place.weight) / 4u;
  forward_product(group, thread, 0u, C);
}

fn backward_left_start(row: u32) -> u32 { return (run * N + row) * (V / 4u); }
fn backward_left(i: u32) -> vec4f { return logits[i]; }
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
  backward_product(group, thread, 0u, V);
}
