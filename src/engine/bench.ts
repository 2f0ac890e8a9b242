// What a training step costs on this adapter: the whole step, and each of its kernels alone. Times are medians of
// repeated samples with their spread; operations and bytes are counted from the dispatches, so they hold on any GPU.

import { allocate } from './allocate';
import type { Dispatch } from './dispatch';
import { EngineError, type LockstepShape, type StepInput } from './engine';
import { packRates, RATES } from './kernels/adamw';
import { batchLength, packBatch } from './kernels/embedding';
import { type LockstepHost, openLockstep } from './lockstep';
import { parameterLayout } from './model';
import { trainPass } from './passes';
import { type Captured, capture } from './pipeline';
import { readBack, submit } from './run';
import { type Sizes, sizesOf } from './sizes';

/** Median and extremes of repeated samples, milliseconds. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Cost {
  readonly dispatches: number;
  /** Floating-point operations, a multiply-add counting two. */
  readonly flops: number;
  /** Bytes read and written once each. */
  readonly bytes: number;
}

export interface KernelBench extends Cost {
  /** Kernel and entry point, summed over the layers: `in_proj.forward`. */
  readonly kernel: string;
  readonly time: Timing;
}

export interface StepBench extends Cost {
  readonly time: Timing;
  readonly tokensPerSecond: number;
  /** Bytes of device memory held by the lockstep. */
  readonly memory: number;
  readonly kernels: readonly KernelBench[];
}

const SAMPLES = 5;
/** A sample repeats the work until it takes about this long, so that the clock's grain does not matter. */
const SAMPLE_MS = 20;
const MOST_REPEATS = 64;

/** Times one training step of R runs, whole and kernel by kernel. */
export async function benchStep(host: LockstepHost, shape: LockstepShape): Promise<StepBench> {
  const sizes = sizesOf(shape);
  const dispatches = trainPass(sizes, parameterLayout(shape.model), shape.optimizer);
  const lockstep = await openLockstep(host, shape);
  const { parameters, windows } = content(sizes);
  const zero = new Float32Array(sizes.P);
  for (let r = 0; r < sizes.R; r++) lockstep.write(r, { parameters, firstMoment: zero, secondMoment: zero, step: 0 });
  const input: StepInput = { windows, learningRates: new Float64Array(sizes.R).fill(1e-4) };
  const time = await timed(host.clock, (count) => lockstep.train(new Array<StepInput>(count).fill(input)));
  const memory = lockstep.bytes;
  lockstep.destroy();
  const kernels = await benchKernels(host, shape, dispatches);
  const tokensPerSecond = (1000 * sizes.R * sizes.N) / time.median;
  return { ...costOf(dispatches), time, tokensPerSecond, memory, kernels };
}

async function benchKernels(
  host: LockstepHost,
  shape: LockstepShape,
  dispatches: readonly Dispatch[],
): Promise<KernelBench[]> {
  const { device, cache, watch, clock } = host;
  const sizes = sizesOf(shape);
  const buffers = await allocate(device, sizes);
  const { captured, uniforms } = await capture(device, cache, dispatches, buffers);
  const back = device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const stats = buffers.get('stats');
  if (!stats) throw new EngineError('shader', 'The step has no statistics to read back.');
  const after = [{ from: stats, fromOffset: 0, to: back, toOffset: 0, size: 16 }];
  const play = async (list: readonly Captured[]) => {
    submit(device, [{ before: [], dispatches: list, after }]);
    await readBack(watch, back, 4);
  };
  fill(device, sizes, shape, buffers);
  // One whole step, so that every kernel finds the numbers of a real one.
  await play(captured);
  const kernels = new Map<string, Captured[]>();
  for (const one of captured) {
    const name = `${one.dispatch.shader}.${one.dispatch.entry}`;
    kernels.set(name, [...(kernels.get(name) ?? []), one]);
  }
  const results: KernelBench[] = [];
  for (const [kernel, list] of kernels) {
    const time = await timed(clock, (count) => play(new Array<readonly Captured[]>(count).fill(list).flat()));
    results.push({ kernel, time, ...costOf(list.map(({ dispatch }) => dispatch)) });
  }
  for (const buffer of [...buffers.values(), uniforms, back]) buffer.destroy();
  return results;
}

function costOf(dispatches: readonly Dispatch[]): Cost {
  const sum = (of: (dispatch: Dispatch) => number) => dispatches.reduce((total, dispatch) => total + of(dispatch), 0);
  return { dispatches: dispatches.length, flops: sum(({ flops }) => flops), bytes: sum(({ bytes }) => bytes) };
}

/** Milliseconds of one unit of `work`, which is given how many units to do at once. */
async function timed(clock: () => number, work: (count: number) => Promise<unknown>): Promise<Timing> {
  const measure = async (count: number) => {
    const begin = clock();
    await work(count);
    return (clock() - begin) / count;
  };
  await measure(1);
  const once = await measure(1);
  const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(SAMPLE_MS / once)));
  const samples: number[] = [];
  for (let i = 0; i < SAMPLES; i++) samples.push(await measure(repeats));
  samples.sort((a, b) => a - b);
  const [least = 0, , median = 0, , most = 0] = samples;
  return { median, least, most };
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
