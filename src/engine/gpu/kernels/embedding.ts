// Dispatches of embedding.wgsl. The batch buffer's layout is made here too, since both passes depend on it.

import { type Dispatch, linesOf } from '../dispatch';
import type { Sizes } from '../sizes';

/** Floats (u32) of one run's batch: tokens N | targets N | rows sorted by token N | first sorted row of each token V+1. */
export function batchLength({ N, V }: Pick<Sizes, 'N' | 'V'>): number {
  return 3 * N + V + 1;
}

/** What of the sizes says where things are in a batch. */
type BatchSizes = Pick<Sizes, 'N' | 'T' | 'V'>;

/**
 * Writes one run's tokens and targets at `offset` of `out`: all that the forward pass and the losses read.
 * @param windows (n, T+1) tokens, inputs [0, T) and targets [1, T+1) of each sequence; at most N/T sequences
 */
function packTokens({ N, T }: BatchSizes, windows: Uint8Array, out: Uint32Array, offset: number): void {
  const sequences = windows.length / (T + 1);
  for (let b = 0; b < sequences; b++) {
    const first = b * (T + 1);
    out.set(windows.subarray(first, first + T), offset + b * T);
    out.set(windows.subarray(first + 1, first + T + 1), offset + N + b * T);
  }
}

/** Writes tokens and targets of the same windows for every run, at `offset` of `out` and a batch's length further on. */
export function packSame(sizes: Sizes, windows: Uint8Array, out: Uint32Array, offset: number): void {
  const length = batchLength(sizes);
  packTokens(sizes, windows, out, offset);
  for (let r = 1; r < sizes.R; r++) out.copyWithin(offset + r * length, offset, offset + length);
}

/**
 * Writes one run's batch at `offset` of `out`.
 * @param windows (B, T+1) tokens, as `packTokens` takes them, from `start` on
 */
export function packBatch(sizes: Sizes, windows: Uint8Array, start: number, out: Uint32Array, offset: number): void {
  const { B, T } = sizes;
  packTokens(sizes, windows.subarray(start, start + B * (T + 1)), out, offset);
  sortRows(sizes, out, offset);
}

/** Writes which rows have each token, for the embedding's gradient. */
function sortRows({ N, V }: BatchSizes, out: Uint32Array, offset: number): void {
  const sorted = offset + 2 * N;
  const firsts = offset + 3 * N;
  out.fill(0, firsts, firsts + V + 1);
  for (let n = 0; n < N; n++) {
    const after = firsts + (out[offset + n] as number) + 1;
    out[after] = (out[after] as number) + 1;
  }
  for (let v = 0; v < V; v++) out[firsts + v + 1] = (out[firsts + v + 1] as number) + (out[firsts + v] as number);
  const next = out.slice(firsts, firsts + V);
  for (let n = 0; n < N; n++) {
    const token = out[offset + n] as number;
    const place = next[token] as number;
    out[sorted + place] = n;
    next[token] = place + 1;
  }
}

export function embeddingForward({ R, N, C, V, P }: Sizes): Dispatch {
  const { x, lines } = linesOf((N * C) / 4);
  return {
    label: 'embedding.forward',
    shader: 'embedding',
    entry: 'forward',
    overrides: { N, C, V, P },
    bindings: { 1: 'batch', 2: 'parameters', 3: 'x' },
    uniform: null,
    grid: [x, lines, R],
    flops: 0,
    bytes: 8 * R * N * C,
  };
}

export function embeddingBackward({ R, N, C, V, F }: Sizes): Dispatch {
  const { x, lines } = linesOf((V * C) / 4);
  return {
    label: 'embedding.backward',
    shader: 'embedding',
    entry: 'backward',
    overrides: { N, C, V, F },
    bindings: { 1: 'batch', 4: 'dx', 5: 'gradient' },
    uniform: null,
    grid: [x, lines, R],
    flops: R * N * C,
    bytes: 4 * R * (N * C + V * C),
  };
}
