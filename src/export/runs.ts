// Results as the runs that other programs know: one for each part, arm and seed, from its first step on, and every value that
// was recorded of it under the names that all files share.

import { stepTokens } from '../experiment/evidence/evidence';
import type { Failure, Records } from '../experiment/evidence/record';
import type { FigurePart } from '../experiment/part';
import { armPath, type Plan, type PlanNode, plan } from '../experiment/plan';
import { lossesOf } from '../experiment/readings';
import type { OpenedResults } from '../experiment/saved';
import { stageRate } from '../experiment/schedules';
import type { Arm } from '../experiment/spec';

/** What files are made from; `version` is that of the program that writes them. */
export type ExportedResults = Pick<OpenedResults, 'version' | 'figure' | 'parts' | 'records'>;

/** `train`: text trained on. `val`: the small windows of the curves. `val_full`: the whole validation set, at a stage's end. */
export type Split = 'train' | 'val' | 'val_full';

export interface Value {
  /** Old data or new data; empty for training, whose text is mixed. */
  readonly dataset: '' | 'd0' | 'd1';
  readonly split: Split;
  readonly metric: 'loss' | 'learning_rate';
  readonly value: number;
}

/** What is known at one step of a run. */
export interface Point {
  /** Steps taken since the run's first stage began. */
  readonly step: number;
  /** Training tokens until here. */
  readonly tokens: number;
  readonly values: readonly Value[];
}

export interface Run {
  /** `fig5-weak/replay-5/seed-1` */
  readonly id: string;
  readonly part: FigurePart;
  readonly arm: Arm;
  readonly seed: number;
  /** One a step, ascending. */
  readonly points: readonly Point[];
  /** Why it could not go on, its step counted as those of points are; null where it could. */
  readonly failure: Failure | null;
}

/** The name of a part in the ids of its runs: `fig5-weak`, `gupta-5-weak`, `own`. */
function partName({ figure }: ExportedResults, { key }: FigurePart): string {
  if (figure === null) return key;
  return `${/^\d/.test(figure) ? `fig${figure}` : figure}-${key}`;
}

/** Losses that are no numbers are left out: neither JSON nor every reader of CSV has a word for them. */
function losses({ experiment }: Plan, split: Split, values: readonly number[]): Value[] {
  const { old, new: fresh } = lossesOf(experiment, values);
  const both = [
    { dataset: 'd0', split, metric: 'loss', value: old },
    { dataset: 'd1', split, metric: 'loss', value: fresh },
  ] as const;
  return both.filter(({ value }) => Number.isFinite(value));
}

/** What the step before has shown: its learning rate, and the mean training loss since the evaluation before. */
function trainingValues({ stage }: PlanNode, step: number, trainLoss: number | null): Value[] {
  if (step === 0) return [];
  const rate = { dataset: '', split: 'train', metric: 'learning_rate', value: stageRate(stage, step - 1) } as const;
  if (trainLoss === null || !Number.isFinite(trainLoss)) return [rate];
  return [rate, { dataset: '', split: 'train', metric: 'loss', value: trainLoss }];
}

function runOf(whole: Plan, records: Records, arm: string, seed: number): Pick<Run, 'points' | 'failure'> {
  const points: Point[] = [];
  let failure: Failure | null = null;
  let before = 0;
  for (const node of armPath(whole, arm, seed)) {
    const record = records.get(node.id);
    for (const { step, trainLoss, values } of record?.evaluations ?? []) {
      // The weights at a stage's start are those at the end before it: one place, one value.
      if (points.at(-1)?.step === before + step) continue;
      const final = step === node.stage.steps ? record?.final : null;
      points.push({
        step: before + step,
        tokens: node.tokensBefore + step * stepTokens(node),
        values: [
          ...trainingValues(node, step, trainLoss),
          ...losses(whole, 'val', values),
          ...(final ? losses(whole, 'val_full', final) : []),
        ],
      });
    }
    if (record?.failure) failure ??= { ...record.failure, step: before + record.failure.step };
    before += node.stage.steps;
  }
  return { points, failure };
}

/** By part, arm and seed, in the order of the results; those of which nothing is known are left out. */
export function runsOf(results: ExportedResults): Run[] {
  return results.parts.flatMap((part) => {
    const whole = plan(part.experiment);
    const seeds = [...part.experiment.seeds].sort((a, b) => a - b);
    return part.experiment.arms.flatMap((arm) =>
      seeds.flatMap((seed): Run[] => {
        const run = runOf(whole, results.records, arm.id, seed);
        const id = `${partName(results, part)}/${arm.id}/seed-${seed}`;
        return run.points.length > 0 || run.failure ? [{ id, part, arm, seed, ...run }] : [];
      }),
    );
  });
}
