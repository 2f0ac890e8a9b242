// The plan: everything about an experiment that can be known before the first step. Arms that begin alike
// share that beginning, so it is a tree of stages, and a shared stage is trained once per seed.

import type { Experiment, Stage } from './spec';

/** One stage of one seed; its hash covers everything that determines the weights at its end. */
export interface PlanNode {
  /** Content hash, hex. */
  readonly id: string;
  readonly parent: string | null;
  readonly seed: number;
  /** Place on the arm's path, 0 for the first stage. */
  readonly stageIndex: number;
  readonly stage: Stage;
  /** Arms whose path runs through this node. */
  readonly arms: readonly string[];
  /** Steps of the stage after which the validation losses are measured; starts with 0, ends with `stage.steps`. */
  readonly evaluateAt: readonly number[];
  /** Training tokens before this stage on its path. */
  readonly tokensBefore: number;
}

export interface Plan {
  readonly experiment: Experiment;
  /** Content hash of the whole plan. */
  readonly id: string;
  /** Parents before children. */
  readonly nodes: readonly PlanNode[];
  /** Training tokens over all nodes. */
  readonly tokens: number;
  /** Tokens run forward for evaluation, over all nodes and both sets. */
  readonly evaluationTokens: number;
  /** Floating-point operations of training and evaluation, matmul and attention terms. */
  readonly flops: number;
}

export declare function plan(experiment: Experiment): Plan;
