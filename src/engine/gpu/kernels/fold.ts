// Dispatches of fold.wgsl: the in_proj of every block and the head at once.

import { tensorOffset } from '../../model';
import { type Dispatch, linesOf } from '../dispatch';
import type { Sizes } from '../sizes';

type FoldEntry = 'fold' | 'unfold_affine' | 'unfold_matrix';

const bindings: Record<FoldEntry, Record<number, string>> = {
  fold: { 1: 'parameters', 2: 'folded' },
  unfold_affine: { 1: 'parameters', 3: 'gradient' },
  unfold_matrix: { 1: 'parameters', 3: 'gradient' },
};

function foldDispatch(sizes: Sizes, entry: FoldEntry): Dispatch {
  const { R, C, L, V, P, F, layout } = sizes;
  const blocks = (['in_proj.weight', 'in_proj.bias', 'ln1.weight'] as const).flatMap((name) => {
    const first = tensorOffset(layout, name, 0);
    return [first, L > 1 ? tensorOffset(layout, name, 1) - first : 0];
  });
  const head = (['embed_out', 'final_ln.weight'] as const).map((name) => tensorOffset(layout, name, null));
  const rows = Math.max(7 * C, V);
  const threads = { fold: rows, unfold_affine: 2 * C, unfold_matrix: rows * C }[entry] / 4;
  const { x, lines } = linesOf(threads);
  const numbers = R * (7 * L * C * C + V * C);
  return {
    label: `fold.${entry}`,
    shader: 'fold',
    entry,
    overrides: { C, L, V, P, F, ...(entry === 'unfold_matrix' ? { LINES: lines } : {}) },
    bindings: bindings[entry],
    uniform: [...blocks, ...head],
    grid: [x, (L + 1) * lines, R],
    flops: 3 * numbers,
    bytes: (entry === 'fold' ? 8 : 12) * numbers,
  };
}

/** W' and b' from the parameters; before every forward pass with new weights. */
export function fold(sizes: Sizes): Dispatch {
  return foldDispatch(sizes, 'fold');
}

/** Gradients of gain, shift and W from those of W' and b'; the affine part first, since the matrix is done in place. */
export function unfold(sizes: Sizes): Dispatch[] {
  return [foldDispatch(sizes, 'unfold_affine'), foldDispatch(sizes, 'unfold_matrix')];
}
