// The mean of several seeds and how far they lie apart.

export interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Seeds from which the band is mean ± standard deviation; the deviation of fewer is not worth showing as truth. */
export const deviationSeeds = 5;

/** Low and high: smallest and largest of fewer than `deviationSeeds` values, else mean ± standard deviation. */
export function spread(values: readonly number[]): Spread {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < deviationSeeds) return { n, mean, low: Math.min(...values), high: Math.max(...values) };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const deviation = Math.sqrt(variance);
  return { n, mean, low: mean - deviation, high: mean + deviation };
}
