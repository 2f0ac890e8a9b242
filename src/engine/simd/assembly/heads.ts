// heads: one head of one sequence between the rows that all heads share and a square place of its own: T rows up to the
//        next multiple of 8, D columns up to the next, filled up with zeros
//        rotary turns pairs (2i, 2i + 1): (a, b) -> (a cos - b sin, b cos + a sin); the tables hold cos cos and -sin sin
// shapes x (T, row of ld bytes), table (T,D), place (Tp,Dp)
// source Su et al. 2021, as in src/engine/reference/rotary.ts

import { laneSum } from './exp';

export function padded(size: i32): i32 {
  return (size + 7) & ~7;
}

/** (a, b) of each pair turned; with `sines` from the table forward, with their opposites back. */
function turned(x: v128, cosines: v128, sines: v128): v128 {
  return f32x4.add(f32x4.mul(x, cosines), f32x4.mul(v128.shuffle<f32>(x, x, 1, 0, 3, 2), sines));
}

/** place = x scale, turned where `cosines` is not 0. */
export function gather(
  x: usize,
  ld: usize,
  T: i32,
  D: i32,
  cosines: usize,
  sines: usize,
  scale: f32,
  place: usize,
): void {
  const width = (<usize>padded(D)) << 2;
  const bytes = (<usize>D) << 2;
  const factor = f32x4.splat(scale);
  for (let t = 0; t < T; t++) {
    for (let d: usize = 0; d < bytes; d += 16) {
      let v = f32x4.mul(v128.load(x + d), factor);
      if (cosines !== 0) v = turned(v, v128.load(cosines + d), v128.load(sines + d));
      v128.store(place + d, v);
    }
    if (width > bytes) v128.store(place + bytes, f32x4.splat(0));
    x += ld;
    place += width;
    if (cosines !== 0) {
      cosines += bytes;
      sines += bytes;
    }
  }
  memory.fill(place, 0, <usize>(padded(T) - T) * width);
}

/** The way back: x = place scale, turned back where `cosines` is not 0. */
export function scatter(
  place: usize,
  T: i32,
  D: i32,
  cosines: usize,
  sines: usize,
  scale: f32,
  x: usize,
  ld: usize,
): void {
  const width = (<usize>padded(D)) << 2;
  const bytes = (<usize>D) << 2;
  const factor = f32x4.splat(scale);
  for (let t = 0; t < T; t++) {
    for (let d: usize = 0; d < bytes; d += 16) {
      let v = f32x4.mul(v128.load(place + d), factor);
      if (cosines !== 0) v = turned(v, v128.load(cosines + d), f32x4.neg(v128.load(sines + d)));
      v128.store(x + d, v);
    }
    x += ld;
    place += width;
    if (cosines !== 0) {
      cosines += bytes;
      sines += bytes;
    }
  }
}

/** y = place, each row times its second statistic, one over the sum of its exponentials. */
export function spread(place: usize, T: i32, D: i32, stats: usize, step: usize, y: usize, ldy: usize): void {
  const width = (<usize>padded(D)) << 2;
  for (let t = 0; t < T; t++) {
    const share = v128.load32_splat(stats, 4);
    for (let d: usize = 0; d < (<usize>D) << 2; d += 16) v128.store(y + d, f32x4.mul(v128.load(place + d), share));
    place += width;
    y += ldy;
    stats += step;
  }
}

/** delta[t] = sum_d g[t][d] y[t][d], g a place of `gather`, y as x there. */
export function rowDots(g: usize, y: usize, ld: usize, T: i32, D: i32, delta: usize): void {
  const width = (<usize>padded(D)) << 2;
  for (let t = 0; t < T; t++) {
    let sum = f32x4.splat(0);
    for (let d: usize = 0; d < (<usize>D) << 2; d += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(g + d), v128.load(y + d)));
    }
    store<f32>(delta + ((<usize>t) << 2), laneSum(sum));
    g += width;
    y += ld;
  }
}
