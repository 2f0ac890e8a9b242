// The table of a figure: final losses of this run beside the paper's, and what follows from them. Both sides are computed by
// the same rules, from finals alone.

import { finished, rise } from '../claims/measures';
import { type Spread, spread } from '../spread';
import type { Evidence, Losses } from './evidence';
import type { Figure, FigurePart, Known, PaperNumbers } from './figure';

/** One side of a row. Shares are of the forgetting without replay. */
export interface TableNumbers {
  readonly d0: number | null;
  readonly d1: number | null;
  readonly average: number | null;
  /** D0 loss gained since the switch; null for runs that begin from random weights. */
  readonly forgetting: number | null;
  /** Share of the forgetting of the run without replay that is gone; null where there is none to compare with. */
  readonly removed: number | null;
  /** D1 loss above that of the run without replay. */
  readonly cost: number | null;
}

export interface FigureRow {
  readonly arm: string;
  readonly label: string;
  /** Seeds that have ended. */
  readonly n: number;
  /** Means over seeds; null until one has ended. */
  readonly ours: TableNumbers | null;
  /** How far the seeds lie apart; null until one has ended. */
  readonly spread: { readonly d0: Spread; readonly d1: Spread } | null;
  readonly paper: (TableNumbers & { readonly known: Known }) | null;
}

/** The run that the others are compared with: re-warmed and re-decayed, without replay. */
const compared = 'rewarm';
/** Forgetting below this is none to take a share of, in nats. */
const leastForgetting = 0.01;

interface Ends {
  readonly d0: number | null;
  readonly d1: number | null;
  readonly forgetting: number | null;
}

function numbers(ends: Ends, reference: Ends | null): TableNumbers {
  const { d0, d1, forgetting } = ends;
  const whole = reference?.forgetting ?? null;
  const comparable = forgetting !== null && whole !== null && whole >= leastForgetting;
  return {
    ...ends,
    average: d0 === null || d1 === null ? null : (d0 + d1) / 2,
    removed: comparable ? 1 - forgetting / whole : null,
    cost: forgetting === null || d1 === null || reference?.d1 == null ? null : d1 - reference.d1,
  };
}

interface Ended {
  readonly last: Losses;
  /** D0 loss at the switch; null without one. */
  readonly before: number | null;
}

function endedSeeds(evidence: Evidence, part: FigurePart, arm: string): Ended[] {
  return evidence(part.key, arm).flatMap(({ stages }): Ended[] => {
    const last = stages.at(-1)?.final ?? null;
    return last ? [{ last, before: stages.at(-2)?.final?.d0 ?? null }] : [];
  });
}

function meanEnds(seeds: readonly Ended[]): Ends | null {
  if (seeds.length === 0) return null;
  const mean = (of: (seed: Ended) => number) => spread(seeds.map(of)).mean;
  const continued = seeds.every((seed) => seed.before !== null);
  return {
    d0: mean(({ last }) => last.d0),
    d1: mean(({ last }) => last.d1),
    forgetting: continued ? mean(({ last, before }) => last.d0 - (before ?? 0)) : null,
  };
}

function paperEnds(paper: PaperNumbers | undefined, arm: string, continued: boolean): Ends | null {
  const losses = paper?.arms[arm];
  if (!losses) return null;
  const { d0, d1 } = losses;
  const base = paper?.base ?? null;
  return { d0, d1, forgetting: continued && base !== null && d0 !== null ? d0 - base : null };
}

export interface PeakRow {
  readonly arm: string;
  /** Mean over seeds; null until one has ended. */
  readonly ours: number | null;
  readonly paper: number | null;
}

/** Highest rise of the D0 loss over its value at the switch, raw, of every arm; empty where the paper states none. */
export function peakRows({ peaks }: Pick<Figure, 'peaks'>, part: FigurePart, evidence: Evidence): PeakRow[] {
  if (!peaks) return [];
  return part.experiment.arms.map(({ id }) => {
    const own = evidence(part.key, id).filter(finished).map(rise());
    return { arm: id, ours: own.length === 0 ? null : spread(own).mean, paper: peaks.arms[id] ?? null };
  });
}

/** One row an arm, in the order of the arms. */
export function figureTable({ paper }: Pick<Figure, 'paper'>, part: FigurePart, evidence: Evidence): FigureRow[] {
  const printed = paper[part.key];
  const ourReference = meanEnds(endedSeeds(evidence, part, compared));
  const paperReference = paperEnds(printed, compared, true);
  return part.experiment.arms.map(({ id, label, stages }): FigureRow => {
    const seeds = endedSeeds(evidence, part, id);
    const ours = meanEnds(seeds);
    const theirs = paperEnds(printed, id, stages.length > 1);
    const known = printed?.arms[id]?.known;
    return {
      arm: id,
      label,
      n: seeds.length,
      ours: ours && numbers(ours, ourReference),
      spread: ours && { d0: spread(seeds.map(({ last }) => last.d0)), d1: spread(seeds.map(({ last }) => last.d1)) },
      paper: theirs && known ? { ...numbers(theirs, paperReference), known } : null,
    };
  });
}
