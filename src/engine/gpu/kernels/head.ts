// Dispatches of head.wgsl, from the normalised residual stream to logits.

import { productFields, productGrid } from '../../forms/grid';
import { type ParameterLayout, tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

export function headForward({ R, N, C, V, P, F, forms }: Sizes, layout: ParameterLayout): Dispatch {
  const grid = productGrid(N, V, forms.products['head.forward']);
  return {
    label: 'head.forward',
    shader: 'head',
    entry: 'forward',
    ...productFields(grid, { N, C, V, F }, R),
    bindings: { 1: 'folded', 2: 'xhat.final', 3: 'logits' },
    uniform: [tensorOffset(layout, 'embed_out', null), P],
    flops: 2 * R * N * C * V,
    bytes: 4 * R * (N * C + V * C + N * V),
  };
}

export function headBackward({ R, N, C, V, P, F, forms }: Sizes, layout: ParameterLayout): Dispatch {
  const grid = productGrid(N, C, forms.products['head.backward']);
  return {
    label: 'head.backward',
    shader: 'head',
    entry: 'backward',
    ...productFields(grid, { N, C, V, F }, R),
    bindings: { 1: 'folded', 3: 'logits', 4: 'dxhat' },
    uniform: [tensorOffset(layout, 'embed_out', null), P],
    flops: 2 * R * N * C * V,
    bytes: 4 * R * (N * C + V * C + N * V),
  };
}
