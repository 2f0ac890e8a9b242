// fold: a LayerNorm's affine part moved into the matrix that follows it, and its gradient moved back out
//   y = W (gain xhat + shift) + b = W' xhat + b'   with   W' = W diag(gain),  b' = b + W shift
//   from G = dY^T xhat and db:  dW = G diag(gain) + db shift^T,  dgain = sum_m W G,  dshift = W^T db
// so that LayerNorm's own gradients never need a pass over the N rows.
// shapes   in_proj of each layer: W G (7C,C), b db (7C); rows 0..3C read LN1, 3C..7C read LN2, each gain | shift (2,C)
//          head: W G (V,C), no b, but b' and db (V) after the P parameters; reads the final LayerNorm
// grid     x in workgroups of 64, rounded up for the larger matrix; y the L layers, then the head; z R
//          fold M/4: four rows a thread   unfold_affine groups*C/4: four columns   unfold_matrix M*C/4: four numbers, in y
//          LINES lines of workgroups a matrix
// bytes    fold 8 R (7 L C^2 + V C)   unfold_affine and unfold_matrix 12 R (7 L C^2 + V C)
// writes   fold W' =, b' =   unfold_affine dgain =, dshift =   unfold_matrix dW = in place of G
// sizes    override C, L, V, P, F (floats a run); unfold_matrix LINE (threads of a line), LINES
// twin     src/engine/reference/layernorm.ts
// uses     nothing

override C: u32;
override L: u32;
override V: u32;
override P: u32;
override F: u32;
override LINE: u32 = 64u * 65535u;
override LINES: u32;
override ROW: u32 = C / 4u; // vec4s of a row

struct Place {
  weight: u32, // first float of the first layer's W
  weight_stride: u32, // floats from one layer's W to the next
  bias: u32, // the same for b; for b' and db in folded parameters and gradient
  bias_stride: u32,
  affine: u32, // first float of LN1's gain; then its shift, LN2's gain, LN2's shift
  affine_stride: u32,
  head_weight: u32,
  head_affine: u32,
}

@group(0) @binding(0) var<uniform> place: Place;
@group(0) @binding(1) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> folded: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> gradient: array<vec4f>;

struct Matrix {
  rows: u32,
  split: u32, // first row of the second group; `rows` where there is one
  groups: u32,
  weight: u32, // vec4s from the start of a run to W, b and the first gain
  bias: u32,
  affine: u32,
}

fn matrix_of(y: u32) -> Matrix {
  if (y == L) { return Matrix(V, V, 1u, place.head_weight / 4u, P / 4u, place.head_affine / 4u); }
  return Matrix(
    7u * C, 3u * C, 2u, (place.weight + y * place.weight_stride) / 4u,
    (place.bias + y * place.bias_stride) / 4u, (place.affine + y * place.affine_stride) / 4u);
}

// First vec4 of the gain that row m reads.
fn gain_of(matrix: Matrix, m: u32) -> u32 {
  return matrix.affine + select(0u, 2u * ROW, m >= matrix.split);
}

// Four rows a thread, so that their biases are one vec4.
@compute @workgroup_size(64)
fn fold(@builtin(global_invocation_id) id: vec3u) {
  let matrix = matrix_of(id.y);
  if (id.x >= matrix.rows / 4u) { return; }
  let gain = id.z * P / 4u + gain_of(matrix, 4u * id.x);
  let rows = matrix.weight + id.x * C;
  var moved = mat4x4f();
  for (var k = 0u; k < ROW; k++) {
    let g = parameters[gain + k];
    let s = parameters[gain + ROW + k];
    for (var r = 0u; r < 4u; r++) {
      let weights = parameters[id.z * P / 4u + rows + r * ROW + k];
      folded[id.z * F / 4u + rows + r * ROW + k] = weights * g;
      moved[r] = fma(weights, s, moved[r]);
    }
  }
  let columns = transpose(moved);
  var sum = (columns[0] + columns[1]) + (columns[2] + columns[3]);
  if (id.y < L) { sum += parameters[id.z * P / 4u + matrix.bias + id.x]; }
  folded[id.z * F / 4u + matrix.bias + id.x] = sum;
}

@compute @workgroup_size(64)
fn unfold_affine(@builtin(global_invocation_id) id: vec3u) {
  let matrix = matrix_of(id.y);
  if (id.x >= matrix.groups * ROW) { return; }
  let group = id.x / ROW;
  let column = matrix.weight + id.x % ROW;
  let bias = id.z * F / 4u + matrix.bias;
  let end = select(matrix.rows, matrix.split, group == 0u);
  var gain = vec4f();
  var shift = vec4f();
  for (var m = group * matrix.split; m < end; m += 4u) {
    let db = gradient[bias + m / 4u];
    for (var r = 0u; r < 4u; r++) {
      let weights = parameters[id.z * P / 4u + column + (m + r) * ROW];
      gain = fma(weights, gradient[id.z * F / 4u + column + (m + r) * ROW], gain);
      shift = fma(weights, vec4f(db[r]), shift);
    }
  }
  let affine = id.z * F / 4u + matrix.affine + group * 2u * ROW + id.x % ROW;
  gradient[affine] = gain;
  gradient[affine + ROW] = shift;
}

@compute @workgroup_size(64)
fn unfold_matrix(@builtin(global_invocation_id) id: vec3u) {
  let matrix = matrix_of(id.y / LINES);
  let own = id.y % LINES * LINE + id.x;
  if (own >= matrix.rows * ROW) { return; }
  let m = own / ROW;
  let gain = id.z * P / 4u + gain_of(matrix, m) + own % ROW;
  let i = id.z * F / 4u + matrix.weight + own;
  let db = gradient[id.z * F / 4u + matrix.bias + m / 4u][m % 4u];
  gradient[i] = fma(gradient[i], parameters[gain], db * parameters[gain + ROW]);
}
