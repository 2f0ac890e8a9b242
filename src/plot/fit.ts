// The vertical view: fitted to what is in sight, never forced to zero, and never hiding a bump.

import type { Range } from './axis';
import type { Domain } from './scale';
import { ema } from './smoothing';
import type { ChartLine, LinePoint, Phases, Reference } from './types';

export interface View {
  readonly domain: Domain;
  /** Share of all tokens after which every curve is inside the view; 0 when nothing is cut. */
  readonly cutShare: number;
}

interface Extent {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

export interface FitOptions {
  readonly lines: readonly Pick<ChartLine, 'points' | 'singles'>[];
  readonly phases: Phases;
  readonly references: readonly Pick<Reference, 'value'>[];
  /** Also the steep first drop; a log x axis, which gives the beginning most of its room, needs it. */
  readonly showAll: boolean;
  readonly zoom: Range | null;
  readonly log: boolean;
  /** Of the moving average that is drawn, or null. */
  readonly weight: number | null;
}

/** The part of the first phase that is allowed to lie above the view. */
const steepShare = 0.3;

const finite = ({ low, high }: Extent) => Number.isFinite(low) && Number.isFinite(high);

/** A line's bands and single seeds, each a run of its own. */
function runsOf({ points, singles }: Pick<ChartLine, 'points' | 'singles'>): Extent[][] {
  const single = singles.map((run) => run.map(({ tokens, value }) => ({ tokens, low: value, high: value })));
  return [[...points], ...single].map((run) => run.filter(finite));
}

/** Without the steep beginning. A run that rises above where it began has a bump there and keeps all of it. */
function withoutDrop(run: readonly Extent[], steepUntil: number): readonly Extent[] {
  const early = run.filter(({ tokens }) => tokens < steepUntil);
  const first = early[0];
  const rises = first !== undefined && early.some(({ high }) => high > first.high);
  return rises ? run : run.slice(early.length);
}

function padded(min: number, max: number, log: boolean): Domain {
  if (log && min > 0) {
    const factor = Math.max(1.01, (max / min) ** 0.06);
    return { min: min / factor, max: max * factor };
  }
  const pad = Math.max(0.02, (max - min) * 0.06);
  return { min: min - pad, max: max + pad };
}

/** A run's value between its points, where a zoom cuts it. */
function between(run: readonly Extent[], tokens: number): Extent[] {
  const after = run.findIndex((point) => point.tokens > tokens);
  const [a, b] = [run[after - 1], run[after]];
  if (!a || !b) return [];
  const share = (tokens - a.tokens) / (b.tokens - a.tokens);
  return [{ tokens, low: a.low + share * (b.low - a.low), high: a.high + share * (b.high - a.high) }];
}

/** The view of a zoomed chart: all that is drawn in the range; null when nothing is. */
function fitZoomed(runs: readonly (readonly Extent[])[], { from, to }: Range, log: boolean): View | null {
  const inside = runs.flatMap((run) => [
    ...run.filter(({ tokens }) => tokens >= from && tokens <= to),
    ...between(run, from),
    ...between(run, to),
  ]);
  if (inside.length === 0) return null;
  const min = Math.min(...inside.map(({ low }) => low));
  return { domain: padded(min, Math.max(...inside.map(({ high }) => high)), log), cutShare: 0 };
}

/** The moving average drawn in front of a line; in a zoom it may lie outside all raw values. */
function smoothRun(points: readonly LinePoint[], weight: number): Extent[] {
  const means = ema(
    points.map(({ mean }) => mean),
    weight,
  );
  return points.map(({ tokens }, i) => ({ tokens, low: means[i] ?? Number.NaN, high: means[i] ?? Number.NaN }));
}

/**
 * Null before there is a value. Reference lines are in the view, except in a zoomed one, which serves a detail. On a log
 * scale only what is positive counts.
 */
export function fitView({ lines, phases, references, showAll, zoom, log, weight }: FitOptions): View | null {
  const positive = ({ low }: { low: number }) => !log || low > 0;
  const runs = lines.flatMap(runsOf).map((run) => run.filter(positive));
  const all = runs.flat();
  if (all.length === 0) return null;
  const fronts = weight === null ? [] : lines.map(({ points }) => smoothRun(points, weight).filter(finite));
  const zoomed = zoom && fitZoomed([...runs, ...fronts], zoom, log);
  if (zoomed) return zoomed;
  const steepUntil = steepShare * (phases.bands[1]?.start ?? phases.end);
  const later = runs.flatMap((run) => withoutDrop(run, steepUntil));
  // Until training has got that far, the view follows what there is.
  const kept = showAll || later.length === 0 ? all : later;
  const values = references.map(({ value }) => value).filter((value) => positive({ low: value }));
  const min = Math.min(...all.map(({ low }) => low), ...values);
  const max = Math.max(...kept.map(({ high }) => high), ...values);
  const domain = padded(min, max, log);
  const above = all.filter(({ high }) => high > domain.max);
  return { domain, cutShare: above.length === 0 ? 0 : Math.max(...above.map(({ tokens }) => tokens)) / phases.end };
}
