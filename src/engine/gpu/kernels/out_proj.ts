// Dispatches of out_proj.wgsl, the product of block `layer` that adds attention and MLP to the residual stream.

import { productFields, productGrid } from '../../forms/grid';
import { type ParameterLayout, tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import type { Sizes } from '../sizes';

function place(layout: ParameterLayout, layer: number): number[] {
  return (['out_proj.weight', 'attention.bias', 'mlp.bias'] as const).map((name) => tensorOffset(layout, name, layer));
}

export function outProjForward({ R, N, C, P, forms }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const grid = productGrid(N, C, forms.products['out_proj.forward']);
  return {
    label: `${layer}.out_proj.forward`,
    shader: 'out_proj',
    entry: 'forward',
    ...productFields(grid, { N, C, P }, R),
    bindings: { 1: 'parameters', 2: `mix.${layer}`, 3: 'x' },
    uniform: place(layout, layer),
    flops: 10 * R * N * C * C,
    bytes: 4 * R * (5 * N * C + 5 * C * C + 2 * N * C),
  };
}

/** The gradient of attention first, then that of the MLP's hidden layer: one product with different epilogues. */
export function outProjBackward(sizes: Sizes, layout: ParameterLayout, layer: number): Dispatch[] {
  const { R, N, C, P, forms } = sizes;
  const part = (name: string, FIRST: number, BACKWARD_COLUMNS: number, moved: number) => {
    const grid = productGrid(N, BACKWARD_COLUMNS, forms.products['out_proj.backward']);
    return {
      label: `${layer}.out_proj.backward.${name}`,
      shader: 'out_proj' as const,
      entry: 'backward',
      ...productFields(grid, { N, C, P, FIRST, BACKWARD_COLUMNS }, R),
      bindings: { 1: 'parameters', 4: 'dx', 5: `slope.${layer}`, 6: 'da', 7: 'dy' },
      uniform: place(layout, layer),
      flops: 2 * R * N * C * BACKWARD_COLUMNS,
      bytes: 4 * R * (N * C + C * BACKWARD_COLUMNS + moved),
    };
  };
  return [part('attention', 0, C, N * C), part('mlp', C, 4 * C, 8 * N * C)];
}
