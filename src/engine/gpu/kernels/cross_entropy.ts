// Dispatches of cross_entropy.wgsl: `losses` for evaluation, `gradient` for training.

import { rowLanes } from '../../forms/forms';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

export function crossEntropy({ R, N, V, forms }: Sizes, entry: 'losses' | 'gradient'): Dispatch {
  const LANES = rowLanes(forms);
  return {
    label: `cross_entropy.${entry}`,
    shader: 'cross_entropy',
    entry,
    overrides: { N, V, LANES },
    bindings: { 1: 'batch', 2: 'logits', 3: 'row_loss' },
    uniform: null,
    grid: [Math.ceil((N * LANES) / 64), 1, R],
    flops: (entry === 'losses' ? 3 : 6) * R * N * V,
    bytes: (entry === 'losses' ? 4 : 8) * R * N * V,
  };
}
