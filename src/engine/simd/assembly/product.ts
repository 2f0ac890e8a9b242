// product: y(N,M) = from(N,M) + x(N,K) W^T, W as panels (pack.ts); with other panels dx(N,K) = dy(N,M) W
//          weight gradient dW(M,K) += dy(N,M)^T x(N,K), rows of both as they lie
// shapes   strides ld* in bytes, so that a part of wider rows is read or written. N any: rows up to the next multiple of 4
//          are written, and belong to nobody. Depth and columns are multiples of 4.
// source   four rows of the left factor meet a panel of the right one that stays in the first cache (Goto & van de Geijn
//          2008), so many rows at a time that they stay in the second

import { tile, transposedTile } from './tile';

const ROWS: i32 = 32;
const DEPTH: i32 = 64;

export function product(
  a: usize,
  lda: usize,
  panels: usize,
  c: usize,
  ldc: usize,
  from: usize,
  ldf: usize,
  rows: i32,
  depth: i32,
  columns: i32,
): void {
  for (let top = 0; top < rows; top += ROWS) {
    const bottom = min(top + ROWS, rows);
    for (let j = 0; j < columns; j += 8) {
      const panel = panels + ((<usize>(j * depth)) << 2);
      const right = (<usize>j) << 2;
      for (let i = top; i < bottom; i += 4) {
        tile(a + i * lda, lda, panel, depth, c + i * ldc + right, ldc, from + i * ldf + right, ldf, j + 8 <= columns);
      }
    }
  }
}

export function weightGradient(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  left: i32,
  right: i32,
): void {
  for (let top = 0; top < rows; top += DEPTH) {
    const depth = min(DEPTH, rows - top);
    for (let k = 0; k < right; k += 8) {
      for (let m = 0; m < left; m += 4) {
        transposedTile(
          a + top * lda + ((<usize>m) << 2),
          lda,
          b + top * ldb + ((<usize>k) << 2),
          ldb,
          depth,
          c + m * ldc + ((<usize>k) << 2),
          ldc,
          k + 8 <= right,
        );
      }
    }
  }
}

/** sums(columns) = over the rows of x(rows,columns), in their order; what a bias's gradient is. A cache line at a time. */
export function columnSums(x: usize, ldx: usize, rows: i32, columns: i32, sums: usize): void {
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let at = x + ((<usize>j) << 2);
    for (let i = 0; i < rows; i++) {
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
      at += ldx;
    }
    const to = sums + ((<usize>j) << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  for (; j < columns; j += 4) {
    let a = f32x4.splat(0);
    let at = x + ((<usize>j) << 2);
    for (let i = 0; i < rows; i++) {
      a = f32x4.add(a, v128.load(at));
      at += ldx;
    }
    v128.store(sums + ((<usize>j) << 2), a);
  }
}
