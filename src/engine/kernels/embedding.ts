// Dispatches of embedding.wgsl. The batch buffer's layout is made here too, since both passes depend on it.

import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

/** Floats (u32) of one run's batch: tokens N | targets N | rows sorted by token N | first sorted row of each token V+1. */
export function batchLength({ N, V }: Pick<Sizes, 'N' | 'V'>): number {
  return 3 * N + V + 1;
}

/**
 * Writes one run's batch at `offset` of `out`.
 * @param windows (B, T+1) tokens, inputs [0, T) and targets [1, T+1) of each sequence, from `start` on
 */
export function packBatch(sizes: Sizes, windows: Uint8Array, start: number, out: Uint32Array, offset: number): void {
  const { B, T, N, V } = sizes;
  const sorted = offset + 2 * N;
  const firsts = offset + 3 * N;
  out.fill(0, firsts, firsts + V + 1);
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const at = start + b * (T + 1) + t;
      const token = windows[at] as number;
      out[offset + b * T + t] = token;
      out[offset + N + b * T + t] = windows[at + 1] as number;
      out[firsts + token + 1] = (out[firsts + token + 1] as number) + 1;
    }
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
  return {
    label: 'embedding.forward',
    shader: 'embedding',
    entry: 'forward',
    overrides: { N, C, V, P },
    bindings: { 1: 'batch', 2: 'parameters', 3: 'x' },
    uniform: null,
    grid: [Math.ceil((N * C) / 256), 1, R],
    flops: 0,
    bytes: 8 * R * N * C,
  };
}

export function embeddingBackward({ R, N, C, V, F }: Sizes): Dispatch {
  return {
    label: 'embedding.backward',
    shader: 'embedding',
    entry: 'backward',
    overrides: { N, C, V, F },
    bindings: { 1: 'batch', 4: 'dx', 5: 'gradient' },
    uniform: null,
    grid: [Math.ceil((V * C) / 256), 1, R],
    flops: R * N * C,
    bytes: 4 * R * (N * C + V * C),
  };
}
