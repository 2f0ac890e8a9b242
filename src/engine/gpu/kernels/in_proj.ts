// Dispatches of in_proj.wgsl, the product of block `layer` that makes queries, keys, values and the MLP's hidden layer.

import { productFields, productGrid } from '../../forms/grid';
import { type ParameterLayout, tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

function place(layout: ParameterLayout, layer: number): number[] {
  return [tensorOffset(layout, 'in_proj.weight', layer), tensorOffset(layout, 'in_proj.bias', layer)];
}

/** Queries, keys and values first, then the MLP's hidden layer: the same product with different epilogues. */
export function inProjForward(sizes: Sizes, layout: ParameterLayout, layer: number): Dispatch[] {
  const { R, N, T, C, D, F, forms } = sizes;
  const part = (name: string, FIRST: number, FORWARD_COLUMNS: number, written: number) => {
    const grid = productGrid(N, FORWARD_COLUMNS, forms.products['in_proj.forward']);
    return {
      label: `${layer}.in_proj.forward.${name}`,
      shader: 'in_proj' as const,
      entry: 'forward',
      ...productFields(grid, { N, T, C, D, F, FIRST, FORWARD_COLUMNS }, R),
      bindings: {
        1: 'folded',
        2: `xhat.${layer}`,
        3: 'rotary',
        4: `qkv.${layer}`,
        5: `slope.${layer}`,
        6: `mix.${layer}`,
      },
      uniform: place(layout, layer),
      flops: 2 * R * N * C * FORWARD_COLUMNS,
      bytes: 4 * R * (N * C + FORWARD_COLUMNS * C + written),
    };
  };
  return [part('attention', 0, 3 * C, 3 * N * C), part('mlp', 3 * C, 4 * C, 8 * N * C)];
}

export function inProjBackward({ R, N, C, F, forms }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const grid = productGrid(N, C, forms.products['in_proj.backward']);
  return {
    label: `${layer}.in_proj.backward`,
    shader: 'in_proj',
    entry: 'backward',
    ...productFields(grid, { N, C, F }, R),
    bindings: { 1: 'folded', 7: 'dy', 8: 'dxhat' },
    uniform: place(layout, layer),
    flops: 14 * R * N * C * C,
    bytes: 4 * R * (7 * N * C + 7 * C * C + N * C),
  };
}
