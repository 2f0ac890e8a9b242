// One stage while it is trained: the losses it has seen, what was measured, and how it ends.

import type { RunState, StepOutput } from '../engine/engine';
import type { KernelForms } from '../engine/forms/forms';
import type { PlanNode } from '../experiment/plan';
import { stageRate } from '../experiment/schedules';
import type { CorpusStamp, NodeResult } from './checkpoints';
import type { Evaluation, FinalLosses, TrainEvent } from './events';
import { mean } from './validation';

/** Why a run cannot go on. */
export interface RunFailure {
  /** Steps taken when it was noticed. */
  readonly step: number;
  /** A sentence's end: `its loss was not a number`. */
  readonly reason: string;
}

/** What a stage takes over from the one before it, beside its weights. */
export interface Parent {
  /** Validation losses at its end, where they are known. */
  readonly end: FinalLosses | null;
  readonly kernels: KernelForms | null;
}

export class NodeRun {
  readonly node: PlanNode;
  /** Validation losses at step 0 where they are known: those of the parent's end. */
  readonly inherited: FinalLosses | null;
  /** Spent on it so far, together with its group. */
  seconds = 0;
  /** The forms of the kernels that train it: at first those of its parent, if it has one. */
  kernels: KernelForms | null;
  readonly evaluations: Evaluation[] = [];
  private readonly losses: Float32Array;
  private readonly batchTokens: number;
  /** First step whose loss is not yet part of an evaluation. */
  private since = 0;

  constructor(node: PlanNode, batchTokens: number, parent: Parent | null) {
    this.node = node;
    this.batchTokens = batchTokens;
    this.inherited = parent?.end ?? null;
    this.kernels = parent?.kernels ?? null;
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

  /** Records both validation losses after `step` steps, and tells them. */
  measured(step: number, losses: FinalLosses): TrainEvent {
    return { kind: 'evaluated', node: this.node.id, evaluation: this.measure(step, losses), seconds: this.seconds };
  }

  private measure(step: number, { d0, d1 }: FinalLosses): Evaluation {
    const { stage, tokensBefore } = this.node;
    const evaluation: Evaluation = {
      stage: stage.name,
      step,
      tokens: tokensBefore + step * this.batchTokens,
      learningRate: this.rate(Math.max(0, step - 1)),
      trainLoss: step === 0 ? null : mean(this.losses.subarray(this.since, step)),
      d0,
      d1,
    };
    this.since = step;
    this.evaluations.push(evaluation);
    return evaluation;
  }

  result(state: RunState, final: FinalLosses, corpora: readonly CorpusStamp[]): NodeResult {
    const { node, evaluations, losses, kernels } = this;
    return { v: 1, node: node.id, state, evaluations, losses, final, corpora, kernels };
  }
}
