// Dispatches of fold.wgsl: all blocks' in_proj at once, and the head.

import type { Dispatch } from '../dispatch';
import type { ParameterLayout } from '../model';
import { tensorOffset } from '../model';
import type { Sizes } from '../sizes';

export type FoldedMatrix = 'in_proj' | 'head';
type FoldEntry = 'fold' | 'unfold_affine' | 'unfold_matrix';

interface FoldShape {
  /** Rows of the matrix. */
  readonly M: number;
  readonly GROUPS: number;
  /** First row of the second group. */
  readonly SPLIT: number;
  readonly BIAS: number;
  readonly layers: number;
  readonly uniform: readonly number[];
}

function foldShape(sizes: Sizes, layout: ParameterLayout, matrix: FoldedMatrix): FoldShape {
  const { C, L, V, P } = sizes;
  if (matrix === 'head') {
    const uniform = [
      tensorOffset(layout, 'embed_out', null),
      0,
      P,
      0,
      tensorOffset(layout, 'final_ln.weight', null),
      0,
    ];
    return { M: V, GROUPS: 1, SPLIT: 0, BIAS: 0, layers: 1, uniform };
  }
  const places = (['in_proj.weight', 'in_proj.bias', 'ln1.weight'] as const).flatMap((name) => {
    const first = tensorOffset(layout, name, 0);
    return [first, L > 1 ? tensorOffset(layout, name, 1) - first : 0];
  });
  return { M: 7 * C, GROUPS: 2, SPLIT: 3 * C, BIAS: 1, layers: L, uniform: places };
}

const bindings: Record<FoldEntry, Record<number, string>> = {
  fold: { 1: 'parameters', 2: 'folded' },
  unfold_affine: { 1: 'parameters', 3: 'gradient' },
  unfold_matrix: { 1: 'parameters', 3: 'gradient' },
};

function foldDispatch(sizes: Sizes, layout: ParameterLayout, matrix: FoldedMatrix, entry: FoldEntry): Dispatch {
  const { R, C, P, F } = sizes;
  const { M, GROUPS, SPLIT, BIAS, layers, uniform } = foldShape(sizes, layout, matrix);
  const all = { M, K: C, GROUPS, SPLIT, P, F };
  const threads = { fold: M, unfold_affine: GROUPS * C, unfold_matrix: M * C }[entry] / 4;
  return {
    label: `${matrix}.${entry}`,
    shader: 'fold',
    entry,
    overrides: entry === 'fold' ? { ...all, BIAS } : all,
    bindings: bindings[entry],
    uniform,
    grid: [Math.ceil(threads / 64), layers, R],
    flops: 3 * R * layers * M * C,
    bytes: (entry === 'fold' ? 8 : 12) * R * layers * M * C,
  };
}

/** W' and b' from the parameters; before every forward pass with new weights. */
export function fold(sizes: Sizes, layout: ParameterLayout, matrix: FoldedMatrix): Dispatch {
  return foldDispatch(sizes, layout, matrix, 'fold');
}

/** Gradients of gain, shift and W from those of W' and b'; the affine part first, since the matrix is done in place. */
export function unfold(sizes: Sizes, layout: ParameterLayout, matrix: FoldedMatrix): Dispatch[] {
  return [foldDispatch(sizes, layout, matrix, 'unfold_affine'), foldDispatch(sizes, layout, matrix, 'unfold_matrix')];
}
