// What a figure's charts draw, from what was measured: curves over seeds, horizontal references, the x axis. Tokens are
// counted from the figure's origin. The page and the command line both draw these.

import { drawnSteps, stageRate } from '../schedules';
import type { Arm, Experiment, Stage } from '../spec';
import { type Spread, spread } from '../spread';
import type { ArmRecord, Evidence, Measurement } from './evidence';
import type { Figure, FigurePart, Measure } from './figure';

export interface FigurePoint {
  readonly tokens: number;
  /** Spent since the curve began, mean over seeds; left out where that is not known. */
  readonly seconds?: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface FigureLine {
  readonly arm: string;
  readonly label: string;
  /** Seeds in the mean. */
  readonly n: number;
  /** Where every seed has a value. */
  readonly points: readonly FigurePoint[];
  /** Each seed's own values, when there are several. */
  readonly singles: readonly (readonly { readonly tokens: number; readonly value: number }[])[];
}

/** A run of which only the end is shown. */
export interface FigureReference {
  readonly arm: string;
  readonly label: string;
  readonly value: Spread;
}

export interface FigureRates {
  readonly arm: string;
  readonly points: readonly { readonly tokens: number; readonly rate: number }[];
}

export interface FigureAxis {
  /** Tokens. */
  readonly end: number;
  readonly bands: readonly { readonly start: number; readonly name: string; readonly shaded: boolean }[];
}

/** The stages of an arm that its own curve shows, and the tokens before the first of them. */
interface Drawn {
  readonly arm: Arm;
  /** Place of the first drawn stage on the arm's path. */
  readonly first: number;
  /** Tokens from the figure's origin to the beginning of the first drawn stage. */
  readonly start: number;
}

function same(a: Stage | undefined, b: Stage | undefined): boolean {
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

function stepTokens({ batch, model }: Experiment): number {
  return batch * model.context;
}

/** The arms that are curves, each with the part of its path that it draws. */
export function drawnArms({ origin }: Pick<Figure, 'origin'>, { experiment, references }: FigurePart): Drawn[] {
  const curves = experiment.arms.filter(({ id }) => !references.includes(id));
  return curves.map((arm, i) => {
    // Seen from the switch, only the new data is drawn.
    if (origin === 'switch') return { arm, first: arm.stages.length - 1, start: 0 };
    const first = Math.min(shared(arm, curves.slice(0, i)), arm.stages.length - 1);
    const before = arm.stages.slice(0, first).reduce((steps, stage) => steps + stage.steps, 0);
    return { arm, first, start: before * stepTokens(experiment) };
  });
}

/** The measurements of one seed that a curve shows, tokens from the figure's origin, seconds from the curve's beginning. */
function measured(record: ArmRecord, { first, start }: Drawn): Measurement[] {
  const stages = record.stages.slice(first);
  const zero = stages[0]?.evaluations[0]?.tokens ?? 0;
  let before = 0;
  return stages.flatMap(({ evaluations }) => {
    const own = evaluations.map(({ seconds = Number.NaN, ...one }) => ({
      ...one,
      tokens: start + one.tokens - zero,
      seconds: before + seconds,
    }));
    before = own.at(-1)?.seconds ?? Number.NaN;
    return own;
  });
}

/** One curve an arm, in the order of the arms; those of which nothing is known are left out. */
export function figureLines(figure: Figure, part: FigurePart, measure: Measure, evidence: Evidence): FigureLine[] {
  return drawnArms(figure, part).flatMap((drawn): FigureLine[] => {
    const { id, label } = drawn.arm;
    const seeds = evidence(part.key, id)
      .map((record) => measured(record, drawn))
      .filter((values) => values.length > 0);
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
    return [{ arm: id, label, n: seeds.length, points, singles: seeds.length > 1 ? seeds.map(single) : [] }];
  });
}

/** The learning rate of each curve's arm that is shown, as the trainer takes it; equal ones once, under the first arm. */
export function figureRates(
  figure: Pick<Figure, 'origin'>,
  part: FigurePart,
  shows: (arm: string) => boolean = () => true,
): FigureRates[] {
  const perStep = stepTokens(part.experiment);
  const different = new Map<string, FigureRates>();
  for (const { arm, first, start } of drawnArms(figure, part).filter((drawn) => shows(drawn.arm.id))) {
    let begin = start;
    const points = arm.stages.slice(first).flatMap((stage) => {
      const own = drawnSteps(stage).map((step) => ({ tokens: begin + step * perStep, rate: stageRate(stage, step) }));
      begin += stage.steps * perStep;
      return own;
    });
    const key = JSON.stringify(points);
    if (!different.has(key)) different.set(key, { arm: arm.id, points });
  }
  return [...different.values()];
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

/** The x axis of a part: how long its longest curve is, and the phases behind it. */
export function figureAxis(figure: Pick<Figure, 'origin'>, part: FigurePart): FigureAxis {
  const perStep = stepTokens(part.experiment);
  const drawn = drawnArms(figure, part);
  const ends = drawn.map(
    ({ arm, first, start }) =>
      start + perStep * arm.stages.slice(first).reduce((steps, stage) => steps + stage.steps, 0),
  );
  const end = Math.max(0, ...ends);
  if (figure.origin === 'switch') return { end, bands: [{ start: 0, name: 'new data', shaded: true }] };
  const longest = part.experiment.arms[0]?.stages ?? [];
  if (longest.length === 1) return { end, bands: [] };
  const bands = longest.map((_, i) => {
    const before = longest.slice(0, i).reduce((steps, stage) => steps + stage.steps, 0);
    return { start: perStep * before, name: `part ${i + 1}`, shaded: i % 2 === 1 };
  });
  return { end, bands };
}
