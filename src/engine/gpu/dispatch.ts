// A dispatch is a value: which kernel runs, on what, how large, and what it costs. Kernels make them, run.ts plays them.

import type { FormText } from '../forms/forms';
import type { Product } from './product';

export interface Dispatch {
  /** For people and profilers: `3.in_proj.forward`. */
  readonly label: string;
  /** Name of a file of shaders/. */
  readonly shader: string;
  /** Absent where the shader has one form. */
  readonly form?: FormText;
  readonly entry: string;
  /** Pipeline constants; must be exactly those that the entry point uses. */
  readonly overrides: Readonly<Record<string, number>>;
  /** Buffer name of each @binding number used by the entry point; binding 0 is the uniform struct. */
  readonly bindings: Readonly<Record<number, string>>;
  /** The uniform struct as u32s in order, or null. */
  readonly uniform: readonly number[] | null;
  /** Workgroups; z walks the runs. */
  readonly grid: readonly [number, number, number];
  /** Floating-point operations, a multiply-add counting two. */
  readonly flops: number;
  /** Bytes read and written once each. */
  readonly bytes: number;
  /** What it multiplies, where it is a matrix product. */
  readonly product?: Product;
}

/** Workgroups of a line: as many as every device allows in a row. The shaders' `override LINE` is 64 times that. */
const LINE_GROUPS = 65535;

/** Lines of workgroups of 64 for so many threads, each of which does the same to numbers of its own. */
export function linesOf(threads: number): { readonly x: number; readonly lines: number } {
  const groups = Math.ceil(threads / 64);
  return { x: Math.min(groups, LINE_GROUPS), lines: Math.ceil(groups / LINE_GROUPS) };
}
