// Numbers, handles and curves that several kinds of schedule have, and the values of Ibrahim et al. 2024 behind them.

import type { HandleEntry, Quantity, Range } from './entry';

/** Sections 4.1 and 4.2: 1 % of warmup, and the lowest rate is a tenth of the peak in all of the paper. */
export const paper = { warmup: 0.01, floorShare: 0.1 } as const;

/** Without the dust of binary fractions: 0.1 times 3 is 0.3. Six digits are more than a person tells apart. */
export function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

/** The number of at most twelve digits that a product of two short ones stands for. */
export function decimal(product: number): number {
  return Number(product.toPrecision(12));
}

export function clamp(value: number, { min, max }: Range): number {
  return Math.max(min, Math.min(max, value));
}

export function only(value: number): Range {
  return { min: value, max: value };
}

export function usualFloor(peak: number): number {
  return tidy(paper.floorShare * peak);
}

/**
 * What a person may ask for. Rates end far inside the schema's bounds, which are for absolute rates, so that a recipe
 * stays valid at every scale; 1000 times the peak of a scale is far beyond what still trains.
 */
export const limits: Readonly<Record<Quantity['unit'], Range>> = {
  share: { min: 0, max: 1 },
  rate: { min: 0.001, max: 1000 },
  plain: { min: 0.001, max: 1000 },
};

export const rateSteps = { unit: 'rate', slider: { min: 0.01, max: 10 }, step: 0.01 } as const;

export const warmup = {
  unit: 'share',
  label: 'Warmup',
  term: 'of the stage',
  help: 'Share of the stage that raises the rate from zero (warmup).',
  phrase: 'the end of the warmup',
  name: (value) => ({ full: `${value} warmup`, short: `w ${value}` }),
  slider: { min: 0, max: 0.1 },
  step: 0.005,
  usual: () => paper.warmup,
} as const satisfies Quantity & { usual(): number };

export const peak = {
  ...rateSteps,
  label: 'Peak',
  term: 'η max',
  help: 'Highest rate, as a multiple of what suits this model size (η max).',
  phrase: 'the peak',
  name: (value) => ({ full: `peak ${value}`, short: value }),
  step: 0.1,
  usual: () => 1,
} as const satisfies Quantity & { usual(): number };

export const floor = {
  ...rateSteps,
  label: 'Lowest',
  term: 'η min',
  help: 'Rate at the end of the stage (η min).',
  phrase: 'the lowest rate',
  name: (value) => ({ full: `floor ${value}`, short: `floor ${value}` }),
} as const satisfies Quantity;

export const peakHandle = {
  name: 'peak',
  x: 'warmup',
  y: 'peak',
  level: 'peak',
  label: 'Peak',
  help: 'up and down for its height, left and right for the end of the warmup',
} as const satisfies HandleEntry<string>;

export const floorHandle = {
  name: 'floor',
  x: null,
  y: 'floor',
  level: 'floor',
  label: 'Lowest rate',
  help: 'up and down for its height',
} as const satisfies HandleEntry<string>;

/** Half a period of a cosine, equation 2. */
export function fallCosine(from: number, to: number, x: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * x));
}

/** How much of the way from `start` to `end` is done, 0..1; a phase without length is over. */
export function share(step: number, start: number, end: number): number {
  return end > start ? Math.min(1, (step - start) / (end - start)) : 1;
}
