// Dispatches of norm.wgsl: mean loss, gradient norm and whether the step may be taken.

import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

/** Partial sums of squares a run. */
export const NORM_PARTIALS = 1024;

export function norm({ R, N, P, F }: Sizes, clip: number): Dispatch[] {
  return [
    {
      label: 'norm.squares',
      shader: 'norm',
      entry: 'squares',
      overrides: { P, F },
      bindings: { 1: 'gradient', 2: 'norm_partial' },
      uniform: null,
      grid: [NORM_PARTIALS / 64, 1, R],
      flops: 2 * R * P,
      bytes: 4 * R * P,
    },
    {
      label: 'norm.finish',
      shader: 'norm',
      entry: 'finish',
      overrides: { N, CLIP: clip },
      bindings: { 2: 'norm_partial', 3: 'row_loss', 4: 'stats' },
      uniform: null,
      grid: [1, 1, R],
      flops: R * (N + NORM_PARTIALS),
      bytes: 4 * R * (N + NORM_PARTIALS),
    },
  ];
}
