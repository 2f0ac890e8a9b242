// Dispatches of in_proj.wgsl, the product of block `layer` that makes queries, keys, values and the MLP's hidden layer.

import { tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import { deep, flat, multiply, type Product } from '../product';
import type { Sizes } from '../sizes';

function place({ layout }: Sizes, layer: number): [weight: number, bias: number] {
  return [tensorOffset(layout, 'in_proj.weight', layer), tensorOffset(layout, 'in_proj.bias', layer)];
}

/** Queries, keys and values first, then the MLP's hidden layer: the same product with different epilogues. */
export function inProjForward(sizes: Sizes, layer: number): Dispatch[] {
  const { N, T, C, D, F } = sizes;
  const [weight, bias] = place(sizes, layer);
  const [xhat, qkv, slope, mix] = [`xhat.${layer}`, `qkv.${layer}`, `slope.${layer}`, `mix.${layer}`];
  const part = (name: string, FIRST: number, own: Pick<Product, 'columns' | 'to' | 'epilogue'>, moved: number) =>
    multiply(
      sizes,
      {
        ...{ name: 'in_proj.forward', rows: N, depth: C, ...own },
        left: deep(xhat, C),
        right: deep('folded', C, weight + FIRST * C),
        initial: { buffer: 'folded', firsts: [bias + FIRST] },
      },
      {
        ...{ label: `${layer}.in_proj.forward.${name}`, shader: 'in_proj', entry: 'forward' },
        constants: { N, T, C, D, F, FIRST, FORWARD_COLUMNS: own.columns },
        bindings: { 1: 'folded', 2: xhat, 3: 'rotary', 4: qkv, 5: slope, 6: mix },
        ...{ uniform: [weight, bias], moved },
      },
    );
  const turned = { columns: 3 * C, to: { buffer: qkv, first: 0, line: 3 * C } };
  const hidden = { columns: 4 * C, to: { buffer: mix, first: C, line: 5 * C } };
  return [
    part('attention', 0, { ...turned, epilogue: { does: 'rotary', reads: 'rotary' } }, 3 * N * C),
    part('mlp', 3 * C, { ...hidden, epilogue: { does: 'gelu' } }, 8 * N * C),
  ];
}

export function inProjBackward(sizes: Sizes, layer: number): Dispatch {
  const { N, C, F } = sizes;
  const [weight, bias] = place(sizes, layer);
  return multiply(
    sizes,
    {
      ...{ name: 'in_proj.backward', rows: N, columns: C, depth: 7 * C },
      left: deep('dy', 7 * C),
      right: flat('folded', C, weight),
      to: { buffer: 'dxhat', first: 0, line: C },
    },
    {
      ...{ label: `${layer}.in_proj.backward`, shader: 'in_proj', entry: 'backward', constants: { N, C, F } },
      bindings: { 1: 'folded', 7: 'dy', 8: 'dxhat' },
      ...{ uniform: [weight, bias], moved: N * C },
    },
  );
}
