// When the validation losses are measured: after each of the first steps of a stage, where forgetting is fastest, and
// then evenly. Also what that costs beside training.

import { forwardFlops, trainingFlops } from './cost';
import { type ReadingSet, readingsOf, setTokens } from './readings';
import type { EvaluationSpec, Experiment, ModelSpec } from './spec';

/** Measurements that even the shortest stage gets, and steps between two of them elsewhere at least. */
const least = { points: 8, gap: 5 } as const;

/**
 * Steps of a stage after which to evaluate: ascending, 0 and `steps` included. A short stage gets fewer, so that measuring
 * does not outweigh training.
 */
export function evaluationSteps(steps: number, cadence: Pick<EvaluationSpec, 'denseSteps' | 'points'>): number[] {
  const at = new Set<number>([0, steps]);
  const early = Math.floor(steps / 10);
  for (let step = 1; step <= Math.min(cadence.denseSteps, Math.max(2, early), steps); step++) at.add(step);
  for (let step = 10; step <= early; step += 10) at.add(step);
  const points = Math.min(cadence.points, Math.max(least.points, Math.floor(steps / least.gap)));
  for (let k = 1; k < points; k++) at.add(Math.round((k * steps) / points));
  return [...at].sort((a, b) => a - b);
}

/**
 * Tokens run forward to evaluate one stage, over all readings.
 * @param knowsItsStart true for a stage that goes on from another: at its step 0 the weights, and the windows, are those of the
 *   last evaluation before, which is not made again
 */
export function evaluationTokens(
  evaluateAt: readonly number[],
  experiment: Experiment,
  knowsItsStart: boolean,
): number {
  const times = { curve: evaluateAt.length - (knowsItsStart ? 1 : 0), final: 1 };
  const windows = times.curve * setWindows(experiment, 'curve') + times.final * setWindows(experiment, 'final');
  return windows * experiment.model.context;
}

/** Windows of one evaluation, over all readings of the set. */
export function setWindows(experiment: Experiment, set: ReadingSet): number {
  const each = Math.ceil(setTokens(experiment, set) / experiment.model.context);
  return each * readingsOf(experiment).filter((reading) => reading.set === set).length;
}

/** Operations spent on evaluation as a share of those spent on training. */
export function evaluationShare(model: ModelSpec, trained: number, evaluated: number): number {
  return (evaluated * forwardFlops(model)) / (trained * trainingFlops(model));
}
