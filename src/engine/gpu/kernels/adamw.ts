// Dispatch of adamw.wgsl, and the per-step numbers it reads.

import { type AdamW, biasCorrections } from '../../optimizer';
import { type Dispatch, linesOf } from '../dispatch';
import type { Sizes } from '../sizes';

/** Floats of one run's rates. */
export const RATES = 4;

/** Writes 1 - lr decay | lr / c1 | 1 / sqrt(c2) | 0 for optimizer step `t` (1 for the first) at `offset`. */
export function packRates(optimizer: AdamW, lr: number, t: number, out: Float32Array, offset: number): void {
  const { first, second } = biasCorrections(optimizer, t);
  out.set([1 - lr * optimizer.weightDecay, lr / first, 1 / Math.sqrt(second), 0], offset);
}

export function adamw({ R, P, F, decayed }: Sizes, optimizer: AdamW): Dispatch {
  const { x, lines } = linesOf(P / 4);
  const { beta1: BETA1, beta2: BETA2, epsilon: EPSILON } = optimizer;
  return {
    label: 'adamw.update',
    shader: 'adamw',
    entry: 'update',
    overrides: { P, F, DECAYED: decayed, BETA1, BETA2, EPSILON },
    bindings: { 1: 'parameters', 2: 'first_moment', 3: 'second_moment', 4: 'gradient', 5: 'stats', 6: 'rates' },
    uniform: null,
    grid: [x, lines, R],
    flops: 15 * R * P,
    bytes: 28 * R * P,
  };
}
