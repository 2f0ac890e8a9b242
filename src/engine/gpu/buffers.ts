// Every buffer of a lockstep and its size, in 4-byte words. All of them are made once, when the lockstep is opened.
// Evaluation keeps nothing for a backward pass, so the memory that training holds for L layers is E times what it needs of
// one: it takes E times as many rows at once.

import { headSize, type ModelShape, rotaryDimensions } from '../model';
import { RATES } from './kernels/adamw';
import { batchLength } from './kernels/embedding';
import { NORM_PARTIALS } from './kernels/norm';
import { partialLength } from './kernels/weight_gradient';
import { type Sizes, withBatch } from './sizes';

/** Most steps in one submission: the depth of the rings that carry batches and rates in and losses out. */
export const RING = 16;

/** Words of what a layer keeps, by the first part of its name: that of layer 3 is `xhat.3`. */
function layerWords({ R, N, C, H }: Sizes): [string, number][] {
  const rows = R * N;
  return [
    ['xhat', rows * C],
    ['rstd', rows],
    ['qkv', rows * 3 * C],
    ['slope', R * 4 * Math.ceil(N / 4) * 4 * C],
    ['mix', rows * 5 * C],
    ['lse', rows * H],
  ];
}

/** Words by the names that dispatches bind, and of the rings. */
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
  const layer = layerWords(sizes);
  for (let l = 0; l < L; l++) {
    for (const [name, length] of layer) words.set(`${name}.${l}`, length);
  }
  words.set('batch_ring', RING * R * batchLength(sizes));
  words.set('rates_ring', RING * R * RATES);
  words.set('stats_ring', RING * R * 4);
  return words;
}

/** A part of a buffer, in words. */
export interface Range {
  readonly buffer: string;
  readonly first: number;
  readonly words: number;
}

export interface MemoryPlan {
  /** Words of each buffer by its label. */
  readonly buffers: ReadonlyMap<string, number>;
  /** Where the names lie that training's dispatches bind. */
  readonly training: ReadonlyMap<string, Range>;
  /** The same for evaluation's. */
  readonly evaluation: ReadonlyMap<string, Range>;
}

/** Words between the places where a range may begin: 256 bytes, the largest alignment that a device may ask for. */
const ALIGNMENT = 64;

/**
 * Which buffer evaluation's names are in, besides its one layer. The residual stream, the final LayerNorm and the logits
 * lie in memory that evaluation does not use, or no more by then: no kernel may read and write parts of one buffer.
 */
const evaluationPlaces: Readonly<Record<string, string>> = {
  ...{ parameters: 'parameters', folded: 'folded', rotary: 'rotary', batch: 'batch', row_loss: 'row_loss' },
  ...{ x: 'dy', 'xhat.final': 'xhat', 'rstd.final': 'rstd', logits: 'mix' },
};

/**
 * Where everything lies when evaluation takes E B sequences at once. For E = 1 each name has its own buffer; else the
 * layers of a name follow one another in one, of which evaluation has the first part for every layer.
 */
export function memoryPlan(sizes: Sizes, E: number): MemoryPlan {
  const words = bufferWords(sizes);
  const training = new Map<string, Range>();
  for (const [name, length] of words) training.set(name, { buffer: name, first: 0, words: length });
  if (E === 1) return { buffers: words, training, evaluation: training };
  const large = withBatch(sizes, E * sizes.B);
  const largeWords = bufferWords(large);
  const evaluation = new Map<string, Range>();
  for (const [name, buffer] of Object.entries(evaluationPlaces)) {
    evaluation.set(name, { buffer, first: 0, words: largeWords.get(name) ?? 0 });
  }
  const largeLayer = new Map(layerWords(large));
  for (const [buffer, length] of layerWords(sizes)) {
    const stride = ALIGNMENT * Math.ceil(length / ALIGNMENT);
    for (let l = 0; l < sizes.L; l++) {
      training.set(`${buffer}.${l}`, { buffer, first: l * stride, words: length });
      evaluation.set(`${buffer}.${l}`, { buffer, first: 0, words: largeLayer.get(buffer) ?? 0 });
    }
  }
  const buffers = new Map<string, number>();
  for (const { buffer, first, words: length } of [...training.values(), ...evaluation.values()]) {
    buffers.set(buffer, Math.max(buffers.get(buffer) ?? 0, first + length));
  }
  return { buffers, training, evaluation };
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
