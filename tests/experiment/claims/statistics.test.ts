// Student's t from its own density, and an interval worked by hand.

import { expect, test } from 'vitest';
import { mostSeeds, seedsToDecide, summarize, tQuantile } from '../../../src/experiment/claims/statistics';

/** ln Gamma of n / 2, from Gamma(1/2) = sqrt(pi) and Gamma(1) = 1 upwards. */
function lnGammaOfHalf(n: number): number {
  let value = n % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = n % 2 === 0 ? 2 : 1; k < n; k += 2) value += Math.log(k / 2);
  return value;
}

/** Probability of |t| below `limit`: the density with x = sqrt(freedom) tan(a), by Simpson's rule over the angle a. */
function within(limit: number, freedom: number): number {
  const scale = Math.exp(lnGammaOfHalf(freedom + 1) - lnGammaOfHalf(freedom)) / Math.sqrt(Math.PI);
  const end = Math.atan(limit / Math.sqrt(freedom));
  const parts = 2000;
  let sum = 0;
  for (let i = 0; i <= parts; i++) {
    const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.cos((end * i) / parts) ** (freedom - 1);
  }
  return (2 * scale * sum * end) / parts / 3;
}

test.each([...Array.from({ length: 40 }, (_, i) => i + 1), 60, 200])(
  '%i degrees of freedom: 95 % lie within',
  (freedom) => {
    // The table has three decimals; half a unit of the last, times the density there (at most 0.06 at 1.96).
    expect(Math.abs(within(tQuantile(freedom), freedom) - 0.95)).toBeLessThan(0.0005 * 2 * 0.06);
  },
);

test('half-widths in units of the standard deviation', () => {
  for (const [n, factor] of [
    [2, 8.98],
    [3, 2.48],
    [4, 1.59],
    [5, 1.24],
  ] as const) {
    expect(tQuantile(n - 1) / Math.sqrt(n)).toBeCloseTo(factor, 2);
  }
});

test('three seeds by hand', () => {
  const { mean, sd, n, interval } = summarize([0.05, 0.07, 0.06]);
  expect([mean, sd, n]).toEqual([expect.closeTo(0.06, 12), expect.closeTo(0.01, 12), 3]);
  // 4.303 * 0.01 / sqrt(3)
  expect(interval).toEqual({ low: expect.closeTo(0.035157, 6), high: expect.closeTo(0.084843, 6) });
  expect(summarize([0.4])).toEqual({ mean: 0.4, sd: 0, n: 1, interval: null });
});

test('how many more seeds would decide', () => {
  const three = summarize([0.05, 0.07, 0.06]);
  // At 5 seeds 2.776 * 0.01 / sqrt(5) = 0.012415, at 6 2.571 * 0.01 / sqrt(6) = 0.010496.
  expect(seedsToDecide(three, 0.0125)).toBe(2);
  expect(seedsToDecide(three, 0.0124)).toBe(3);
  // At 23 seeds 2.074 * 0.01 / sqrt(23) = 0.004325.
  expect(seedsToDecide(three, 0.00433)).toBe(mostSeeds);
  expect(seedsToDecide(three, 0.00432)).toBeNull();
});
