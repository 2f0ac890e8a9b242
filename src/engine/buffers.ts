// Every buffer of a lockstep and its size, in 4-byte words. All of them are made once, when the lockstep is opened.

import { RATES } from './kernels/adamw';
import { batchLength } from './kernels/embedding';
import { NORM_PARTIALS } from './kernels/norm';
import { partialLength } from './kernels/weight_gradient';
import { headSize, type ModelShape, rotaryDimensions } from './model';
import type { Sizes } from './sizes';

/** Most steps in one submission: the depth of the rings that carry batches and rates in and losses out. */
export const RING = 16;

/** Words of each buffer by name; the names are those that dispatches bind. */
export function bufferWords(sizes: Sizes): Map<string, number> {
  const { R, N, T, C, H, D, L, V, P, F } = sizes;
  const rows = R * N;
  const words = new Map<string, number>([
    ['parameters', R * P],
    ['first_moment', R * P],
    ['second_moment', R * P],
    ['folded', R * F],
    ['gradient', R * F],
    ['partial', R * partialLength(sizes)],
    ['norm_partial', R * NORM_PARTIALS],
    ['stats', R * 4],
    ['rates', R * RATES],
    ['batch', R * batchLength(sizes)],
    ['rotary', T * D],
    ['x', rows * C],
    ['dx', rows * C],
    ['dxhat', rows * C],
    ['da', rows * C],
    ['dy', rows * 7 * C],
    ['delta', rows * H],
    ['logits', rows * V],
    ['row_loss', rows],
    ['xhat.final', rows * C],
    ['rstd.final', rows],
  ]);
  for (let l = 0; l < L; l++) {
    words.set(`xhat.${l}`, rows * C);
    words.set(`rstd.${l}`, rows);
    words.set(`qkv.${l}`, rows * 3 * C);
    words.set(`slope.${l}`, R * 4 * Math.ceil(N / 4) * 4 * C);
    words.set(`mix.${l}`, rows * 5 * C);
    words.set(`lse.${l}`, rows * H);
  }
  words.set('batch_ring', RING * R * batchLength(sizes));
  words.set('rates_ring', RING * R * RATES);
  words.set('stats_ring', RING * R * 4);
  words.set('loss_ring', RING * rows);
  return words;
}

/** Submissions that may be on their way at once, each with a buffer to read its losses from. */
export const IN_FLIGHT = 2;

/** Words of the buffers that are mapped to read back: statistics of a submission, and the widest other read. */
export function backWords({ R, N, B, V, P }: Sizes): { stats: number; wide: number } {
  return { stats: RING * R * 4, wide: Math.max(RING * R * N, 3 * P, B * V) };
}

/**
 * Rotary table (T, D) as cos, sin, cos, sin of neighbouring pairs; dimensions that are not rotated have cos 1, sin 0.
 * Made here because WGSL's own sine is only good to 2^-11 and only within [-pi, pi].
 */
export function rotaryTable(model: ModelShape): Float32Array {
  const D = headSize(model);
  const rotated = rotaryDimensions(model);
  const table = new Float32Array(model.context * D);
  for (let t = 0; t < model.context; t++) {
    for (let i = 0; i < D / 2; i++) {
      const angle = 2 * i < rotated ? t * 10000 ** ((-2 * i) / rotated) : 0;
      table[t * D + 2 * i] = Math.cos(angle);
      table[t * D + 2 * i + 1] = Math.sin(angle);
    }
  }
  return table;
}
