// Dispatches of weight_gradient.wgsl: dW = dY^T X of one matrix in slices of the rows, and the sums of all matrices' slices.

import type { ProductName } from '../../forms/forms';
import { productGrid } from '../../forms/grid';
import { tensorOffset } from '../../model';
import { type Dispatch, linesOf } from '../dispatch';
import { flat, multiply } from '../product';
import type { Sizes } from '../sizes';

const gradientProducts = [
  'in_proj.gradient',
  'out_proj.gradient',
  'head.gradient',
] as const satisfies readonly ProductName[];

/** A weight gradient, by the product whose choice of kernel applies. */
export type GradientProduct = (typeof gradientProducts)[number];

/** S, slices of the N rows that a gradient is summed over in parallel. */
export type Slices = Readonly<Record<GradientProduct, number>>;

/** The factors of a gradient. */
interface GradientOf {
  /** Buffer of dY (R,N,M). */
  readonly dy: string;
  /** Buffer of X (R,N,K). */
  readonly x: string;
  readonly M: number;
  readonly K: number;
}

/** @param layer block, or any for the head */
export function gradientOf({ C, V }: Pick<Sizes, 'C' | 'V'>, product: GradientProduct, layer: number): GradientOf {
  switch (product) {
    case 'in_proj.gradient':
      return { dy: 'dy', x: `xhat.${layer}`, M: 7 * C, K: C };
    case 'out_proj.gradient':
      return { dy: 'dx', x: `mix.${layer}`, M: C, K: 5 * C };
    case 'head.gradient':
      return { dy: 'logits', x: 'xhat.final', M: V, K: C };
  }
}

export interface GradientPlaces {
  /** First float of dW in a run's gradient. */
  readonly weight: number;
  /** First float of each bias that has the gradient db: two where two biases are added. */
  readonly biases: readonly [number, ...number[]];
}

export function gradientPlaces(
  { layout }: Pick<Sizes, 'layout'>,
  product: GradientProduct,
  layer: number,
): GradientPlaces {
  const at = (name: string) => tensorOffset(layout, name, layer);
  switch (product) {
    case 'in_proj.gradient':
      return { weight: at('in_proj.weight'), biases: [at('in_proj.bias')] };
    case 'out_proj.gradient':
      return { weight: at('out_proj.weight'), biases: [at('attention.bias'), at('mlp.bias')] };
    case 'head.gradient':
      return { weight: tensorOffset(layout, 'embed_out', null), biases: [layout.size] };
  }
}

/** Shares of db in a slice. */
const SHARES = 4;

/** Floats of dW and `shares` times db. */
function gradientLength(sizes: Pick<Sizes, 'C' | 'V'>, product: GradientProduct, shares: number): number {
  const { M, K } = gradientOf(sizes, product, 0);
  return M * K + shares * M;
}

/**
 * Enough slices that a product has about 512 threads, each at least 64 rows long. Depends on the shape alone, so the
 * order of summation never changes.
 */
function gradientSlices(sizes: Pick<Sizes, 'N' | 'C' | 'V'>): Slices {
  const slicesOf = (product: GradientProduct) => {
    const { M, K } = gradientOf(sizes, product, 0);
    const tiles = Math.ceil(M / 8) * Math.ceil(K / 8);
    return [product, Math.max(1, Math.min(Math.ceil(512 / tiles), Math.ceil(sizes.N / 64)))];
  };
  return Object.fromEntries(gradientProducts.map(slicesOf)) as Slices;
}

/** Where slices begin in a run's `partial`, in floats: in_proj and out_proj block by block, then the head. */
function partialPlace(sizes: Sizes, slices: Slices, product: GradientProduct, layer: number): number {
  const [inProj, outProj] = gradientProducts.map((one) => slices[one] * gradientLength(sizes, one, SHARES)) as [
    number,
    number,
  ];
  if (product === 'head.gradient') return sizes.L * (inProj + outProj);
  return layer * (inProj + outProj) + (product === 'out_proj.gradient' ? inProj : 0);
}

/** Floats of `partial` a run. */
export function partialLength(sizes: Sizes, slices: Slices = gradientSlices(sizes)): number {
  const head = 'head.gradient';
  return partialPlace(sizes, slices, head, 0) + slices[head] * gradientLength(sizes, head, SHARES);
}

/** The slices of one matrix. */
export function weightGradient(
  sizes: Sizes,
  product: GradientProduct,
  layer: number,
  slices: Slices = gradientSlices(sizes),
): Dispatch {
  const { N } = sizes;
  const { dy, x, M, K } = gradientOf(sizes, product, layer);
  const { weight, biases } = gradientPlaces(sizes, product, layer);
  const S = slices[product];
  const { x: GROUPS_X, y: GROUPS_Y, sumsLeft } = productGrid(M, K, sizes.forms.products[product]);
  const name = product.replace('.gradient', '');
  const label = product === 'head.gradient' ? name : `${layer}.${name}`;
  const dispatch = multiply(
    sizes,
    {
      ...{ name: product, rows: M, columns: K, depth: N },
      left: flat(dy, M),
      right: flat(x, K),
      // By way of the slices.
      to: { buffer: 'gradient', first: weight, line: K },
      leftSums: biases,
    },
    {
      ...{ label: `${label}.weight_gradient.partial`, shader: 'weight_gradient', entry: 'partial' },
      constants: { N, M, K, S, PARTIALS: partialLength(sizes, slices), GROUPS_X, GROUPS_Y },
      bindings: { 1: dy, 2: x, 3: 'partial' },
      uniform: [partialPlace(sizes, slices, product, layer)],
      moved: S * gradientLength(sizes, product, SHARES),
    },
    S,
  );
  const [columns, rows, runs] = dispatch.grid;
  return { ...dispatch, grid: [columns, sumsLeft ? rows : rows + 1, runs] };
}

/** The gradients of all matrices from their slices. */
export function combineGradients(sizes: Sizes, slices: Slices = gradientSlices(sizes)): Dispatch {
  const { R, C, L, V, P, F } = sizes;
  const places = (product: GradientProduct, layer = 0) => gradientPlaces(sizes, product, layer);
  const inProj = places('in_proj.gradient');
  const outProj = places('out_proj.gradient');
  const next = places('in_proj.gradient', L > 1 ? 1 : 0);
  const strides = [next.weight - inProj.weight, next.biases[0] - inProj.biases[0]];
  const firsts = [inProj.weight, ...inProj.biases, outProj.weight, ...outProj.biases, places('head.gradient').weight];
  const lengths = gradientProducts.map((product) => gradientLength(sizes, product, 1));
  const [ofInProj, ofOutProj, ofHead] = lengths as [number, number, number];
  const PARTIALS = partialLength(sizes, slices);
  const { x, lines } = linesOf(Math.max(...lengths) / 4);
  const [S_IN, S_OUT, S_HEAD] = gradientProducts.map((product) => slices[product]) as [number, number, number];
  return {
    label: 'weight_gradient.combine',
    shader: 'weight_gradient',
    form: 'registers',
    entry: 'combine',
    overrides: { C, L, V, P, F, PARTIALS, S_IN, S_OUT, S_HEAD, LINES: lines },
    bindings: { 3: 'partial', 4: 'gradient' },
    uniform: [...firsts, ...strides],
    grid: [x, (2 * L + 1) * lines, R],
    flops: R * PARTIALS,
    bytes: 4 * R * (PARTIALS + L * (ofInProj + ofOutProj) + ofHead),
  };
}
