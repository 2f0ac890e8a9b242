// Same seed, same device, same bits, on every engine: repeated, in lockstep, and across a checkpoint.

import { describe, expect, it } from 'vitest';
import { initialState } from '../../src/train/initialize';
import { shapes } from '../kernels/play';
import { bits, engines, lockstepShape, oddModel, openRuns, randomWindows, stepInputs } from './engines';

const STEPS = 8;

describe.each(engines)('$name', ({ engine }) => {
  describe.each([{ name: 'odd model', shape: lockstepShape(oddModel, 1, 5) }, ...shapes.slice(2, 3)])(
    '$name',
    ({ shape }) => {
      it('gives the same bits when a run is repeated', async () => {
        const results = [];
        for (let i = 0; i < 2; i++) {
          const lockstep = await openRuns(await engine(), shape, [1]);
          const outputs = await lockstep.train(stepInputs(shape, [1], 0, STEPS));
          results.push({ outputs, state: bits(await lockstep.read(0)) });
          lockstep.destroy();
        }
        expect(results[1]).toEqual(results[0]);
      });

      it('gives each of four runs in lockstep the bits it has alone', async () => {
        const seeds = [1, 2, 3, 4];
        const windows = randomWindows(shape.model, 6, 99);
        const group = await openRuns(await engine(), shape, seeds);
        const together = await group.train(stepInputs(shape, seeds, 0, STEPS));
        const evaluated = await group.evaluate(windows);
        for (const [r, seed] of seeds.entries()) {
          const single = await openRuns(await engine(), shape, [seed]);
          const alone = await single.train(stepInputs(shape, [seed], 0, STEPS));
          expect(together.map(({ losses }) => losses[r])).toEqual(alone.map(({ losses }) => losses[0]));
          expect(bits(await group.read(r))).toEqual(bits(await single.read(0)));
          expect(evaluated.subarray(6 * r, 6 * r + 6)).toEqual(await single.evaluate(windows));
          single.destroy();
        }
        group.destroy();
      });

      it('takes 20 steps, or 10, a checkpoint and 10 more, to the same bits', async () => {
        const through = await openRuns(await engine(), shape, [1]);
        const whole = await through.train(stepInputs(shape, [1], 0, 20));
        const first = await openRuns(await engine(), shape, [1]);
        const losses = await first.train(stepInputs(shape, [1], 0, 10));
        const checkpoint = structuredClone(await first.read(0));
        first.destroy();
        expect(checkpoint.step).toBe(10);
        // Another seed first: everything must come from the checkpoint.
        const second = await openRuns(await engine(), shape, [7]);
        second.write(0, checkpoint);
        losses.push(...(await second.train(stepInputs(shape, [1], 10, 20))));
        expect(losses).toEqual(whole);
        expect(bits(await second.read(0))).toEqual(bits(await through.read(0)));
        through.destroy();
        second.destroy();
      });
    },
  );

  it('does not depend on how many steps are asked for at a time', async () => {
    const shape = lockstepShape(oddModel, 1, 3);
    const atOnce = await openRuns(await engine(), shape, [5]);
    const oneByOne = await openRuns(await engine(), shape, [5]);
    const inputs = stepInputs(shape, [5], 0, 40);
    const expected = await atOnce.train(inputs);
    const actual = [];
    for (const input of inputs) actual.push(...(await oneByOne.train([input])));
    expect(actual).toEqual(expected);
    expect(initialState(oddModel, 5).parameters).not.toEqual((await atOnce.read(0)).parameters);
    atOnce.destroy();
    oneByOne.destroy();
  });
});
