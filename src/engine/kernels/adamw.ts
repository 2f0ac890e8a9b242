// Dispatch of adamw.wgsl, and the per-step numbers it reads.

import type { Dispatch } from '../dispatch';
import { type AdamW, biasCorrections } from '../optimizer';
import type { Sizes } from '../sizes';

/** Floats of one run's rates. */
export const RATES = 4;

/** Writes 1 - lr decay | lr / c1 | 1 / sqrt(c2) | 0 for optimizer step `t` (1 for the first) at `offset`. */
export function packRates(optimizer: AdamW, lr: number, t: number, out: Float32Array, offset: number): void {
  const { first, second } = biasCorrections(optimizer, t);
  out.set([1 - lr * optimizer.weightDecay, lr / first, 1 / Math.sqrt(second), 0], offset);
}

export function adamw({ R, P, F, decayed }: Sizes, optimizer: AdamW): Dispatch {
  return {
    label: 'adamw.update',
    shader: 'adamw',
    entry: 'update',
    overrides: { P, F, DECAYED: decayed, BETA1: optimizer.beta1, BETA2: optimizer.beta2, EPSILON: optimizer.epsilon },
    bindings: { 1: 'parameters', 2: 'first_moment', 3: 'second_moment', 4: 'gradient', 5: 'stats', 6: 'rates' },
    uniform: null,
    grid: [Math.ceil(P / 256), 1, R],
    flops: 15 * R * P,
    bytes: 28 * R * P,
  };
}
