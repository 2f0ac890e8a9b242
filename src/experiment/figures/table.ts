// The table of a figure: final losses of this run beside the paper's, and what follows from them. Both sides are computed by
// the same rules, from finals alone.

import type { Evidence } from '../evidence/evidence';
import { type Change, changeBetween, changeSinceFile, finished, rise } from '../evidence/measures';
import type { FigurePart } from '../part';
import type { Losses } from '../readings';
import { type Spread, spread } from '../spread';
import type { Figure, Known, PaperNumbers, TableColumn } from './figure';

/** One side of a row. `removed` and `cost` compare with the run without replay; here over the seeds that both have. */
export interface TableNumbers extends Readonly<Record<TableColumn, number | null>> {
  /** D0 loss gained since the switch; null for runs that begin from random weights. */
  readonly forgetting: number | null;
  /** D1 loss shed since the switch. */
  readonly learned: number | null;
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
  /** How far the seeds lie apart, and how many seeds each column has; null until one has ended. */
  readonly spread: Readonly<Partial<Record<TableColumn, Spread>>> | null;
  readonly paper: (TableNumbers & { readonly known: Known }) | null;
}

/** Columns beside a paper's numbers. */
export const paperColumns: readonly TableColumn[] = ['old', 'new', 'average', 'forgetting', 'removed', 'cost'];

/** The run that the others are compared with: re-warmed and re-decayed, without replay. */
const compared = 'rewarm';
/** Forgetting below this is none to take a share of, in nats. */
const leastForgetting = 0.01;

type Ends = Pick<TableNumbers, 'old' | 'new' | 'forgetting' | 'learned'>;

function paperNumbers(ends: Ends, reference: Ends | null): TableNumbers {
  const { old, new: fresh, forgetting } = ends;
  const whole = reference?.forgetting ?? null;
  return {
    ...ends,
    average: old === null || fresh === null ? null : (old + fresh) / 2,
    removed: forgetting === null || whole === null ? null : removedShare(forgetting, whole),
    cost: forgetting === null || fresh === null || reference?.new == null ? null : fresh - reference.new,
  };
}

/** Null where there is too little to take a share of. */
function removedShare(forgetting: number, whole: number): number | null {
  return whole >= leastForgetting ? 1 - forgetting / whole : null;
}

interface Ended {
  readonly seed: number;
  readonly last: Losses;
  readonly change: Change | null;
}

function endedSeeds(evidence: Evidence, { key, experiment }: FigurePart, arm: string): Ended[] {
  const fromFile = experiment.arms.find(({ id }) => id === arm)?.init.kind === 'weights';
  return evidence(key, arm).flatMap(({ seed, stages }): Ended[] => {
    const last = stages.at(-1)?.final ?? null;
    return last
      ? [{ seed, last, change: fromFile ? changeSinceFile(stages) : changeBetween(stages.at(-2), stages.at(-1)) }]
      : [];
  });
}

interface Changed {
  readonly seed: number;
  readonly forgetting: number;
  readonly learned: number;
  readonly fresh: number;
}

function changesOf(seeds: readonly Ended[]): Changed[] {
  return seeds.flatMap(({ seed, last, change }) => {
    if (!change) return [];
    const { before, after } = change;
    return [{ seed, forgetting: after.old - before.old, learned: before.new - after.new, fresh: last.new }];
  });
}

/** Beside the run without replay, seed by seed: means over different seeds would differ by the seeds as well. */
function pairedSpreads(changes: readonly Changed[], reference: readonly Changed[]): NonNullable<FigureRow['spread']> {
  const pairs = changes.flatMap((own) => {
    const other = reference.find(({ seed }) => seed === own.seed);
    return other ? [{ removed: removedShare(own.forgetting, other.forgetting), cost: own.fresh - other.fresh }] : [];
  });
  if (pairs.length === 0) return {};
  const removed = pairs.flatMap((pair) => pair.removed ?? []);
  return {
    cost: spread(pairs.map(({ cost }) => cost)),
    ...(removed.length === pairs.length && { removed: spread(removed) }),
  };
}

/** Over seeds, each of which has all of it. */
function spreads(seeds: readonly Ended[], reference: readonly Ended[]): FigureRow['spread'] {
  if (seeds.length === 0) return null;
  const over = (of: (seed: Ended) => number) => spread(seeds.map(of));
  const changes = changesOf(seeds);
  return {
    old: over(({ last }) => last.old),
    new: over(({ last }) => last.new),
    average: over(({ last }) => (last.old + last.new) / 2),
    ...(changes.length === seeds.length && {
      forgetting: spread(changes.map(({ forgetting }) => forgetting)),
      learned: spread(changes.map(({ learned }) => learned)),
    }),
    ...pairedSpreads(changes, changesOf(reference)),
  };
}

function means(over: FigureRow['spread']): TableNumbers | null {
  if (!over) return null;
  const mean = (column: TableColumn) => over[column]?.mean ?? null;
  return {
    old: mean('old'),
    new: mean('new'),
    average: mean('average'),
    forgetting: mean('forgetting'),
    learned: mean('learned'),
    removed: mean('removed'),
    cost: mean('cost'),
  };
}

function paperEnds(paper: PaperNumbers | undefined, arm: string, continued: boolean): Ends | null {
  const losses = paper?.arms[arm];
  if (!losses) return null;
  const { old, new: fresh } = losses;
  const base = paper?.base ?? null;
  const forgetting = continued && base !== null && old !== null ? old - base : null;
  // Nobody says what the paper's runs had lost on new text before they learned it.
  return { old, new: fresh, forgetting, learned: null };
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
  const reference = endedSeeds(evidence, part, compared);
  const paperReference = paperEnds(printed, compared, true);
  return part.experiment.arms.map(({ id, label, stages }): FigureRow => {
    const seeds = endedSeeds(evidence, part, id);
    const over = spreads(seeds, reference);
    const theirs = paperEnds(printed, id, stages.length > 1);
    const known = printed?.arms[id]?.known;
    return {
      arm: id,
      label,
      n: seeds.length,
      ours: means(over),
      spread: over,
      paper: theirs && known ? { ...paperNumbers(theirs, paperReference), known } : null,
    };
  });
}
