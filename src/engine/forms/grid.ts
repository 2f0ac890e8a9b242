// How a matrix product is spread over workgroups in each of its forms.

import { type FormText, type ProductForm, productForms } from './forms';

/** Threads of a workgroup, where the form leaves a choice. */
const THREADS = 64;

export interface ProductGrid {
  readonly form: FormText;
  readonly overrides: Readonly<Record<string, number>>;
  /** Workgroups over columns and rows. */
  readonly x: number;
  readonly y: number;
  /** SUMS_LEFT of the form: whether it sums a weight gradient's columns on the way. */
  readonly sumsLeft: boolean;
}

/** 64 threads, WX over columns and WY over rows, none of them idle if avoidable. */
function registersGrid(rows: number, columns: number): ProductGrid {
  let WX = 8;
  while (WX > 1 && 8 * (WX / 2) >= columns) WX /= 2;
  const WY = THREADS / WX;
  const x = Math.ceil(columns / (8 * WX));
  return { form: 'registers', overrides: { WX, WY }, x, y: Math.ceil(rows / (8 * WY)), sumsLeft: false };
}

/** Up to 64 threads over columns: as few workgroups as that allows, then as few idle threads. */
function subgroupsGrid(rows: number, columns: number, name: ProductForm): ProductGrid {
  const { rows: tall, columns: wide, lanes: LANES } = productForms[name];
  const threads = Math.ceil(columns / wide);
  const x = Math.ceil(threads / THREADS);
  const WX = Math.ceil(threads / x / LANES) * LANES;
  return { form: 'subgroups', overrides: { WX, LANES }, x, y: Math.ceil(rows / tall), sumsLeft: true };
}

/** Grid of a product of `rows` x `columns` in the form `name`. Depends on the shape alone, never on R. */
export function productGrid(rows: number, columns: number, name: ProductForm): ProductGrid {
  const { text, rows: tall } = productForms[name];
  if (text === 'registers') return registersGrid(rows, columns);
  if (text === 'subgroups') return subgroupsGrid(rows, columns, name);
  return { form: text, overrides: {}, x: Math.ceil(columns / tall), y: Math.ceil(rows / tall), sumsLeft: false };
}
