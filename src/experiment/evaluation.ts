// When the validation losses are measured: after each of the first steps of a stage, where forgetting is fastest, and
// then evenly. Also what that costs beside training.

import { forwardFlops, trainingFlops } from './cost';
import type { EvaluationSpec, ModelSpec } from './spec';

/** Steps of a stage after which to evaluate: ascending, 0 and `steps` included. */
export function evaluationSteps(steps: number, cadence: Pick<EvaluationSpec, 'denseSteps' | 'points'>): number[] {
  const at = new Set<number>([0, steps]);
  for (let step = 1; step <= Math.min(cadence.denseSteps, steps); step++) at.add(step);
  for (let k = 1; k < cadence.points; k++) at.add(Math.round((k * steps) / cadence.points));
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
