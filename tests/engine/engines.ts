// What the engine tests share: one engine of each kind, small shapes, states and token windows from a seed.

import type { Engine, Lockstep, LockstepShape, RunState, StepInput } from '../../src/engine/engine';
import type { ModelShape } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { createSimdEngine } from '../../src/engine/simd/engine';
import { createWebGpuEngine } from '../../src/engine/webgpu';
import { initialState } from '../../src/train/initialize';
import { testGpu } from '../adapter';
import { noise } from '../kernels/play';

let engine: Promise<Engine> | undefined;

/** With the plain form of every kernel; forms.test.ts and tuner.test.ts are about the others. */
export function webGpuEngine(): Promise<Engine> {
  engine ??= createWebGpuEngine(testGpu(), { plain: true });
  return engine;
}

let simd: Engine | undefined;

async function simdEngine(): Promise<Engine> {
  simd ??= createSimdEngine();
  return simd;
}

/** The engines in float32, which are held to the same; that in float64 has its own tests (tests/reference). */
export const engines = [
  { name: 'WebGPU', engine: webGpuEngine },
  { name: 'SIMD', engine: simdEngine },
];

/** A shape that is a multiple of no tile. */
export const oddModel: ModelShape = {
  vocabulary: 24,
  context: 13,
  width: 24,
  layers: 2,
  heads: 2,
  rotaryFraction: 0.5,
};

export function lockstepShape(model: ModelShape, runs: number, batch: number): LockstepShape {
  return { model, runs, batch, optimizer: paperAdamW };
}

/** Random tokens (count, T+1) below V. */
export function randomWindows(model: ModelShape, count: number, seed: number): Uint8Array {
  const values = noise(count * (model.context + 1), seed);
  return Uint8Array.from(values, (v) => Math.min(model.vocabulary - 1, Math.floor(((v + 1) / 2) * model.vocabulary)));
}

/** The batch and learning rate that run `seed` sees at `step`: a short warmup to 1e-2, so that weights move visibly. */
function runStep(model: ModelShape, batch: number, seed: number, step: number) {
  return { windows: randomWindows(model, batch, 1000 * seed + step), learningRate: 1e-2 * Math.min(1, step / 3) };
}

/** Steps [from, to) of runs with the given seeds side by side. */
export function stepInputs(shape: LockstepShape, seeds: readonly number[], from: number, to: number): StepInput[] {
  return Array.from({ length: to - from }, (_, i) => {
    const runs = seeds.map((seed) => runStep(shape.model, shape.batch, seed, from + i));
    const windows = new Uint8Array(runs.flatMap((run) => [...run.windows]));
    return { windows, learningRates: Float64Array.from(runs, (run) => run.learningRate) };
  });
}

/** Opens a lockstep whose run r starts from the initial weights of seeds[r]. */
export async function openRuns(
  host: Pick<Engine, 'open'>,
  shape: LockstepShape,
  seeds: readonly number[],
): Promise<Lockstep> {
  const lockstep = await host.open({ ...shape, runs: seeds.length });
  for (const [r, seed] of seeds.entries()) lockstep.write(r, initialState(shape.model, seed));
  return lockstep;
}

/** Losses of run `r`, step by step. */
export async function lossesOf(lockstep: Lockstep, inputs: readonly StepInput[], r = 0): Promise<number[]> {
  return (await lockstep.train(inputs)).map((output) => output.losses[r] as number);
}

/** All bits of a state, for comparisons that allow no difference. */
export function bits(state: RunState): Uint32Array {
  const { parameters, firstMoment, secondMoment, step } = state;
  const words = [parameters, firstMoment, secondMoment].map((a) => new Uint32Array(a.buffer, a.byteOffset, a.length));
  return Uint32Array.from([...words.flatMap((w) => [...w]), step]);
}
