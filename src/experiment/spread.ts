// The mean of several seeds and how far they lie apart.

export interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of two or more values, as of a sample. */
export function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** Seeds from which the band is mean ± standard deviation; the deviation of fewer is not worth showing as truth. */
export const deviationSeeds = 5;

/** Low and high: smallest and largest of fewer than `deviationSeeds` values, else mean ± standard deviation. */
export function spread(values: readonly number[]): Spread {
  const n = values.length;
  const center = mean(values);
  if (n < deviationSeeds) return { n, mean: center, low: Math.min(...values), high: Math.max(...values) };
  const sd = deviation(values);
  return { n, mean: center, low: center - sd, high: center + sd };
}
