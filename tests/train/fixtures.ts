// A very small experiment on invented languages, and the reference engine with a record of what was asked of it.

import { syntheticTextData } from '../../src/data/synthetic';
import {
  type Engine,
  EngineError,
  type Lockstep,
  type LockstepShape,
  type RunState,
  type StepInput,
} from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { plan } from '../../src/experiment/plan';
import type { Schedule } from '../../src/experiment/schedules';
import type { Arm, Experiment, Mixture, Stage } from '../../src/experiment/spec';
import { type CheckpointStore, memoryCheckpoints, type StageResult } from '../../src/train/checkpoints';
import type { TrainEvent } from '../../src/train/events';
import { type TrainOptions, train } from '../../src/train/loop';

export const text = syntheticTextData({ bytes: 120_000 });
export const old = 'synthetic-a';
export const fresh = 'synthetic-b';

const cosine: Schedule = { kind: 'cosine', warmup: 0.2, peak: 2e-2, floor: 2e-3 };
const floor: Schedule = { kind: 'constant', warmup: 0, peak: 2e-3 };
/** Weight decay alone multiplies every weight by -99 a step: overflows after about twenty. */
export const absurd: Schedule = { kind: 'constant', warmup: 0, peak: 1000 };

export function stage(name: string, mixture: Mixture, change: Partial<Stage> = {}): Stage {
  return { name, mixture, steps: 6, schedule: cosine, optimizer: 'reset', ...change };
}

export const base = stage('d0', { corpus: old, replay: null });

export function arm(id: string, change: Partial<Stage> = {}, first: Stage = base): Arm {
  const next = stage('d1', { corpus: fresh, replay: null }, change);
  return { id, label: `Arm ${id}`, init: { kind: 'random' }, stages: [first, next] };
}

export const replayed = (fraction: number): Partial<Stage> => ({
  mixture: { corpus: fresh, replay: { corpus: old, fraction } },
});

export function tiny(arms: readonly Arm[], change: Partial<Experiment> = {}): Experiment {
  return {
    v: 1,
    name: 'Tiny',
    scale: 'custom',
    model: { width: 8, layers: 1, heads: 2, context: 8, rotaryFraction: 1 },
    batch: 4,
    seeds: [1],
    evaluation: { d0: old, d1: fresh, curveTokens: 64, finalTokens: 128, denseSteps: 1, points: 2 },
    arms,
    ...change,
  };
}

export const threeArms = [arm('floor', { schedule: floor }), arm('rewarm'), arm('rewarm-replay25', replayed(0.25))];

export interface EngineLog {
  /** Runs of each lockstep opened. */
  readonly opened: number[];
  /** Locksteps open now. */
  alive: number;
  readonly trained: { readonly runs: number; readonly input: StepInput }[];
  readonly chunks: number[];
  readonly written: { readonly runs: number; readonly run: number; readonly state: RunState }[];
}

export interface Troubles {
  /** Most runs that fit. */
  readonly largest?: number;
  /** Number of calls of `train` after which the device is lost. */
  readonly lostAfter?: number;
  /** `open` waits for it. */
  readonly openWhen?: Promise<void>;
}

/** The reference engine, watched. */
export function watchedEngine(troubles: Troubles = {}): { engine: Engine; log: EngineLog } {
  const inner = createReferenceEngine();
  const log: EngineLog = { opened: [], alive: 0, trained: [], chunks: [], written: [] };
  const open = async (shape: LockstepShape, progress?: (done: number, total: number) => void): Promise<Lockstep> => {
    await troubles.openWhen;
    if (shape.runs > (troubles.largest ?? Number.POSITIVE_INFINITY)) throw new EngineError('limits', 'Too many runs.');
    const lockstep = await inner.open(shape, progress);
    log.opened.push(shape.runs);
    log.alive++;
    return watched(lockstep, log, troubles);
  };
  return {
    engine: { adapter: inner.adapter, lost: inner.lost, destroy: () => inner.destroy(), tuning: inner.tuning, open },
    log,
  };
}

function watched(inner: Lockstep, log: EngineLog, { lostAfter = Number.POSITIVE_INFINITY }: Troubles): Lockstep {
  const { runs } = inner.shape;
  let open = true;
  let busy = false;
  /** Calls share buffers on a device, so one that overlaps another is a fault of the trainer. */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy) throw new Error('Two calls of one lockstep overlap.');
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
  return {
    shape: inner.shape,
    kernels: inner.kernels,
    bytes: inner.bytes,
    write(run, state) {
      log.written.push({ runs, run, state: structuredClone(state) });
      inner.write(run, state);
    },
    read: (run) => alone(() => inner.read(run)),
    async train(steps) {
      if (log.chunks.length >= lostAfter) throw new EngineError('device-lost', 'The device is gone.');
      log.chunks.push(steps.length);
      for (const input of steps) log.trained.push({ runs, input: structuredClone(input) });
      return alone(() => inner.train(steps));
    },
    evaluate: (windows) => alone(() => inner.evaluate(windows)),
    logits: (run, windows, position) => inner.logits(run, windows, position),
    destroy() {
      if (open) log.alive--;
      open = false;
      inner.destroy();
    },
  };
}

export interface Trained {
  readonly events: TrainEvent[];
  readonly log: EngineLog;
  readonly store: CheckpointStore;
  /** By node id. */
  readonly results: ReadonlyMap<string, StageResult>;
}

/** Trains an experiment to its end. */
export async function trained(
  experiment: Experiment,
  options: Partial<TrainOptions> & Troubles = {},
): Promise<Trained> {
  const { engine, log } = watchedEngine(options);
  const store = options.checkpoints ?? memoryCheckpoints();
  const events: TrainEvent[] = [];
  for await (const event of train(plan(experiment), engine, text, { version: 'test', ...options, checkpoints: store }))
    events.push(event);
  const results = new Map<string, StageResult>();
  for (const node of plan(experiment).nodes) {
    const result = await store.get(node.id);
    if (result) results.set(node.id, result);
  }
  return { events, log, store, results };
}

export function only<K extends TrainEvent['kind']>(
  events: readonly TrainEvent[],
  kind: K,
): Extract<TrainEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<TrainEvent, { kind: K }> => event.kind === kind);
}

/** What must not depend on company, chunks or pauses: curves, losses and weights. */
export function numbers({ results }: Trained, node: string): StageResult {
  const result = results.get(node);
  if (!result) throw new Error(`No result for ${node}.`);
  return result;
}
