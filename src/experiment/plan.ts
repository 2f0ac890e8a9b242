// The plan: everything about an experiment that can be known before the first step. Arms that begin alike
// share that beginning, so it is a tree of stages, and a shared stage is trained once per seed.

import { forwardFlops, trainingFlops } from './cost';
import { evaluationSteps, evaluationTokens } from './evaluation';
import { contentHash } from './hash';
import type { Arm, Experiment, Stage } from './spec';

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

/** Raised when the same experiment would train to other weights or record another curve than before. */
const meaning = 2;

export function plan(experiment: Experiment): Plan {
  const nodes = tree(experiment);
  const { model, batch, evaluation } = experiment;
  let tokens = 0;
  let evaluated = 0;
  for (const node of nodes) {
    tokens += node.stage.steps * batch * model.context;
    evaluated += evaluationTokens(node.evaluateAt, node.parent === null, evaluation, model.context);
  }
  return {
    experiment,
    id: contentHash(nodes.map((node) => [node.id, node.arms])),
    nodes,
    tokens,
    evaluationTokens: evaluated,
    flops: tokens * trainingFlops(model) + evaluated * forwardFlops(model),
  };
}

/** The nodes on an arm's path for one seed, first stage first. */
export function armPath(plan: Plan, arm: string, seed: number): PlanNode[] {
  return plan.nodes
    .filter((node) => node.seed === seed && node.arms.includes(arm))
    .sort((a, b) => a.stageIndex - b.stageIndex);
}

/** A trie over arms and seeds, listed stage by stage, so that parents come before children. */
function tree(experiment: Experiment): PlanNode[] {
  const paths = experiment.arms.flatMap((arm) =>
    experiment.seeds.map((seed) => ({ arm, seed, parent: root(experiment, arm, seed) })),
  );
  const nodes: PlanNode[] = [];
  const depth = Math.max(0, ...experiment.arms.map((arm) => arm.stages.length));
  for (let stageIndex = 0; stageIndex < depth; stageIndex++) {
    const level = new Map<string, PlanNode>();
    for (const path of paths) {
      const stage = path.arm.stages[stageIndex];
      if (stage === undefined) continue;
      const id = contentHash([path.parent, stage]);
      const known = level.get(id);
      level.set(
        id,
        known ? { ...known, arms: [...known.arms, path.arm.id] } : newNode(experiment, path, stage, stageIndex, id),
      );
      path.parent = id;
    }
    nodes.push(...level.values());
  }
  return nodes;
}

/** Hash of what all stages of a path share. Arm ids, labels and the experiment's name are left out on purpose. */
function root(experiment: Experiment, arm: Arm, seed: number): string {
  const { model, batch, evaluation } = experiment;
  return contentHash({ meaning, model, batch, evaluation, seed, init: arm.init });
}

function newNode(
  experiment: Experiment,
  path: { arm: Arm; seed: number; parent: string },
  stage: Stage,
  stageIndex: number,
  id: string,
): PlanNode {
  const earlier = path.arm.stages.slice(0, stageIndex).reduce((steps, before) => steps + before.steps, 0);
  return {
    id,
    parent: stageIndex === 0 ? null : path.parent,
    seed: path.seed,
    stageIndex,
    stage,
    arms: [path.arm.id],
    evaluateAt: evaluationSteps(stage.steps, experiment.evaluation),
    tokensBefore: earlier * experiment.batch * experiment.model.context,
  };
}
