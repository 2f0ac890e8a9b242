// From what is known about a part of a figure to what the charts draw: its curves, its references, its learning rates.

import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { drawnArms, figureLines, figureRates, referenceValues } from '../../experiment/figures/lines';
import type { RatedStage } from '../../experiment/schedules';
import { baseAppearance } from '../../plot/palette';
import type { ChartLine, RateLine, Reference } from '../../plot/types';
import type { ChosenPart } from '../../store/figureChoice';
import { studyAppearance } from '../palette';
import { shortName } from './words';

/** Arms to draw, by id. */
export type Shown = ReadonlySet<string>;

const allArms = ({ part }: ChosenPart) => part.experiment.arms.map(({ id }) => id);

/** One curve an arm. */
export function curveLines(
  figure: Figure,
  chosen: ChosenPart,
  measure: Measure,
  evidence: Evidence,
  shown: Shown,
): ChartLine[] {
  return figureLines(figure, chosen.part, measure, evidence)
    .filter(({ arm }) => shown.has(arm))
    .map(({ arm, label, points, singles }) => ({
      key: arm,
      name: label,
      label: shortName(arm, allArms(chosen)),
      appearance: studyAppearance(arm),
      points,
      singles,
    }));
}

/** Runs of which only the end counts, as level lines. */
export function levels(chosen: ChosenPart, measure: Measure, evidence: Evidence, shown: Shown): Reference[] {
  return referenceValues(chosen.part, measure, evidence)
    .filter(({ arm }) => shown.has(arm))
    .map(({ arm, value }) => ({
      key: arm,
      label: shortName(arm, allArms(chosen)),
      value: value.mean,
      appearance: studyAppearance(arm),
    }));
}

/** Arms that begin from random weights, far above everything that matters later. */
export function steepArms(figure: Figure, chosen: ChosenPart, shown: Shown): Set<string> {
  const drawn = drawnArms(figure, chosen.part).filter(({ arm, first }) => first === 0 && shown.has(arm.id));
  return new Set(drawn.map(({ arm }) => arm.id));
}

interface DrawnSchedule {
  readonly arm: string;
  readonly start: number;
  readonly stages: readonly RatedStage[];
}

/** The drawn stages of every shown curve. */
export function drawnSchedules(figure: Figure, chosen: ChosenPart, shown: Shown): DrawnSchedule[] {
  return drawnArms(figure, chosen.part)
    .filter(({ arm }) => shown.has(arm.id))
    .map(({ arm, first, start }) => ({ arm: arm.id, start, stages: arm.stages.slice(first) }));
}

/** One line for each different schedule; ink where all arms have the same. */
export function scheduleLines(figure: Figure, chosen: ChosenPart, shown: Shown): RateLine[] {
  const lines = figureRates(figure, chosen.part, (arm) => shown.has(arm)).map(
    ({ arm, points }): RateLine => ({ key: arm, points, appearance: studyAppearance(arm) }),
  );
  const [first, ...others] = lines;
  if (!first || others.length > 0) return lines;
  return [{ ...first, appearance: { ...baseAppearance, colour: 'var(--ink)' } }];
}
