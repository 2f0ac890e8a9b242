// The reference engine: trains on one CPU core wherever JavaScript runs, with the operations of this folder and
// the products of blocked.ts. A step is worked out in float64 from the float32 state and rounded to float32 once,
// at its end, so that a state read out is all there is: writing it back continues the run bit for bit. Runs in
// lockstep never meet in a calculation, so they equal runs alone bit for bit.

import type { Engine, Lockstep, LockstepShape, RunState, StepInput, StepOutput } from '../engine';
import { EngineError } from '../engine';
import { modelProblems, parameterCount, parameterLayout } from '../model';
import { adamwUpdate } from './adamw';
import { clipScale, globalNorm } from './clip';
import { forwardBackward, forwardLogits, forwardLosses } from './model';
import { blockedProducts } from './products';

/** Longest time without letting the event loop deliver messages, beside a single pass. */
const breathMs = 20;

export function createReferenceEngine(): Engine {
  const opened = new Set<Lockstep>();
  return {
    adapter: {
      kind: 'reference',
      vendor: '',
      architecture: 'cpu',
      description: 'JavaScript on one CPU core, float64',
      isFallback: false,
    },
    open: async (shape, progress) => {
      const problems = modelProblems(shape.model);
      if (problems.length > 0) throw new EngineError('limits', problems.join(' '));
      const lockstep: Lockstep = new ReferenceLockstep(shape, () => opened.delete(lockstep));
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

interface MutableRunState {
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  step: number;
}

class ReferenceLockstep implements Lockstep {
  readonly shape: LockstepShape;
  readonly kernels = null;
  /** The states; what a pass needs besides is allocated anew each time. */
  readonly bytes: number;
  private readonly states: MutableRunState[];
  /** End of the queue: calls take effect in the order they were made, as on a GPU. */
  private tail: Promise<unknown> = Promise.resolve();
  private lastBreath = performance.now();
  private destroyed = false;
  private readonly forget: () => void;

  /** @param forget called when it is destroyed */
  constructor(shape: LockstepShape, forget: () => void) {
    this.shape = shape;
    this.forget = forget;
    const P = parameterCount(shape.model);
    this.states = Array.from({ length: shape.runs }, () => ({
      parameters: new Float32Array(P),
      firstMoment: new Float32Array(P),
      secondMoment: new Float32Array(P),
      step: 0,
    }));
    this.bytes = shape.runs * 3 * P * Float32Array.BYTES_PER_ELEMENT;
  }

  write(run: number, state: RunState): void {
    const target = this.state(run);
    const { parameters, firstMoment, secondMoment } = target;
    for (const values of [state.parameters, state.firstMoment, state.secondMoment]) {
      if (values.length !== parameters.length) {
        throw new RangeError(`A state of this model has ${parameters.length} numbers a tensor, not ${values.length}.`);
      }
    }
    const copy = copyState(state);
    const written = this.enqueue(async () => {
      parameters.set(copy.parameters);
      firstMoment.set(copy.firstMoment);
      secondMoment.set(copy.secondMoment);
      target.step = copy.step;
    });
    // It can only fail because the engine was closed, and then every later call says so.
    written.catch(() => {});
  }

  read(run: number): Promise<RunState> {
    const state = this.state(run);
    return this.enqueue(async () => copyState(state));
  }

  train(steps: readonly StepInput[]): Promise<StepOutput[]> {
    // Copies, as on a GPU: the caller may fill its arrays anew at once.
    const copies = steps.map(({ windows, learningRates }) => ({
      windows: windows.slice(),
      learningRates: learningRates.slice(),
    }));
    return this.enqueue(async () => {
      const outputs: StepOutput[] = [];
      for (const step of copies) outputs.push(await this.step(step));
      return outputs;
    });
  }

  evaluate(windows: Uint8Array): Promise<Float64Array> {
    const { model, batch, runs } = this.shape;
    const length = model.context + 1;
    const n = windows.length / length;
    const copy = windows.slice();
    return this.enqueue(async () => {
      const losses = new Float64Array(runs * n);
      for (const [run, { parameters }] of this.states.entries()) {
        for (let begin = 0; begin < n; begin += batch) {
          await this.breathe();
          const some = copy.subarray(begin * length, Math.min(n, begin + batch) * length);
          losses.set(forwardLosses(model, parameters, some, blockedProducts), run * n + begin);
        }
      }
      return losses;
    });
  }

  logits(run: number, windows: Uint8Array, position: readonly number[]): Promise<Float32Array> {
    const { model } = this.shape;
    const { vocabulary: V, context: T } = model;
    const { parameters } = this.state(run);
    const copy = windows.slice();
    return this.enqueue(async () => {
      const all = forwardLogits(model, parameters, copy, blockedProducts);
      const rows = new Float32Array(position.length * V);
      for (const [i, t] of position.entries()) rows.set(all.subarray((i * T + t) * V, (i * T + t + 1) * V), i * V);
      return rows;
    });
  }

  destroy(): void {
    this.destroyed = true;
    this.forget();
  }

  /** One step of all runs. A run whose loss or gradient is not a number keeps its state. */
  private async step({ windows, learningRates }: StepInput): Promise<StepOutput> {
    const { model, batch, optimizer, runs } = this.shape;
    const { decayed, size } = parameterLayout(model);
    const length = batch * (model.context + 1);
    if (windows.length !== runs * length) {
      throw new RangeError(`A step of this shape reads ${runs * length} tokens, not ${windows.length}.`);
    }
    const losses = new Float64Array(runs);
    const gradientNorms = new Float64Array(runs);
    for (const [run, state] of this.states.entries()) {
      await this.breathe();
      const own = windows.subarray(run * length, (run + 1) * length);
      const { loss, gradients } = forwardBackward(model, state.parameters, own, blockedProducts);
      const norm = globalNorm(gradients);
      losses[run] = loss;
      gradientNorms[run] = norm;
      if (!Number.isFinite(loss) || !Number.isFinite(norm)) continue;
      state.step += 1;
      const learningRate = learningRates[run]!;
      const common = { optimizer, learningRate, t: state.step, scale: clipScale(norm, optimizer.clip) };
      const { parameters, firstMoment, secondMoment } = state;
      adamwUpdate(parameters, gradients, firstMoment, secondMoment, 0, decayed, { ...common, decay: true });
      adamwUpdate(parameters, gradients, firstMoment, secondMoment, decayed, size, { ...common, decay: false });
    }
    return { losses, gradientNorms };
  }

  private state(run: number): MutableRunState {
    const state = this.states[run];
    if (state === undefined) throw new RangeError(`There is no run ${run} among ${this.shape.runs}.`);
    return state;
  }

  private enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.tail.then(() => {
      if (this.destroyed) throw new EngineError('device-lost', 'This engine has been closed.');
      return work();
    });
    this.tail = result.catch(() => {});
    return result;
  }

  /** Lets waiting messages in when it has been a while; ends the work when the engine was closed meanwhile. */
  private async breathe(): Promise<void> {
    if (performance.now() - this.lastBreath >= breathMs) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.lastBreath = performance.now();
    }
    if (this.destroyed) throw new EngineError('device-lost', 'This engine has been closed.');
  }
}

function copyState(state: RunState): RunState {
  return {
    parameters: state.parameters.slice(),
    firstMoment: state.firstMoment.slice(),
    secondMoment: state.secondMoment.slice(),
    step: state.step,
  };
}
