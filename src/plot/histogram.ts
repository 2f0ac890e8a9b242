// A histogram of few values, each of which can be seen: a row for each run, a mark for each seed, stacked where they would lie
// on each other, and a line at their mean.

import { type Mark, marker, stroke, text } from './marks';
import type { Appearance } from './palette';
import { type Domain, scale } from './scale';
import { tickDecimals, ticks } from './ticks';

export interface HistogramRow {
  readonly key: string;
  readonly label: string;
  readonly appearance: Appearance;
  readonly values: readonly number[];
}

/** Pixels. */
const dot = 9;
const axisHeight = 22;
const rowGap = 10;
const inset = 8;

/** How many marks lie under each, in bins as wide as a mark. @param at pixels, in any order */
export function stacked(at: readonly number[]): number[] {
  const heights = new Map<number, number>();
  return at.map((x) => {
    const bin = Math.round(x / dot);
    const under = heights.get(bin) ?? 0;
    heights.set(bin, under + 1);
    return under;
  });
}

export interface Histogram {
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** @param labels pixels for the names of the rows, on the left */
export function histogram(rows: readonly HistogramRow[], width: number, labels: number): Histogram {
  const all = rows.flatMap(({ values }) => values);
  const domain: Domain = { min: Math.min(...all), max: Math.max(...all) };
  const x = scale(domain, labels + inset, width - inset);
  const values = ticks(domain, Math.max(2, width / 120));
  const decimals = tickDecimals(values);
  const grid: Mark[] = [];
  let top = 0;
  const drawn = rows.flatMap((row): Mark[] => {
    const at = row.values.map((value) => x(value));
    const under = stacked(at);
    const height = dot * (Math.max(0, ...under) + 1) + rowGap;
    top += height;
    const floor = top;
    const mean = x(row.values.reduce((sum, value) => sum + value, 0) / row.values.length);
    const dots = at.map((place, i) =>
      marker(
        { ...row.appearance, marker: 'circle' },
        Math.round(place / dot) * dot,
        floor - dot / 2 - dot * (under[i] ?? 0),
      ),
    );
    return [
      stroke('axis', `M${labels} ${floor}H${width}`, 'var(--hair)'),
      text('label', 0, floor - 2, row.label, { fill: row.appearance.colour }),
      ...dots,
      stroke('level', `M${mean.toFixed(1)} ${floor - height + 2}V${floor + 3}`, row.appearance.colour),
    ];
  });
  for (const value of values) {
    const place = x(value);
    grid.push(stroke('grid', `M${place.toFixed(1)} 0V${top}`, 'var(--grid)'));
    grid.push(text('axis', place, top + axisHeight - 6, value.toFixed(decimals), { anchor: 'middle' }));
  }
  return { height: top + axisHeight, marks: [...grid, ...drawn] };
}
