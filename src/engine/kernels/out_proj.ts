// Dispatches of out_proj.wgsl, the product of block `layer` that adds attention and MLP to the residual stream.

import type { Dispatch } from '../dispatch';
import { type ParameterLayout, tensorOffset } from '../model';
import { type Sizes, tileGrid } from '../sizes';

function place(layout: ParameterLayout, layer: number): number[] {
  return (['out_proj.weight', 'attention.bias', 'mlp.bias'] as const).map((name) => tensorOffset(layout, name, layer));
}

export function outProjForward({ R, N, C, P }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, C);
  return {
    label: `${layer}.out_proj.forward`,
    shader: 'out_proj',
    entry: 'forward',
    overrides: { N, C, P, WX, WY },
    bindings: { 1: 'parameters', 2: `mix.${layer}`, 3: 'x' },
    uniform: place(layout, layer),
    grid: [x, y, R],
    flops: 10 * R * N * C * C,
    bytes: 4 * R * (5 * N * C + 5 * C * C + 2 * N * C),
  };
}

export function outProjBackward({ R, N, C, P }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, 5 * C);
  return {
    label: `${layer}.out_proj.backward`,
    shader: 'out_proj',
    entry: 'backward',
    overrides: { N, C, P, WX, WY },
    bindings: { 1: 'parameters', 4: 'dx', 5: `up.${layer}`, 6: 'da', 7: 'dy' },
    uniform: place(layout, layer),
    grid: [x, y, R],
    flops: 10 * R * N * C * C,
    bytes: 4 * R * (N * C + 5 * C * C + 9 * N * C),
  };
}
