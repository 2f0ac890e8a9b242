// What is timed before a run: few steps in chunks as the trainer takes them, medians, no more than a person waits for.

import { describe, expect, test } from 'vitest';
import { measureSpeed, type Speed } from '../../src/train/measure';
import { threeArms, tiny, watchedEngine } from './fixtures';

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

const experiment = tiny(threeArms);
/** Four windows are a batch. */
const habit = { steps: 3, windows: 12 };

test.each([
  ['before it opens anything', 0, []],
  ['while it opens', 1, [2]],
])('a measurement that nobody waits for %s takes no step', async (_, patient, opened) => {
  const { engine, log } = watchedEngine();
  let asked = 0;
  const impatient = () => asked++ >= patient;
  expect(await measureSpeed(engine, experiment, 2, habit, undefined, impatient)).toBeNull();
  expect([log.opened, log.trained, log.alive]).toEqual([opened, [], 0]);
});

describe('measureSpeed', () => {
  test('takes the median of five chunks after a step that warms up, then one evaluation', async () => {
    const { engine, log } = watchedEngine();
    // Every run's state in and out, the warm-up, a chunk of one step and four of three, an evaluation of 12 windows of 8 tokens.
    const clock = clockOf([0.06, 0.9, 0.05, 0.18, 0.15, 0.24, 0.3, 0.96]);
    const speed = await measured(engine, experiment, 3, habit, clock);
    expect(log.chunks).toEqual([1, 1, 3, 3, 3, 3]);
    expect(speed.secondsPerStep).toBeCloseTo(0.06, 12);
    expect(speed.secondsPerEvaluationToken).toBeCloseTo(0.96 / 96, 12);
    expect(speed.secondsPerState).toBeCloseTo(0.02, 12);
    expect(speed.runs).toBe(3);
    expect([log.opened, log.alive]).toEqual([[3], 0]);
  });

  test.each([
    ['steps of 0.6 s: two are enough', [0, 0.6, 0.6, 0.6, 12], 3, 0.6, 12 / 96],
    ['a first step of two seconds is the measurement, beside one batch', [0, 2, 4], 1, 2, 4 / 32],
  ])('%s', async (_, seconds, steps, expected, evaluation) => {
    const { engine, log } = watchedEngine();
    const speed = await measured(engine, experiment, 1, habit, clockOf(seconds));
    expect(log.chunks).toHaveLength(steps);
    expect(speed.secondsPerStep).toBeCloseTo(expected, 12);
    expect(speed.secondsPerEvaluationToken).toBeCloseTo(evaluation, 12);
  });

  test('frees the device when the device fails', async () => {
    const { engine, log } = watchedEngine({ lostAfter: 2 });
    await expect(measureSpeed(engine, experiment, 1, habit)).rejects.toMatchObject({ fault: 'device-lost' });
    expect(log.alive).toBe(0);
  });

  test('with the real clock gives positive times', async () => {
    const speed = await measured(watchedEngine().engine, experiment, 2, habit);
    expect(speed.secondsPerStep).toBeGreaterThan(0);
    expect(speed.secondsPerEvaluationToken).toBeGreaterThan(0);
    expect(speed.secondsPerState).toBeGreaterThan(0);
  });
});
