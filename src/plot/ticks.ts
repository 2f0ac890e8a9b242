// Round numbers for axes, linear and logarithmic, and how they are written: with as many digits as tell them apart.

import type { Domain } from './scale';

/** About `count` round numbers inside the domain: steps of 1, 2 or 5 times a power of ten. */
export function ticks(domain: Domain, count: number): number[] {
  const span = domain.max - domain.min;
  if (!(span > 0) || count < 1) return [];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const first = Math.ceil(domain.min / step - 1e-9);
  const last = Math.floor(domain.max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Decimals that tell neighbouring ticks apart. */
export function tickDecimals(values: readonly number[]): number {
  const [a, b] = values;
  if (a === undefined || b === undefined) return 1;
  return Math.max(0, Math.min(4, -Math.floor(Math.log10(Math.abs(b - a)) + 1e-9)));
}

const logSteps = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]] as const;

/**
 * Round numbers for a logarithmic axis: powers of ten and, while that makes no more than about `count`, numbers between
 * them. Where the domain spans less than a factor of five, evenly spaced numbers read better.
 */
export function logTicks(domain: Domain, count: number): number[] {
  if (!(domain.min > 0) || !(domain.max > domain.min)) return [];
  if (domain.max / domain.min < 5) return ticks(domain, count);
  const first = Math.floor(Math.log10(domain.min));
  const powers = Array.from({ length: Math.ceil(Math.log10(domain.max)) - first + 1 }, (_, i) => first + i);
  const sets = logSteps.map((steps) =>
    powers
      .flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(12))))
      .filter((value) => value >= domain.min && value <= domain.max),
  );
  const fitting = sets.filter((set) => set.length <= 1.5 * count);
  return fitting.at(-1) ?? sets[0] ?? [];
}

const units = [
  { size: 1e9, name: ' G' },
  { size: 1e6, name: ' M' },
  { size: 1e3, name: ' k' },
] as const;

function label(value: number, size: number, name: string, decimals: number): string {
  return value === 0 ? '0' : `${(value / size).toFixed(decimals)}${name}`;
}

/** 0, 200 k, 400 k; 0, 0.5 M, 1.0 M; on a log axis each number has its own unit: 5 k, 50 k, 0.5 M. */
export function tickLabels(values: readonly number[], log: boolean): string[] {
  const unitOf = (value: number) => units.find(({ size }) => value >= size) ?? { size: 1, name: '' };
  if (log) return values.map((value) => `${Number((value / unitOf(value).size).toPrecision(3))}${unitOf(value).name}`);
  const { size, name } = unitOf(Math.max(...values, 0));
  const scaled = values.map((value) => value / size);
  return values.map((value) => label(value, size, name, tickDecimals(scaled)));
}

/** Round values up a loss axis of so many pixels of panel. */
export function lossTicks(domain: Domain, log: boolean, height: number): number[] {
  return (log ? logTicks : ticks)(domain, Math.max(3, Math.round(height / 90)));
}

/** Round values along a token axis: about one every 90 pixels, at most six. */
export function tokenTicks(domain: Domain, log: boolean, width: number): number[] {
  const count = Math.min(5, width / 90);
  const made = log ? logTicks(domain, count) : ticks(domain, count);
  // One number alone gives no scale.
  return made.length > 1 ? made : ticks(domain, 2 * count);
}

/** About the width of a text at the axis's size of type, in pixels. */
export function textWidth(text: string): number {
  return 6.6 * text.length;
}

export interface PlacedTick {
  readonly x: number;
  readonly text: string;
}

/** The labels that fit side by side between `left` and `right`, the first one with the axis's word. */
export function placeTicks(
  values: readonly number[],
  texts: readonly string[],
  word: string,
  at: (value: number) => number,
  { left, right }: { readonly left: number; readonly right: number },
): PlacedTick[] {
  let taken = Number.NEGATIVE_INFINITY;
  return values.flatMap((value, i) => {
    const text = i === 0 ? `${texts[i] ?? ''} ${word}` : (texts[i] ?? '');
    const half = textWidth(text) / 2;
    const x = Math.max(left + half, Math.min(at(value), Math.max(right, left + half)));
    if (x - half < taken) return [];
    taken = x + half + 6;
    return [{ x, text }];
  });
}
