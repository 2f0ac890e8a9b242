// R runs on a WebGPU device: the captured step, its buffers, and the traffic in and out.

import type { Lockstep, LockstepShape, RunState, StepInput, StepOutput } from '../engine';
import type { KernelForms } from '../forms/forms';
import { IN_FLIGHT, RING, rotaryTable } from './buffers';
import { packRates, RATES } from './kernels/adamw';
import { batchLength, packBatch, packSame } from './kernels/embedding';
import { evaluationPass } from './passes';
import type { Captured, PipelineCache } from './pipeline';
import { type Copy, Pace, type Play, type Playable, readBack, submit } from './run';
import { type Sizes, withBatch } from './sizes';
import type { DeviceWatch } from './watch';

export interface LockstepHost {
  readonly device: GPUDevice;
  readonly cache: PipelineCache;
  readonly watch: DeviceWatch;
  /** Milliseconds, for pacing submissions only. */
  readonly clock: () => number;
  /** The forms of the kernels for a shape; depends on it alone, never on R. */
  choose(shape: LockstepShape): Promise<KernelForms>;
}

/** What is played, captured. */
export interface Passes {
  readonly fold: readonly Captured[];
  readonly forward: readonly Captured[];
  readonly train: readonly Captured[];
  readonly evaluation: readonly Captured[];
}

/** Buffers that are mapped to read back. */
export interface BackBuffers {
  /** Losses and norms, one for each submission on its way. */
  readonly stats: readonly GPUBuffer[];
  /** Anything else. */
  readonly wide: GPUBuffer;
}

/** All that a lockstep needs, made in advance. */
interface Opened {
  readonly sizes: Sizes;
  /** Evaluation takes E B sequences at once. */
  readonly E: number;
  readonly passes: Passes;
  readonly buffers: ReadonlyMap<string, GPUBuffer>;
  readonly back: BackBuffers;
  /** Every buffer that is the lockstep's own. */
  readonly held: readonly GPUBuffer[];
}

export class WebGpuLockstep implements Lockstep {
  readonly shape: LockstepShape;
  readonly kernels: KernelForms;
  readonly bytes: number;
  readonly #host: Pick<LockstepHost, 'device' | 'watch'>;
  readonly #sizes: Sizes;
  /** Those of a full batch of evaluation, E B sequences. */
  readonly #large: Sizes;
  readonly #passes: Passes;
  readonly #buffers: ReadonlyMap<string, GPUBuffer>;
  readonly #back: BackBuffers;
  readonly #held: readonly GPUBuffer[];
  readonly #pace: Pace;
  /** Optimizer steps taken by each run; while `train` runs, those submitted. */
  readonly #taken: Uint32Array;

  constructor(host: LockstepHost, shape: LockstepShape, { sizes, E, passes, buffers, back, held }: Opened) {
    this.#host = host;
    this.shape = shape;
    this.kernels = sizes.forms;
    this.#sizes = sizes;
    this.#large = withBatch(sizes, E * sizes.B);
    this.#passes = passes;
    this.#buffers = buffers;
    this.#back = back;
    this.#held = held;
    this.#pace = new Pace(RING, host.clock);
    this.#taken = new Uint32Array(sizes.R);
    this.bytes = held.reduce((sum, buffer) => sum + buffer.size, 0);
    this.#upload('rotary', 0, rotaryTable(shape.model));
  }

  #buffer(name: string): GPUBuffer {
    const buffer = this.#buffers.get(name);
    if (!buffer) throw new RangeError(`There is no buffer ${name}.`);
    return buffer;
  }

  #upload(name: string, word: number, data: Float32Array | Uint32Array): void {
    const { buffer, byteOffset, byteLength } = data;
    // Never shared memory: the page works without cross-origin isolation, where it does not exist.
    this.#host.device.queue.writeBuffer(this.#buffer(name), 4 * word, buffer as ArrayBuffer, byteOffset, byteLength);
  }

  /** Copy of `words` 4-byte words between named places. */
  #copy(from: string, fromWord: number, to: GPUBuffer, toWord: number, words: number): Copy {
    return { from: this.#buffer(from), fromOffset: 4 * fromWord, to, toOffset: 4 * toWord, size: 4 * words };
  }

  write(run: number, state: RunState): void {
    const { P } = this.#sizes;
    this.#upload('parameters', run * P, state.parameters);
    this.#upload('first_moment', run * P, state.firstMoment);
    this.#upload('second_moment', run * P, state.secondMoment);
    this.#taken[run] = state.step;
  }

  async read(run: number): Promise<RunState> {
    const { P } = this.#sizes;
    const copies = ['parameters', 'first_moment', 'second_moment'].map((name, i) =>
      this.#copy(name, run * P, this.#back.wide, i * P, P),
    );
    submit(this.#host.device, [{ before: copies, dispatches: [], after: [] }]);
    const all = await readBack(this.#host.watch, this.#back.wide, 3 * P);
    return {
      parameters: all.slice(0, P),
      firstMoment: all.slice(P, 2 * P),
      secondMoment: all.slice(2 * P),
      step: this.#taken[run] ?? 0,
    };
  }

  async train(steps: readonly StepInput[]): Promise<StepOutput[]> {
    const outputs: StepOutput[] = [];
    const waiting: Promise<StepOutput[]>[] = [];
    for (let next = 0, round = 0; next < steps.length; round++) {
      if (waiting.length === IN_FLIGHT) outputs.push(...(await (waiting.shift() as Promise<StepOutput[]>)));
      const some = steps.slice(next, next + this.#pace.steps);
      const back = this.#back.stats[round % IN_FLIGHT] as GPUBuffer;
      const result = this.#submitSteps(some, back);
      result.catch(() => {});
      waiting.push(result);
      next += some.length;
    }
    for (const result of waiting) outputs.push(...(await result));
    this.#giveBackRefused(outputs);
    return outputs;
  }

  /**
   * A step that a run refused was not taken. Only known when losses have come back: until the end of a call, steps behind a
   * refused one have the bias corrections of one step more, however they are spread over submissions.
   */
  #giveBackRefused(outputs: readonly StepOutput[]): void {
    for (const { losses, gradientNorms } of outputs) {
      for (let r = 0; r < losses.length; r++) {
        if (!Number.isFinite(losses[r]) || !Number.isFinite(gradientNorms[r])) this.#taken[r]! -= 1;
      }
    }
  }

  async #submitSteps(steps: readonly StepInput[], back: GPUBuffer): Promise<StepOutput[]> {
    const { R } = this.#sizes;
    this.#writeInputs(steps);
    const plays = steps.map((_, slot) => this.#trainPlay(slot));
    const words = steps.length * R * 4;
    plays.push({ before: [this.#copy('stats_ring', 0, back, 0, words)], dispatches: [], after: [] });
    submit(this.#host.device, plays);
    const arrived = this.#pace.submitted(steps.length);
    const stats = await readBack(this.#host.watch, back, words);
    arrived();
    return steps.map((_, slot) => ({
      losses: Float64Array.from({ length: R }, (_, r) => stats[(slot * R + r) * 4] as number),
      gradientNorms: Float64Array.from({ length: R }, (_, r) => stats[(slot * R + r) * 4 + 1] as number),
    }));
  }

  #trainPlay(slot: number): Play {
    const { R } = this.#sizes;
    const batch = R * batchLength(this.#sizes);
    return {
      before: [
        this.#copy('batch_ring', slot * batch, this.#buffer('batch'), 0, batch),
        this.#copy('rates_ring', slot * R * RATES, this.#buffer('rates'), 0, R * RATES),
      ],
      dispatches: this.#passes.train,
      after: [this.#copy('stats', 0, this.#buffer('stats_ring'), slot * R * 4, R * 4)],
    };
  }

  #writeInputs(steps: readonly StepInput[]): void {
    const { R, B, T } = this.#sizes;
    const length = batchLength(this.#sizes);
    const batches = new Uint32Array(steps.length * R * length);
    const rates = new Float32Array(steps.length * R * RATES);
    for (const [slot, { windows, learningRates }] of steps.entries()) {
      for (let r = 0; r < R; r++) {
        const taken = (this.#taken[r] ?? 0) + 1;
        this.#taken[r] = taken;
        packBatch(this.#sizes, windows, r * B * (T + 1), batches, (slot * R + r) * length);
        packRates(this.shape.optimizer, learningRates[r] ?? 0, taken, rates, (slot * R + r) * RATES);
      }
    }
    this.#upload('batch_ring', 0, batches);
    this.#upload('rates_ring', 0, rates);
  }

  async evaluate(windows: Uint8Array): Promise<Float64Array> {
    const { R, T } = this.#sizes;
    const large = this.#large;
    const n = windows.length / (T + 1);
    const losses = new Float64Array(R * n);
    submit(this.#host.device, [{ before: [], dispatches: this.#passes.fold, after: [] }]);
    for (let first = 0; first < n; ) {
      const count = Math.min(n - first, this.#sequencesAtOnce());
      const rows = await this.#rowLosses(windows.subarray(first * (T + 1), (first + count) * (T + 1)));
      for (let r = 0; r < R; r++) {
        for (let i = 0; i < count; i++) {
          const at = (Math.floor(i / large.B) * R + r) * large.N + (i % large.B) * T;
          let sum = 0;
          for (let t = at; t < at + T; t++) sum += rows[t] as number;
          losses[r * n + first + i] = sum / T;
        }
      }
      first += count;
    }
    return losses;
  }

  /** Sequences of a submission: four forward passes take a little longer than a step. Full batches, if not less than one. */
  #sequencesAtOnce(): number {
    const sequences = this.#sizes.B * Math.min(RING, 4 * this.#pace.steps);
    return sequences - (sequences > this.#large.B ? sequences % this.#large.B : 0);
  }

  /** Row losses of `windows`, the same for every run, in batches (R, E N); rows behind the last window mean nothing. */
  async #rowLosses(windows: Uint8Array): Promise<Float32Array> {
    const { R, T, B, N } = this.#large;
    const length = R * batchLength(this.#large);
    const most = B * (T + 1);
    const count = Math.ceil(windows.length / most);
    const packed = new Uint32Array(count * length);
    const plays = Array.from({ length: count }, (_, i): Play => {
      const own = windows.subarray(i * most, (i + 1) * most);
      packSame(this.#large, own, packed, i * length);
      return {
        before: [this.#copy('batch_ring', i * length, this.#buffer('batch'), 0, length)],
        dispatches: this.#evaluationOf(own.length / (T + 1)),
        after: [this.#copy('row_loss', 0, this.#back.wide, i * R * N, R * N)],
      };
    });
    this.#upload('batch_ring', 0, packed);
    submit(this.#host.device, plays);
    return readBack(this.#host.watch, this.#back.wide, count * R * N);
  }

  /** Evaluation of the first n sequences of a batch: the same kernels with as many workgroups as these need. */
  #evaluationOf(n: number): readonly Playable[] {
    const whole = this.#passes.evaluation;
    if (n === this.#large.B) return whole;
    const part = evaluationPass(this.#sizes, n);
    return part.map((dispatch, i) => ({ ...(whole[i] as Captured), dispatch }));
  }

  async logits(run: number, windows: Uint8Array, position: readonly number[]): Promise<Float32Array> {
    const { R, B, T, V, N } = this.#sizes;
    const n = position.length;
    if (n > B || windows.length !== n * T) throw new RangeError(`logits takes at most ${B} sequences of ${T} tokens.`);
    const widened = new Uint8Array(n * (T + 1));
    for (let i = 0; i < n; i++) widened.set(windows.subarray(i * T, (i + 1) * T), i * (T + 1));
    const packed = new Uint32Array(R * batchLength(this.#sizes));
    packSame(this.#sizes, widened, packed, 0);
    this.#upload('batch', 0, packed);
    const after = position.map((t, i) => this.#copy('logits', (run * N + i * T + t) * V, this.#back.wide, i * V, V));
    submit(this.#host.device, [{ before: [], dispatches: [...this.#passes.fold, ...this.#passes.forward], after }]);
    return readBack(this.#host.watch, this.#back.wide, n * V);
  }

  destroy(): void {
    for (const buffer of this.#held) buffer.destroy();
  }
}
