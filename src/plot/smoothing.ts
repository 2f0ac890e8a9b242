// A moving average, and the honesty that goes with it: how much of a bump it takes away.

import type { ChartLine } from './types';

/** Exponential moving average that begins at the first value; what is not a number stays out and leaves a gap. */
export function ema(values: readonly number[], weight: number): number[] {
  let last: number | null = null;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    last = last === null ? value : weight * last + (1 - weight) * value;
    return last;
  });
}

/** Each line's smoothed means by its key. */
export function smoothed(lines: readonly Pick<ChartLine, 'key' | 'points'>[], weight: number): Map<string, number[]> {
  return new Map(
    lines.map(({ key, points }) => [
      key,
      ema(
        points.map(({ mean }) => mean),
        weight,
      ),
    ]),
  );
}

export interface Bump {
  readonly key: string;
  /** Tokens of the highest value. */
  readonly tokens: number;
  readonly top: number;
  /** Rise over the value at the start of the last phase, in nats. */
  readonly height: number;
  /** What smoothing leaves of it. */
  readonly left: number;
}

/** The highest rise of a line over its value at `start`; null when it never lies above. */
function bumpOf(
  { key, points }: Pick<ChartLine, 'key' | 'points'>,
  smooth: readonly number[],
  start: number,
): Bump | null {
  const values = points.flatMap(({ tokens, mean }, i) =>
    tokens >= start && Number.isFinite(mean) ? [{ tokens, mean, smooth: smooth[i] ?? mean }] : [],
  );
  const [first] = values;
  if (!first) return null;
  const top = values.reduce((a, b) => (b.mean > a.mean ? b : a));
  const height = top.mean - first.mean;
  const left = Math.max(...values.map((value) => value.smooth)) - first.mean;
  return height > 0 ? { key, tokens: top.tokens, top: top.mean, height, left: Math.max(0, left) } : null;
}

/** Smoothing may take this share of a bump without a word. */
const silentShare = 0.3;
/** Below this height in nats, evaluation noise looks the same. */
const leastHeight = 0.01;

/** The largest bump on the chart when smoothing takes away too much of it. */
export function hiddenBump(
  lines: readonly Pick<ChartLine, 'key' | 'points'>[],
  smooth: ReadonlyMap<string, readonly number[]>,
  start: number,
): Bump | null {
  const bumps = lines.flatMap((line) => bumpOf(line, smooth.get(line.key) ?? [], start) ?? []);
  const largest = bumps.reduce<Bump | null>((a, b) => (a && a.height >= b.height ? a : b), null);
  if (!largest || largest.height < leastHeight) return null;
  return 1 - largest.left / largest.height > silentShare ? largest : null;
}
