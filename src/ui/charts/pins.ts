// Two pinned places and the change of each curve between them.

import type { ChartLine } from '../../plot/types';

/** Tokens of at most two places; the first is what the second is compared with. */
export type Pins = readonly [] | readonly [number] | readonly [number, number];

/** Pins after a place is chosen: it joins, leaves where it was pinned already, or replaces the second. */
export function togglePin(pins: Pins, tokens: number): Pins {
  const [first, second] = pins;
  if (first === undefined) return [tokens];
  if (tokens === first) return second === undefined ? [] : [second];
  return tokens === second ? [first] : [first, tokens];
}

/** A line's mean over some of its seeds; null where one of them has no value. */
function meanOver(line: ChartLine, seeds: readonly number[], tokens: number): number | null {
  const mean = line.points.find((point) => point.tokens === tokens)?.mean;
  if (line.seeds.join() === seeds.join()) return mean ?? null;
  const values = seeds.flatMap(
    (seed) => line.singles[line.seeds.indexOf(seed)]?.find((single) => single.tokens === tokens)?.value ?? [],
  );
  return values.length < seeds.length ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A line's mean at some tokens; before its own beginning, over the same seeds, that of the line it goes on from. */
export function valueAt(
  line: ChartLine,
  lines: readonly ChartLine[],
  tokens: number,
  seeds = line.seeds,
): number | null {
  const own = meanOver(line, seeds, tokens);
  if (own !== null) return own;
  const before = lines.find(({ key }) => key === line.after);
  const begins = line.points[0]?.tokens ?? Number.POSITIVE_INFINITY;
  return before && tokens < begins ? valueAt(before, lines, tokens, seeds) : null;
}

export interface Delta {
  readonly line: ChartLine;
  /** Value at the later pin minus value at the earlier one, in nats. */
  readonly change: number;
}

/** The change of every line that has a value at both pins. */
export function deltas(lines: readonly ChartLine[], pins: Pins): Delta[] {
  const [a, b] = pins;
  if (a === undefined || b === undefined) return [];
  return lines.flatMap((line) => {
    const from = valueAt(line, lines, Math.min(a, b));
    const to = valueAt(line, lines, Math.max(a, b));
    return from === null || to === null ? [] : [{ line, change: to - from }];
  });
}
