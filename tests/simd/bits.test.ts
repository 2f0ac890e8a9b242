// The bits are the contract: what 200 steps of XS give is a constant, whatever computes it and however runs are grouped.

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RunState } from '../../src/engine/engine';
import { paperAdamW } from '../../src/engine/optimizer';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { createSimdEngine } from '../../src/engine/simd/engine';
import { scales } from '../../src/experiment/scales';
import { lockstepShape, lossesOf, oddModel, openRuns, randomWindows, stepInputs } from '../engine/engines';
import { expectWithin, noise } from '../kernels/play';
import { exampleOutcome, exampleSums } from './example';

const engine = createSimdEngine();

it.each([20, 200] as const)('%i steps of XS give the bits that they gave everywhere else', async (steps) => {
  const outcome = await exampleOutcome(steps);
  expect(createHash('sha256').update(outcome).digest('hex')).toBe(exampleSums[steps]);
});

it('stays close to the reference for 30 steps of XS', async () => {
  const { model: spec, batch } = scales.XS;
  const shape = lockstepShape({ ...spec, vocabulary: 256 }, 1, batch);
  const [own, twin] = [await openRuns(engine, shape, [3]), await openRuns(createReferenceEngine(), shape, [3])];
  const inputs = stepInputs(shape, [3], 0, 30);
  const expected = await lossesOf(twin, inputs);
  // As for WebGPU over ten steps (tests/engine/model.test.ts): Adam divides small numbers by small ones.
  expectWithin('losses', await lossesOf(own, inputs), expected, (i) => 1e-4 * expected[i]!);
  own.destroy();
  twin.destroy();
});

it('holds the memory that it stated over 500 steps', async () => {
  const shape = lockstepShape({ ...oddModel, width: 8 }, 2, 2);
  const lockstep = await openRuns(engine, shape, [1, 2]);
  const inputs = stepInputs(shape, [1, 2], 0, 10);
  const windows = randomWindows(shape.model, 5, 1);
  const grow = WebAssembly.Memory.prototype.grow;
  let grown = 0;
  WebAssembly.Memory.prototype.grow = function (pages) {
    grown++;
    return grow.call(this, pages);
  };
  for (let i = 0; i < 50; i++) {
    await lockstep.train(inputs);
    await lockstep.evaluate(windows);
  }
  WebAssembly.Memory.prototype.grow = grow;
  expect(grown).toBe(0);
  const floats = 2 * 3 * (await lockstep.read(0)).parameters.length;
  expect(lockstep.bytes % 65_536).toBe(0);
  expect(lockstep.bytes).toBeGreaterThan(4 * floats);
  lockstep.destroy();
});

it('says how much memory was missing', async () => {
  const huge = { ...lockstepShape({ ...oddModel, width: 1024, heads: 32 }, 40, 64), optimizer: paperAdamW };
  await expect(engine.open(huge)).rejects.toMatchObject({
    fault: 'out-of-memory',
    message: expect.stringMatching(/needs [\d,]+ MB of memory/),
  });
});

it('starts nothing on states of another run: a run that broke leaves no trace in the next', async () => {
  const shape = lockstepShape(oddModel, 1, 3);
  const [input] = stepInputs(shape, [1], 1, 2);
  const [fresh, used] = [await openRuns(engine, shape, [1]), await openRuns(engine, shape, [1])];
  const good = await used.read(0);
  const broken: RunState = { ...good, parameters: noise(good.parameters.length, 1).fill(Number.NaN) };
  used.write(0, broken);
  expect((await used.train([input!]))[0]!.losses[0]).toBeNaN();
  used.write(0, good);
  expect(await used.train([input!])).toEqual(await fresh.train([input!]));
  expect(await used.read(0)).toEqual(await fresh.read(0));
});
