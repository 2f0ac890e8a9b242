// Where the experiment's words become the engine's: the shape of a model and of a group of runs.

import type { LockstepShape } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import type { ModelShape } from '../engine/model';
import { paperAdamW } from '../engine/optimizer';
import { vocabulary } from '../experiment/cost';
import type { Experiment, ModelSpec } from '../experiment/spec';

export function modelShape(model: ModelSpec): ModelShape {
  return { ...model, vocabulary };
}

/** @param kernels those that the runs began with, or null for the engine's choice */
export function lockstepShape(experiment: Experiment, runs: number, kernels: KernelForms | null = null): LockstepShape {
  const shape = { model: modelShape(experiment.model), runs, batch: experiment.batch, optimizer: paperAdamW };
  return kernels ? { ...shape, kernels } : shape;
}
