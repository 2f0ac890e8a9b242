// fold: a LayerNorm's affine part moved into the matrix that follows it, and its gradient moved back out
//   y = W (gain xhat + shift) + b = W' xhat + b'   with   W' = W diag(gain),  b' = b + W shift
//   from G = dY^T xhat and db:  dW = G diag(gain) + db shift^T,  dgain = sum_m W G,  dshift = W^T db
// so that LayerNorm's own gradients never need a pass over the N rows.
// shapes   per layer: W G (M,K)  b db (M)  gain shift (groups,K); row m belongs to the last group whose first row is <= m
//          (in_proj: rows 0..3C read LN1, 3C..7C read LN2; head: one group and no b)
// grid     fold, unfold_matrix (M/64, layers, R)   unfold_affine (groups*K/64, layers, R), rounded up
// bytes    fold 8 R layers M K   unfold_affine 4 R layers M K   unfold_matrix 8 R layers M K
// writes   fold W' =, b' =   unfold_affine dgain =, dshift =   unfold_matrix dW = in place of G
// sizes    override M, K, GROUPS, SPLIT (first row of the second group), BIAS (0: no b), P, F (floats a run)

override M: u32;
override K: u32;
override GROUPS: u32;
override SPLIT: u32;
override BIAS: u32;
override P: u32;
override F: u32;

struct Place {
  weight: u32, // first float of the first layer's W
  weight_stride: u32, // floats from one layer's W to the next
  bias: u32, // the same for b; for b' and db in folded parameters and gradient
  bias_stride: u32,
  affine: u32, // first float of gain; then shift; the next group's gain follows
  affine_stride: u32,
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
@group(0) @binding(2) var<storage, read_write> folded: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradient: array<f32>;

fn group_of(m: u32) -> u32 {
  return select(0u, 1u, GROUPS == 2u && m >= SPLIT);
}

@compute @workgroup_size(64)
fn fold(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= M) { return; }
  let gain = id.z * P + place.affine + id.y * place.affine_stride + group_of(id.x) * 2u * K;
  let row = place.weight + id.y * place.weight_stride + id.x * K;
  let bias = place.bias + id.y * place.bias_stride + id.x;
  var sum = 0.0;
  for (var k = 0u; k < K; k++) {
    let w = parameters[id.z * P + row + k];
    folded[id.z * F + row + k] = w * parameters[gain + k];
    sum = fma(w, parameters[gain + K + k], sum);
  }
  if (BIAS == 1u) { sum += parameters[id.z * P + bias]; }
  folded[id.z * F + bias] = sum;
}

@compute @workgroup_size(64)
fn unfold_affine(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= GROUPS * K) { return; }
  let k = id.x % K;
  let group = id.x / K;
  let weight = place.weight + id.y * place.weight_stride + k;
  let bias = id.z * F + place.bias + id.y * place.bias_stride;
  let first = group * SPLIT;
  let end = select(M, SPLIT, GROUPS == 2u && group == 0u);
  var gain = 0.0;
  var shift = 0.0;
  for (var m = first; m < end; m++) {
    let w = parameters[id.z * P + weight + m * K];
    gain = fma(w, gradient[id.z * F + weight + m * K], gain);
    shift = fma(w, gradient[bias + m], shift);
  }
  let affine = id.z * F + place.affine + id.y * place.affine_stride + group * 2u * K + k;
  gradient[affine] = gain;
  gradient[affine + K] = shift;
}

@compute @workgroup_size(64)
fn unfold_matrix(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= M) { return; }
  let gain = id.z * P + place.affine + id.y * place.affine_stride + group_of(id.x) * 2u * K;
  let row = id.z * F + place.weight + id.y * place.weight_stride + id.x * K;
  let db = gradient[id.z * F + place.bias + id.y * place.bias_stride + id.x];
  for (var k = 0u; k < K; k++) {
    gradient[row + k] = fma(gradient[row + k], parameters[gain + k], db * parameters[gain + K + k]);
  }
}
