// What a training run tells the outside world, as plain values that survive postMessage.

import type { KernelForms } from '../engine/forms/forms';
import type { Plan } from '../experiment/plan';

/** Both validation losses after `step` steps of a stage. */
export interface Evaluation {
  /** Name of the stage. */
  readonly stage: string;
  /** Steps taken in this stage. */
  readonly step: number;
  /** Training tokens seen since the first stage began. */
  readonly tokens: number;
  /** Learning rate of the step just taken (of the coming one at step 0). */
  readonly learningRate: number;
  /** Mean training loss since the previous evaluation, nats a token; null at step 0. */
  readonly trainLoss: number | null;
  /** Mean validation loss on the old data, nats a token. */
  readonly d0: number;
  readonly d1: number;
}

/** Validation losses on the full sets at a stage's end. */
export interface FinalLosses {
  readonly d0: number;
  readonly d1: number;
}

export type TrainEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** `cached`: the node's result was found, its evaluations follow at once. */
  | { readonly kind: 'node-started'; readonly node: string; readonly cached: boolean }
  | { readonly kind: 'compiling'; readonly done: number; readonly total: number }
  /** Consecutive training losses of a node, the first one that of step `firstStep` (0-based). */
  | { readonly kind: 'steps'; readonly node: string; readonly firstStep: number; readonly losses: readonly number[] }
  | {
      readonly kind: 'evaluated';
      readonly node: string;
      readonly evaluation: Evaluation;
      /** Spent on this stage's training and measuring so far; null when it was trained before. Never part of a result. */
      readonly seconds: number | null;
    }
  | {
      readonly kind: 'progress';
      readonly tokensDone: number;
      readonly tokensPlanned: number;
      readonly tokensPerSecond: number | null;
      readonly secondsLeft: number | null;
      /** Share of the time so far that went into measuring; null before the first step. */
      readonly evaluationShare: number | null;
    }
  | {
      readonly kind: 'node-finished';
      readonly node: string;
      readonly final: FinalLosses;
      /** The forms of the kernels that trained it; null where there is only one. */
      readonly kernels: KernelForms | null;
    }
  /** One node could not go on (for example its loss was not a number); nodes below it are lost, others go on. */
  | { readonly kind: 'node-failed'; readonly node: string; readonly step: number; readonly message: string }
  | { readonly kind: 'finished' };
