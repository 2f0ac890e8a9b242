// The reference engine: it learns, its state is complete, and its runs do not know of each other.

import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Lockstep, RunState, StepInput } from '../../src/engine/engine';
import { EngineError } from '../../src/engine/engine';
import { type ModelShape, parameterLayout } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { forwardLogits, forwardLosses } from '../../src/engine/reference/model';
import { parameterViews } from '../../src/engine/reference/parameters';
import { spread } from './differences';

const model: ModelShape = { vocabulary: 32, context: 8, width: 16, layers: 2, heads: 2, rotaryFraction: 1 };
const { context: T, vocabulary: V } = model;
const batch = 3;
const layout = parameterLayout(model);
const P = layout.size;
const engine = createReferenceEngine();
const open = (runs: number): Promise<Lockstep> => engine.open({ model, runs, batch, optimizer: paperAdamW });
afterAll(() => engine.destroy());

/** A fresh run: small random matrices, LayerNorm weights 1, everything else 0. */
function freshState(seed: number): RunState {
  const parameters = new Float32Array(P);
  parameters.set(spread(layout.decayed, seed).map((value) => 0.3 * value));
  for (const { initializer, offset, shape } of layout.tensors) {
    if (initializer === 'one') parameters.fill(1, offset, offset + shape[0]!);
  }
  return { parameters, firstMoment: new Float32Array(P), secondMoment: new Float32Array(P), step: 0 };
}

/** (runs, B, T+1) tokens, others for each run and step unless `step` is the same. */
function stepInput(seeds: readonly number[], step: number): StepInput {
  const windows = seeds.flatMap((seed) => {
    return Array.from(spread(batch * (T + 1), 1000 * seed + step), (value) => Math.floor(((value + 1) / 2) * V));
  });
  const learningRates = Float64Array.from(seeds, (seed) => 0.003 + 0.001 * seed + 0.0001 * step);
  return { windows: Uint8Array.from(windows), learningRates };
}

const stepInputs = (seeds: readonly number[], from: number, to: number): StepInput[] =>
  Array.from({ length: to - from }, (_, i) => stepInput(seeds, from + i));

test('it learns one batch by heart', async () => {
  const lockstep = await open(1);
  lockstep.write(0, freshState(1));
  const { windows } = stepInput([1], 0);
  const step = { windows, learningRates: Float64Array.of(0.01) };
  const outputs = await lockstep.train(Array.from({ length: 200 }, () => step));
  expect(Math.abs(outputs[0]!.losses[0]! - Math.log(V))).toBeLessThan(0.5);
  expect(outputs.at(-1)!.losses[0]).toBeLessThan(0.05);
});

test('10 steps, read, write and 10 steps more equal 20 steps, bit for bit', async () => {
  const [straight, before, after] = [await open(1), await open(1), await open(1)];
  straight.write(0, freshState(2));
  before.write(0, freshState(2));
  const whole = await straight.train(stepInputs([2], 0, 20));
  const head = await before.train(stepInputs([2], 0, 10));
  const middle = await before.read(0);
  expect(middle.step).toBe(10);
  after.write(0, middle);
  const tail = await after.train(stepInputs([2], 10, 20));
  expect([...head, ...tail]).toEqual(whole);
  expect(await after.read(0)).toEqual(await straight.read(0));
});

test('three runs in lockstep equal three runs alone, bit for bit', async () => {
  const together = await open(3);
  const seeds = [1, 2, 3];
  for (const seed of seeds) together.write(seed - 1, freshState(seed));
  const outputs = await together.train(stepInputs(seeds, 0, 6));
  const evaluation = stepInput([9], 0).windows;
  const losses = await together.evaluate(evaluation);
  for (const [run, seed] of seeds.entries()) {
    const alone = await open(1);
    alone.write(0, freshState(seed));
    const own = await alone.train(stepInputs([seed], 0, 6));
    expect(outputs.map((output) => output.losses[run])).toEqual(own.map((output) => output.losses[0]));
    expect(outputs.map((output) => output.gradientNorms[run])).toEqual(own.map((output) => output.gradientNorms[0]));
    expect(await together.read(run)).toEqual(await alone.read(0));
    expect(losses.subarray(run * batch, (run + 1) * batch)).toEqual(await alone.evaluate(evaluation));
  }
});

describe('a run that is not a number', () => {
  const broken = (place: number): RunState => {
    const state = freshState(2);
    state.parameters[place] = Number.NaN;
    return state;
  };

  test('reports it, keeps its state, and leaves the others alone', async () => {
    const [lockstep, alone] = [await open(2), await open(1)];
    const state = broken(layout.size - 1);
    lockstep.write(0, freshState(1));
    lockstep.write(1, state);
    alone.write(0, freshState(1));
    const outputs = await lockstep.train(stepInputs([1, 2], 0, 2));
    const own = await alone.train(stepInputs([1], 0, 2));
    for (const [i, { losses, gradientNorms }] of outputs.entries()) {
      expect([losses[0], gradientNorms[0]]).toEqual([own[i]!.losses[0], own[i]!.gradientNorms[0]]);
      expect(losses[1]).toBeNaN();
      expect(gradientNorms[1]).toBeNaN();
    }
    expect(await lockstep.read(1)).toEqual(state);
    expect(await lockstep.read(0)).toEqual(await alone.read(0));
  });

  test('keeps its state too when the loss is finite but the gradient norm is not', async () => {
    // LN1 of the last block is silenced, so the huge value and output matrices behind it do not reach the loss; its
    // own gradient is the product of four numbers near 1e38, whose square is beyond float64.
    const state = freshState(1);
    const parameters = Float64Array.from(state.parameters);
    const { blocks, embedOut, finalWeight } = parameterViews(model, parameters);
    const { ln1Weight, value, outWeight } = blocks[1]!;
    ln1Weight.fill(0);
    finalWeight.fill(3e38);
    const huge = (i: number) => 3e38 * Math.sign(Math.sin(i));
    for (const i of embedOut.keys()) embedOut[i] = huge(i);
    for (const i of value.weight.keys()) value.weight[i] = huge(i);
    for (const i of outWeight.keys()) if (i % (5 * model.width) < model.width) outWeight[i] = huge(i);
    state.parameters.set(parameters);
    const lockstep = await open(1);
    lockstep.write(0, state);
    const [output] = await lockstep.train(stepInputs([1], 0, 1));
    expect(output!.losses[0]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(output!.gradientNorms[0]).not.toBeLessThan(Number.POSITIVE_INFINITY);
    expect(await lockstep.read(0)).toEqual(state);
  });
});

test('evaluation and logits are those of the model, for any number of windows', async () => {
  const lockstep = await open(2);
  const states = [freshState(4), freshState(5)];
  for (const [run, state] of states.entries()) lockstep.write(run, state);
  const windows = Uint8Array.from([...stepInput([1, 2, 3], 0).windows].slice(0, 7 * (T + 1)));
  const losses = await lockstep.evaluate(windows);
  expect(losses).toEqual(
    Float64Array.from(states.flatMap(({ parameters }) => [...forwardLosses(model, parameters, windows)])),
  );

  const tokens = windows.subarray(0, 2 * T);
  const logits = await lockstep.logits(1, tokens, [T - 1, 2]);
  const all = forwardLogits(model, states[1]!.parameters, tokens);
  const rows = [...all.subarray((T - 1) * V, T * V), ...all.subarray((T + 2) * V, (T + 3) * V)];
  expect(logits).toEqual(Float32Array.from(rows));
});

test('calls take effect in the order they were made', async () => {
  const lockstep = await open(1);
  lockstep.write(0, freshState(1));
  const training = lockstep.train(stepInputs([1], 0, 2));
  const read = lockstep.read(0);
  const replacement = freshState(7);
  lockstep.write(0, replacement);
  replacement.parameters.fill(0);
  const last = lockstep.read(0);
  expect((await training).length).toBe(2);
  expect((await read).step).toBe(2);
  expect(await last).toEqual(freshState(7));
});

test('the event loop gets its turn while it trains', async () => {
  const lockstep = await open(1);
  lockstep.write(0, freshState(1));
  let training = true;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const done = lockstep.train(stepInputs([1], 0, 200)).then(() => {
    training = false;
  });
  // A message sent at the start arrives long before 200 steps are done.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(training).toBe(true);
  await done;
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

describe('what cannot be done', () => {
  test('a shape it cannot train', async () => {
    const wrong = { ...model, width: 18 };
    const opening = engine.open({ model: wrong, runs: 1, batch, optimizer: paperAdamW });
    await expect(opening).rejects.toThrow('width must be a multiple of 4, not 18.');
    await expect(opening).rejects.toMatchObject({ fault: 'limits' });
  });

  test('a run that is not there, and a state of another model', async () => {
    const lockstep = await open(1);
    expect(() => lockstep.read(1)).toThrow('There is no run 1');
    expect(() => lockstep.write(0, { ...freshState(1), firstMoment: new Float32Array(3) })).toThrow(`${P} numbers`);
    await expect(lockstep.train(stepInputs([1, 2], 0, 1))).rejects.toThrow('reads 27 tokens, not 54');
  });

  test('twice: what was destroyed is let go of', async () => {
    const own = createReferenceEngine();
    const lockstep = await own.open({ model, runs: 1, batch, optimizer: paperAdamW });
    lockstep.destroy();
    const destroyed = vi.spyOn(lockstep, 'destroy');
    own.destroy();
    expect(destroyed).not.toHaveBeenCalled();
  });

  test('anything after destroy, and training ends early', async () => {
    const own = createReferenceEngine();
    const lockstep = await own.open({ model, runs: 1, batch, optimizer: paperAdamW });
    lockstep.write(0, freshState(1));
    const training = lockstep.train(stepInputs([1], 0, 3));
    own.destroy();
    await expect(training).rejects.toBeInstanceOf(EngineError);
    lockstep.write(0, freshState(1));
    await expect(lockstep.read(0)).rejects.toBeInstanceOf(EngineError);
  });
});

test('it names itself and says what it holds', async () => {
  expect(engine.adapter).toMatchObject({ kind: 'reference', isFallback: false });
  expect((await open(3)).bytes).toBe(3 * 3 * P * 4);
});
