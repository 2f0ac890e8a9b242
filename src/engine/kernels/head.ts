// Dispatches of head.wgsl, from the normalised residual stream to logits.

import type { Dispatch } from '../dispatch';
import { type ParameterLayout, tensorOffset } from '../model';
import { type Sizes, tileGrid } from '../sizes';

export function headForward({ R, N, C, V, P, F }: Sizes, layout: ParameterLayout): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, V);
  return {
    label: 'head.forward',
    shader: 'head',
    entry: 'forward',
    overrides: { N, C, V, F, WX, WY },
    bindings: { 1: 'folded', 2: 'xhat.final', 3: 'logits' },
    uniform: [tensorOffset(layout, 'embed_out', null), P],
    grid: [x, y, R],
    flops: 2 * R * N * C * V,
    bytes: 4 * R * (N * C + V * C + N * V),
  };
}

export function headBackward({ R, N, C, V, P, F }: Sizes, layout: ParameterLayout): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, C);
  return {
    label: 'head.backward',
    shader: 'head',
    entry: 'backward',
    overrides: { N, C, V, F, WX, WY },
    bindings: { 1: 'folded', 3: 'logits', 4: 'dxhat' },
    uniform: [tensorOffset(layout, 'embed_out', null), P],
    grid: [x, y, R],
    flops: 2 * R * N * C * V,
    bytes: 4 * R * (N * C + V * C + N * V),
  };
}
