// Dispatches of out_proj.wgsl, the product of block `layer` that adds attention and MLP to the residual stream.

import { tensorOffset } from '../../model';
import type { Dispatch } from '../dispatch';
import { deep, flat, multiply, type Product } from '../product';
import type { Sizes } from '../sizes';

function place({ layout }: Sizes, layer: number): [weight: number, ...biases: [number, number]] {
  const at = (name: string) => tensorOffset(layout, name, layer);
  return [at('out_proj.weight'), at('attention.bias'), at('mlp.bias')];
}

export function outProjForward(sizes: Sizes, layer: number): Dispatch {
  const { N, C, P } = sizes;
  const [weight, ...biases] = place(sizes, layer);
  return multiply(
    sizes,
    {
      ...{ name: 'out_proj.forward', rows: N, columns: C, depth: 5 * C },
      left: deep(`mix.${layer}`, 5 * C),
      right: deep('parameters', 5 * C, weight),
      initial: { buffer: 'parameters', firsts: biases },
      to: { buffer: 'x', first: 0, line: C },
      epilogue: { does: 'add', reads: 'x' },
    },
    {
      ...{ label: `${layer}.out_proj.forward`, shader: 'out_proj', entry: 'forward', constants: { N, C, P } },
      bindings: { 1: 'parameters', 2: `mix.${layer}`, 3: 'x' },
      ...{ uniform: [weight, ...biases], moved: 2 * N * C },
    },
  );
}

/** The gradient of attention first, then that of the MLP's hidden layer: one product with different epilogues. */
export function outProjBackward(sizes: Sizes, layer: number): Dispatch[] {
  const { N, C, P } = sizes;
  const [weight, ...biases] = place(sizes, layer);
  const slope = `slope.${layer}`;
  const part = (name: string, FIRST: number, own: Pick<Product, 'columns' | 'to' | 'epilogue'>, moved: number) =>
    multiply(
      sizes,
      {
        ...{ name: 'out_proj.backward', rows: N, depth: C, ...own },
        left: deep('dx', C),
        right: flat('parameters', 5 * C, weight + FIRST),
      },
      {
        ...{ label: `${layer}.out_proj.backward.${name}`, shader: 'out_proj', entry: 'backward' },
        constants: { N, C, P, FIRST, BACKWARD_COLUMNS: own.columns },
        bindings: { 1: 'parameters', 4: 'dx', 5: slope, 6: 'da', 7: 'dy' },
        ...{ uniform: [weight, ...biases], moved },
      },
    );
  const hidden = { columns: 4 * C, to: { buffer: 'dy', first: 3 * C, line: 7 * C } };
  return [
    part('attention', 0, { columns: C, to: { buffer: 'da', first: 0, line: C } }, N * C),
    part('mlp', C, { ...hidden, epilogue: { does: 'slope', reads: slope } }, 8 * N * C),
  ];
}
