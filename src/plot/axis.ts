// The x axis as all layers of a panel use it: which unit, linear or logarithmic, which part. Positions between charts are
// exchanged in tokens, so that a zoom, a pin or the cursor means the same whatever the unit.

import type { Frame } from './frame';
import { type Domain, scale, unscale } from './scale';
import type { ChartLine, LinePoint } from './types';

export type XUnit = 'tokens' | 'steps' | 'seconds';

/** A part of the x axis, in tokens whatever its unit is. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface XAxis {
  readonly unit: XUnit;
  readonly log: boolean;
  /** What is shown, in the axis's unit. */
  readonly domain: Domain;
  /** All there is, in the same unit. */
  readonly full: Domain;
  readonly at: (tokens: number) => number;
  readonly tokensAt: (value: number) => number;
}

/** Seconds of training by tokens: piecewise linear, going on at its mean pace beyond its end. */
export interface Clock {
  readonly secondsAt: (tokens: number) => number;
  readonly tokensAt: (seconds: number) => number;
}

/** Linear between ascending `xs`; before them as through the first two, after them at the mean slope. */
function interpolation(xs: readonly number[], ys: readonly number[]): (x: number) => number {
  return (x) => {
    const after = xs.findIndex((candidate) => candidate > x);
    const [x0 = 0, y0 = 0, xEnd = 0, yEnd = 0] = [xs[0], ys[0], xs.at(-1), ys.at(-1)];
    if (after === -1) return xEnd > x0 ? yEnd + ((x - xEnd) * (yEnd - y0)) / (xEnd - x0) : yEnd;
    const i = Math.max(1, after);
    const [a = 0, b = 0, u = 0, v = 0] = [xs[i - 1], xs[i], ys[i - 1], ys[i]];
    return b > a ? u + ((x - a) * (v - u)) / (b - a) : u;
  };
}

/** True when every line says how long it took: only then can seconds be an axis. */
export function hasSeconds(lines: readonly Pick<ChartLine, 'points'>[]): boolean {
  const points = lines.flatMap((line) => line.points);
  return points.length > 1 && points.every(({ seconds }) => seconds !== undefined);
}

/** The mean clock of lines that have one, or null. */
export function clockOf(lines: readonly Pick<ChartLine, 'points'>[]): Clock | null {
  if (!hasSeconds(lines)) return null;
  const byTokens = new Map<number, number[]>();
  for (const { tokens, seconds } of lines.flatMap((line) => line.points)) {
    byTokens.set(tokens, [...(byTokens.get(tokens) ?? []), seconds ?? 0]);
  }
  const tokens = [...byTokens.keys()].sort((a, b) => a - b);
  let latest = 0;
  const seconds = tokens.map((at) => {
    const all = byTokens.get(at) ?? [];
    // Lines of different pace may end in between; time never runs back.
    latest = Math.max(latest, all.reduce((sum, one) => sum + one, 0) / all.length);
    return latest;
  });
  return { secondsAt: interpolation(tokens, seconds), tokensAt: interpolation(seconds, tokens) };
}

export interface AxisOptions {
  readonly unit: XUnit;
  readonly log: boolean;
  readonly zoom: Range | null;
  /** Tokens at the end of the last phase. */
  readonly end: number;
  readonly tokensPerStep: number;
  /** Needed for seconds; without it the axis counts tokens. */
  readonly clock: Clock | null;
  /** The first tokens above 0 that have a value: where a log axis begins. */
  readonly firstTokens: number;
}

export function xAxis({ unit: wanted, log, zoom, end, tokensPerStep, clock, firstTokens }: AxisOptions): XAxis {
  const unit = wanted === 'seconds' && !clock ? 'tokens' : wanted;
  const at = (tokens: number) =>
    unit === 'steps' ? tokens / tokensPerStep : unit === 'seconds' && clock ? clock.secondsAt(tokens) : tokens;
  const tokensAt = (value: number) =>
    unit === 'steps' ? value * tokensPerStep : unit === 'seconds' && clock ? clock.tokensAt(value) : value;
  const least = log ? Math.min(firstTokens, end / 2) : 0;
  // A zoom may be left over from a longer experiment.
  const from = Math.max(least, zoom?.from ?? 0);
  const to = Math.min(end, zoom?.to ?? end);
  const [first, last] = to > from ? [from, to] : [least, end];
  const full = { min: log ? positive(at(least)) : at(0), max: at(end) };
  return { unit, log, domain: { min: log ? positive(at(first)) : at(first), max: at(last) }, full, at, tokensAt };
}

/** A log axis cannot begin at 0, which a clock may say of the first tokens. */
const positive = (value: number) => Math.max(value, 1e-6);

/** The first tokens above 0 among the lines; one step where there is none. */
export function firstTokens(lines: readonly Pick<ChartLine, 'points'>[], tokensPerStep: number): number {
  const all = lines.flatMap(({ points }) => points.map(({ tokens }) => tokens)).filter((tokens) => tokens > 0);
  return all.length > 0 ? Math.min(...all) : tokensPerStep;
}

/** Where a point of a line lies on the axis: by the line's own clock when the axis is time. */
export function placeOf(axis: XAxis, { tokens, seconds }: Pick<LinePoint, 'tokens' | 'seconds'>): number {
  return axis.unit === 'seconds' && seconds !== undefined ? seconds : axis.at(tokens);
}

/** Pixels of a value in the axis's unit. */
export function pixelOf(axis: XAxis, frame: Frame): (value: number) => number {
  return scale(axis.domain, frame.left, frame.right, axis.log);
}

/** Tokens at a pixel of the panel. */
export function tokensAtPixel(axis: XAxis, frame: Frame): (pixel: number) => number {
  const value = unscale(axis.domain, frame.left, frame.right, axis.log);
  return (pixel) => axis.tokensAt(value(pixel));
}

/** True for places inside the shown part, with room for rounding. */
export function isShown(axis: XAxis, value: number): boolean {
  const { min, max } = axis.domain;
  const slack = (max - min) * 1e-9;
  return value >= min - slack && value <= max + slack && !(axis.log && value <= 0);
}
