// The model in WebAssembly SIMD, float32, on one processor core. WebAssembly's arithmetic is exact by specification, sums
// have a fixed order and exponentials are our own: the same states, windows and rates give the same bits on every machine.
// An instance of the kernels serves a lockstep: its states and one set of activations, allocated when it is opened.

import { type Engine, EngineError, type LockstepShape, type RunState } from '../engine';
import { type Breathe, type Calculator, type StepResult, sequentialEngine } from '../sequential';
import { power } from './exact';
import { type AdamwFactors, instantiateKernels, type Kernels } from './kernels';
import { Model } from './model';
import { type Places, placesOf, sizesOf } from './places';

/** Where nothing of the kernels themselves lies; they have no data of their own. */
const BASE = 1024;
const PAGE = 65_536;

export function createSimdEngine(): Engine {
  return sequentialEngine(
    {
      kind: 'simd',
      vendor: '',
      architecture: 'cpu',
      description: 'WebAssembly SIMD on one processor core',
      isFallback: false,
    },
    async (shape) => new SimdCalculator(shape, await prepareModel(shape)),
  );
}

/** What a lockstep has for itself. */
export interface Prepared {
  readonly kernels: Kernels;
  readonly places: Places;
  readonly model: Model;
}

/** An instance with memory for all that the shape will ever need. */
export async function prepareModel(shape: LockstepShape): Promise<Prepared> {
  const kernels = await instantiateKernels();
  const { T, D } = sizesOf(shape);
  const places = placesOf(shape, BASE, kernels.attentionScratch(T, D));
  const held = kernels.memory.buffer.byteLength;
  try {
    kernels.memory.grow(Math.max(0, Math.ceil((places.end - held) / PAGE)));
  } catch {
    const megabytes = Math.ceil(places.end / 1e6).toLocaleString('en');
    throw new EngineError(
      'out-of-memory',
      `This model with its runs needs ${megabytes} MB of memory, which could not be had. Train fewer runs together, or a smaller size.`,
    );
  }
  return { kernels, places, model: new Model(kernels, places, shape) };
}

class SimdCalculator implements Calculator {
  readonly bytes: number;
  private readonly shape: LockstepShape;
  private readonly kernels: Kernels;
  private readonly places: Places;
  private readonly model: Model;
  private readonly memory: Float32Array;
  private readonly tokens: Uint8Array;
  private readonly targets: Uint8Array;
  /** Steps of each run since its moments were zero. */
  private readonly steps: number[];

  constructor(shape: LockstepShape, { kernels, places, model }: Prepared) {
    this.shape = shape;
    this.kernels = kernels;
    this.places = places;
    this.model = model;
    const { buffer } = kernels.memory;
    const { B, T } = places.sizes;
    this.bytes = buffer.byteLength;
    this.memory = new Float32Array(buffer);
    this.tokens = new Uint8Array(buffer, places.tokens, B * T);
    this.targets = new Uint8Array(buffer, places.targets, B * T);
    this.steps = new Array<number>(shape.runs).fill(0);
  }

  write(run: number, { parameters, firstMoment, secondMoment, step }: RunState): void {
    const own = this.places.runs[run]!;
    this.memory.set(parameters, own.parameters / 4);
    this.memory.set(firstMoment, own.first / 4);
    this.memory.set(secondMoment, own.second / 4);
    this.steps[run] = step;
  }

  read(run: number): RunState {
    const own = this.places.runs[run]!;
    const copy = (at: number) => this.memory.slice(at / 4, at / 4 + this.places.sizes.P);
    return {
      parameters: copy(own.parameters),
      firstMoment: copy(own.first),
      secondMoment: copy(own.second),
      step: this.steps[run]!,
    };
  }

  async train(run: number, windows: Uint8Array, learningRate: number, breathe: Breathe): Promise<StepResult> {
    this.load(windows, 1);
    const { B, P } = this.places.sizes;
    this.model.pack(run, true);
    await this.model.forward(run, B, breathe);
    const loss = await this.model.backward(run, breathe);
    const norm = Math.sqrt(this.kernels.squares(this.places.gradient, P));
    if (Number.isFinite(loss) && Number.isFinite(norm)) this.update(run, learningRate, norm);
    return { loss, norm };
  }

  async losses(run: number, windows: Uint8Array, breathe: Breathe): Promise<Float64Array> {
    const { T, V } = this.places.sizes;
    const n = this.load(windows, 1);
    this.model.pack(run, false);
    await this.model.forward(run, n, breathe);
    const { logits, targets } = this.places;
    return Float64Array.from({ length: n }, (_, b) => {
      return this.kernels.crossEntropy(logits + 4 * b * T * V, targets + b * T, T, V, 0) / T;
    });
  }

  async logits(run: number, windows: Uint8Array, position: readonly number[], breathe: Breathe) {
    const { T, V } = this.places.sizes;
    const n = this.load(windows, 0);
    this.model.pack(run, false);
    await this.model.forward(run, n, breathe);
    const rows = new Float32Array(position.length * V);
    for (const [i, t] of position.entries()) {
      const at = this.places.logits / 4 + (i * T + t) * V;
      rows.set(this.memory.subarray(at, at + V), i * V);
    }
    return rows;
  }

  /** Tokens of (n, T + more) windows, and targets where there is one more; returns n. */
  private load(windows: Uint8Array, more: 0 | 1): number {
    const { T } = this.places.sizes;
    const n = windows.length / (T + more);
    for (let b = 0; b < n; b++) {
      const own = windows.subarray(b * (T + more), (b + 1) * (T + more));
      this.tokens.set(own.subarray(0, T), b * T);
      if (more) this.targets.set(own.subarray(1), b * T);
    }
    return n;
  }

  /** AdamW, ../optimizer.ts; the factors in float64, rounded once. */
  private update(run: number, rate: number, norm: number): void {
    const { beta1, beta2, epsilon, weightDecay, clip } = this.shape.optimizer;
    const { layout, runs, gradient } = this.places;
    const { parameters, first, second } = runs[run]!;
    const t = this.steps[run]! + 1;
    this.steps[run] = t;
    const correction = 1 - power(beta2, t);
    const step = rate / (1 - power(beta1, t));
    const scale = Math.min(1, clip / (norm + 1e-6));
    const some = (from: number, to: number, decay: number) => {
      const factors: AdamwFactors = [scale, beta1, 1 - beta1, beta2, 1 - beta2, correction, epsilon, step, decay];
      const at = 4 * from;
      this.kernels.adamw(parameters + at, gradient + at, first + at, second + at, to - from, ...factors);
    };
    some(0, layout.decayed, rate * weightDecay);
    some(layout.decayed, layout.size, 0);
  }
}
