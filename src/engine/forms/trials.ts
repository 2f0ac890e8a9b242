// What the tuner tries: each kernel that has several forms, alone, on numbers whose results are known. A trial names the
// dispatches of a form, what its inputs hold, and a sample of results as the CPU twins' float64 formula gives them.

import type { Dispatch } from '../gpu/dispatch';
import { attentionBackward, attentionForward } from '../gpu/kernels/attention';
import { headBackward, headForward } from '../gpu/kernels/head';
import { inProjBackward, inProjForward } from '../gpu/kernels/in_proj';
import { outProjBackward, outProjForward } from '../gpu/kernels/out_proj';
import {
  combineGradients,
  type GradientProduct,
  gradientOf,
  gradientPlaces,
  weightGradient,
} from '../gpu/kernels/weight_gradient';
import type { Sizes } from '../gpu/sizes';
import { type ParameterLayout, tensorOffset } from '../model';
import * as twin from '../reference/attention';
import { geluForward } from '../reference/gelu';
import type { KernelForms, ProductName } from './forms';

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

/** Y (rows, columns) = initial + left (rows, depth) right (depth, columns), as indices into buffers. */
interface KnownProduct {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  left(row: number, k: number): number;
  right(k: number, column: number): number;
  initial(column: number): number;
  readonly buffer: string;
  at(row: number, column: number): number;
  /** What the epilogue multiplies by. */
  readonly factor: number;
}

/** Both ends and places between that are multiples of nothing. */
function places(count: number): number[] {
  const between = [1, 3, 7, 17, 37, 61, 89].map((part) => Math.floor((part * count) / 97));
  return [...new Set([0, ...between, count - 1])];
}

function sample(product: KnownProduct): KnownResult[] {
  const { rows, columns, depth, left, right, initial, buffer, at, factor } = product;
  return places(rows).flatMap((row) =>
    places(columns).map((column) => {
      let value = initial(column);
      let size = Math.abs(value);
      for (let k = 0; k < depth; k++) {
        const term = left(row, k) * right(k, column);
        value += term;
        size += Math.abs(term);
      }
      // One rounding a term in whatever order and slices, and the epilogue's: twice the depth bounds them all.
      const tolerance = factor * 2 * (depth + 8) * EPS * size;
      return { buffer, index: at(row, column), value: factor * value, tolerance };
    }),
  );
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

/** Trials of all matrix products of block 0 and the head, and of attention, largest first. */
export function trialsOf(sizes: Sizes, layout: ParameterLayout, content: Content): Trial[] {
  return [
    ...inProjTrials(sizes, layout, content),
    ...outProjTrials(sizes, layout, content),
    ...headTrials(sizes, layout, content),
    attentionTrial(sizes, content),
  ];
}

function inProjTrials(sizes: Sizes, layout: ParameterLayout, content: Content): Trial[] {
  const { N, C } = sizes;
  const weight = tensorOffset(layout, 'in_proj.weight', 0);
  const bias = tensorOffset(layout, 'in_proj.bias', 0);
  const hidden: KnownProduct = {
    ...{ rows: N, columns: 4 * C, depth: C, factor: 1, buffer: 'mix.0' },
    left: (n, k) => get(content('xhat.0'), n * C + k),
    right: (k, c) => get(content('folded'), weight + (3 * C + c) * C + k),
    initial: (c) => get(content('folded'), bias + 3 * C + c),
    at: (n, c) => n * 5 * C + C + c,
  };
  // Values are not turned, so their columns are the bare product.
  const values: KnownProduct = {
    ...hidden,
    ...{ columns: C, buffer: 'qkv.0' },
    right: (k, c) => get(content('folded'), weight + (2 * C + c) * C + k),
    initial: (c) => get(content('folded'), bias + 2 * C + c),
    at: (n, c) => n * 3 * C + 2 * C + c,
  };
  const dxhat: KnownProduct = {
    ...{ rows: N, columns: C, depth: 7 * C, factor: 1, buffer: 'dxhat', initial: () => 0 },
    left: (n, k) => get(content('dy'), n * 7 * C + k),
    right: (k, c) => get(content('folded'), weight + k * C + c),
    at: (n, c) => n * C + c,
  };
  return [
    {
      name: 'in_proj.forward',
      inputs: ['xhat.0', 'folded', 'rotary'],
      dispatches: (forms) => inProjForward({ ...sizes, forms }, layout, 0),
      known: () => [...sample(hidden).map(throughGelu), ...sample(values)],
    },
    {
      name: 'in_proj.backward',
      inputs: ['dy', 'folded'],
      dispatches: (forms) => [inProjBackward({ ...sizes, forms }, layout, 0)],
      known: () => sample(dxhat),
    },
    gradientTrial(sizes, layout, content, 'in_proj.gradient'),
  ];
}

function outProjTrials(sizes: Sizes, layout: ParameterLayout, content: Content): Trial[] {
  const { N, C } = sizes;
  const at = (name: string) => tensorOffset(layout, name, 0);
  const weight = at('out_proj.weight');
  // The residual stream starts at zero here.
  const x: KnownProduct = {
    ...{ rows: N, columns: C, depth: 5 * C, factor: 1, buffer: 'x' },
    left: (n, k) => get(content('mix.0'), n * 5 * C + k),
    right: (k, c) => get(content('parameters'), weight + c * 5 * C + k),
    initial: (c) =>
      get(content('parameters'), at('attention.bias') + c) + get(content('parameters'), at('mlp.bias') + c),
    at: (n, c) => n * C + c,
  };
  // GELU's slope is a half everywhere here.
  const dup: KnownProduct = {
    ...{ rows: N, columns: 4 * C, depth: C, factor: 0.5, buffer: 'dy', initial: () => 0 },
    left: (n, k) => get(content('dx'), n * C + k),
    right: (k, c) => get(content('parameters'), weight + k * 5 * C + C + c),
    at: (n, c) => n * 7 * C + 3 * C + c,
  };
  return [
    {
      name: 'out_proj.forward',
      inputs: ['mix.0', 'parameters', 'x'],
      dispatches: (forms) => [outProjForward({ ...sizes, forms }, layout, 0)],
      known: () => sample(x),
    },
    {
      name: 'out_proj.backward',
      inputs: ['dx', 'parameters', 'slope.0'],
      dispatches: (forms) => outProjBackward({ ...sizes, forms }, layout, 0),
      known: () => sample(dup),
    },
    gradientTrial(sizes, layout, content, 'out_proj.gradient'),
  ];
}

function gradientTrial(sizes: Sizes, layout: ParameterLayout, content: Content, name: GradientProduct): Trial {
  const { N } = sizes;
  const of = gradientOf(sizes, name, 0);
  const { weight, biases } = gradientPlaces(layout, name, 0);
  const dW: KnownProduct = {
    ...{ rows: of.M, columns: of.K, depth: N, factor: 1, buffer: 'gradient', initial: () => 0 },
    left: (m, n) => get(content(of.dy), n * of.M + m),
    right: (n, k) => get(content(of.x), n * of.K + k),
    at: (m, k) => weight + m * of.K + k,
  };
  const db: KnownProduct = { ...dW, columns: 1, right: () => 1, at: (m) => biases[0] + m };
  return {
    name,
    inputs: [of.dy, of.x],
    dispatches: (forms) => [
      weightGradient({ ...sizes, forms }, name, 0),
      combineGradients({ ...sizes, forms }, layout),
    ],
    known: () => [...sample(dW), ...sample(db)],
  };
}

function headTrials(sizes: Sizes, layout: ParameterLayout, content: Content): Trial[] {
  const { N, C, V, P } = sizes;
  const weight = tensorOffset(layout, 'embed_out', null);
  const logits: KnownProduct = {
    ...{ rows: N, columns: V, depth: C, factor: 1, buffer: 'logits' },
    left: (n, k) => get(content('xhat.final'), n * C + k),
    right: (k, v) => get(content('folded'), weight + v * C + k),
    initial: (v) => get(content('folded'), P + v),
    at: (n, v) => n * V + v,
  };
  const dxhat: KnownProduct = {
    ...{ rows: N, columns: C, depth: V, factor: 1, buffer: 'dxhat', initial: () => 0 },
    left: (n, v) => get(content('logits'), n * V + v),
    right: (v, c) => get(content('folded'), weight + v * C + c),
    at: (n, c) => n * C + c,
  };
  return [
    {
      name: 'head.forward',
      inputs: ['xhat.final', 'folded'],
      dispatches: (forms) => [headForward({ ...sizes, forms }, layout)],
      known: () => sample(logits),
    },
    {
      name: 'head.backward',
      inputs: ['logits', 'folded'],
      dispatches: (forms) => [headBackward({ ...sizes, forms }, layout)],
      known: () => sample(dxhat),
    },
    gradientTrial(sizes, layout, content, 'head.gradient'),
  ];
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
