// All sizes of one lockstep in the field's letters, and the forms its kernels take.

import type { LockstepShape } from '../engine';
import { type KernelForms, plainForms } from '../forms/forms';
import { headSize, type ParameterLayout, parameterLayout } from '../model';

export interface Sizes {
  /** Runs in lockstep. */
  readonly R: number;
  /** Sequences a batch. */
  readonly B: number;
  /** Context. */
  readonly T: number;
  /** Rows, B*T. */
  readonly N: number;
  /** Width. */
  readonly C: number;
  /** Heads. */
  readonly H: number;
  /** Head size. */
  readonly D: number;
  /** Blocks. */
  readonly L: number;
  /** Vocabulary. */
  readonly V: number;
  /** Parameters of a run. */
  readonly P: number;
  /** Floats of a run's folded parameters and of its gradient: P, then V for the head's folded bias. */
  readonly F: number;
  /** Parameters [0, decayed) get weight decay. */
  readonly decayed: number;
  /** Where each tensor lies among the parameters, and in a gradient. */
  readonly layout: ParameterLayout;
  /** The form of each kernel. */
  readonly forms: KernelForms;
}

export function sizesOf(shape: LockstepShape): Sizes {
  const { model, runs: R, batch: B } = shape;
  const { context: T, width: C, heads: H, layers: L, vocabulary: V } = model;
  const layout = parameterLayout(model);
  const N = B * T;
  return {
    ...{ R, B, T, N, C, H, D: headSize(model), L, V },
    P: layout.size,
    F: layout.size + V,
    decayed: layout.decayed,
    layout,
    forms: shape.kernels ?? plainForms,
  };
}

/** The same for batches of B sequences. */
export function withBatch(sizes: Sizes, B: number): Sizes {
  return { ...sizes, B, N: B * sizes.T };
}
