// A matrix product is a value: where its factors lie, what its sums start with and where its results go. Its dispatch, its
// cost, what the tuner compares it with (forms/trials.ts) and which factor the WGSL calls deep follow from it.

import type { ProductName } from '../forms/forms';
import { productGrid } from '../forms/grid';
import type { Dispatch } from './dispatch';
import type { Sizes } from './sizes';

/** Where a factor lies in a run's part of a buffer, in floats: number (i, k), line i and depth k, at first + i line + k depth. */
export interface Factor {
  readonly buffer: string;
  readonly first: number;
  readonly line: number;
  readonly depth: number;
}

/** Lines stored along the depth, `stride` floats apart: deep, as the WGSL has it. */
export function deep(buffer: string, stride: number, first = 0): Factor {
  return { buffer, first, line: stride, depth: 1 };
}

/** Depths stored along the lines, `stride` floats apart. */
export function flat(buffer: string, stride: number, first = 0): Factor {
  return { buffer, first, line: 1, depth: stride };
}

/** Y (rows, columns) = initial + left (rows, depth) right (depth, columns), of each run. */
export interface Product {
  /** Whose form it takes. */
  readonly name: ProductName;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly left: Factor;
  readonly right: Factor;
  /** The sums of column c start with the floats `firsts` + c of a buffer, added up; with zero where there is none. */
  readonly initial?: { readonly buffer: string; readonly firsts: readonly number[] };
  /** Result (row, column) goes to the float first + row line + column. */
  readonly to: { readonly buffer: string; readonly first: number; readonly line: number };
  /** What becomes of results on the way, and the buffer that it reads. */
  readonly epilogue?: { readonly does: 'rotary' | 'gelu' | 'slope' | 'add'; readonly reads?: string };
  /** Where left summed over the depth goes too: first floats in the buffer of the results. */
  readonly leftSums?: readonly number[];
}

/** What a dispatch has besides its product. */
interface Rest extends Pick<Dispatch, 'label' | 'shader' | 'entry' | 'bindings' | 'uniform'> {
  /** Pipeline constants besides the form's. */
  readonly constants: Readonly<Record<string, number>>;
  /** Floats of a run that are read or written besides the factors. */
  readonly moved: number;
}

/** @param slices of the depth, each of which makes results of its own */
export function multiply({ R, forms }: Sizes, product: Product, rest: Rest, slices = 1): Dispatch {
  const { rows, columns, depth, name } = product;
  const { constants, moved, ...own } = rest;
  const { form, overrides, x, y } = productGrid(rows, columns, forms.products[name]);
  return {
    ...own,
    form,
    overrides: { ...constants, ...overrides },
    grid: [x, y, R * slices],
    flops: 2 * R * rows * columns * depth,
    bytes: 4 * R * (rows * depth + depth * columns + moved),
    product,
  };
}
