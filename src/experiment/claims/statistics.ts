// Means and 95 % intervals over few seeds. One number a seed goes in: the paired difference that a claim is about.

import { mean } from '../spread';
import type { Interval } from './claim';

export interface Summary {
  readonly mean: number;
  /** Of a sample: divided by n - 1; 0 for a single value. */
  readonly sd: number;
  readonly n: number;
  /** Null below two values. */
  readonly interval: Interval | null;
}

/** Two-sided 95 % quantiles of Student's t, 1 to 30 degrees of freedom, as in every printed table. */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The same quantile of the normal distribution. */
const z = 1.95996;

/** Two-sided 95 % quantile of Student's t; beyond the table its expansion in 1 / freedom (Abramowitz and Stegun 26.7.5). */
export function tQuantile(freedom: number): number {
  const known = quantiles[freedom - 1];
  if (known !== undefined) return known;
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

function halfWidth(sd: number, n: number): number {
  return (tQuantile(n - 1) * sd) / Math.sqrt(n);
}

/** @param values one a seed, at least one */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  const center = mean(values);
  if (n < 2) return { mean: center, sd: 0, n, interval: null };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (n - 1));
  const half = halfWidth(sd, n);
  return { mean: center, sd, n, interval: { low: center - half, high: center + half } };
}

/** More seeds than this are not asked for by number. */
export const mostSeeds = 20;

/**
 * How many more seeds would shrink the interval to a half-width below `reach`, if they scatter as those seen; null when
 * more than `mostSeeds` would be needed.
 */
export function seedsToDecide({ sd, n }: Summary, reach: number): number | null {
  for (let more = 1; more <= mostSeeds; more++) {
    if (halfWidth(sd, n + more) < reach) return more;
  }
  return null;
}
