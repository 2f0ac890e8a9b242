// Dispatches of layernorm.wgsl. `place` is a block's index, or 'final'.

import { rowLanes } from '../../forms/forms';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

export type Place = number | 'final';

export function layernormForward({ R, N, C, forms }: Sizes, place: Place): Dispatch {
  const LANES = rowLanes(forms);
  return {
    label: `${place}.layernorm.forward`,
    shader: 'layernorm',
    entry: 'forward',
    overrides: { N, C, LANES },
    bindings: { 1: 'x', 2: `xhat.${place}`, 3: `rstd.${place}` },
    uniform: null,
    grid: [Math.ceil((N * LANES) / 64), 1, R],
    flops: 8 * R * N * C,
    bytes: 8 * R * N * C,
  };
}

/** The final LayerNorm starts the residual stream's gradient, the others add to it. */
export function layernormBackward({ R, N, C, forms }: Sizes, place: Place): Dispatch {
  const LANES = rowLanes(forms);
  return {
    label: `${place}.layernorm.backward`,
    shader: 'layernorm',
    entry: 'backward',
    overrides: { N, C, LANES, ACCUMULATE: place === 'final' ? 0 : 1 },
    bindings: { 2: `xhat.${place}`, 3: `rstd.${place}`, 4: 'dxhat', 5: 'dx' },
    uniform: null,
    grid: [Math.ceil((N * LANES) / 64), 1, R],
    flops: 9 * R * N * C,
    bytes: 16 * R * N * C,
  };
}
