// Where the experiment's words become the engine's: the shape of a model and of a group of runs.

import type { BenchCase } from '../engine/bench/run';
import type { LockstepShape } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import type { ModelShape } from '../engine/model';
import { paperAdamW } from '../engine/optimizer';
import { vocabulary } from '../experiment/cost';
import type { PlanNode } from '../experiment/plan';
import { scales } from '../experiment/scales';
import type { ModelSpec, ScaleName } from '../experiment/spec';

/** What must be equal of stages that train in one group; a node has it, and an experiment that of its first arm's. */
export type GroupShape = Pick<PlanNode, 'model' | 'batch'>;

export function modelShape(model: ModelSpec): ModelShape {
  return { ...model, vocabulary };
}

/** @param kernels those that the runs began with, or null for the engine's choice */
export function lockstepShape(
  { model, batch }: GroupShape,
  runs: number,
  kernels: KernelForms | null = null,
): LockstepShape {
  const shape = { model: modelShape(model), runs, batch, optimizer: paperAdamW };
  return kernels ? { ...shape, kernels } : shape;
}

/** What the bench measures at a scale: the shape that the trainer would open for it. */
export function benchCase(name: ScaleName, runs: number): BenchCase {
  return { scale: name, shape: lockstepShape(scales[name], runs) };
}
