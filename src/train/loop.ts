// The trainer: walks a plan from the bases to the ends, trains what the store does not have, and tells everything as
// plain events. The page's worker, the command line and the tests all pull this one generator; to pause, stop pulling.

import type { TextData } from '../data/text';
import type { Engine } from '../engine/engine';
import type { Plan, PlanNode } from '../experiment/plan';
import type { CheckpointStore, NodeResult } from './checkpoints';
import type { TrainEvent } from './events';
import { type GroupContext, type Start, trainGroup } from './group';
import { initialState, withFreshOptimizer } from './initialize';
import { NodeRun } from './noderun';
import { Progress } from './progress';
import { nextRound } from './rounds';
import { modelShape } from './shape';
import { Tree } from './tree';
import { validationSet } from './validation';

/** Runs in one group when nothing else is asked for. */
export const mostRuns = 8;

export interface TrainOptions {
  readonly checkpoints: CheckpointStore;
  /** Ends the training after the current chunk of steps; the generator returns without `finished`. */
  readonly signal?: AbortSignal;
  /** Most steps before the next `progress` event; asked before every chunk. Training step by step: 1. */
  readonly maxSteps?: () => number;
  /** Milliseconds; measures speed and sizes the chunks, never a result. */
  readonly clock?: () => number;
  /** Most runs in one group; `mostRuns` when left out. */
  readonly maxRuns?: number;
}

/** @throws CorpusError for text to measure on that does not exist, EngineError when the machine gives up */
export async function* train(
  plan: Plan,
  engine: Engine,
  data: TextData,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void> {
  yield { kind: 'planned', plan };
  const tree = new Tree(plan, data);
  const progress = new Progress(plan);
  const context = groupContext(tree, progress, engine, data, options);
  for (const { node, message } of tree.unreadable()) yield* failed(tree, progress, node, 0, message);
  const absent = new Set<string>();
  for (let ready = tree.ready(); ready.length > 0 && !context.stopped(); ready = tree.ready()) {
    for (const node of ready.filter(({ id }) => !absent.has(id))) {
      const result = tree.usable(node, await options.checkpoints.get(node.id));
      if (result) yield* replayed(tree, progress, node, result);
      else absent.add(node.id);
    }
    // A stage that was found may make others ready that can join this group.
    if (ready.some(({ id }) => !absent.has(id))) continue;
    for (const nodes of groups(nextRound(ready, tree.waiting()), options.maxRuns ?? mostRuns)) {
      if (!context.stopped())
        yield* trainGroup(
          nodes.map((node) => start(tree, node)),
          context,
        );
    }
  }
  if (!context.stopped()) yield { kind: 'finished' };
}

function groupContext(
  tree: Tree,
  progress: Progress,
  engine: Engine,
  data: TextData,
  options: TrainOptions,
): GroupContext {
  const { experiment } = tree.plan;
  return {
    experiment,
    engine,
    data,
    progress,
    curveSet: validationSet(experiment, 'curveTokens', data),
    finalSet: validationSet(experiment, 'finalTokens', data),
    clock: options.clock ?? (() => performance.now()),
    maxSteps: options.maxSteps ?? (() => Number.POSITIVE_INFINITY),
    stopped: () => options.signal?.aborted ?? false,
    finish: async (run, { state, final }) => {
      const result = run.result(state, final, tree.stamps(run.node));
      await options.checkpoints.put(result);
      tree.done(run.node, result);
    },
    fail: (run, { step, reason }, counted) => {
      const { stage } = run.node;
      const rate = Number(run.rate(step).toPrecision(3));
      const place = `${tree.describe(run.node)} stopped in step ${step + 1} of ${stage.steps}`;
      const message = `${place}: ${reason} (learning rate ${rate}). Try a lower peak.`;
      return failed(tree, progress, run.node, step, message, counted);
    },
  };
}

/** What a stage starts from: its seed, or the weights of its parent. */
function start(tree: Tree, node: PlanNode): Start {
  const { experiment } = tree.plan;
  const parent = tree.parentResult(node);
  const batchTokens = experiment.batch * experiment.model.context;
  if (parent === null) {
    return { run: new NodeRun(node, batchTokens, null), state: initialState(modelShape(experiment.model), node.seed) };
  }
  const state = node.stage.optimizer === 'reset' ? withFreshOptimizer(parent.state.parameters) : parent.state;
  const { evaluations, kernels = null } = parent;
  return { run: new NodeRun(node, batchTokens, { end: evaluations.at(-1) ?? null, kernels }), state };
}

/** The events of a stage that was trained before, as if it were trained now. */
function* replayed(tree: Tree, progress: Progress, node: PlanNode, result: NodeResult): Generator<TrainEvent> {
  yield { kind: 'node-started', node: node.id, cached: true };
  let firstStep = 0;
  for (const evaluation of result.evaluations) {
    const losses = Array.from(result.losses.subarray(firstStep, evaluation.step));
    if (losses.length > 0) yield { kind: 'steps', node: node.id, firstStep, losses };
    yield { kind: 'evaluated', node: node.id, evaluation, seconds: null };
    firstStep = evaluation.step;
  }
  yield { kind: 'node-finished', node: node.id, final: result.final, kernels: result.kernels ?? null };
  progress.found(tree.tokens(node.stage.steps), tree.evaluationTokens(node));
  tree.done(node, result);
  yield progress.event();
}

/**
 * One event for the stage and one for every stage that would have followed.
 * @param step steps taken before the failing one
 * @param counted steps whose work was already counted as done
 */
function failed(
  tree: Tree,
  progress: Progress,
  node: PlanNode,
  step: number,
  message: string,
  counted = 0,
): TrainEvent[] {
  return tree.fail(node).map((lost) => {
    const own = lost === node;
    const left = lost.stage.steps - (own ? counted : 0);
    progress.lost(tree.tokens(left), (tree.evaluationTokens(lost) * left) / lost.stage.steps);
    const text = own ? message : `${tree.describe(lost)} was not trained, because an earlier stage failed: ${message}`;
    return { kind: 'node-failed', node: lost.id, step: own ? step : 0, message: text };
  });
}

/** Splits into as few groups as the limit allows, of about equal size. */
function groups(nodes: readonly PlanNode[], most: number): PlanNode[][] {
  const count = Math.ceil(nodes.length / Math.max(1, most));
  const size = Math.ceil(nodes.length / count);
  return Array.from({ length: count }, (_, i) => nodes.slice(i * size, (i + 1) * size));
}
