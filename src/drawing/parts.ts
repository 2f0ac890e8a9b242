// A part of a figure as it is drawn on paper, whatever prints it: titles, whole names, curves, levels and learning rates.

import type { Evidence } from '../experiment/evidence/evidence';
import type { Figure } from '../experiment/figures/figure';
import { figureAxis, figureLines, referenceValues } from '../experiment/figures/lines';
import type { FigurePart } from '../experiment/part';
import type { Measure } from '../experiment/readings';
import { deviationSeeds } from '../experiment/spread';
import type { ChartLine, Phases, RateLine, Reference } from '../plot/types';
import { curveLines, levels, partLooks, scheduleLines, steepLines } from './lines';

/** One chart, ready to draw. */
export interface DrawnPanel {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly references: readonly Reference[];
}

export interface DrawnPart {
  readonly title: string;
  /** How many seeds the curves are means of, where that is one number. */
  readonly seeds: string;
  readonly panels: readonly DrawnPanel[];
  readonly phases: Phases;
  /** Tokens at the right edge. */
  readonly end: number;
  /** Runs begin from random weights, far above everything that matters later. */
  readonly steep: boolean;
  readonly rates: readonly RateLine[];
}

const titles: Readonly<Record<Measure, string>> = {
  new: 'New data (D1): what it learns',
  old: 'Old data (D0): what it forgets',
};

function seedsText(n: number): string {
  if (n < 2) return n === 0 ? '' : 'n = 1 seed';
  return `n = ${n} seeds: mean, each seed, and their ${n < deviationSeeds ? 'range' : 'standard deviation'}`;
}

export function drawnPart(figure: Figure, part: FigurePart, evidence: Evidence): DrawnPart {
  const { end, bands } = figureAxis(figure, part);
  const labels = new Map(part.experiment.arms.map(({ id, label }) => [id, label]));
  // On paper there is room for the whole name.
  const looks = { ...partLooks(part), label: (arm: string) => labels.get(arm) ?? arm };
  const drawn = { figure, part, shown: new Set(labels.keys()), looks };
  const compared = figure.measures.flatMap((measure) => referenceValues(part, measure, evidence));
  const counts = new Map([
    ...figure.measures
      .flatMap((measure) => figureLines(figure, part, measure, evidence))
      .map(({ key, seeds }) => [key, seeds.length] as const),
    ...compared.map(({ arm, value }) => [arm, value.n] as const),
  ]);
  const [n = 0, ...others] = new Set(counts.values());
  const alike = others.length === 0;
  const panels = figure.measures.map((measure): DrawnPanel => {
    const named = (label: string, key: string) => (alike ? label : `${label} (n=${counts.get(key)})`);
    const lines = curveLines(drawn, measure, evidence).map((line) => ({
      ...line,
      label: line.label && named(line.label, line.key),
    }));
    const references = levels(drawn, measure, evidence).map((level) => ({
      ...level,
      label: named(level.label, level.key),
    }));
    return { title: titles[measure], lines, references };
  });
  const seeds = alike ? seedsText(n) : '';
  return {
    title: part.title,
    seeds,
    panels,
    phases: { end, bands },
    end: end * figure.window,
    steep: steepLines(drawn).size > 0,
    rates: scheduleLines(drawn),
  };
}
