// weight_gradient: dW = dY^T X and db = column sums of dY, summed over rows in two passes of fixed order
// shapes   dy (R,N,M)  x (R,N,K)  partial (R,S,M*K+M)  gradient (R,F): dW (M,K), db (M)
// grid     partial by product.ts over (M,K) and R*S, S slices of the rows; one more row of workgroups sums the columns where
//          the family does not do so on the way
//          combine ((M*K+M)/(4*64), 1, R), rounded up
// bytes    partial 4 R (N M + N K + S (M K + M))   combine 4 R (S + 1) (M K + M)
// writes   partial =, gradient = (twice for db: two biases that are added together have the same gradient)
// sizes    override N, M, K, S (slices), GROUPS_X, GROUPS_Y (workgroups of the product), F (floats of gradient a run);
//          those of the family (prelude/)

override N: u32;
override M: u32;
override K: u32;
override S: u32;
override F: u32;
override GROUPS_X: u32;
override GROUPS_Y: u32;
override SLICE: u32 = ((N + S - 1u) / S + 3u) / 4u * 4u; // rows of a slice, a multiple of 4
override STRIDE: u32 = M * K + M;
override PARTIAL_ROWS: u32 = M;
override PARTIAL_COLUMNS: u32 = K;
override PARTIAL_DEPTH: u32 = SLICE | (N % SLICE);
const PARTIAL_LEFT_DEEP = false;
const PARTIAL_RIGHT_DEEP = false;
override PARTIAL_RAGGED: bool = N % 4u != 0u;

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

var<private> slice: u32;

fn partial_left_start(n: u32) -> u32 { return (run * N + n) * (M / 4u); }
fn partial_left(i: u32) -> vec4f { return dy[i]; }
fn partial_right_start(n: u32) -> u32 { return (run * N + n) * (K / 4u); }
fn partial_right(i: u32) -> vec4f { return x[i]; }
fn partial_initial(k: u32) -> vec4f { return vec4f(); }

fn partial_store(m: u32, k: u32, product: vec4f) {
  partials[(run * S + slice) * (STRIDE / 4u) + m * (K / 4u) + k / 4u] = product;
}

// Sums of columns 4i to 4i + 3 of the slice.
fn store_sums(i: u32, sums: vec4f) {
  partials[((run * S + slice) * STRIDE + M * K) / 4u + i] = sums;
}

// Four columns a thread.
fn sum_columns(thread: u32, threads: u32, begin: u32, end: u32) {
  for (var i = thread; i < M / 4u; i += threads) {
    var shares = mat4x4f();
    for (var n = begin; n < end; n += 4u) {
      shares[0] += partial_left_column(i, n, end);
      shares[1] += partial_left_column(i, n + 1u, end);
      shares[2] += partial_left_column(i, n + 2u, end);
      shares[3] += partial_left_column(i, n + 3u, end);
    }
    store_sums(i, sum_of_four(shares));
  }
}

@compute @workgroup_size(WX, WY)
fn partial(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z / S;
  slice = group.z % S;
  let begin = group.z % S * SLICE;
  let end = min(N, begin + SLICE);
  let index = thread.local.y * WX + thread.local.x;
  if (SUMS_LEFT) {
    partial_product(group, thread, begin, end);
    if (group.x == 0u && index == 0u) {
      let first = group.y * GROUP_ROWS / 4u;
      for (var i = 0u; i < min(4u, M / 4u - first); i++) { store_sums(first + i, left_sums[i]); }
    }
  } else if (group.y == GROUPS_Y) {
    sum_columns(group.x * WX * WY + index, GROUPS_X * WX * WY, begin, end);
  } else {
    partial_product(group, thread, begin, end);
  }
}

@compute @workgroup_size(64)
fn combine(@builtin(global_invocation_id) id: vec3u) {
  let i = 4u * id.x;
  if (i >= STRIDE) { return; }
  var sum = vec4f();
  for (var part = 0u; part < S; part++) {
    sum += partials[((id.z * S + part) * STRIDE + i) / 4u];
  }
  if (i < M * K) {
    gradient[(id.z * F + place.weight + i) / 4u] = sum;
  } else {
    gradient[(id.z * F + place.bias + i - M * K) / 4u] = sum;
    gradient[(id.z * F + place.bias_too + i - M * K) / 4u] = sum;
  }
}
