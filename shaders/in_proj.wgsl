// in_proj: [q | k | v | up] = xhat W'^T + b', then rotary on q and k, and GELU on up; W', b' hold the LayerNorms' affine
// shapes   xhat dxhat (R,N,C)  folded (R,F): W' (7C,C), b' (7C)  qkv (R,N,3C)  up (R,N,4C)  mix (R,N,5C)  dy (R,N,7C)
// grid     forward (7C/(8 WX), N/(8 WY), R)   backward (C/(8 WX), N/(8 WY), R), rounded up; 8x8 results a thread
// bytes    forward 4 R (N C + 7 C^2 + 11 N C)   backward 4 R (7 N C + 7 C^2 + N C)
// writes   forward qkv =, up =, mix[:, C:5C] =   backward dxhat =
// sizes    override N, T, C, D, F (floats of folded a run), WX, WY

override N: u32;
override T: u32;
override C: u32;
override D: u32;
override F: u32;
override FORWARD_ROWS: u32 = N;
override FORWARD_COLUMNS: u32 = 7u * C;
override FORWARD_DEPTH: u32 = C;
override BACKWARD_ROWS: u32 = N;
override BACKWARD_COLUMNS: u32 = C;
override BACKWARD_DEPTH: u32 = 7u * C;

struct Place {
  weight: u32, // first float of W' in a run's folded parameters
  bias: u32, // first float of b'
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> folded: array<vec4f>;
@group(0) @binding(2) var<storage, read> xhat: array<vec4f>;
@group(0) @binding(3) var<storage, read> rotary: array<vec4f>; // (T, D/4): cos, sin, cos, sin of two neighbouring pairs
@group(0) @binding(4) var<storage, read_write> qkv: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> up: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> mix: array<vec4f>;
@group(0) @binding(7) var<storage, read> dy: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> dxhat: array<vec4f>;

fn forward_left_start(row: u32) -> u32 { return (run * N + row) * (C / 4u); }
fn forward_left(i: u32) -> vec4f { return xhat[i]; }
fn forward_right_start(column: u32) -> u32 { return (run * F + place.weight + column * C) / 4u; }
fn forward_right(i: u32) -> vec4f { return folded[i]; }

fn forward_store(row: u32, column: u32, product: vec4f) {
  let y = product + folded[(run * F + place.bias + column) / 4u];
  let n = run * N + row;
  if (column < 2u * C) {
    let turn = rotary[(row % T) * (D / 4u) + (column % D) / 4u];
    qkv[(n * 3u * C + column) / 4u] = y * turn.xxzz + vec4f(-y.y, y.x, -y.w, y.z) * turn.yyww;
  } else if (column < 3u * C) {
    qkv[(n * 3u * C + column) / 4u] = y;
  } else {
    let c = column - 3u * C;
    up[(n * 4u * C + c) / 4u] = y;
    mix[(n * 5u * C + C + c) / 4u] = gelu(y);
  }
}

@compute @workgroup_size(WX, WY)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  run = id.z;
  forward_tile(8u * id.y, 8u * id.x);
}

fn backward_left_start(row: u32) -> u32 { return (run * N + row) * (7u * C / 4u); }
fn backward_left(i: u32) -> vec4f { return dy[i]; }
fn backward_right_start(k: u32) -> u32 { return (run * F + place.weight + k * C) / 4u; }
fn backward_right(i: u32) -> vec4f { return folded[i]; }

fn backward_store(row: u32, column: u32, product: vec4f) {
  dxhat[((run * N + row) * C + column) / 4u] = product;
}

@compute @workgroup_size(WX, WY)
fn backward(@builtin(global_invocation_id) id: vec3u) {
  run = id.z;
  backward_tile(8u * id.y, 8u * id.x);
}
