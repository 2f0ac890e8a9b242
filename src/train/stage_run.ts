// One stage while it is trained: the losses it has seen, what was measured, and how it ends.

import type { RunState, StepOutput } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import {
  type CorpusStamp,
  type Evaluation,
  emptyRecord,
  type Maker,
  type StageRecord,
} from '../experiment/evidence/record';
import type { PlanNode } from '../experiment/plan';
import { stageRate } from '../experiment/schedules';
import type { StageResult } from './checkpoints';
import type { TrainEvent } from './events';
import type { StageBeginning } from './start';
import { mean } from './validation';

/** Why a run cannot go on. */
export interface RunFailure {
  /** Steps taken when it was noticed. */
  readonly step: number;
  /** A sentence's end: `its loss was not a number`. */
  readonly reason: string;
}

export class StageRun {
  readonly node: PlanNode;
  /** Losses at step 0 where they are known. */
  readonly knownStart: readonly number[] | null;
  /** Spent on it so far, together with its group. */
  seconds = 0;
  /** The forms of the kernels that train it: at first those of the node that it goes on from, if it does. */
  kernels: KernelForms | null;
  private readonly evaluations: Evaluation[] = [];
  private readonly losses: Float32Array;
  /** First step whose loss is not yet part of an evaluation. */
  private since = 0;

  constructor(node: PlanNode, { values, kernels }: Pick<StageBeginning, 'values' | 'kernels'>) {
    this.node = node;
    this.knownStart = values;
    this.kernels = kernels;
    this.losses = new Float32Array(node.stage.steps);
  }

  rate(step: number): number {
    return stageRate(this.node.stage, step);
  }

  measuresAt(step: number): boolean {
    return this.node.evaluateAt.includes(step);
  }

  /** The first step after `step` at which something must be measured. */
  nextStop(step: number): number {
    return this.node.evaluateAt.find((at) => at > step) ?? this.node.stage.steps;
  }

  /**
   * Takes in the outputs of consecutive steps, up to the first one that is not a number.
   * @param run this run's place in the group
   */
  take(
    firstStep: number,
    outputs: readonly StepOutput[],
    run: number,
  ): { losses: number[]; failure: RunFailure | null } {
    const losses: number[] = [];
    for (const [i, output] of outputs.entries()) {
      // Rounded at once, so that a stage found in the store reports the very same numbers.
      const loss = Math.fround(output.losses[run] ?? Number.NaN);
      const step = firstStep + i;
      if (!Number.isFinite(loss)) return { losses, failure: { step, reason: 'its loss was not a number' } };
      if (!Number.isFinite(output.gradientNorms[run])) {
        return { losses, failure: { step, reason: 'its gradient was not a number' } };
      }
      this.losses[step] = loss;
      losses.push(loss);
    }
    return { losses, failure: null };
  }

  /** Records the losses after `step` steps, and tells them. */
  measured(step: number, values: readonly number[]): TrainEvent {
    const trainLoss = step === 0 ? null : mean(this.losses.subarray(this.since, step));
    this.since = step;
    const evaluation: Evaluation = { step, trainLoss, values };
    this.evaluations.push(evaluation);
    return { kind: 'evaluated', node: this.node.id, evaluation, seconds: this.seconds };
  }

  /** @param made what is the same for all stages of a run */
  result(
    state: RunState,
    final: readonly number[],
    corpora: readonly CorpusStamp[],
    made: Omit<Maker, 'kernels'>,
  ): StageResult {
    const { node, evaluations, losses, kernels } = this;
    const maker = { ...made, kernels };
    const record: StageRecord = { ...emptyRecord(node.id), evaluations, final, corpora, maker };
    return { record, state, losses };
  }
}
