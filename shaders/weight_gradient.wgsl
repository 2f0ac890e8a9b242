// weight_gradient: dW = dY^T X and db = column sums of dY, summed over rows in two passes of fixed order: slices of the
//   rows for each matrix when its dY is there, then all slices of all matrices at once
//   db has four shares in a slice, of every fourth row each: short chains to sum, added in turn at the end.
// shapes   dy (R,N,M)  x (R,N,K)  gradient (R,F): dW (M,K), db (M) of each matrix
//          partials (R,PARTIALS), a slice being dW (M,K) and the shares (4,M): for each block in_proj (S_IN,M*K+4M),
//          out_proj (S_OUT,M*K+4M); then the head (S_HEAD,M*K+4M)
// grid     partial by forms/grid.ts over (M,K) and R*S, S slices of the rows; one more row of workgroups sums the columns where
//          the form does not do so on the way
//          combine x (M*K+M)/(4*64) of the largest matrix, rounded up; y in_proj and out_proj of each block, the head, each
//          LINES lines of workgroups; z R
// bytes    partial 4 R (N M + N K + S (M K + 4 M))   combine 4 R (S (M K + 4 M) + M K + M) of each matrix
// writes   partial partials =   combine gradient = (twice for db of out_proj: biases that are added have the same gradient)
// sizes    override partial N, M, K, S (slices), GROUPS_X, GROUPS_Y (workgroups of the product), those of the form
//          (prelude/); combine C, L, V, P, F (floats of gradient a run), S_IN, S_OUT, S_HEAD, LINE (threads of a line), LINES; both PARTIALS
// twin     src/engine/reference/linear.ts
// uses     FORM for partial
// forms    registers, subgroups, tiles_32, tiles_64

override N: u32;
override M: u32;
override K: u32;
override S: u32;
override PARTIALS: u32; // floats a run
override GROUPS_X: u32;
override GROUPS_Y: u32;
override SLICE: u32 = ((N + S - 1u) / S + 3u) / 4u * 4u; // rows of a slice, a multiple of 4
override STRIDE: u32 = M * K + 4u * M;
override PARTIAL_ROWS: u32 = M;
override PARTIAL_COLUMNS: u32 = K;
override PARTIAL_DEPTH: u32 = SLICE | (N % SLICE);
const PARTIAL_LEFT_DEEP = false;
const PARTIAL_RIGHT_DEEP = false;
override PARTIAL_RAGGED: bool = N % 4u != 0u;

@group(0) @binding(0) var<uniform> first: u32; // float of this matrix's first slice in a run's partials
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>;

var<private> slice: u32; // first vec4 of the slice

fn partial_left_start(n: u32) -> u32 { return (run * N + n) * (M / 4u); }
fn partial_left(i: u32) -> vec4f { return dy[i]; }
fn partial_right_start(n: u32) -> u32 { return (run * N + n) * (K / 4u); }
fn partial_right(i: u32) -> vec4f { return x[i]; }
fn partial_initial(k: u32) -> vec4f { return vec4f(); }

fn partial_store(m: u32, k: u32, product: vec4f) {
  partials[slice + m * (K / 4u) + k / 4u] = product;
}

// Vec4 i of the shares, a row of M / 4 after another.
fn store_share(i: u32, share: vec4f) {
  partials[slice + M * K / 4u + i] = share;
}

// A vec4 of the shares a thread: it begins in row i / (M / 4) of the slice, and four rows are M vec4s.
fn sum_columns(thread: u32, threads: u32, begin: u32, end: u32) {
  for (var i = thread; i < M; i += threads) {
    var share = vec4f();
    for (var n = partial_left_start(begin) + i; n < partial_left_start(end); n += M) { share += partial_left(n); }
    store_share(i, share);
  }
}

@compute @workgroup_size(WX, WY)
fn partial(@builtin(workgroup_id) group: vec3u, thread: Thread) {
  run = group.z / S;
  slice = (run * PARTIALS + first + group.z % S * STRIDE) / 4u;
  let begin = group.z % S * SLICE;
  let end = min(N, begin + SLICE);
  let index = thread.local.y * WX + thread.local.x;
  if (SUMS_LEFT) {
    partial_product(group, thread, begin, end);
    if (group.x == 0u && index == 0u) {
      let first = group.y * GROUP_ROWS / 4u;
      for (var i = 0u; i < min(4u, M / 4u - first); i++) {
        for (var share = 0u; share < 4u; share++) { store_share(share * M / 4u + first + i, left_sums[i][share]); }
      }
    }
  } else if (group.y == GROUPS_Y) {
    sum_columns(group.x * WX * WY + index, GROUPS_X * WX * WY, begin, end);
  } else {
    partial_product(group, thread, begin, end);
  }
}

override C: u32;
override L: u32;
override V: u32;
override P: u32;
override F: u32;
override S_IN: u32;
override S_OUT: u32;
override S_HEAD: u32;
override LINE: u32 = 64u * 65535u;
override LINES: u32;
override IN: u32 = 7u * C * C + 4u * 7u * C; // floats of a slice
override OUT: u32 = 5u * C * C + 4u * C;
override BLOCK: u32 = S_IN * IN + S_OUT * OUT;

struct Place {
  in_weight: u32, // first float of the first block's dW in a run's gradient
  in_bias: u32,
  out_weight: u32,
  attention_bias: u32,
  mlp_bias: u32,
  head_weight: u32,
  matrix_stride: u32, // floats from a block's matrices to the next block's
  vector_stride: u32, // and from its biases
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(4) var<storage, read_write> gradient: array<vec4f>;

struct Matrix {
  first: u32, // float of the first slice in a run's partials
  slices: u32,
  weights: u32, // floats of dW, and of db
  biases: u32,
  weight: u32, // first float of dW and db in a run's gradient
  bias: u32,
  bias_too: u32, // of the other bias, or of the same
}

fn matrix_of(y: u32) -> Matrix {
  if (y == 2u * L) { return Matrix(L * BLOCK, S_HEAD, V * C, V, place.head_weight, P, P); }
  let block = y / 2u;
  let matrices = block * place.matrix_stride;
  let vectors = block * place.vector_stride;
  if (y % 2u == 0u) {
    let bias = place.in_bias + vectors;
    return Matrix(block * BLOCK, S_IN, 7u * C * C, 7u * C, place.in_weight + matrices, bias, bias);
  }
  return Matrix(
    block * BLOCK + S_IN * IN, S_OUT, 5u * C * C, C,
    place.out_weight + matrices, place.attention_bias + vectors, place.mlp_bias + vectors);
}

@compute @workgroup_size(64)
fn combine(@builtin(global_invocation_id) id: vec3u) {
  let matrix = matrix_of(id.y / LINES);
  let i = 4u * (id.y % LINES * LINE + id.x);
  if (i >= matrix.weights + matrix.biases) { return; }
  let row = matrix.biases / 4u; // of shares, in vec4s, as what follows
  let stride = matrix.weights / 4u + 4u * row;
  let first = (id.z * PARTIALS + matrix.first + i) / 4u;
  let past = first + matrix.slices * stride;
  let run_first = id.z * F;
  var sum = vec4f();
  if (i < matrix.weights) {
    for (var at = first; at < past; at += stride) { sum += partials[at]; }
    gradient[(run_first + matrix.weight + i) / 4u] = sum;
  } else {
    for (var at = first; at < past; at += stride) {
      sum += ((partials[at] + partials[at + row]) + partials[at + 2u * row]) + partials[at + 3u * row];
    }
    let k = i - matrix.weights;
    gradient[(run_first + matrix.bias + k) / 4u] = sum;
    gradient[(run_first + matrix.bias_too + k) / 4u] = sum;
  }
}
