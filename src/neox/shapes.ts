// The sizes an experiment is written at for GPT-NeoX: its own, or one of the two that Ibrahim et al. 2024 trained (tables 13
// and 14). There, rates stay the same multiples of the peak and lengths the same fractions of the first stage.

import { scales } from '../experiment/scales';
import { decimal } from '../experiment/schedules/numbers';
import type { Experiment, ModelSpec, Stage } from '../experiment/spec';

export const shapeNames = ['as-is', '405m', '10b'] as const;
export type ShapeName = (typeof shapeNames)[number];

/** One of the paper's models; both read the same batches for as long. */
interface PaperShape {
  readonly model: ModelSpec;
  readonly peak: number;
}

export const paper = {
  batch: 1104,
  /** Of 1104 sequences of 2048 tokens: the 300 B tokens of the first data set. */
  iterations: 132_366,
  evaluation: { interval: 100, batches: 10 },
  microBatch: 4,
} as const;

const papers: Readonly<Record<Exclude<ShapeName, 'as-is'>, PaperShape>> = {
  '405m': { model: { width: 1024, layers: 24, heads: 16, context: 2048, rotaryFraction: 0.25 }, peak: 3e-4 },
  '10b': { model: { width: 4608, layers: 36, heads: 36, context: 2048, rotaryFraction: 0.25 }, peak: 1.2e-4 },
};

/** From the experiment's numbers to those of a shape. */
export interface Scaling {
  readonly name: ShapeName;
  /** Null where every arm keeps its own model. */
  readonly model: ModelSpec | null;
  readonly batch: number;
  iterations(steps: number): number;
  rate(rate: number): number;
  /** What was done, in sentences; none where nothing was. */
  readonly says: readonly string[];
}

/** The first stage that reads old text alone, or the first of all: what stands for the paper's first data set. */
function firstStage({ arms, evaluation }: Experiment): Stage | undefined {
  const stages = arms.flatMap((arm) => arm.stages);
  return stages.find(({ mixture }) => mixture.corpus === evaluation.d0 && mixture.replay === null) ?? stages[0];
}

export function scalingOf(experiment: Experiment, name: ShapeName): Scaling {
  const same = (value: number) => value;
  const first = firstStage(experiment);
  if (name === 'as-is' || !first) {
    return { name, model: null, batch: experiment.batch, iterations: same, rate: same, says: [] };
  }
  const { model, peak } = papers[name];
  const length = first.scheduleSteps ?? first.steps;
  const own = experiment.scale === 'custom' ? first.schedule.peak : scales[experiment.scale].peak;
  return {
    name,
    model,
    batch: paper.batch,
    iterations: (steps) => Math.max(1, Math.round((steps * paper.iterations) / length)),
    rate: (rate) => decimal((rate / own) * peak),
    says: [
      `Scaled to the paper's ${name}: its model, ${paper.batch} sequences of ${model.context} tokens a step.`,
      `Lengths: ${paper.iterations} iterations (300 B tokens) stand for ${length} steps of the experiment.`,
      `Rates: ${peak} stands for ${own}, ${experiment.scale === 'custom' ? 'the peak of the first stage' : `the peak of scale ${experiment.scale}`}.`,
    ],
  };
}
