// The attention of attention.ts again, in the tiles of tiles.ts: faster, and equal bit for bit. One head of one
// sequence at a time is copied out, so that its scores are a (T,T) matrix that stays in the cache; tiles wholly in
// the future are left out. A tile on the diagonal reads up to two later positions, where weights are kept zero: adding
// zero times a number changes no sum.

import type { AttentionGradients, AttentionOutput } from './attention';
import { addTile, type Matrix, tile, transposed, zeros } from './tiles';

/** See `attentionForward`. */
export function blockedAttentionForward(
  q: Float64Array,
  k: Float64Array,
  v: Float64Array,
  B: number,
  T: number,
  H: number,
  D: number,
): AttentionOutput {
  const y = new Float64Array(B * T * H * D);
  const logSumExp = new Float64Array(B * T * H);
  const [queries, keys, values, out] = [zeros(T, D), zeros(T, D), zeros(T, D), zeros(T, D)];
  const scores = zeros(T, T);
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const start = (b * T * H + h) * D;
      take(q, start, H * D, queries);
      take(k, start, H * D, keys);
      take(v, start, H * D, values);
      scorePast(scores, queries, keys);
      softmaxRows(scores, Math.sqrt(D), logSumExp, b * T * H + h, H);
      sumPast(out, scores, values);
      put(out, y, start, H * D);
    }
  }
  return { y, logSumExp };
}

/** See `attentionBackward`. */
export function blockedAttentionBackward(
  dy: Float64Array,
  q: Float64Array,
  k: Float64Array,
  v: Float64Array,
  y: Float64Array,
  logSumExp: Float64Array,
  B: number,
  T: number,
  H: number,
  D: number,
): AttentionGradients {
  const size = B * T * H * D;
  const [dq, dk, dv] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const [queries, keys, values] = [zeros(T, D), zeros(T, D), zeros(T, D)];
  const [outputs, dOut, sum] = [zeros(T, D), zeros(T, D), zeros(T, D)];
  const [p, dscores] = [zeros(T, T), zeros(T, T)];
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const start = (b * T * H + h) * D;
      take(q, start, H * D, queries);
      take(k, start, H * D, keys);
      take(v, start, H * D, values);
      take(y, start, H * D, outputs);
      take(dy, start, H * D, dOut);
      scorePast(p, queries, keys);
      scorePast(dscores, dOut, values);
      softmaxGradient(p, dscores, outputs, dOut, logSumExp, b * T * H + h, H);
      sumPast(sum, dscores, keys);
      put(sum, dq, start, H * D);
      sumFuture(sum, dscores, queries);
      put(sum, dk, start, H * D);
      sumFuture(sum, p, dOut);
      put(sum, dv, start, H * D);
    }
  }
  return { dq, dk, dv };
}

/** Copies a head, whose rows lie `stride` apart. */
function take(from: Float64Array, start: number, stride: number, { values, rows, columns }: Matrix): void {
  for (let t = 0; t < rows; t++) {
    for (let d = 0; d < columns; d++) values[t * columns + d] = from[start + t * stride + d]!;
  }
}

/** Copies a head back. */
function put({ values, rows, columns }: Matrix, to: Float64Array, start: number, stride: number): void {
  for (let t = 0; t < rows; t++) {
    for (let d = 0; d < columns; d++) to[start + t * stride + d] = values[t * columns + d]!;
  }
}

/** scores[t,s] = a[t].b[s] for s <= t. */
function scorePast(scores: Matrix, a: Matrix, b: Matrix): void {
  scores.values.fill(0);
  const right = transposed(b);
  for (let r = 0; r < scores.rows; r += tile) {
    for (let c = 0; c < Math.min(r + tile, scores.rows); c += tile) {
      addTile(scores, a, right, r, c, 0, a.columns);
    }
  }
}

/** out[t] = sum_{s<=t} weights[t,s] b[s] */
function sumPast(out: Matrix, weights: Matrix, b: Matrix): void {
  out.values.fill(0);
  for (let r = 0; r < out.rows; r += tile) {
    const end = Math.min(r + tile, out.rows);
    for (let c = 0; c < out.columns; c += tile) addTile(out, weights, b, r, c, 0, end);
  }
}

/** out[s] = sum_{t>=s} weights[t,s] b[t] */
function sumFuture(out: Matrix, weights: Matrix, b: Matrix): void {
  out.values.fill(0);
  const left = transposed(weights);
  for (let r = 0; r < out.rows; r += tile) {
    for (let c = 0; c < out.columns; c += tile) addTile(out, left, b, r, c, r, out.rows);
  }
}

/** Zeros right of the diagonal, as far as a tile on it reaches. */
function clearFuture({ values, row, columns }: Matrix, t: number): void {
  const end = Math.min(t + tile, columns);
  for (let s = t + 1; s < end; s++) values[t * row + s] = 0;
}

/** Turns q.k into probabilities, row by row. The rows' `logSumExp` lie `stride` apart from `start` on. */
function softmaxRows(scores: Matrix, divisor: number, logSumExp: Float64Array, start: number, stride: number): void {
  const { values: p, rows, row } = scores;
  for (let t = 0; t < rows; t++) {
    const begin = t * row;
    const end = begin + t + 1;
    let largest = -Infinity;
    for (let i = begin; i < end; i++) {
      p[i] = p[i]! / divisor;
      largest = Math.max(largest, p[i]!);
    }
    let sum = 0;
    for (let i = begin; i < end; i++) {
      p[i] = Math.exp(p[i]! - largest);
      sum += p[i]!;
    }
    for (let i = begin; i < end; i++) p[i] = p[i]! / sum;
    clearFuture(scores, t);
    logSumExp[start + t * stride] = largest + Math.log(sum);
  }
}

/** Turns q.k into probabilities and dy.v into derivatives of the scores; `start` and `stride` as above. */
function softmaxGradient(
  scores: Matrix,
  dscores: Matrix,
  y: Matrix,
  dy: Matrix,
  logSumExp: Float64Array,
  start: number,
  stride: number,
): void {
  const [p, d] = [scores.values, dscores.values];
  const { rows: T, columns: D } = y;
  const scale = 1 / Math.sqrt(D);
  for (let t = 0; t < T; t++) {
    let average = 0;
    for (let i = t * D; i < (t + 1) * D; i++) average += dy.values[i]! * y.values[i]!;
    const begin = t * scores.row;
    const end = begin + t + 1;
    const log = logSumExp[start + t * stride]!;
    for (let i = begin; i < end; i++) {
      p[i] = Math.exp(p[i]! * scale - log);
      d[i] = p[i]! * (d[i]! - average) * scale;
    }
    clearFuture(scores, t);
    clearFuture(dscores, t);
  }
}
