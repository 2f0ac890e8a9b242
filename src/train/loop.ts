// The trainer: walks a plan from the bases to the ends, trains what the store does not have, and tells everything as
// plain events. The page's worker, the command line and the tests all pull this one generator; to pause, stop pulling.

import type { TextData } from '../data/text';
import { adapterName, type Engine } from '../engine/engine';
import { byShape, fileWeights, type Plan, type PlanNode } from '../experiment/plan';
import type { CheckpointStore, StageResult } from './checkpoints';
import type { TrainEvent } from './events';
import { type GroupContext, type Start, trainGroup } from './group';
import { Ledger } from './ledger';
import { groupsOf, type MostRuns, unlimited } from './memory';
import { Progress } from './progress';
import { nextRound } from './rounds';
import { StageRun } from './stage_run';
import { validationSet } from './validation';

export interface TrainOptions {
  readonly checkpoints: CheckpointStore;
  /** Of this program, for the records. */
  readonly version: string;
  /** Ends the training after the current chunk of steps; the generator returns without `finished`. */
  readonly signal?: AbortSignal;
  /** Most steps before the next `progress` event; asked before every chunk. Training step by step: 1. */
  readonly maxSteps?: () => number;
  /** Milliseconds; measures speed and sizes the chunks, never a result. */
  readonly clock?: () => number;
  /** Most runs in one group, where memory is short. */
  readonly maxRuns?: MostRuns;
}

/** @throws CorpusError for text to measure on that does not exist, EngineError when the machine gives up */
export async function* train(
  plan: Plan,
  engine: Engine,
  data: TextData,
  options: TrainOptions,
): AsyncGenerator<TrainEvent, void> {
  yield { kind: 'planned', plan };
  const ledger = new Ledger(plan, data);
  const progress = new Progress(plan);
  const context = groupContext(ledger, progress, engine, data, options);
  for (const weights of fileWeights(plan.nodes)) ledger.opened(weights, await options.checkpoints.get(weights));
  for (const { node, message } of [...ledger.unreadable(), ...ledger.weightless()]) {
    yield* failed(ledger, progress, node, 0, message);
  }
  const absent = new Set<string>();
  for (let ready = ledger.ready(); ready.length > 0 && !context.stopped(); ready = ledger.ready()) {
    for (const node of ready.filter(({ id }) => !absent.has(id))) {
      const result = ledger.usable(node, await options.checkpoints.get(node.id));
      if (result) yield* found(ledger, progress, node, result);
      else absent.add(node.id);
    }
    // A stage that was found may make others ready that can join this group.
    if (ready.some(({ id }) => !absent.has(id))) continue;
    const alike = byShape(nextRound(ready, ledger.waiting()));
    for (const nodes of alike.flatMap((some) => groupsOf(some, options.maxRuns ?? unlimited))) {
      if (!context.stopped())
        yield* trainGroup(
          nodes.map((node) => start(ledger, node)),
          context,
        );
    }
  }
  if (!context.stopped()) yield { kind: 'finished' };
}

function groupContext(
  ledger: Ledger,
  progress: Progress,
  engine: Engine,
  data: TextData,
  options: TrainOptions,
): GroupContext {
  const { experiment } = ledger.plan;
  return {
    engine,
    data,
    progress,
    curveSet: validationSet(experiment, 'curve', data),
    finalSet: validationSet(experiment, 'final', data),
    clock: options.clock ?? (() => performance.now()),
    maxSteps: options.maxSteps ?? (() => Number.POSITIVE_INFINITY),
    stopped: () => options.signal?.aborted ?? false,
    finish: async (run, state, final) => {
      const { adapter } = engine;
      const made = { version: options.version, engine: adapter.kind, adapter: adapterName(adapter) };
      const result = run.result(state, final, ledger.stamps(run.node), made);
      await options.checkpoints.put(result, ledger.plan.experiment);
      ledger.done(run.node, result);
      return result.record;
    },
    fail: (run, { step, reason }, counted) => {
      const { stage } = run.node;
      const rate = Number(run.rate(step).toPrecision(3));
      const place = `${ledger.describe(run.node)} stopped in step ${step + 1} of ${stage.steps}`;
      const message = `${place}: ${reason} (learning rate ${rate}). Try a lower peak.`;
      return failed(ledger, progress, run.node, step, message, counted);
    },
  };
}

function start(ledger: Ledger, node: PlanNode): Start {
  const { state, ...known } = ledger.beginning(node);
  return { run: new StageRun(node, known), state };
}

/** A stage that was trained before. */
function* found(ledger: Ledger, progress: Progress, node: PlanNode, result: StageResult): Generator<TrainEvent> {
  yield { kind: 'node-finished', record: { ...result.record, origin: 'kept' } };
  progress.found(node.tokens, node.evaluationTokens);
  ledger.done(node, result);
  yield progress.event();
}

/**
 * One event for the stage and one for every stage that would have followed.
 * @param step steps taken before the failing one
 * @param counted steps whose work was already counted as done
 */
function failed(
  ledger: Ledger,
  progress: Progress,
  node: PlanNode,
  step: number,
  message: string,
  counted = 0,
): TrainEvent[] {
  return ledger.fail(node).map((lost) => {
    const own = lost === node;
    const left = (lost.stage.steps - (own ? counted : 0)) / lost.stage.steps;
    progress.lost(lost.tokens * left, lost.evaluationTokens * left);
    const text = own
      ? message
      : `${ledger.describe(lost)} was not trained, because an earlier stage failed: ${message}`;
    return { kind: 'node-failed', node: lost.id, step: own ? step : 0, message: text };
  });
}
