// A group of stages of equal shape, trained in lockstep. Runs that end, or whose loss is not a number, leave the
// group; the others go on in a smaller one from the very states they had, so no number depends on the company.

import type { TextData } from '../data/text';
import { type Engine, EngineError, type Lockstep, type RunState, type StepInput } from '../engine/engine';
import { stepTokens } from '../experiment/evidence/evidence';
import type { StageRecord } from '../experiment/evidence/record';
import { nodeBatch } from './batches';
import type { TrainEvent } from './events';
import { opened } from './opening';
import { type Clock, Pace, type Progress } from './progress';
import { lockstepShape } from './shape';
import type { RunFailure, StageRun } from './stage_run';
import { type ValidationSet, validationLosses } from './validation';

export interface GroupContext {
  readonly engine: Engine;
  readonly data: TextData;
  readonly curveSet: ValidationSet;
  readonly finalSet: ValidationSet;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly maxSteps: () => number;
  readonly stopped: () => boolean;
  /** Stores a finished stage, and gives its record. */
  readonly finish: (run: StageRun, state: RunState, final: readonly number[]) => Promise<StageRecord>;
  /** Gives up a stage and all that would follow it. */
  readonly fail: (run: StageRun, failure: RunFailure, stepsDone: number) => TrainEvent[];
}

/** A stage about to be trained, and what it starts from. */
export interface Start {
  readonly run: StageRun;
  readonly state: RunState;
}

/**
 * Trains all of them, which have one shape, to their ends, or until the context says stop. A group that does not fit is halved; one whose runs
 * began with different kernels is parted, so that each goes on with its own.
 */
export async function* trainGroup(starts: readonly Start[], context: GroupContext): AsyncGenerator<TrainEvent, void> {
  const parts = new Map<string, Start[]>();
  for (const one of starts) {
    const key = JSON.stringify(one.run.kernels);
    parts.set(key, [...(parts.get(key) ?? []), one]);
  }
  for (const part of parts.values()) yield* trainAlike(part, context);
}

async function* trainAlike(starts: readonly Start[], context: GroupContext): AsyncGenerator<TrainEvent, void> {
  const group = new Group(context);
  try {
    try {
      yield* group.open(starts);
    } catch (error) {
      if (starts.length === 1 || !tooLarge(error)) throw error;
      const half = Math.ceil(starts.length / 2);
      const message = `${starts.length} runs did not fit at once, so ${half} train and then the others; no number changes. ${error.message}`;
      yield { kind: 'halved', runs: half, message };
      yield* trainAlike(starts.slice(0, half), context);
      yield* trainAlike(starts.slice(half), context);
      return;
    }
    if (context.stopped()) return;
    for (const { run } of starts) yield { kind: 'node-started', node: run.node.id };
    yield* group.measureStart();
    while (group.busy() && !context.stopped()) yield* group.advance();
  } finally {
    group.close();
  }
}

/** What fewer runs may not meet. */
export function tooLarge(error: unknown): error is EngineError {
  return error instanceof EngineError && (error.fault === 'limits' || error.fault === 'out-of-memory');
}

function areNumbers(values: readonly number[]): boolean {
  return values.every(Number.isFinite);
}

class Group {
  private readonly context: GroupContext;
  /** In the order of the engine's runs. */
  private runs: readonly StageRun[] = [];
  private lockstep: Lockstep | null = null;
  private pace = new Pace();
  /** Steps taken by every run of the group. */
  private step = 0;

  constructor(context: GroupContext) {
    this.context = context;
  }

  async *open(starts: readonly Start[]): AsyncGenerator<TrainEvent, void> {
    const { engine, stopped } = this.context;
    const [first] = starts;
    if (stopped() || first === undefined) return;
    this.pace = new Pace();
    this.lockstep = yield* opened(engine, lockstepShape(first.run.node, starts.length, first.run.kernels));
    this.runs = starts.map(({ run }) => run);
    for (const run of this.runs) run.kernels = this.lockstep.kernels;
    for (const [i, { state }] of starts.entries()) this.lockstep.write(i, state);
  }

  busy(): boolean {
    return this.runs.length > 0;
  }

  close(): void {
    this.lockstep?.destroy();
    this.lockstep = null;
  }

  /** Evaluation before the first step; what the end before already says is not measured again. */
  async *measureStart(): AsyncGenerator<TrainEvent, void> {
    const open = this.runs.filter((run) => run.knownStart === null);
    const losses = open.length === 0 ? [] : await this.validate(this.context.curveSet, open);
    for (const [i, run] of this.runs.entries()) {
      const own = run.knownStart ?? losses[i];
      if (own) yield run.measured(0, own);
    }
    yield this.context.progress.event();
  }

  /** A chunk of steps up to the next point of measurement at most; ends with one progress event. */
  async *advance(): AsyncGenerator<TrainEvent, void> {
    const stop = Math.min(...this.runs.map((run) => run.nextStop(this.step)));
    const count = this.pace.next(Math.min(stop - this.step, this.context.maxSteps()));
    const failed = new Map<StageRun, RunFailure>();
    yield* this.trainSteps(count, failed);
    if (this.step === stop) yield* this.measure(failed);
    const ended = this.runs.filter((run) => run.node.stage.steps === this.step);
    if (ended.length > 0) yield* this.finish(ended, failed);
    for (const [run, failure] of failed) yield* this.context.fail(run, failure, this.step);
    yield this.context.progress.event();
    const staying = this.runs.filter((run) => !failed.has(run) && !ended.includes(run));
    if (staying.length < this.runs.length) yield* this.shrink(staying);
  }

  private async *trainSteps(count: number, failed: Map<StageRun, RunFailure>): AsyncGenerator<TrainEvent, void> {
    const { clock, progress } = this.context;
    const inputs = Array.from({ length: count }, (_, i) => this.input(this.step + i));
    const begin = clock();
    const outputs = await this.engaged().train(inputs);
    const seconds = (clock() - begin) / 1000;
    this.pace.took(count, seconds);
    this.spend(seconds);
    progress.trained(
      this.runs.reduce((tokens, { node }) => tokens + count * stepTokens(node), 0),
      seconds,
    );
    for (const [i, run] of this.runs.entries()) {
      const { losses, failure } = run.take(this.step, outputs, i);
      if (failure) failed.set(run, failure);
      if (losses.length > 0) yield { kind: 'steps', node: run.node.id, firstStep: this.step, losses };
    }
    this.step += count;
  }

  private input(step: number): StepInput {
    const { data } = this.context;
    const { model, batch } = this.engaged().shape;
    const size = batch * (model.context + 1);
    const windows = new Uint8Array(this.runs.length * size);
    for (const [i, run] of this.runs.entries()) nodeBatch(run.node, step, data, windows, i * size);
    return { windows, learningRates: Float64Array.from(this.runs, (run) => run.rate(step)) };
  }

  /** Measures the runs that want it at this step. */
  private async *measure(failed: Map<StageRun, RunFailure>): AsyncGenerator<TrainEvent, void> {
    const wanted = this.runs.filter((run) => !failed.has(run) && run.measuresAt(this.step));
    const losses = await this.validate(this.context.curveSet, wanted);
    for (const [i, run] of this.runs.entries()) {
      const own = losses[i];
      if (own === undefined || !wanted.includes(run)) continue;
      if (areNumbers(own)) {
        yield run.measured(this.step, own);
      } else {
        failed.set(run, this.unmeasurable());
      }
    }
  }

  /** The full sets, then the state, then the store: what was announced as finished is safe. */
  private async *finish(
    ended: readonly StageRun[],
    failed: Map<StageRun, RunFailure>,
  ): AsyncGenerator<TrainEvent, void> {
    const wanted = ended.filter((run) => !failed.has(run));
    const losses = await this.validate(this.context.finalSet, wanted);
    for (const [i, run] of this.runs.entries()) {
      const final = losses[i];
      if (final === undefined || !wanted.includes(run)) continue;
      if (areNumbers(final)) {
        yield { kind: 'node-finished', record: await this.context.finish(run, await this.engaged().read(i), final) };
      } else {
        failed.set(run, this.unmeasurable());
      }
    }
  }

  /** Goes on with fewer runs. */
  private async *shrink(staying: readonly StageRun[]): AsyncGenerator<TrainEvent, void> {
    const starts: Start[] = [];
    for (const run of staying) starts.push({ run, state: await this.engaged().read(this.runs.indexOf(run)) });
    this.close();
    this.runs = [];
    if (starts.length > 0) yield* this.open(starts);
  }

  private unmeasurable(): RunFailure {
    return { step: this.step - 1, reason: 'its validation loss was not a number' };
  }

  /** All runs are measured; the work of those that do not want it is not part of any plan. */
  private async validate(set: ValidationSet, wanted: readonly StageRun[]): Promise<number[][]> {
    const { clock, progress } = this.context;
    const begin = clock();
    const lockstep = this.engaged();
    const losses = await validationLosses(lockstep, set);
    const windows = set.counts.reduce((sum, count) => sum + count, 0);
    const seconds = (clock() - begin) / 1000;
    progress.evaluated(windows * lockstep.shape.model.context * wanted.length, seconds);
    this.spend(seconds);
    return losses;
  }

  /** Time of the group is time of each of its runs. */
  private spend(seconds: number): void {
    for (const run of this.runs) run.seconds += seconds;
  }

  private engaged(): Lockstep {
    if (this.lockstep === null) throw new Error('The group is closed.');
    return this.lockstep;
  }
}
