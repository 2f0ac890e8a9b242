// How a matrix product is spread over workgroups in each of its forms.

import type { Dispatch, TextVariant } from './dispatch';
import { type ProductVariant, productVariants } from './variants';

/** Threads of a workgroup, where the form leaves a choice. */
const THREADS = 64;

export interface ProductGrid {
  readonly text: TextVariant;
  readonly overrides: Readonly<Record<string, number>>;
  /** Workgroups over columns and rows. */
  readonly x: number;
  readonly y: number;
  /** SUMS_LEFT of the text: whether it sums a weight gradient's columns on the way. */
  readonly sumsLeft: boolean;
}

/** 64 threads, WX over columns and WY over rows, none of them idle if avoidable. */
function registersGrid(rows: number, columns: number): ProductGrid {
  let WX = 8;
  while (WX > 1 && 8 * (WX / 2) >= columns) WX /= 2;
  const WY = THREADS / WX;
  const x = Math.ceil(columns / (8 * WX));
  return { text: 'registers', overrides: { WX, WY }, x, y: Math.ceil(rows / (8 * WY)), sumsLeft: false };
}

/** Up to 64 threads over columns: as few workgroups as that allows, then as few idle threads. */
function subgroupsGrid(rows: number, columns: number, name: ProductVariant): ProductGrid {
  const { rows: tall, columns: wide, lanes: LANES } = productVariants[name];
  const threads = Math.ceil(columns / wide);
  const x = Math.ceil(threads / THREADS);
  const WX = Math.ceil(threads / x / LANES) * LANES;
  return { text: 'subgroups', overrides: { WX, LANES }, x, y: Math.ceil(rows / tall), sumsLeft: true };
}

/** Grid of a product of `rows` x `columns` in the form `name`. Depends on the shape alone, never on R. */
export function productGrid(rows: number, columns: number, name: ProductVariant): ProductGrid {
  const { family, rows: tall } = productVariants[name];
  if (family === 'registers') return registersGrid(rows, columns);
  if (family === 'subgroups') return subgroupsGrid(rows, columns, name);
  const text = tall === 64 ? 'tiles_64' : 'tiles_32';
  return { text, overrides: {}, x: Math.ceil(columns / tall), y: Math.ceil(rows / tall), sumsLeft: false };
}

/** What a dispatch of a product takes from its grid. */
export function productFields(
  { text, overrides, x, y }: ProductGrid,
  sizes: Readonly<Record<string, number>>,
  R: number,
): Required<Pick<Dispatch, 'text' | 'overrides' | 'grid'>> {
  return { text, overrides: { ...sizes, ...overrides }, grid: [x, y, R] };
}
