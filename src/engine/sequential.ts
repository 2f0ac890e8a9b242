// An engine that computes on the processor core of its caller, one run after another: the queue of calls, breaths for
// the event loop, and what a lockstep promises. What the numbers are is the business of a `Calculator` (reference/, simd/).
// Runs never meet in a calculation, so runs in lockstep equal runs alone bit for bit.

import {
  type AdapterReport,
  type Engine,
  EngineError,
  type Lockstep,
  type LockstepShape,
  type RunState,
  type StepInput,
  type StepOutput,
} from './engine';
import { modelProblems, parameterCount } from './model';

/** Longest time without letting the event loop deliver messages, beside a part of a pass that takes no breath. */
const breathMs = 20;

/** Lets waiting messages in when it has been a while; throws when the engine was closed meanwhile. */
export type Breathe = () => Promise<void>;

/** Loss and gradient norm of a step. */
export interface StepResult {
  readonly loss: number;
  readonly norm: number;
}

/** The arithmetic of R runs, one call at a time. It takes arrays that nobody else writes to. */
export interface Calculator {
  /** Bytes held. */
  readonly bytes: number;
  write(run: number, state: RunState): void;
  /** A copy. */
  read(run: number): RunState;
  /** One step on windows (B, T+1); one whose loss or norm is not finite changes nothing. */
  train(run: number, windows: Uint8Array, learningRate: number, breathe: Breathe): Promise<StepResult>;
  /** Loss of each window (n, T+1), n <= B. */
  losses(run: number, windows: Uint8Array, breathe: Breathe): Promise<Float64Array>;
  /** Logits (n,V) at one position of each sequence (n,T), n <= B. */
  logits(run: number, tokens: Uint8Array, position: readonly number[], breathe: Breathe): Promise<Float32Array>;
}

/** @param prepare allocates all that a shape needs; rejects with `EngineError` */
export function sequentialEngine(
  adapter: AdapterReport,
  prepare: (shape: LockstepShape) => Promise<Calculator>,
): Engine {
  const opened = new Set<Lockstep>();
  return {
    adapter,
    open: async (shape, progress) => {
      const problems = modelProblems(shape.model);
      if (problems.length > 0) throw new EngineError('limits', problems.join(' '));
      const calculator = await prepare(shape);
      const lockstep: Lockstep = new SequentialLockstep(shape, calculator, () => opened.delete(lockstep));
      opened.add(lockstep);
      progress?.(1, 1);
      return lockstep;
    },
    tuning: async () => null,
    lost: new Promise<string>(() => {}),
    destroy: () => {
      for (const lockstep of opened) lockstep.destroy();
      opened.clear();
    },
  };
}

class SequentialLockstep implements Lockstep {
  readonly shape: LockstepShape;
  readonly kernels = null;
  readonly bytes: number;
  /** Null once it is destroyed, so that its memory can be let go of. */
  private calculator: Calculator | null;
  /** End of the queue: calls take effect in the order they were made, as on a GPU. */
  private tail: Promise<unknown> = Promise.resolve();
  private lastBreath = performance.now();
  private readonly forget: () => void;

  /** @param forget called when it is destroyed */
  constructor(shape: LockstepShape, calculator: Calculator, forget: () => void) {
    this.shape = shape;
    this.calculator = calculator;
    this.bytes = calculator.bytes;
    this.forget = forget;
  }

  write(run: number, state: RunState): void {
    this.checkRun(run);
    const P = parameterCount(this.shape.model);
    for (const values of [state.parameters, state.firstMoment, state.secondMoment]) {
      if (values.length !== P) {
        throw new RangeError(`A state of this model has ${P} numbers a tensor, not ${values.length}.`);
      }
    }
    const copy = copyState(state);
    const written = this.enqueue(async (calculator) => calculator.write(run, copy));
    // It can only fail because the engine was closed, and then every later call says so.
    written.catch(() => {});
  }

  read(run: number): Promise<RunState> {
    this.checkRun(run);
    return this.enqueue(async (calculator) => calculator.read(run));
  }

  train(steps: readonly StepInput[]): Promise<StepOutput[]> {
    // Copies, as on a GPU: the caller may fill its arrays anew at once.
    const copies = steps.map(({ windows, learningRates }) => ({
      windows: windows.slice(),
      learningRates: learningRates.slice(),
    }));
    return this.enqueue(async (calculator) => {
      const outputs: StepOutput[] = [];
      for (const step of copies) outputs.push(await this.step(calculator, step));
      return outputs;
    });
  }

  evaluate(windows: Uint8Array): Promise<Float64Array> {
    const { model, batch, runs } = this.shape;
    const length = model.context + 1;
    const n = windows.length / length;
    const copy = windows.slice();
    return this.enqueue(async (calculator) => {
      const losses = new Float64Array(runs * n);
      for (let run = 0; run < runs; run++) {
        for (let begin = 0; begin < n; begin += batch) {
          await this.breathe();
          const some = copy.subarray(begin * length, Math.min(n, begin + batch) * length);
          losses.set(await calculator.losses(run, some, this.breathe), run * n + begin);
        }
      }
      return losses;
    });
  }

  logits(run: number, windows: Uint8Array, position: readonly number[]): Promise<Float32Array> {
    this.checkRun(run);
    const copy = windows.slice();
    return this.enqueue((calculator) => calculator.logits(run, copy, position, this.breathe));
  }

  destroy(): void {
    this.calculator = null;
    this.forget();
  }

  /** One step of all runs. */
  private async step(calculator: Calculator, { windows, learningRates }: StepInput): Promise<StepOutput> {
    const { model, batch, runs } = this.shape;
    const length = batch * (model.context + 1);
    if (windows.length !== runs * length) {
      throw new RangeError(`A step of this shape reads ${runs * length} tokens, not ${windows.length}.`);
    }
    const losses = new Float64Array(runs);
    const gradientNorms = new Float64Array(runs);
    for (let run = 0; run < runs; run++) {
      await this.breathe();
      const own = windows.subarray(run * length, (run + 1) * length);
      const { loss, norm } = await calculator.train(run, own, learningRates[run]!, this.breathe);
      losses[run] = loss;
      gradientNorms[run] = norm;
    }
    return { losses, gradientNorms };
  }

  private checkRun(run: number): void {
    const { runs } = this.shape;
    if (!(run >= 0 && run < runs)) throw new RangeError(`There is no run ${run} among ${runs}.`);
  }

  private enqueue<Result>(work: (calculator: Calculator) => Promise<Result>): Promise<Result> {
    const result = this.tail.then(() => work(this.open()));
    this.tail = result.catch(() => {});
    return result;
  }

  private open(): Calculator {
    if (!this.calculator) throw new EngineError('device-lost', 'This engine has been closed.');
    return this.calculator;
  }

  private readonly breathe: Breathe = async () => {
    if (performance.now() - this.lastBreath >= breathMs) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.lastBreath = performance.now();
    }
    this.open();
  };
}

function copyState(state: RunState): RunState {
  return {
    parameters: state.parameters.slice(),
    firstMoment: state.firstMoment.slice(),
    secondMoment: state.secondMoment.slice(),
    step: state.step,
  };
}
