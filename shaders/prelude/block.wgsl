// block: 4x4 blocks of a matrix product in registers, the common part of all matmuls
// A block of the product is a mat4x4f whose column i is row i of the product: one multiply-add works on four
// neighbouring columns. Every element is one chain of fused multiply-adds over ascending depth, starting at the bias or zero,
// whichever form (registers, subgroups, tiles) spreads the blocks over threads.

var<private> run: u32;
// Where the form has SUMS_LEFT and left is not deep: left summed over the depth in four shares, of every fourth depth
// each; [i][share] are rows 4i to 4i + 3 of the workgroup.
var<private> left_sums: array<mat4x4f, 4>;

fn multiply_add_row(sum: vec4f, a: vec4f, b: mat4x4f) -> vec4f {
  return fma(vec4f(a.w), b[3], fma(vec4f(a.z), b[2], fma(vec4f(a.y), b[1], fma(vec4f(a.x), b[0], sum))));
}

// sum + a b, where a[i] is row i over four contracted indices and b[k] is contracted index k over four columns.
fn multiply_add(sum: mat4x4f, a: mat4x4f, b: mat4x4f) -> mat4x4f {
  return mat4x4f(
    multiply_add_row(sum[0], a[0], b),
    multiply_add_row(sum[1], a[1], b),
    multiply_add_row(sum[2], a[2], b),
    multiply_add_row(sum[3], a[3], b),
  );
}
