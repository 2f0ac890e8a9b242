// What a training step costs on this adapter: the whole step, and each of its kernels alone. Times are medians of
// repeated samples with their spread; operations and bytes are counted from the dispatches, so they hold on any GPU.

import type { LockstepShape, StepInput } from '../engine';
import type { KernelForms } from '../forms/forms';
import { allocate } from '../gpu/allocate';
import type { Dispatch } from '../gpu/dispatch';
import { packRates, RATES } from '../gpu/kernels/adamw';
import { batchLength, packBatch } from '../gpu/kernels/embedding';
import type { LockstepHost } from '../gpu/lockstep';
import { openLockstep } from '../gpu/open_lockstep';
import { trainPass } from '../gpu/passes';
import { type Captured, capture } from '../gpu/pipeline';
import { type Sizes, sizesOf } from '../gpu/sizes';
import { type KernelTimer, samplesOf, type Timing, timingOf } from './time';

export interface Cost {
  readonly dispatches: number;
  /** Floating-point operations, a multiply-add counting two. */
  readonly flops: number;
  /** Bytes read and written once each. */
  readonly bytes: number;
}

export interface KernelBench extends Cost {
  /** Kernel and entry point, summed over the layers: `in_proj.forward`. Weight gradients go by their product. */
  readonly kernel: string;
  readonly time: Timing;
}

export interface StepBench extends Cost {
  readonly time: Timing;
  readonly tokensPerSecond: number;
  /** Bytes of device memory held by the lockstep. */
  readonly memory: number;
  /** Of `flops`, those of matrix products and attention, nothing counted twice because it is recomputed. */
  readonly usefulFlops: number;
  /** The form of each kernel that has several. */
  readonly chosen: KernelForms;
  readonly kernels: readonly KernelBench[];
}

/** Hears what is measured next; throws to end the measurement. */
export type BenchStep = (what: string) => void;

/** Times one training step of R runs, whole and kernel by kernel. */
export async function benchStep(
  host: LockstepHost,
  timer: KernelTimer,
  wanted: LockstepShape,
  step: BenchStep = () => {},
): Promise<StepBench> {
  const shape = { ...wanted, kernels: wanted.kernels ?? (await host.choose(wanted)) };
  const sizes = sizesOf(shape);
  const dispatches = trainPass(sizes, shape.optimizer);
  const { time, memory } = await withStep(host, shape, step, async (play, bytes) => ({
    time: timingOf(await samplesOf(play)),
    memory: bytes,
  }));
  const kernels = await benchKernels(host, timer, shape, step);
  const tokensPerSecond = (1000 * sizes.R * sizes.N) / time.median;
  const usefulFlops = usefulFlopsOf(dispatches);
  return { ...costOf(dispatches), time, tokensPerSecond, memory, usefulFlops, chosen: shape.kernels, kernels };
}

/** A whole step and one of its kernels as they were measured by turns. */
export interface BenchPair {
  readonly kernel: string;
  readonly step: Timing;
  readonly time: Timing;
}

const PAIRS = 7;
/** Steps of a sample: as in training, the next one is submitted while one is computed. */
const PAIR_STEPS = 4;

/**
 * Times whole steps and one of their kernels by turns, in samples of the same length: other work on the machine then meets
 * both alike, and their ratio holds where each alone does not.
 * @param shape with the kernels that are to run
 */
export async function benchPair(
  host: LockstepHost,
  timer: KernelTimer,
  shape: LockstepShape,
  kernel: string,
  step: BenchStep = () => {},
): Promise<BenchPair> {
  return withStep(host, shape, step, (play) =>
    withKernels(host, timer, shape, async (kernels) => {
      const list = kernels.get(kernel);
      if (!list) throw new RangeError(`A step has no kernel ${kernel}.`);
      const [once, alone] = [await play(1), await timer.play(list)];
      const count = Math.max(1, Math.round((PAIR_STEPS * once) / alone));
      const steps: number[] = [];
      const times: number[] = [];
      for (let i = 0; i < PAIRS; i++) {
        steps.push(await play(PAIR_STEPS));
        times.push(await timer.play(list, count));
      }
      return { kernel, step: timingOf(steps), time: timingOf(times) };
    }),
  );
}

/** Opens a lockstep for as long as `use` takes; `play` gives the milliseconds of one of so many steps. */
async function withStep<Result>(
  host: LockstepHost,
  shape: LockstepShape,
  step: BenchStep,
  use: (play: (count: number) => Promise<number>, bytes: number) => Promise<Result>,
): Promise<Result> {
  const sizes = sizesOf(shape);
  const lockstep = await openLockstep(host, shape);
  try {
    const { parameters, windows } = content(sizes);
    const zero = new Float32Array(sizes.P);
    for (let r = 0; r < sizes.R; r++) lockstep.write(r, { parameters, firstMoment: zero, secondMoment: zero, step: 0 });
    const input: StepInput = { windows, learningRates: new Float64Array(sizes.R).fill(1e-4) };
    const play = async (count: number) => {
      step('the whole step');
      const begin = host.clock();
      await lockstep.train(new Array<StepInput>(count).fill(input));
      return (host.clock() - begin) / count;
    };
    return await use(play, lockstep.bytes);
  } finally {
    lockstep.destroy();
  }
}

/** Gives `use` the dispatches of a step by kernel, on buffers of their own, which hold the numbers of a real step. */
async function withKernels<Result>(
  host: LockstepHost,
  timer: KernelTimer,
  shape: LockstepShape,
  use: (kernels: ReadonlyMap<string, readonly Captured[]>) => Promise<Result>,
): Promise<Result> {
  const { device, cache } = host;
  const sizes = sizesOf(shape);
  const { buffers, training } = await allocate(device, sizes, 1);
  const dispatches = trainPass(sizes, shape.optimizer);
  const held = [...buffers.values()];
  try {
    const { captured, uniforms } = await capture(device, cache, dispatches, training);
    held.push(uniforms);
    fill(device, sizes, shape, buffers);
    await timer.play(captured);
    const kernels = new Map<string, Captured[]>();
    for (const one of captured) {
      const name = kernelOf(one.dispatch);
      kernels.set(name, [...(kernels.get(name) ?? []), one]);
    }
    return await use(kernels);
  } finally {
    for (const buffer of held) buffer.destroy();
  }
}

async function benchKernels(
  host: LockstepHost,
  timer: KernelTimer,
  shape: LockstepShape,
  step: BenchStep,
): Promise<KernelBench[]> {
  return withKernels(host, timer, shape, async (kernels) => {
    const results: KernelBench[] = [];
    for (const [kernel, list] of kernels) {
      step(kernel);
      const time = await timer.time(list);
      results.push({ kernel, time, ...costOf(list.map(({ dispatch }) => dispatch)) });
    }
    return results;
  });
}

/** `in_proj.forward`; for weight gradients, which share a shader, `in_proj.weight_gradient.partial`. */
export function kernelOf({ shader, entry, label }: Pick<Dispatch, 'shader' | 'entry' | 'label'>): string {
  return shader === 'weight_gradient' ? label.replace(/^\d+\./, '') : `${shader}.${entry}`;
}

/**
 * Operations that training needs: products forward, to their inputs and to their weights, and six products an attention
 * (two forward, four backward). Attention's backward kernels compute probabilities again, which is not counted.
 */
function usefulFlopsOf(dispatches: readonly Dispatch[]): number {
  const parts = dispatches.map(({ shader, entry, flops, product }) => {
    if (shader === 'attention') return entry === 'forward' ? 3 * flops : 0;
    return product ? flops : 0;
  });
  return parts.reduce((sum, flops) => sum + flops, 0);
}

function costOf(dispatches: readonly Dispatch[]): Cost {
  const sum = (of: (dispatch: Dispatch) => number) => dispatches.reduce((total, dispatch) => total + of(dispatch), 0);
  return { dispatches: dispatches.length, flops: sum(({ flops }) => flops), bytes: sum(({ bytes }) => bytes) };
}

/** Small weights of both signs and tokens spread over the vocabulary: what matters to the time, not to the loss. */
function content({ P, V, R, B, T }: Sizes): { parameters: Float32Array; windows: Uint8Array } {
  const parameters = Float32Array.from({ length: P }, (_, i) => (((i * 37) % 101) - 50) / 500);
  const windows = Uint8Array.from({ length: R * B * (T + 1) }, (_, i) => (i * 131) % V);
  return { parameters, windows };
}

function fill(device: GPUDevice, sizes: Sizes, shape: LockstepShape, buffers: ReadonlyMap<string, GPUBuffer>): void {
  const { R, B, T, P } = sizes;
  const { parameters, windows } = content(sizes);
  const length = batchLength(sizes);
  const all = new Float32Array(R * P);
  const batch = new Uint32Array(R * length);
  const rates = new Float32Array(R * RATES);
  for (let r = 0; r < R; r++) {
    all.set(parameters, r * P);
    packBatch(sizes, windows, r * B * (T + 1), batch, r * length);
    packRates(shape.optimizer, 1e-4, 1, rates, r * RATES);
  }
  for (const [name, data] of [
    ['parameters', all],
    ['batch', batch],
    ['rates', rates],
  ] as const) {
    const buffer = buffers.get(name);
    if (buffer) device.queue.writeBuffer(buffer, 0, data);
  }
}
