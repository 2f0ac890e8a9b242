// When the validation losses are measured: after each of the first steps of a stage, where forgetting is fastest, and
// then evenly. Also what that costs beside training.

import { forwardFlops, trainingFlops } from './cost';
import type { EvaluationSpec, ModelSpec } from './spec';

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

/** Tokens in the whole windows of `context` tokens that hold a validation set of `tokens`. */
function wholeWindows(tokens: number, context: number): number {
  return Math.ceil(tokens / context) * context;
}

/**
 * Tokens run forward to evaluate one stage, both sets. A stage that follows another measures nothing at its step 0: those
 * are the weights, and the windows, of its parent's last evaluation.
 */
export function evaluationTokens(
  evaluateAt: readonly number[],
  first: boolean,
  spec: EvaluationSpec,
  context: number,
): number {
  const sets = spec.d0 === spec.d1 ? 1 : 2;
  const curve = wholeWindows(spec.curveTokens, context);
  const final = wholeWindows(spec.finalTokens, context);
  return sets * (curve * (evaluateAt.length - (first ? 0 : 1)) + final);
}

/** Operations spent on evaluation as a share of those spent on training. */
export function evaluationShare(model: ModelSpec, trained: number, evaluated: number): number {
  return (evaluated * forwardFlops(model)) / (trained * trainingFlops(model));
}
