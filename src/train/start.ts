// What a stage starts from: random weights, those of a file, or what the node that it goes on from has left. The one file
// that decides it.

import type { RunState } from '../engine/engine';
import { type KernelForms, parseForms } from '../engine/forms/forms';
import type { PlanNode } from '../experiment/plan';
import type { StageResult } from './checkpoints';
import { initialState, withFreshOptimizer } from './initialize';
import { modelShape } from './shape';

export interface StageBeginning {
  readonly state: RunState;
  /** Losses at step 0 where they are known: these weights were measured on the same windows at the end before. */
  readonly values: readonly number[] | null;
  /** The forms of the kernels to go on with; null for the engine's choice. */
  readonly kernels: KernelForms | null;
}

/** @param resultOf the result of a node that this one needs, or of the weights of a file, which must be there */
export function beginning(node: PlanNode, resultOf: (id: string) => StageResult): StageBeginning {
  const { start } = node;
  if (start.kind === 'random') {
    return { state: initialState(modelShape(node.model), node.seed), values: null, kernels: null };
  }
  if (start.kind === 'weights') return { state: resultOf(start.sha256).state, values: null, kernels: null };
  const before = resultOf(start.node);
  const { record, state } = before;
  return {
    state: node.stage.optimizer === 'reset' ? withFreshOptimizer(state.parameters) : state,
    values: record.evaluations.at(-1)?.values ?? null,
    kernels: parseForms(record.maker?.kernels),
  };
}
