// weight_gradient: dW = dY^T X and db = column sums of dY, summed over rows in two passes of fixed order
// shapes   dy (R,N,M)  x (R,N,K)  partial (R,S,M*K+M)  gradient (R,F): dW (M,K), db (M)
// grid     partial (K/(8 WX), M/(8 WY), R*S): S slices of the rows, 8x8 results a thread   combine ((M*K+M)/(4*64), 1, R)
// bytes    partial 4 R (N M + N K + S (M K + M))   combine 4 R (S + 1) (M K + M)
// writes   partial =, gradient = (twice for db: two biases that are added together have the same gradient)
// sizes    override N, M, K, S (slices), F (floats of gradient a run), WX, WY

override N: u32;
override M: u32;
override K: u32;
override S: u32;
override F: u32;
override SLICE: u32 = ((N + S - 1u) / S + 3u) / 4u * 4u; // rows of a slice, a multiple of 4
override STRIDE: u32 = M * K + M;

struct Place {
  weight: u32, // first float of dW in a run's gradient
  bias: u32, // first float of db
  bias_too: u32, // first float of the other bias, or of the same
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> gradient: array<vec4f>;

// Four rows from `row` on, four columns of dY (i: vec4 within a row); rows past the slice's end count as zero.
fn dy_block(row: u32, end: u32, i: u32) -> mat4x4f {
  let w = M / 4u;
  let at = (run * N + row) * w + i;
  return mat4x4f(
    dy[at], select(vec4f(), dy[at + w], row + 1u < end),
    select(vec4f(), dy[at + 2u * w], row + 2u < end), select(vec4f(), dy[at + 3u * w], row + 3u < end));
}

fn x_block(row: u32, end: u32, i: u32) -> mat4x4f {
  let w = K / 4u;
  let at = (run * N + row) * w + i;
  return mat4x4f(
    x[at], select(vec4f(), x[at + w], row + 1u < end),
    select(vec4f(), x[at + 2u * w], row + 2u < end), select(vec4f(), x[at + 3u * w], row + 3u < end));
}

fn store_block(slice: u32, m: u32, k: u32, block: mat4x4f) {
  if (m >= M || k >= K) { return; }
  let at = ((run * S + slice) * STRIDE + m * K + k) / 4u;
  partials[at] = block[0];
  partials[at + K / 4u] = block[1];
  partials[at + K / 2u] = block[2];
  partials[at + 3u * K / 4u] = block[3];
}

@compute @workgroup_size(WX, WY)
fn partial(@builtin(global_invocation_id) id: vec3u) {
  let m = 8u * id.y;
  let k = 8u * id.x;
  if (m >= M || k >= K) { return; }
  run = id.z / S;
  let slice = id.z % S;
  let end = min(N, (slice + 1u) * SLICE);
  let m0 = m / 4u;
  let m1 = min(m + 4u, M - 4u) / 4u;
  let k0 = k / 4u;
  let k1 = min(k + 4u, K - 4u) / 4u;
  var w00 = mat4x4f();
  var w01 = mat4x4f();
  var w10 = mat4x4f();
  var w11 = mat4x4f();
  var b0 = vec4f();
  var b1 = vec4f();
  for (var row = slice * SLICE; row < end; row += 4u) {
    let y0 = dy_block(row, end, m0);
    let y1 = dy_block(row, end, m1);
    let x0 = x_block(row, end, k0);
    let x1 = x_block(row, end, k1);
    let a0 = transpose(y0);
    let a1 = transpose(y1);
    w00 = multiply_add(w00, a0, x0);
    w01 = multiply_add(w01, a0, x1);
    w10 = multiply_add(w10, a1, x0);
    w11 = multiply_add(w11, a1, x1);
    b0 += (y0[0] + y0[1]) + (y0[2] + y0[3]);
    b1 += (y1[0] + y1[1]) + (y1[2] + y1[3]);
  }
  store_block(slice, m, k, w00);
  store_block(slice, m, k + 4u, w01);
  store_block(slice, m + 4u, k, w10);
  store_block(slice, m + 4u, k + 4u, w11);
  if (k == 0u) {
    let at = (run * S + slice) * STRIDE + M * K;
    partials[(at + m) / 4u] = b0;
    if (m + 4u < M) { partials[(at + m + 4u) / 4u] = b1; }
  }
}

@compute @workgroup_size(64)
fn combine(@builtin(global_invocation_id) id: vec3u) {
  let i = 4u * id.x;
  if (i >= STRIDE) { return; }
  var sum = vec4f();
  for (var slice = 0u; slice < S; slice++) {
    sum += partials[((id.z * S + slice) * STRIDE + i) / 4u];
  }
  if (i < M * K) {
    gradient[(id.z * F + place.weight + i) / 4u] = sum;
  } else {
    gradient[(id.z * F + place.bias + i - M * K) / 4u] = sum;
    gradient[(id.z * F + place.bias_too + i - M * K) / 4u] = sum;
  }
}
