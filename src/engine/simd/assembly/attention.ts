// attention: y[t] = sum_{s<=t} p[t][s] v[s], p = softmax of q[t].k[s] / sqrt(D), within a sequence and head
//            kept of a row: its largest score and one over its sum of exponentials, from which the backward pass makes p
//            anew; with dp[t][s] = dy[t].v[s], ds = p (dp - dy[t].y[t]), then dv = p^T dy, dk = ds^T q, dq = ds k
// shapes     qkv dqkv (B T, 3C): query, key, value, each head by head; y dy in rows of ldy bytes; stats (B T, H, 2);
//            a square (Tp,Tp) of one head's scores lies in the scratch, its upper half is not visited
// source     Vaswani et al. 2017, causal; Rabe & Staats 2021 for keeping row statistics instead of p
// Everything of a head lies in the scratch, in places of (Tp,Dp): see heads.ts. Products are those of tile.ts.

import { exp, laneMax, laneSum } from './exp';
import { gather, padded, rowDots, scatter, spread } from './heads';
import { packColumns, packRows } from './pack';
import { tile, transposedTile } from './tile';

/** Bytes of a place (Tp,Dp). */
function placeBytes(T: i32, D: i32): usize {
  return (<usize>(padded(T) * padded(D))) << 2;
}

/** Bytes of scratch: nine places, two squares, a row of zeros and a row of ones, and a number for each position. */
export function attentionScratch(T: i32, D: i32): i32 {
  return 9 * <i32>placeBytes(T, D) + 4 * (2 * padded(T) * padded(T) + 128 + padded(T));
}

/** square(t,s) = a(t) . b(s) for s <= t and up to the end of its tile; `panels` of b. */
function scores(a: usize, panels: usize, T: i32, D: i32, square: usize, zeros: usize): void {
  const width = padded(D);
  const ld = (<usize>padded(T)) << 2;
  const lda = (<usize>width) << 2;
  for (let t = 0; t < T; t += 4) {
    for (let s = 0; s <= t; s += 8) {
      const panel = panels + ((<usize>(s * width)) << 2);
      tile(a + t * lda, lda, panel, width, square + t * ld + ((<usize>s) << 2), ld, zeros, 0, true);
    }
  }
}

/** out(t) = sum_{s<=t} square(t,s) b(s); `panels` of b's columns. */
function mixed(square: usize, panels: usize, T: i32, D: i32, out: usize, zeros: usize): void {
  const width = padded(D);
  const ld = (<usize>padded(T)) << 2;
  const ldo = (<usize>width) << 2;
  for (let d = 0; d < width; d += 8) {
    const panel = panels + ((<usize>(d * padded(T))) << 2);
    for (let t = 0; t < T; t += 4) {
      tile(square + t * ld, ld, panel, t + 4, out + t * ldo + ((<usize>d) << 2), ldo, zeros, 0, true);
    }
  }
}

/** out(s) = sum_{t>=s} square(t,s) b(t) */
function mixedBack(square: usize, b: usize, T: i32, D: i32, out: usize): void {
  const width = padded(D);
  const ld = (<usize>padded(T)) << 2;
  const ldb = (<usize>width) << 2;
  memory.fill(out, 0, placeBytes(T, D));
  for (let d: usize = 0; d < ldb; d += 32) {
    for (let s = 0; s < T; s += 4) {
      const corner = square + s * ld + ((<usize>s) << 2);
      transposedTile(corner, ld, b + s * ldb + d, ldb, T - s, out + s * ldb + d, ldb, true);
    }
  }
}

/** Places after s = t get -infinity, so that exp gives 0 there: to the end of the row's four. */
function mask(row: usize, t: i32): void {
  for (let s = t + 1; (s & 3) !== 0; s++) store<f32>(row + ((<usize>s) << 2), -Infinity);
}

/** Scores become exponentials; the largest score of a row and one over its sum are kept, `step` bytes apart. */
function softmax(square: usize, T: i32, stats: usize, step: usize): void {
  const ld = (<usize>padded(T)) << 2;
  for (let t = 0; t < T; t++) {
    mask(square, t);
    const end = square + ((<usize>((t + 4) & ~3)) << 2);
    let most = v128.load(square);
    for (let s = square + 16; s < end; s += 16) most = f32x4.pmax(most, v128.load(s));
    most = laneMax(most);
    let sum = f32x4.splat(0);
    for (let s = square; s < end; s += 16) {
      const e = exp(f32x4.sub(v128.load(s), most));
      sum = f32x4.add(sum, e);
      v128.store(s, e);
    }
    store<f32>(stats, f32x4.extract_lane(most, 0));
    store<f32>(stats, <f32>1.0 / laneSum(sum), 4);
    stats += step;
    square += ld;
  }
}

/** Scores become probabilities once more, and dp, in the other square, the derivative by the scores. */
function softmaxBackward(square: usize, dp: usize, T: i32, delta: usize, stats: usize, step: usize): void {
  const ld = (<usize>padded(T)) << 2;
  for (let t = 0; t < T; t++) {
    mask(square, t);
    const bytes = (<usize>((t + 4) & ~3)) << 2;
    const largest = v128.load32_splat(stats);
    const share = v128.load32_splat(stats, 4);
    const average = v128.load32_splat(delta + ((<usize>t) << 2));
    for (let s: usize = 0; s < bytes; s += 16) {
      const p = f32x4.mul(exp(f32x4.sub(v128.load(square + s), largest)), share);
      v128.store(square + s, p);
      v128.store(dp + s, f32x4.mul(p, f32x4.sub(v128.load(dp + s), average)));
    }
    stats += step;
    square += ld;
    dp += ld;
  }
}

/** Zeros and ones that products and panels begin with, at the start of the scratch. */
function prepare(scratch: usize): usize {
  memory.fill(scratch, 0, 256);
  for (let i: usize = 256; i < 512; i += 16) v128.store(scratch + i, f32x4.splat(1.0));
  return scratch + 256;
}

export function attentionForward(
  qkv: usize,
  B: i32,
  T: i32,
  H: i32,
  D: i32,
  cosines: usize,
  sines: usize,
  y: usize,
  ldy: usize,
  stats: usize,
  scratch: usize,
): void {
  const C = (<usize>(H * D)) << 2;
  const ld = 3 * C;
  const place = placeBytes(T, D);
  const ones = prepare(scratch);
  const q = scratch + 512;
  const rows = q + place;
  const keys = rows + place;
  const values = keys + place;
  const out = values + place;
  const square = out + place;
  const scale: f32 = <f32>1.0 / sqrt<f32>(<f32>D);
  const width = (<usize>padded(D)) << 2;
  const step = (<usize>H) << 3;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const from = qkv + <usize>(b * T) * ld + ((<usize>(h * D)) << 2);
      const own = stats + <usize>(b * T) * step + ((<usize>h) << 3);
      gather(from, ld, T, D, cosines, sines, scale, q);
      gather(from + C, ld, T, D, cosines, sines, 1.0, rows);
      packRows(rows, width, padded(T), padded(D), ones, keys);
      gather(from + 2 * C, ld, T, D, 0, 0, 1.0, rows);
      packColumns(rows, width, padded(T), padded(D), ones, values, (<usize>padded(T)) << 5);
      scores(q, keys, T, D, square, scratch);
      softmax(square, T, own, step);
      mixed(square, values, T, D, out, scratch);
      spread(out, T, D, own, step, y + <usize>(b * T) * ldy + ((<usize>(h * D)) << 2), ldy);
    }
  }
}

/** @param dqkv rows of ldq bytes, which begin with the derivatives by query, key and value */
export function attentionBackward(
  qkv: usize,
  B: i32,
  T: i32,
  H: i32,
  D: i32,
  cosines: usize,
  sines: usize,
  y: usize,
  ldy: usize,
  stats: usize,
  scratch: usize,
  dy: usize,
  dqkv: usize,
  ldq: usize,
): void {
  const C = (<usize>(H * D)) << 2;
  const ld = 3 * C;
  const place = placeBytes(T, D);
  const ones = prepare(scratch);
  const q = scratch + 512;
  const rows = q + place;
  const keys = rows + place;
  const keyColumns = keys + place;
  const values = keyColumns + place;
  const g = values + place;
  const out = g + place;
  const square = out + place;
  const slopes = square + ((<usize>(padded(T) * padded(T))) << 2);
  const delta = slopes + ((<usize>(padded(T) * padded(T))) << 2);
  const scale: f32 = <f32>1.0 / sqrt<f32>(<f32>D);
  const width = (<usize>padded(D)) << 2;
  const step = (<usize>H) << 3;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const head = (<usize>(h * D)) << 2;
      const from = qkv + <usize>(b * T) * ld + head;
      const to = dqkv + <usize>(b * T) * ldq + head;
      const own = stats + <usize>(b * T) * step + ((<usize>h) << 3);
      gather(from, ld, T, D, cosines, sines, scale, q);
      gather(from + C, ld, T, D, cosines, sines, 1.0, rows);
      packRows(rows, width, padded(T), padded(D), ones, keys);
      packColumns(rows, width, padded(T), padded(D), ones, keyColumns, (<usize>padded(T)) << 5);
      gather(from + 2 * C, ld, T, D, 0, 0, 1.0, rows);
      packRows(rows, width, padded(T), padded(D), ones, values);
      gather(dy + <usize>(b * T) * C + head, C, T, D, 0, 0, 1.0, g);
      rowDots(g, y + <usize>(b * T) * ldy + head, ldy, T, D, delta);
      scores(q, keys, T, D, square, scratch);
      scores(g, values, T, D, slopes, scratch);
      softmaxBackward(square, slopes, T, delta, own, step);
      mixedBack(square, g, T, D, out);
      scatter(out, T, D, 0, 0, 1.0, to + 2 * C, ldq);
      mixedBack(slopes, q, T, D, out);
      scatter(out, T, D, cosines, sines, 1.0, to + C, ldq);
      mixed(slopes, keyColumns, T, D, out, scratch);
      scatter(out, T, D, cosines, sines, scale, to, ldq);
    }
  }
}
