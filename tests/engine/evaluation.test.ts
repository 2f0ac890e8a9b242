// Evaluation takes as many sequences at once as the memory of training holds: how many is seen in no bit of a loss, and
// neither in what the device is asked for beyond its limits nor in bytes that were not stated.

import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Engine, LockstepShape } from '../../src/engine/engine';
import { type ProductForm, productForms, uniformForms } from '../../src/engine/forms/forms';
import { evaluationFactor, type Limits } from '../../src/engine/gpu/allocate';
import { memoryPlan, RING } from '../../src/engine/gpu/buffers';
import { openLockstep } from '../../src/engine/gpu/open_lockstep';
import { evaluationPass } from '../../src/engine/gpu/passes';
import { sizesOf } from '../../src/engine/gpu/sizes';
import { lockstepBytes } from '../../src/engine/memory';
import { paperAdamW } from '../../src/engine/optimizer';
import { forwardLosses } from '../../src/engine/reference/model';
import { openHost } from '../../src/engine/webgpu';
import { scales } from '../../src/experiment/scales';
import { initialState } from '../../src/train/initialize';
import { testGpu } from '../adapter';
import { EPS, expectWithin } from '../kernels/play';
import { lockstepShape, oddModel, openRuns, randomWindows, stepInputs, webGpuEngine } from './engines';
import { watchedDevice } from './gpu/watched';

/** One for all, which keeps the pipelines. */
const host = await openHost(testGpu(), { plain: true });

/** Locksteps on a stand-in for its device. */
function engineOn(device: GPUDevice): Pick<Engine, 'open'> {
  return { open: (shape) => openLockstep({ ...host, device }, shape) };
}

const model = { ...oddModel, width: 8, layers: 4 };
/** So many, and so narrow a model, that the widest buffer of two layers is the widest of all. */
const batch = 24;
const ample: Limits = {
  maxBufferSize: 2 ** 30,
  maxStorageBufferBindingSize: 2 ** 30,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** Bytes of the widest buffer of a layer: attention and MLP side by side. */
function mixBytes({ model: { context, width }, runs }: LockstepShape): number {
  return 4 * runs * batch * context * 5 * width;
}

/** Limits by the factor that they leave. */
const limitsFor: readonly (readonly [string, number, (shape: LockstepShape) => Limits])[] = [
  ['ample limits', 4, () => ample],
  ['parts of three layers', 3, (shape) => ({ ...ample, maxStorageBufferBindingSize: 3.5 * mixBytes(shape) })],
  ['parts of two layers', 2, (shape) => ({ ...ample, maxStorageBufferBindingSize: 2 * mixBytes(shape) })],
  ['parts of one layer', 1, (shape) => ({ ...ample, maxStorageBufferBindingSize: 1.9 * mixBytes(shape) })],
  ['buffers of three layers', 1, (shape) => ({ ...ample, maxBufferSize: 3.5 * mixBytes(shape) })],
  // Attention has a workgroup for each head of each sequence.
  ['few workgroups', 2, () => ({ ...ample, maxComputeWorkgroupsPerDimension: 2 * batch * model.heads })],
];

function factorOf(shape: LockstepShape, limits?: Limits): number {
  return evaluationFactor(sizesOf(shape), limits);
}

/** Losses of `counts` windows on a device of such limits, after three steps, and what was asked of it. */
async function measure(shape: LockstepShape, limits: Limits, counts: readonly number[]) {
  const seeds = Array.from({ length: shape.runs }, (_, r) => r + 1);
  const { device, made } = watchedDevice(host.device, limits);
  const lockstep = await openRuns(engineOn(device), shape, seeds);
  await lockstep.train(stepInputs(shape, seeds, 0, 3));
  const losses: Float64Array[] = [];
  for (const n of counts) losses.push(await lockstep.evaluate(randomWindows(model, n, n)));
  lockstep.destroy();
  return { losses, made, bytes: lockstep.bytes };
}

describe.each([1, 8])('R = %i', (runs) => {
  const shape = lockstepShape(model, runs, batch);
  const counts = [1, 24, 71, 96, 250];
  let expected: Float64Array[] = [];
  beforeAll(async () => {
    expected = (await measure(shape, { ...ample, maxComputeWorkgroupsPerDimension: 1 }, counts)).losses;
  });

  test.each(limitsFor)('%s: E = %i, within them, with the bits of E = 1', async (_, E, limitsOf) => {
    const limits = limitsOf(shape);
    expect(factorOf(shape, limits)).toBe(E);
    const { losses, made, bytes } = await measure(shape, limits, counts);
    expect(losses.map((some) => some.length)).toEqual(counts.map((n) => runs * n));
    expect(losses).toEqual(expected);
    expect(made.widest).toBeLessThanOrEqual(limits.maxStorageBufferBindingSize);
    expect(made.largest).toBeLessThanOrEqual(limits.maxBufferSize);
    expect(made.bytes).toBe(bytes);
    expect(lockstepBytes(shape, limits)).toBe(bytes);
  });
});

test('losses of full batches and of what is left are those of the twin', async () => {
  const lockstep = await openRuns(await webGpuEngine(), lockstepShape(model, 2, 3), [1, 2]);
  const windows = randomWindows(model, 29, 1);
  const expected = [1, 2].flatMap((seed) => [...forwardLosses(model, initialState(model, seed).parameters, windows)]);
  const actual = await lockstep.evaluate(windows);
  expectWithin('29 windows', actual, expected, 64 * EPS * Math.log(model.vocabulary));
  lockstep.destroy();
});

test.each(['subgroups/4 16x4', 'tiles 32x32'] as const)('%s has the same bits whatever E is', async (product) => {
  const attention = product.startsWith('subgroups') ? 'subgroups/4' : 'registers split';
  const shape = { ...lockstepShape({ ...model, layers: 3 }, 2, 5), kernels: uniformForms(product, attention) };
  const windows = randomWindows(model, 23, 2);
  const one = { ...ample, maxComputeWorkgroupsPerDimension: 1 };
  expect([factorOf(shape, ample), factorOf(shape, one)]).toEqual([3, 1]);
  const losses: Float64Array[] = [];
  for (const limits of [ample, one]) {
    const lockstep = await openRuns(engineOn(watchedDevice(host.device, limits).device), shape, [1, 2]);
    losses.push(await lockstep.evaluate(windows));
    lockstep.destroy();
  }
  expect(losses[0]).toEqual(losses[1]);
});

describe.each(Object.values(scales))('scale $name', (scale) => {
  const shapeOf = (runs: number): LockstepShape => ({
    ...{ model: { ...scale.model, vocabulary: 256 }, runs, batch: scale.batch, optimizer: paperAdamW },
  });

  it.each([1, 8])('holds hardly more for evaluation, R = %i', (runs) => {
    const total = (E: number) => [...memoryPlan(sizesOf(shapeOf(runs)), E).buffers.values()].reduce((a, b) => a + b, 0);
    const E = factorOf(shapeOf(runs));
    expect(E).toBe(Math.min(scale.model.layers, RING));
    console.log(`E = ${E}: ${total(E) / total(1)} times the memory of training`);
    expect(total(E)).toBeLessThanOrEqual(1.15 * total(1));
  });

  it.each(Object.keys(productForms) as ProductForm[])('plays part of a batch with its kernels, %s', (product) => {
    const shape = { ...shapeOf(2), kernels: uniformForms(product, 'registers') };
    const [part, whole] = [1, 3 * scale.batch].map((n) =>
      evaluationPass(sizesOf(shape), n).map(({ grid, flops, bytes, overrides, product: _, ...rest }) => ({
        ...rest,
        overrides: { ...overrides, N: 0 },
      })),
    );
    expect(part).toEqual(whole);
  });
});
