// The sizes an experiment can be run at. The peaks of XS and S are known to train well on literature; M and L follow the
// usual fall of the best rate with width and await a sweep of their own. Rotary embedding turns the whole head: a quarter
// of these small heads would leave one or two frequencies, and costs 0.15 nats at XS (LOG.md). Evaluation is set so that
// it costs less than 30 % of training's operations at every scale (tests/experiment/plan.test.ts computes the share).

import type { Rate } from './schedules/entry';
import type { EvaluationSpec, ModelSpec, ScaleName } from './spec';

export type EvaluationCadence = Pick<EvaluationSpec, 'curveTokens' | 'finalTokens' | 'denseSteps' | 'points'>;

export interface Scale {
  readonly name: ScaleName;
  readonly model: ModelSpec;
  /** B, sequences a step. */
  readonly batch: number;
  /** Steps of each stage. */
  readonly steps: number;
  /** The learning rate that schedules are multiples of. */
  readonly peak: Rate;
  readonly evaluation: EvaluationCadence;
}

export const scales: Readonly<Record<ScaleName, Scale>> = {
  XS: {
    name: 'XS',
    model: { width: 32, layers: 2, heads: 4, context: 64, rotaryFraction: 1 },
    batch: 16,
    steps: 300,
    peak: 6e-3,
    evaluation: { curveTokens: 2048, finalTokens: 16_384, denseSteps: 20, points: 40 },
  },
  S: {
    name: 'S',
    model: { width: 64, layers: 4, heads: 4, context: 64, rotaryFraction: 1 },
    batch: 32,
    steps: 1000,
    peak: 3e-3,
    evaluation: { curveTokens: 8192, finalTokens: 65_536, denseSteps: 20, points: 50 },
  },
  M: {
    name: 'M',
    model: { width: 128, layers: 6, heads: 4, context: 128, rotaryFraction: 1 },
    batch: 32,
    steps: 2000,
    peak: 2e-3,
    evaluation: { curveTokens: 16_384, finalTokens: 131_072, denseSteps: 20, points: 50 },
  },
  L: {
    name: 'L',
    model: { width: 256, layers: 8, heads: 8, context: 128, rotaryFraction: 1 },
    batch: 32,
    steps: 3000,
    peak: 1e-3,
    evaluation: { curveTokens: 16_384, finalTokens: 131_072, denseSteps: 20, points: 50 },
  },
};

export const scaleNames: readonly ScaleName[] = Object.values(scales).map(({ name }) => name);

/** Evaluation for stages of another length than the scale's: short stages are measured less often, so its share stays. */
export function evaluationCadence(scale: Scale, steps: number): EvaluationCadence {
  const share = Math.min(1, steps / scale.steps);
  const { denseSteps, points, ...tokens } = scale.evaluation;
  return {
    ...tokens,
    denseSteps: Math.max(2, Math.round(denseSteps * share)),
    points: Math.max(8, Math.round(points * share)),
  };
}
