// The estimate before a run: few steps, medians, no more than a person waits for; and the arithmetic from speed to
// seconds.

import { describe, expect, test } from 'vitest';
import type { Engine, Lockstep, LockstepShape } from '../../src/engine/engine';
import { plan } from '../../src/experiment/plan';
import { memoryCheckpoints } from '../../src/train/checkpoints';
import { train } from '../../src/train/loop';
import { estimateSeconds, largestGroups, measureSpeed, type Speed } from '../../src/train/measure';
import { arm, text, threeArms, tiny, watchedEngine } from './fixtures';

/** A clock on which the n-th piece of work took `seconds[n]`. */
function clockOf(seconds: readonly number[]) {
  let calls = 0;
  let now = 0;
  return () => {
    if (calls % 2 === 1) now += 1000 * (seconds[(calls - 1) / 2] ?? 0);
    calls++;
    return now;
  };
}

async function measured(...given: Parameters<typeof measureSpeed>): Promise<Speed> {
  const speed = await measureSpeed(...given);
  if (speed === null) throw new Error('It gave up though nobody was impatient.');
  return speed;
}

test.each([
  ['before it opens anything', 0, []],
  ['while it opens', 1, [2]],
])('a measurement that nobody waits for %s takes no step', async (_, patient, opened) => {
  const { engine, log } = watchedEngine();
  let asked = 0;
  const impatient = () => asked++ >= patient;
  expect(await measureSpeed(engine, tiny(threeArms), 2, undefined, impatient)).toBeNull();
  expect([log.opened, log.trained, log.alive]).toEqual([opened, [], 0]);
});

describe('measureSpeed', () => {
  const experiment = tiny(threeArms);

  test('takes the median of five steps after one that warms up, then one evaluation', async () => {
    const { engine, log } = watchedEngine();
    const speed = await measured(engine, experiment, 3, clockOf([0.9, 0.1, 0.5, 0.2, 0.1, 0.1, 0.64]));
    expect(speed.secondsPerStep).toBeCloseTo(0.1, 12);
    expect(speed.secondsPerEvaluationToken).toBeCloseTo(0.64 / (4 * 8), 12);
    expect(speed).toMatchObject({ runs: 3, serial: true });
    expect(log.opened).toEqual([3]);
    expect(log.chunks).toEqual([1, 1, 1, 1, 1, 1]);
    expect(log.alive).toBe(0);
  });

  test.each([
    ['steps of 0.6 s: two are enough', [0.6, 0.6, 0.6], 3, 0.6],
    ['a first step of two seconds is the measurement', [2], 1, 2],
  ])('%s', async (_, seconds, steps, expected) => {
    const { engine, log } = watchedEngine();
    const speed = await measured(engine, experiment, 1, clockOf(seconds));
    expect(log.chunks).toHaveLength(steps);
    expect(speed.secondsPerStep).toBeCloseTo(expected, 12);
  });

  test('frees the device when the device fails', async () => {
    const { engine, log } = watchedEngine({ lostAfter: 2 });
    await expect(measureSpeed(engine, experiment, 1)).rejects.toMatchObject({ fault: 'device-lost' });
    expect(log.alive).toBe(0);
  });

  test('with the real clock gives positive times', async () => {
    const speed = await measured(watchedEngine().engine, experiment, 2);
    expect(speed.secondsPerStep).toBeGreaterThan(0);
    expect(speed.secondsPerEvaluationToken).toBeGreaterThan(0);
  });
});

describe('estimateSeconds', () => {
  const experiment = tiny([arm('a'), arm('b', { steps: 12 })]);
  const planned = plan(experiment);

  test('serial: every run pays', () => {
    const speed = { runs: 2, secondsPerStep: 1, secondsPerEvaluationToken: 0.01, serial: true };
    expect(estimateSeconds(planned, () => speed)).toBeCloseTo((6 + 6 + 12) / 2 + planned.evaluationTokens * 0.005, 9);
  });

  test('parallel: every group pays', () => {
    const speed = { runs: 2, secondsPerStep: 1, secondsPerEvaluationToken: 0, serial: false };
    expect(estimateSeconds(planned, () => speed)).toBe(6 + 12);
    expect(estimateSeconds(planned, () => ({ ...speed, runs: 1 }))).toBe(6 + 12 * 2);
  });

  test('every shape at its own speed, and no group has two', () => {
    const deep = { ...arm('deep'), model: { width: 8, layers: 3, heads: 2, rotaryFraction: 1 } };
    const both = plan(tiny([arm('shallow'), deep], { seeds: [1, 2] }));
    const speed = { runs: 2, secondsPerStep: 1, secondsPerEvaluationToken: 0, serial: false };
    const seconds = estimateSeconds(both, ({ model }) => ({ ...speed, secondsPerStep: model.layers }));
    expect(seconds).toBe((1 + 3) * (6 + 6));
    expect(largestGroups(both).map(({ node, runs }) => [node.model.layers, runs])).toEqual([
      [1, 2],
      [3, 2],
    ]);
  });

  test.each([true, false])(
    'is what the training then takes, on a machine of constant speed (serial: %s)',
    async (serial) => {
      const { engine, clock } = constantSpeed(serial);
      const even = plan(tiny(threeArms, { seeds: [1, 2] }));
      const speed = { ...(await measured(engine, even.experiment, 6, clock)), serial };
      const begin = clock();
      const options = { version: 'test', checkpoints: memoryCheckpoints(), clock };
      for await (const event of train(even, engine, text, options)) void event;
      expect((clock() - begin) / 1000 / estimateSeconds(even, () => speed)).toBeCloseTo(1, 9);
    },
  );
});

/** Time passes only with work: 10 ms a step and 0.1 ms a token measured, for each run or for all of them. */
function constantSpeed(serial: boolean): { engine: Engine; clock: () => number } {
  const { engine } = watchedEngine();
  let now = 0;
  const open = async (shape: LockstepShape): Promise<Lockstep> => {
    const inner = await engine.open(shape);
    const paid = serial ? shape.runs : 1;
    return {
      ...inner,
      train: (steps) => {
        now += 10 * steps.length * paid;
        return inner.train(steps);
      },
      evaluate: (windows) => {
        now += (0.1 * paid * windows.length * shape.model.context) / (shape.model.context + 1);
        return inner.evaluate(windows);
      },
    };
  };
  return { engine: { ...engine, open }, clock: () => now };
}
