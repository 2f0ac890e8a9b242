// The learning rate: equations 1-4 of Ibrahim et al. 2024, held against numbers worked out by hand, and the phases
// that charts shade.

import { describe, expect, test } from 'vitest';
import { learningRate, schedulePhases } from '../../../src/experiment/schedules';
import type { CosineSchedule } from '../../../src/experiment/schedules/cosine';
import type { InfiniteSchedule } from '../../../src/experiment/schedules/infinite';

const cosine: CosineSchedule = { kind: 'cosine', warmup: 0, peak: 3e-4, floor: 3e-5 };
const infinite = (cooldown: InfiniteSchedule['cooldown']): InfiniteSchedule => ({
  kind: 'infinite',
  cooldown,
  warmup: 0,
  peak: 3e-4,
  constant: 1.65e-4,
  floor: 3e-5,
  cooldownEnd: 1,
  constantEnd: 1,
  alpha: 10,
});

/** The expected numbers are given to five significant digits: half a unit of the last one. */
function expectDigits(actual: number, expected: number): void {
  const unit = 10 ** (Math.floor(Math.log10(expected)) - 4);
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(0.5 * unit * (1 + 1e-9));
}

describe('warmup', () => {
  test('rises in a straight line from zero and reaches the peak at its real-valued end', () => {
    const schedule = { ...cosine, warmup: 0.01 };
    for (const step of [0, 1, 2, 3]) expect(learningRate(schedule, step, 300)).toBeCloseTo(step * 1e-4, 15);
    expect(learningRate(schedule, 3, 300)).toBe(3e-4);
    // 1 % of 250 steps is 2.5 steps: step 2 is four fifths up, step 3 is past the peak.
    expect(learningRate(schedule, 2, 250)).toBeCloseTo(2.4e-4, 15);
    expect(learningRate(schedule, 3, 250)).toBeLessThan(3e-4);
    expect(learningRate(schedule, 3, 250)).toBeGreaterThan(2.999e-4);
  });

  test('without it the first step uses the peak', () => {
    expect(learningRate(cosine, 0, 100)).toBe(3e-4);
    expect(learningRate({ kind: 'constant', warmup: 0, peak: 3e-5 }, 0, 100)).toBe(3e-5);
  });

  test('a warmup over the whole stage ends at the peak', () => {
    expect(learningRate({ ...cosine, warmup: 1 }, 100, 100)).toBe(3e-4);
  });
});

test('constant stays at the peak after the warmup', () => {
  const schedule = { kind: 'constant', warmup: 0.1, peak: 3e-4 } as const;
  expect(learningRate(schedule, 5, 100)).toBeCloseTo(1.5e-4, 15);
  for (const step of [10, 11, 57, 99, 100]) expect(learningRate(schedule, step, 100)).toBe(3e-4);
});

test.each([
  [0.25, 2.6046e-4],
  [0.5, 1.65e-4],
  [0.75, 6.9541e-5],
  [1, 3e-5],
])('cosine decay at %f of the way', (x, expected) => {
  expectDigits(learningRate(cosine, x * 1000, 1000), expected);
});

test('cosine decay counts from the end of the warmup', () => {
  const schedule = { ...cosine, warmup: 0.2 };
  // Halfway between 20 and 100.
  expect(learningRate(schedule, 60, 100)).toBeCloseTo(1.65e-4, 15);
});

describe('infinite schedules', () => {
  test.each([
    [0.05, 2.6453e-4, 2.9917e-4],
    [0.1, 2.4339e-4, 2.967e-4],
    [0.25, 2.1004e-4, 2.8023e-4],
    [0.5, 1.8563e-4, 2.325e-4],
    [0.75, 1.7302e-4, 1.8477e-4],
    [1, 1.65e-4, 1.65e-4],
  ])('cooldown at %f of the way', (x, inverseSqrt, cosineValue) => {
    expectDigits(learningRate(infinite('inverse-sqrt'), x * 1000, 1000), inverseSqrt);
    expectDigits(learningRate(infinite('cosine'), x * 1000, 1000), cosineValue);
  });

  test.each([
    [0.25, 1.0774e-4],
    [0.5, 7.0356e-5],
    [0.75, 4.5942e-5],
    [1, 3e-5],
  ])('exponential anneal at %f of the way', (x, expected) => {
    const annealing = { ...infinite('cosine'), cooldownEnd: 0, constantEnd: 0 };
    expectDigits(learningRate(annealing, x * 1000, 1000), expected);
  });

  test("the paper's phases: warmup to 1 %, cooldown to 60 %, constant to 85 %, anneal to the end", () => {
    const schedule: InfiniteSchedule = {
      ...infinite('inverse-sqrt'),
      warmup: 0.01,
      cooldownEnd: 0.6,
      constantEnd: 0.85,
    };
    expect(learningRate(schedule, 10, 1000)).toBe(3e-4);
    expect(learningRate(schedule, 599, 1000)).toBeGreaterThan(1.65e-4);
    for (const step of [600, 700, 850]) expect(learningRate(schedule, step, 1000)).toBe(1.65e-4);
    expect(learningRate(schedule, 851, 1000)).toBeLessThan(1.65e-4);
    expectDigits(learningRate(schedule, 925, 1000), 7.0356e-5);
    expectDigits(learningRate(schedule, 1000, 1000), 3e-5);
    expect(schedulePhases(schedule)).toEqual([
      { name: 'warmup', start: 0, end: 0.01 },
      { name: 'cooldown', start: 0.01, end: 0.6 },
      { name: 'constant', start: 0.6, end: 0.85 },
      { name: 'anneal', start: 0.85, end: 1 },
    ]);
  });

  test('an end of 1 leaves the later phases out', () => {
    const constant = { ...infinite('cosine'), cooldownEnd: 0, constantEnd: 1 };
    for (const step of [0, 1, 50, 100]) expect(learningRate(constant, step, 100)).toBe(1.65e-4);
    expect(schedulePhases(constant)).toEqual([{ name: 'constant', start: 0, end: 1 }]);
  });
});

test('phases of the finite schedules leave out what has no length', () => {
  expect(schedulePhases(cosine)).toEqual([{ name: 'decay', start: 0, end: 1 }]);
  expect(schedulePhases({ kind: 'constant', warmup: 0.02, peak: 1 })).toEqual([
    { name: 'warmup', start: 0, end: 0.02 },
    { name: 'constant', start: 0.02, end: 1 },
  ]);
});
