// The plan: everything about an experiment that can be known before the first step. Arms that begin alike share that
// beginning, and a stage may start from another node's weights, so it is a directed acyclic graph; a shared stage is trained
// once per seed.

import { forwardFlops, trainingFlops } from './cost';
import { evaluationSteps, evaluationTokens } from './evaluation';
import { canonicalJson, contentHash } from './hash';
import { type Reading, readingsOf } from './readings';
import type { Arm, Experiment, ModelSpec, Stage } from './spec';

/** Whose weights a stage begins with. */
export type StageStart =
  /** Random ones, of the node's seed. */
  | { readonly kind: 'random' }
  /** Those of a file, by their sum. */
  | { readonly kind: 'weights'; readonly sha256: string }
  /** Those at the end of another node, whose shape is the same. */
  | { readonly kind: 'continue'; readonly node: string };

/** One stage of one seed; its id covers everything that determines the weights at its end. */
export interface PlanNode {
  /** Content hash, hex. */
  readonly id: string;
  readonly start: StageStart;
  readonly seed: number;
  readonly model: ModelSpec;
  /** B, sequences a step. */
  readonly batch: number;
  /** Place on the arm's path, 0 for the first stage. */
  readonly stageIndex: number;
  readonly stage: Stage;
  /** Arms whose path runs through this node. */
  readonly arms: readonly string[];
  /** Steps of the stage after which the validation losses are measured; starts with 0, ends with `stage.steps`. */
  readonly evaluateAt: readonly number[];
  /** Training tokens before this stage on its path. */
  readonly tokensBefore: number;
  /** Training tokens of the stage. */
  readonly tokens: number;
  /** Tokens run forward to evaluate the stage, over all readings. */
  readonly evaluationTokens: number;
}

export interface Plan {
  readonly experiment: Experiment;
  /** Content hash of the whole plan. */
  readonly id: string;
  /** What every evaluation measures. */
  readonly readings: readonly Reading[];
  /** Every node after those that it needs. */
  readonly nodes: readonly PlanNode[];
  /** Training tokens over all nodes. */
  readonly tokens: number;
  /** Tokens run forward for evaluation, over all nodes and readings. */
  readonly evaluationTokens: number;
  /** Floating-point operations of training and evaluation, matmul and attention terms. */
  readonly flops: number;
}

/** Raised when the same experiment would train to other weights or record another curve than before. */
const meaning = 2;

export function plan(experiment: Experiment): Plan {
  const nodes = graph(experiment);
  const sum = (of: (node: PlanNode) => number) => nodes.reduce((total, node) => total + of(node), 0);
  return {
    experiment,
    id: contentHash(nodes.map((node) => [node.id, node.arms])),
    readings: readingsOf(experiment),
    nodes,
    tokens: sum((node) => node.tokens),
    evaluationTokens: sum((node) => node.evaluationTokens),
    flops: sum(
      ({ model, tokens, evaluationTokens: evaluated }) =>
        tokens * trainingFlops(model) + evaluated * forwardFlops(model),
    ),
  };
}

/** The sums of the files whose weights nodes begin with, each once. */
export function fileWeights(nodes: readonly Pick<PlanNode, 'start'>[]): string[] {
  return [...new Set(nodes.flatMap(({ start }) => (start.kind === 'weights' ? start.sha256 : [])))];
}

/** Ids of the nodes whose weights a node begins with. */
export function needs({ start }: Pick<PlanNode, 'start'>): readonly string[] {
  return start.kind === 'continue' ? [start.node] : [];
}

/** Equal for nodes that can train in one group: the same model and batch. */
export function shapeKey({ model, batch }: Pick<PlanNode, 'model' | 'batch'>): string {
  return canonicalJson([model, batch]);
}

/** Nodes of one shape each, in the order in which the shapes first come. */
export function byShape(nodes: readonly PlanNode[]): PlanNode[][] {
  const shapes = new Map<string, PlanNode[]>();
  for (const node of nodes) {
    const key = shapeKey(node);
    shapes.set(key, [...(shapes.get(key) ?? []), node]);
  }
  return [...shapes.values()];
}

/** The nodes on an arm's path for one seed, first stage first. */
export function armPath(plan: Pick<Plan, 'nodes'>, arm: string, seed: number): PlanNode[] {
  return plan.nodes
    .filter((node) => node.seed === seed && node.arms.includes(arm))
    .sort((a, b) => a.stageIndex - b.stageIndex);
}

/** One arm with one seed, on its way through the graph. */
interface Path {
  readonly arm: Arm;
  readonly seed: number;
  readonly model: ModelSpec;
  /** Hash of everything so far. */
  key: string;
}

/** Paths are merged as far as they are alike, and listed stage by stage, so that nodes come after those they need. */
function graph(experiment: Experiment): PlanNode[] {
  const paths = experiment.arms.flatMap((arm) => experiment.seeds.map((seed) => root(experiment, arm, seed)));
  const nodes: PlanNode[] = [];
  const depth = Math.max(0, ...experiment.arms.map((arm) => arm.stages.length));
  for (let stageIndex = 0; stageIndex < depth; stageIndex++) {
    const level = new Map<string, PlanNode>();
    for (const path of paths) {
      const stage = path.arm.stages[stageIndex];
      if (stage === undefined) continue;
      const id = contentHash([path.key, stage]);
      const known = level.get(id);
      level.set(
        id,
        known ? { ...known, arms: [...known.arms, path.arm.id] } : newNode(experiment, path, stage, stageIndex, id),
      );
      path.key = id;
    }
    nodes.push(...level.values());
  }
  return nodes;
}

/** The model of an arm: the experiment's, but for what the arm has of its own. */
export function armModel({ model }: Pick<Experiment, 'model'>, arm: Arm): ModelSpec {
  return { ...model, ...arm.model };
}

/** What all stages of a path share is hashed first. Arm ids, labels and the experiment's name are left out on purpose. */
function root(experiment: Experiment, arm: Arm, seed: number): Path {
  const { batch, evaluation } = experiment;
  const model = armModel(experiment, arm);
  return { arm, seed, model, key: contentHash({ meaning, model, batch, evaluation, seed, init: arm.init }) };
}

function newNode(experiment: Experiment, path: Path, stage: Stage, stageIndex: number, id: string): PlanNode {
  const { arm, seed, model, key } = path;
  const { batch } = experiment;
  const start: StageStart = stageIndex === 0 ? arm.init : { kind: 'continue', node: key };
  const evaluateAt = evaluationSteps(stage.steps, experiment.evaluation);
  const earlier = arm.stages.slice(0, stageIndex).reduce((steps, before) => steps + before.steps, 0);
  const stepTokens = batch * model.context;
  return {
    id,
    start,
    seed,
    model,
    batch,
    stageIndex,
    stage,
    arms: [arm.id],
    evaluateAt,
    tokensBefore: earlier * stepTokens,
    tokens: stage.steps * stepTokens,
    evaluationTokens: evaluationTokens(evaluateAt, experiment, start.kind === 'continue'),
  };
}
