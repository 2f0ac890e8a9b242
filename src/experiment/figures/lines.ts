// What a figure's charts draw, from what was measured: curves over seeds, horizontal references, the x axis. Tokens are
// counted from the figure's origin. The page and the command line both draw these.

import type { ArmRun, Evidence, Measurement } from '../evidence/evidence';
import type { FigurePart } from '../part';
import type { Measure } from '../readings';
import { drawnSteps, stageRate } from '../schedules';
import type { Arm, Experiment, Stage } from '../spec';
import { type Spread, spread } from '../spread';
import type { Figure } from './figure';

export interface FigurePoint {
  readonly tokens: number;
  /** Spent since the arm's first drawn stage began, mean over seeds; left out where that is not known. */
  readonly seconds?: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface FigureLine {
  /** Stable name, usable as a key. */
  readonly key: string;
  /** Whose it is, or the first of those that share it. */
  readonly arm: string;
  readonly label: string;
  /** True for a beginning that is a line of its own. */
  readonly isBase: boolean;
  /** Key of the line that this one goes on from. */
  readonly after?: string;
  /** Seeds in the mean. */
  readonly seeds: readonly number[];
  /** Where every seed has a value. */
  readonly points: readonly FigurePoint[];
  /** Each seed's own values in the order of `seeds`, when there are several. */
  readonly singles: readonly (readonly { readonly tokens: number; readonly value: number }[])[];
}

/** A run of which only the end is shown. */
export interface FigureReference {
  readonly arm: string;
  readonly label: string;
  readonly value: Spread;
}

export interface FigureRates {
  readonly key: string;
  readonly arm: string;
  readonly isBase: boolean;
  readonly points: readonly { readonly tokens: number; readonly rate: number }[];
}

export interface FigureAxis {
  /** Tokens. */
  readonly end: number;
  readonly bands: readonly { readonly start: number; readonly name: string; readonly shaded: boolean }[];
}

/** A run of stages of an arm that is one line. */
interface Drawn {
  readonly key: string;
  readonly arm: Arm;
  /** Places of its stages on the arm's path: from `first`, before `last`. */
  readonly first: number;
  readonly last: number;
  /** Tokens from the figure's origin to the beginning of the first of them. */
  readonly start: number;
  readonly isBase: boolean;
  readonly after?: string;
}

type Shows = (arm: string) => boolean;
const allArms: Shows = () => true;

function same(a: Stage | readonly Stage[] | undefined, b: Stage | readonly Stage[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** How many stages an arm has in common with one before it, which draws them. */
function shared(arm: Arm, earlier: readonly Arm[]): number {
  const common = (other: Arm) => {
    const first = arm.stages.findIndex((stage, i) => !same(stage, other.stages[i]));
    return first < 0 ? arm.stages.length : first;
  };
  return Math.max(0, ...earlier.map(common));
}

function stageTokens(stages: readonly Stage[], { batch, model }: Experiment): number {
  return stages.reduce((steps, stage) => steps + stage.steps, 0) * batch * model.context;
}

/** The lines of a part, in the order of the arms; beginnings that are lines of their own come first. */
export function drawnArms(
  { origin }: Pick<Figure, 'origin'>,
  { experiment, references }: FigurePart,
  shows: Shows = allArms,
): Drawn[] {
  const curves = experiment.arms.filter(({ id }) => !references.includes(id) && shows(id));
  const bases: Drawn[] = [];
  const lines = curves.map((arm, i): Drawn => {
    const { id: key, stages } = arm;
    const last = stages.length;
    const own = { key, arm, last, isBase: false };
    // Seen from the switch, only the new data is drawn.
    if (origin === 'switch') return { ...own, first: last - 1, start: 0 };
    if (origin === 'start') {
      const first = Math.min(shared(arm, curves.slice(0, i)), last - 1);
      return { ...own, first, start: stageTokens(stages.slice(0, first), experiment) };
    }
    if (last === 1) return { ...own, first: 0, start: 0 };
    const before = stages.slice(0, -1);
    const known = bases.find((base) => same(base.arm.stages.slice(0, -1), before));
    if (!known) bases.push({ key: `base ${key}`, arm, first: 0, last: last - 1, start: 0, isBase: true });
    const after = known?.key ?? `base ${key}`;
    return { ...own, first: last - 1, start: stageTokens(before, experiment), after };
  });
  return [...bases, ...lines];
}

/** The measurements of one seed that a line shows, tokens from the figure's origin. */
function measured({ stages }: ArmRun, { first, last, start, after }: Drawn): Measurement[] {
  const drawn = stages.slice(first, last);
  const zero = drawn[0]?.evaluations[0]?.tokens ?? 0;
  const earlier = after === undefined ? [] : stages.slice(0, first);
  let before = earlier.reduce((sum, { evaluations }) => sum + (evaluations.at(-1)?.seconds ?? Number.NaN), 0);
  return drawn.flatMap(({ evaluations }) => {
    const own = evaluations.map(({ seconds = Number.NaN, ...one }) => ({
      ...one,
      tokens: start + one.tokens - zero,
      seconds: before + seconds,
    }));
    before = own.at(-1)?.seconds ?? Number.NaN;
    return own;
  });
}

/** The lines of which something is known. */
export function figureLines(
  figure: Pick<Figure, 'origin'>,
  part: FigurePart,
  measure: Measure,
  evidence: Evidence,
  shows: Shows = allArms,
): FigureLine[] {
  return drawnArms(figure, part, shows).flatMap((drawn): FigureLine[] => {
    const { key, isBase, after, arm } = drawn;
    const runs = evidence(part.key, arm.id)
      .map((run) => ({ seed: run.seed, values: measured(run, drawn) }))
      .filter(({ values }) => values.length > 0);
    const seeds = runs.map(({ values }) => values);
    const [longest] = seeds;
    if (!longest) return [];
    const count = Math.min(...seeds.map((values) => values.length));
    const points = longest.slice(0, count).map(({ tokens }, i): FigurePoint => {
      const { mean, low, high } = spread(seeds.map((values) => values[i]?.[measure] ?? Number.NaN));
      const seconds = seeds.reduce((sum, values) => sum + (values[i]?.seconds ?? Number.NaN), 0) / seeds.length;
      return { tokens, mean, low, high, ...(Number.isFinite(seconds) ? { seconds } : {}) };
    });
    const single = (values: readonly Measurement[]) =>
      values.map((one) => ({ tokens: one.tokens, value: one[measure] }));
    const singles = seeds.length > 1 ? seeds.map(single) : [];
    const line = { key, arm: arm.id, label: arm.label, isBase, seeds: runs.map(({ seed }) => seed), points, singles };
    return [after === undefined ? line : { ...line, after }];
  });
}

/** The learning rate of each line that is shown, as the trainer takes it; equal ones once, under the first arm. */
export function figureRates(figure: Pick<Figure, 'origin'>, part: FigurePart, shows: Shows = allArms): FigureRates[] {
  const { batch, model } = part.experiment;
  const different = new Map<string, FigureRates>();
  const ends = new Map<string, { readonly tokens: number; readonly rate: number }>();
  for (const { key, arm, first, last, start, isBase, after } of drawnArms(figure, part, shows)) {
    let begin = start;
    const own = arm.stages.slice(first, last).flatMap((stage) => {
      const at = drawnSteps(stage).map((step) => ({
        tokens: begin + step * batch * model.context,
        rate: stageRate(stage, step),
      }));
      begin += stage.steps * batch * model.context;
      return at;
    });
    // A line begins where the one before it has ended, with the jump.
    const end = after === undefined ? undefined : ends.get(after);
    const points = end ? [end, ...own] : own;
    const final = points.at(-1);
    if (final) ends.set(key, final);
    const text = JSON.stringify(points);
    if (!different.has(text)) different.set(text, { key, arm: arm.id, isBase, points });
  }
  return [...different.values()];
}

/** The learning rate at a place of the x axis where all lines that are shown there have the same; null where they differ. */
export function commonRate(
  figure: Pick<Figure, 'origin'>,
  part: FigurePart,
  tokens: number,
  shows: Shows = allArms,
): number | null {
  const { batch, model } = part.experiment;
  const rates = drawnArms(figure, part, shows).flatMap(({ arm, first, last, start }) => {
    let step = Math.floor((tokens - start) / (batch * model.context));
    for (const stage of arm.stages.slice(first, last)) {
      if (step >= 0 && step < stage.steps) return [stageRate(stage, step)];
      step -= stage.steps;
    }
    return [];
  });
  return new Set(rates).size === 1 ? (rates[0] ?? null) : null;
}

/**
 * Losses after the last step of the arms that are only lines, on the small windows that the curves are measured on, so that
 * line and curve compare; those without an end are left out.
 */
export function referenceValues(part: FigurePart, measure: Measure, evidence: Evidence): FigureReference[] {
  return part.references.flatMap((id): FigureReference[] => {
    const last = evidence(part.key, id).map(({ stages }) => stages.at(-1));
    const ends = last.flatMap((stage) => (stage?.final ? (stage.evaluations.at(-1) ?? []) : []));
    const label = part.experiment.arms.find((arm) => arm.id === id)?.label ?? id;
    return ends.length === 0 ? [] : [{ arm: id, label, value: spread(ends.map((end) => end[measure])) }];
  });
}

/** How many seeds each curve and level line has that is drawn, each number once, ascending. */
export function drawnSeeds(
  figure: Pick<Figure, 'origin' | 'measures'>,
  part: FigurePart,
  evidence: Evidence,
  shows: Shows = allArms,
): number[] {
  const counts = figure.measures.flatMap((measure) => {
    const lines = figureLines(figure, part, measure, evidence, shows).map(({ seeds }) => seeds.length);
    const levels = referenceValues(part, measure, evidence).flatMap(({ arm, value }) => (shows(arm) ? value.n : []));
    // Level lines wait for something to compare with.
    return lines.length === 0 ? [] : [...lines, ...levels];
  });
  return [...new Set(counts)].sort((a, b) => a - b);
}

/** The x axis of a part: how long its longest curve is, and the phases behind it. */
export function figureAxis(figure: Pick<Figure, 'origin'>, part: FigurePart): FigureAxis {
  const { experiment } = part;
  const ends = drawnArms(figure, part).map(
    ({ arm, first, last, start }) => start + stageTokens(arm.stages.slice(first, last), experiment),
  );
  const end = Math.max(0, ...ends);
  if (figure.origin === 'switch') return { end, bands: [{ start: 0, name: 'new data', shaded: true }] };
  const longest = experiment.arms[0]?.stages ?? [];
  if (longest.length === 1) return { end, bands: [] };
  const bands = longest.map((_, i) => ({
    start: stageTokens(longest.slice(0, i), experiment),
    name: figure.origin === 'start' ? `part ${i + 1}` : i === 0 ? 'old data' : 'new data begins',
    shaded: i % 2 === 1,
  }));
  return { end, bands };
}
