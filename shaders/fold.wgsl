// fold: a LayerNorm's affine part moved into the matrix that follows it, and its gradient moved back out
//   y = W (gain xhat + shift) + b = W' xhat + b'   with   W' = W diag(gain),  b' = b + W shift
//   from G = dY^T xhat and db:  dW = G diag(gain) + db shift^T,  dgain = sum_m W G,  dshift = W^T db
// so that LayerNorm's own gradients never need a pass over the N rows.
// shapes   per layer: W G (M,K)  b db (M)  gain shift (groups,K); row m belongs to the last group whose first row is <= m
//          (in_proj: rows 0..3C read LN1, 3C..7C read LN2; head: one group and no b)
// grid     x in workgroups of 64, rounded up; y layers, z R
//          fold M/4: four rows a thread   unfold_affine groups*K/4: four columns   unfold_matrix M*K/4: four numbers
// bytes    fold 8 R layers M K   unfold_affine 4 R layers M K   unfold_matrix 8 R layers M K
// writes   fold W' =, b' =   unfold_affine dgain =, dshift =   unfold_matrix dW = in place of G
// sizes    override M, K, SPLIT (multiples of 4; SPLIT is the first row of the second group), GROUPS, BIAS (0: no b), P, F (floats a run)

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
@group(0) @binding(1) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> folded: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> gradient: array<vec4f>;

fn group_of(m: u32) -> u32 {
  return select(0u, 1u, GROUPS == 2u && m >= SPLIT);
}

// Four rows a thread, so that their biases are one vec4.
@compute @workgroup_size(64)
fn fold(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= M / 4u) { return; }
  let w = K / 4u;
  let gain = (id.z * P + place.affine + id.y * place.affine_stride) / 4u + group_of(4u * id.x) * 2u * w;
  let rows = (place.weight + id.y * place.weight_stride) / 4u + id.x * K;
  let bias = (place.bias + id.y * place.bias_stride) / 4u + id.x;
  var moved = mat4x4f();
  for (var k = 0u; k < w; k++) {
    let g = parameters[gain + k];
    let s = parameters[gain + w + k];
    for (var r = 0u; r < 4u; r++) {
      let weights = parameters[id.z * P / 4u + rows + r * w + k];
      folded[id.z * F / 4u + rows + r * w + k] = weights * g;
      moved[r] = fma(weights, s, moved[r]);
    }
  }
  let columns = transpose(moved);
  var sum = (columns[0] + columns[1]) + (columns[2] + columns[3]);
  if (BIAS == 1u) { sum += parameters[id.z * P / 4u + bias]; }
  folded[id.z * F / 4u + bias] = sum;
}

@compute @workgroup_size(64)
fn unfold_affine(@builtin(global_invocation_id) id: vec3u) {
  let w = K / 4u;
  if (id.x >= GROUPS * w) { return; }
  let group = id.x / w;
  let column = (place.weight + id.y * place.weight_stride) / 4u + id.x % w;
  let bias = (id.z * F + place.bias + id.y * place.bias_stride) / 4u;
  let first = group * SPLIT;
  let end = select(M, SPLIT, GROUPS == 2u && group == 0u);
  var gain = vec4f();
  var shift = vec4f();
  for (var m = first; m < end; m += 4u) {
    let db = gradient[bias + m / 4u];
    for (var r = 0u; r < 4u; r++) {
      let weights = parameters[id.z * P / 4u + column + (m + r) * w];
      gain = fma(weights, gradient[id.z * F / 4u + column + (m + r) * w], gain);
      shift = fma(weights, vec4f(db[r]), shift);
    }
  }
  let affine = (id.z * F + place.affine + id.y * place.affine_stride) / 4u + group * 2u * w + id.x % w;
  gradient[affine] = gain;
  gradient[affine + w] = shift;
}

@compute @workgroup_size(64)
fn unfold_matrix(@builtin(global_invocation_id) id: vec3u) {
  let w = K / 4u;
  if (id.x >= M * w) { return; }
  let m = id.x / w;
  let gain = (id.z * P + place.affine + id.y * place.affine_stride) / 4u + group_of(m) * 2u * w + id.x % w;
  let i = (id.z * F + place.weight + id.y * place.weight_stride) / 4u + id.x;
  let db = gradient[(id.z * F + place.bias + id.y * place.bias_stride) / 4u + m / 4u][m % 4u];
  gradient[i] = fma(gradient[i], parameters[gain], db * parameters[gain + w]);
}
