// tile: four rows by eight columns of a product, kept in eight registers while the depth is walked
//         c(4,8) = from(4,8) + a(4,depth) b(depth,8)          tile
//         c(4,8) = c(4,8) + a(depth,4)^T b(depth,8)           transposedTile
// Every element is one chain of a multiplication and an addition a step, in ascending depth: no fused operation, so that
// each processor rounds alike. Places are addresses, strides are bytes. `wide` is false where only four columns exist: all
// eight are worked out, the first four stored.

/** `b` is a panel: eight numbers a step, one step after the other. */
export function tile(
  a: usize,
  lda: usize,
  b: usize,
  depth: i32,
  c: usize,
  ldc: usize,
  from: usize,
  ldf: usize,
  wide: bool,
): void {
  let a1 = a + lda;
  let a2 = a1 + lda;
  let a3 = a2 + lda;
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += ldf;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += ldf;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += ldf;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  const end = b + ((<usize>depth) << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  store(c, wide, c00, c01);
  store(c + ldc, wide, c10, c11);
  store(c + 2 * ldc, wide, c20, c21);
  store(c + 3 * ldc, wide, c30, c31);
}

function store(c: usize, wide: bool, left: v128, right: v128): void {
  v128.store(c, left);
  if (wide) v128.store(c, right, 16);
}

function add(c: usize, wide: bool, left: v128, right: v128): void {
  v128.store(c, f32x4.add(v128.load(c), left));
  if (wide) v128.store(c, f32x4.add(v128.load(c, 16), right), 16);
}

/** The sum over the depth begins at zero and is added to `c` at the end: a long sum comes in parts. */
export function transposedTile(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  depth: i32,
  c: usize,
  ldc: usize,
  wide: bool,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (; depth > 0; depth--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += lda;
    b += ldb;
  }
  add(c, wide, c00, c01);
  add(c + ldc, wide, c10, c11);
  add(c + 2 * ldc, wide, c20, c21);
  add(c + 3 * ldc, wide, c30, c31);
}
