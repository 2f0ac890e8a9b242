// Dispatches of in_proj.wgsl, the product of block `layer` that makes queries, keys, values and the MLP's hidden layer.

import type { Dispatch } from '../dispatch';
import { type ParameterLayout, tensorOffset } from '../model';
import { type Sizes, tileGrid } from '../sizes';

function place(layout: ParameterLayout, layer: number): number[] {
  return [tensorOffset(layout, 'in_proj.weight', layer), tensorOffset(layout, 'in_proj.bias', layer)];
}

export function inProjForward({ R, N, T, C, D, F }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, 7 * C);
  return {
    label: `${layer}.in_proj.forward`,
    shader: 'in_proj',
    entry: 'forward',
    overrides: { N, T, C, D, F, WX, WY },
    bindings: { 1: 'folded', 2: `xhat.${layer}`, 3: 'rotary', 4: `qkv.${layer}`, 5: `up.${layer}`, 6: `mix.${layer}` },
    uniform: place(layout, layer),
    grid: [x, y, R],
    flops: 14 * R * N * C * C,
    bytes: 4 * R * (N * C + 7 * C * C + 11 * N * C),
  };
}

export function inProjBackward({ R, N, C, F }: Sizes, layout: ParameterLayout, layer: number): Dispatch {
  const { WX, WY, x, y } = tileGrid(N, C);
  return {
    label: `${layer}.in_proj.backward`,
    shader: 'in_proj',
    entry: 'backward',
    overrides: { N, C, F, WX, WY },
    bindings: { 1: 'folded', 7: 'dy', 8: 'dxhat' },
    uniform: place(layout, layer),
    grid: [x, y, R],
    flops: 14 * R * N * C * C,
    bytes: 4 * R * (7 * N * C + 7 * C * C + N * C),
  };
}
