// Dispatches of weight_gradient.wgsl: dW = dY^T X of one matrix, in slices of the rows and then their sum.

import type { Dispatch } from '../dispatch';
import { productFields, productGrid } from '../product';
import { gradientSlices, type Sizes } from '../sizes';
import type { Product } from '../variants';

export interface GradientOf {
  readonly label: string;
  /** Whose choice of kernel applies. */
  readonly product: Product;
  /** Buffer of dY (R,N,M). */
  readonly dy: string;
  /** Buffer of X (R,N,K). */
  readonly x: string;
  readonly M: number;
  readonly K: number;
  /** First float of dW and of the biases' gradients in a run's gradient. */
  readonly weight: number;
  readonly bias: number;
  /** The other bias where two are added together, else the same. */
  readonly biasToo: number;
}

/** Floats of `partial` that a run needs for this matrix. */
export function partialLength(N: number, M: number, K: number): number {
  return gradientSlices(N, M, K) * (M * K + M);
}

export function weightGradient({ R, N, F, kernels }: Sizes, of: GradientOf): Dispatch[] {
  const { M, K } = of;
  const S = gradientSlices(N, M, K);
  const product = productGrid(M, K, kernels.products[of.product]);
  const { x, y, sumsLeft } = product;
  const uniform = [of.weight, of.bias, of.biasToo];
  return [
    {
      label: `${of.label}.weight_gradient.partial`,
      shader: 'weight_gradient',
      entry: 'partial',
      ...productFields(product, { N, M, K, S, GROUPS_X: x, GROUPS_Y: y }, R * S),
      bindings: { 1: of.dy, 2: of.x, 3: 'partial' },
      uniform: null,
      grid: [x, sumsLeft ? y : y + 1, R * S],
      flops: 2 * R * N * M * K,
      bytes: 4 * R * (N * M + N * K + S * (M * K + M)),
    },
    {
      label: `${of.label}.weight_gradient.combine`,
      shader: 'weight_gradient',
      text: 'registers',
      entry: 'combine',
      overrides: { M, K, S, F },
      bindings: { 3: 'partial', 4: 'gradient' },
      uniform,
      grid: [Math.ceil((M * K + M) / 256), 1, R],
      flops: R * S * (M * K + M),
      bytes: 4 * R * (S + 1) * (M * K + M),
    },
  ];
}
