// pack: a matrix as panels of eight columns, each one step of the depth after the other, once a step
//       packRows     panel[k][j] = W[m + j][k] gain[k]     for x W^T
//       packColumns  panel[m][j] = W[m][k + j] gain[k + j] for dy W
//       Panels are filled up with zeros where there are only four columns.
// fold  W' = W diag(gain), b' = b + W shift: the LayerNorm before a matrix is part of it
//       dW = dW' diag(gain) + db (x) shift,  dgain[k] += sum_m dW'[m][k] W[m][k],  dshift[k] += sum_m db[m] W[m][k]
// shapes W (M,K) with rows ldw bytes apart, gain shift dgain dshift (K), b db (M); M and K multiples of 4

import { laneSum } from './exp';

function row(w: usize, exists: bool): v128 {
  return exists ? v128.load(w) : f32x4.splat(0);
}

/** Columns of four rows: eight bytes of two rows side by side, then of all four. */
function turn(a: v128, b: v128, c: v128, d: v128, gain: usize, to: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, f32x4.mul(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.load32_splat(gain)));
  v128.store(to + 32, f32x4.mul(v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), v128.load32_splat(gain, 4)));
  v128.store(to + 64, f32x4.mul(v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), v128.load32_splat(gain, 8)));
  v128.store(to + 96, f32x4.mul(v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), v128.load32_splat(gain, 12)));
}

/** @param gain (columns), ones where there is none */
export function packRows(w: usize, ldw: usize, rows: i32, columns: i32, gain: usize, panels: usize): void {
  for (let m = 0; m < rows; m += 4) {
    // The other half of the last panel, where it is not filled by rows.
    const halves = m + 4 >= rows && (m & 4) === 0 ? 2 : 1;
    for (let half = 0; half < halves; half++) {
      const exists = half === 0;
      let from = w + m * ldw;
      let to = panels + ((<usize>((m & ~7) * columns + (m & 4) + 4 * half)) << 2);
      for (let k = 0; k < columns; k += 4) {
        const a = row(from, exists);
        const b = row(from + ldw, exists);
        const c = row(from + 2 * ldw, exists);
        const d = row(from + 3 * ldw, exists);
        turn(a, b, c, d, gain + ((<usize>k) << 2), to);
        from += 16;
        to += 128;
      }
    }
  }
}

/** @param stride bytes of a whole panel, of which these rows are a part */
export function packColumns(
  w: usize,
  ldw: usize,
  rows: i32,
  columns: i32,
  gain: usize,
  panels: usize,
  stride: usize,
): void {
  for (let k = 0; k < columns; k += 8) {
    const wide = k + 8 <= columns;
    const left = v128.load(gain + ((<usize>k) << 2));
    const right = wide ? v128.load(gain + ((<usize>k) << 2), 16) : left;
    let from = w + ((<usize>k) << 2);
    let to = panels + <usize>(k >> 3) * stride;
    for (let m = 0; m < rows; m++) {
      v128.store(to, f32x4.mul(v128.load(from), left));
      v128.store(to, wide ? f32x4.mul(v128.load(from, 16), right) : f32x4.splat(0), 16);
      from += ldw;
      to += 32;
    }
  }
}

/** out(M) = bias(M) + W shift */
export function foldBias(w: usize, rows: i32, columns: i32, shift: usize, bias: usize, out: usize): void {
  for (let m = 0; m < rows; m++) {
    let sum = f32x4.splat(0);
    for (let k: usize = 0; k < (<usize>columns) << 2; k += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(w + k), v128.load(shift + k)));
    }
    store<f32>(out + ((<usize>m) << 2), load<f32>(bias + ((<usize>m) << 2)) + laneSum(sum));
    w += (<usize>columns) << 2;
  }
}

/** `dw` holds dW' and becomes dW. */
export function unfold(
  dw: usize,
  w: usize,
  rows: i32,
  columns: i32,
  dbias: usize,
  gain: usize,
  shift: usize,
  dgain: usize,
  dshift: usize,
): void {
  for (let m = 0; m < rows; m++) {
    const db = v128.load32_splat(dbias + ((<usize>m) << 2));
    for (let k: usize = 0; k < (<usize>columns) << 2; k += 16) {
      const d = v128.load(dw + k);
      const weight = v128.load(w + k);
      v128.store(dgain + k, f32x4.add(v128.load(dgain + k), f32x4.mul(d, weight)));
      v128.store(dshift + k, f32x4.add(v128.load(dshift + k), f32x4.mul(db, weight)));
      v128.store(dw + k, f32x4.add(f32x4.mul(d, v128.load(gain + k)), f32x4.mul(db, v128.load(shift + k))));
    }
    dw += (<usize>columns) << 2;
    w += (<usize>columns) << 2;
  }
}
