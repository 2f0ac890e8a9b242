// Text from a model: reproducible, independent of company, and drawn in the proportions the model predicts.

import { describe, expect, test } from 'vitest';
import type { Lockstep } from '../../src/engine/engine';
import { initialState } from '../../src/train/initialize';
import { sampleText } from '../../src/train/sample';
import { lockstepShape, modelShape } from '../../src/train/shape';
import { threeArms, tiny, watchedEngine } from './fixtures';

const experiment = tiny(threeArms);
const bytes = (text: string) => new TextEncoder().encode(text);

async function model(runs = 1): Promise<Lockstep> {
  const lockstep = await watchedEngine().engine.open(lockstepShape(experiment, runs));
  for (let run = 0; run < runs; run++) lockstep.write(run, initialState(modelShape(experiment.model), run));
  return lockstep;
}

/** Predicts by `logit(previous byte, next byte)` alone. */
function bigram(lockstep: Lockstep, logit: (previous: number, next: number) => number): Lockstep {
  const { context, vocabulary } = lockstep.shape.model;
  return {
    ...lockstep,
    shape: lockstep.shape,
    logits: async (_, windows, position) =>
      Float32Array.from({ length: position.length * vocabulary }, (__, i) => {
        const row = Math.floor(i / vocabulary);
        return logit(windows[row * context + (position[row] ?? 0)] ?? 0, i % vocabulary);
      }),
  };
}

describe('with a real model', () => {
  test('the same seed gives the same text; another seed, run or prompt another', async () => {
    const lockstep = await model(2);
    const options = { seed: 1, temperature: 1 };
    const prompts = [bytes('ab'), bytes('abcdefghijkl'), new Uint8Array(0)];
    const first = await sampleText(lockstep, 0, prompts, 20, options);
    expect(first.map(({ length }) => length)).toEqual([20, 20, 20]);
    expect(await sampleText(lockstep, 0, prompts, 20, options)).toEqual(first);
    expect(await sampleText(lockstep, 0, prompts, 20, { ...options, seed: 2 })).not.toEqual(first);
    expect(await sampleText(lockstep, 1, prompts, 20, options)).not.toEqual(first);
  });

  test('a text does not depend on the prompts beside it, not even beyond the batch', async () => {
    const lockstep = await model();
    const prompts = ['one', 'two', 'three', 'four', 'five', 'six'].map(bytes);
    const options = { seed: 3, temperature: 1 };
    const all = await sampleText(lockstep, 0, prompts, 6, options);
    expect(all).toHaveLength(6);
    expect(await sampleText(lockstep, 0, prompts.slice(0, 2), 6, options)).toEqual(all.slice(0, 2));
  });

  test('temperature 0 takes the likeliest byte', async () => {
    const lockstep = await model();
    const [text] = await sampleText(lockstep, 0, [bytes('abc')], 1, { seed: 1, temperature: 0 });
    const window = new Uint8Array(8);
    window.set(bytes('abc'));
    const logits = await lockstep.logits(0, window, [2]);
    expect(text?.[0]).toBe(logits.indexOf(Math.max(...logits)));
  });
});

describe('with known predictions', () => {
  test('follows them beyond the context', async () => {
    const counting = bigram(await model(), (previous, next) => (next === (previous + 1) % 256 ? 50 : 0));
    const [text] = await sampleText(counting, 0, [Uint8Array.of(250)], 20, { seed: 1, temperature: 1 });
    expect([...(text ?? [])]).toEqual(Array.from({ length: 20 }, (_, i) => (251 + i) % 256));
  });

  test.each([
    [1, 0.75],
    // Halving the temperature squares the odds: 3:1 becomes 9:1.
    [0.5, 0.9],
  ])('draws in proportion at temperature %f', async (temperature, expected) => {
    const coin = bigram(await model(), (_, next) => (next === 65 ? Math.log(3) : next === 66 ? 0 : -1000));
    const count = 4000;
    const [text] = await sampleText(coin, 0, [bytes('x')], count, { seed: 5, temperature });
    const share = (text ?? []).filter((byte) => byte === 65).length / count;
    // Five standard errors of a share.
    expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt((expected * (1 - expected)) / count));
    expect(text?.every((byte) => byte === 65 || byte === 66)).toBe(true);
  });
});
