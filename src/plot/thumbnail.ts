// A figure in small, without axes: its curves where there are some, else the learning rates that it plans and, where all
// runs share one, what each of them reads.

import { linePath, type Mark, type Point, rect, stroke } from './marks';
import type { Appearance } from './palette';
import { scale } from './scale';

export const thumbnail = { width: 320, height: 132 } as const;
const inset = 6;
const left = inset;
const right = thumbnail.width - inset;
const rowHeight = 8;
const barHeight = 3;

export interface ThumbnailPath {
  readonly appearance: Appearance;
  /** Tokens and values. */
  readonly points: readonly Point[];
  /** Tokens before which it may lie above the drawing. */
  readonly from: number;
}

/** What a run reads. */
export interface Mixture {
  readonly appearance: Appearance;
  /** Share of old text, 0..1. */
  readonly old: number;
}

interface ThumbnailOptions {
  readonly paths: readonly ThumbnailPath[];
  /** Tokens at the right edge. */
  readonly end: number;
  /** Losses fill the drawing; rates stand on zero and are thinner. */
  readonly kind: 'losses' | 'rates';
  /** A row each under the paths: grey the old text, in the run's colour the new. */
  readonly mixtures: readonly Mixture[];
}

function mixtureMarks({ appearance, old }: Mixture, top: number): Mark[] {
  const border = left + old * (right - left);
  const bar = (from: number, to: number) => ({ left: from, top, width: to - from, height: barHeight });
  return [rect('band', bar(left, border), 'var(--base)'), rect('band', bar(border, right), appearance.colour)];
}

export function thumbnailMarks({ paths, end, kind, mixtures }: ThumbnailOptions): Mark[] {
  const { height } = thumbnail;
  const floor = height - inset - (mixtures.length > 0 ? 6 + rowHeight * mixtures.length : 0);
  const values = paths
    .flatMap(({ points, from }) => points.filter(([tokens]) => tokens >= from).map(([, value]) => value))
    .filter(Number.isFinite);
  const min = kind === 'rates' ? 0 : Math.min(...values);
  const x = scale({ min: 0, max: end }, left, right);
  const y = scale({ min, max: Math.max(...values) }, floor, inset);
  const width = kind === 'rates' ? 1.3 : 1.6;
  return [
    ...mixtures.flatMap((mixture, i) => mixtureMarks(mixture, floor + 8 + i * rowHeight)),
    stroke('axis', `M${left} ${height - 1}H${right}`, 'var(--hair)'),
    ...paths.map(({ points, appearance: { colour, dash } }) => {
      const d = linePath(points.map(([tokens, value]) => [x(tokens), y(value)]));
      return stroke('curve', d, colour, { strokeWidth: width, strokeDasharray: dash });
    }),
  ];
}
