// What the tuner tries: each kernel that has several forms, alone, on numbers whose results are known. A trial names the
// dispatches of a form, what its inputs hold, and a sample of results as the CPU twins' float64 formula gives them.

import type { KernelForms, ProductName } from '../forms/forms';
import type { Dispatch } from '../gpu/dispatch';
import { attentionBackward, attentionForward } from '../gpu/kernels/attention';
import { headBackward, headForward } from '../gpu/kernels/head';
import { inProjBackward, inProjForward } from '../gpu/kernels/in_proj';
import { outProjBackward, outProjForward } from '../gpu/kernels/out_proj';
import { combineGradients, weightGradient } from '../gpu/kernels/weight_gradient';
import type { Factor, Product } from '../gpu/product';
import type { Sizes } from '../gpu/sizes';
import * as twin from '../reference/attention';
import { geluForward } from '../reference/gelu';
import { SLOPE } from './trial_inputs';

/** A result that is known: where it will stand, its value, and how far rounding may take it. */
export interface KnownResult {
  readonly buffer: string;
  readonly index: number;
  readonly value: number;
  readonly tolerance: number;
}

export interface Trial {
  readonly name: ProductName | 'attention';
  /** Buffers that must hold `content` before the dispatches run. */
  readonly inputs: readonly string[];
  dispatches(forms: KernelForms): Dispatch[];
  known(): KnownResult[];
}

/** Content of an input by name: the same small numbers of both signs every time. */
export type Content = (buffer: string) => Float32Array;

/** Unit roundoff of float32. */
const EPS = 2 ** -24;

/** Both ends and places between that are multiples of nothing. */
function places(count: number): number[] {
  const between = [1, 3, 7, 17, 37, 61, 89].map((part) => Math.floor((part * count) / 97));
  return [...new Set([0, ...between, count - 1])];
}

/** A sum of `depth` terms after `initial`, and how far rounding may take it. */
function summed(depth: number, initial: number, term: (k: number) => number) {
  let value = initial;
  let size = Math.abs(initial);
  for (let k = 0; k < depth; k++) {
    const one = term(k);
    value += one;
    size += Math.abs(one);
  }
  // One rounding a term in whatever order and slices, and the epilogue's: twice the depth bounds them all.
  return { value, tolerance: 2 * (depth + 8) * EPS * size };
}

/** Some results of a product, as the contents of its factors have them. */
function sample(product: Product, content: Content): KnownResult[] {
  const { rows, columns, depth, initial, to, leftSums = [] } = product;
  const number = ({ buffer, first, line, depth: step }: Factor) => {
    const numbers = content(buffer);
    return (i: number, k: number) => get(numbers, first + i * line + k * step);
  };
  const [left, right] = [number(product.left), number(product.right)];
  const start = (column: number) =>
    (initial?.firsts ?? []).reduce((sum, first) => sum + get(content(initial?.buffer ?? ''), first + column), 0);
  const { buffer } = to;
  const results = places(rows).flatMap((row) =>
    places(columns).map((column) => ({
      buffer,
      index: to.first + row * to.line + column,
      ...summed(depth, start(column), (k) => left(row, k) * right(column, k)),
    })),
  );
  const sums = leftSums.flatMap((first) =>
    places(rows).map((row) => ({ buffer, index: first + row, ...summed(depth, 0, (k) => left(row, k)) })),
  );
  return [...results.map((known) => throughEpilogue(product.epilogue?.does, known)), ...sums];
}

/** Positions are not turned here, and the residual stream starts at zero. */
function throughEpilogue(does: NonNullable<Product['epilogue']>['does'] | undefined, known: KnownResult): KnownResult {
  switch (does) {
    case 'gelu':
      return throughGelu(known);
    case 'slope':
      return { ...known, value: SLOPE * known.value, tolerance: SLOPE * known.tolerance };
    default:
      return known;
  }
}

/** GELU, whose slope is at most 1.13 and whose exponential is off by 3 + 2|z| ulp of a gate, |x| gate <= |x|. */
function throughGelu(known: KnownResult): KnownResult {
  const x = known.value;
  const [value = Number.NaN] = geluForward([x]);
  // z = 1.6 (x + 0.045 x^3): seven roundings of it in the exponent, then exp's own, 1 + and 1 /.
  const z = 1.6 * Math.abs(x) * (1 + 0.045 * x * x);
  const tolerance = 1.13 * known.tolerance + EPS * Math.abs(x) * (11 * z + 16);
  return { ...known, value, tolerance };
}

/** How the dispatches of each product are made, of block 0 and the head; largest first. */
const products: readonly (readonly [ProductName, (sizes: Sizes) => Dispatch[]])[] = [
  ['in_proj.forward', (sizes) => inProjForward(sizes, 0)],
  ['in_proj.backward', (sizes) => [inProjBackward(sizes, 0)]],
  ['in_proj.gradient', (sizes) => [weightGradient(sizes, 'in_proj.gradient', 0), combineGradients(sizes)]],
  ['out_proj.forward', (sizes) => [outProjForward(sizes, 0)]],
  ['out_proj.backward', (sizes) => outProjBackward(sizes, 0)],
  ['out_proj.gradient', (sizes) => [weightGradient(sizes, 'out_proj.gradient', 0), combineGradients(sizes)]],
  ['head.forward', (sizes) => [headForward(sizes)]],
  ['head.backward', (sizes) => [headBackward(sizes)]],
  ['head.gradient', (sizes) => [weightGradient(sizes, 'head.gradient', 0), combineGradients(sizes)]],
];

/** Trials of all matrix products, and of attention. */
export function trialsOf(sizes: Sizes, content: Content): Trial[] {
  const trials = products.map(([name, make]): Trial => {
    const made = make(sizes).flatMap(({ product }) => product ?? []);
    const inputs = made.flatMap(({ left, right, initial, epilogue }) => [
      ...[left.buffer, right.buffer, initial?.buffer ?? left.buffer, epilogue?.reads ?? left.buffer],
    ]);
    return {
      name,
      inputs: [...new Set(inputs)],
      dispatches: (forms) => make({ ...sizes, forms }),
      known: () => made.flatMap((product) => sample(product, content)),
    };
  });
  return [...trials, attentionTrial(sizes, content)];
}

/** Both passes, with the first head of the first sequence and the last of the last as the twin has them. */
function attentionTrial(sizes: Sizes, content: Content): Trial {
  const { B, T, C, H, D } = sizes;
  const part = (source: Float32Array, b: number, stride: number, first: number) =>
    Float64Array.from({ length: T * D }, (_, i) => get(source, (b * T + Math.floor(i / D)) * stride + first + (i % D)));
  const known = (b: number, h: number): KnownResult[] => {
    const [q, k, v] = [0, C, 2 * C].map((first) => part(content('qkv.0'), b, 3 * C, first + h * D)) as Three;
    const dO = part(content('da'), b, C, h * D);
    const { y, logSumExp } = twin.attentionForward(q, k, v, 1, T, 1, D);
    const { dq, dk, dv } = twin.attentionBackward(dO, q, k, v, y, logSumExp, 1, T, 1, D);
    const results = (values: Float64Array, buffer: string, stride: number, first: number) =>
      places(T * D).map((i) => ({
        buffer,
        index: (b * T + Math.floor(i / D)) * stride + first + h * D + (i % D),
        value: get(values, i),
        // Numbers here are below 1: sums of up to T terms, each a product over D and an exponential of 3 + 2|x| ulp.
        tolerance: 16 * (T + D) * EPS,
      }));
    return [
      ...results(y, 'mix.0', 5 * C, 0),
      ...results(dq, 'dy', 7 * C, 0),
      ...results(dk, 'dy', 7 * C, C),
      ...results(dv, 'dy', 7 * C, 2 * C),
    ];
  };
  return {
    name: 'attention',
    inputs: ['qkv.0', 'da', 'rotary'],
    dispatches: (forms) => [attentionForward({ ...sizes, forms }, 0), ...attentionBackward({ ...sizes, forms }, 0)],
    known: () => [...known(0, 0), ...known(B - 1, H - 1)],
  };
}

type Three = [Float64Array, Float64Array, Float64Array];

function get(numbers: ArrayLike<number>, index: number): number {
  const value = numbers[index];
  if (value === undefined) throw new RangeError(`There is no number ${index} among ${numbers.length}.`);
  return value;
}
