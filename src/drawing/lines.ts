// From what is known about a part of a figure to what is drawn of it: its curves, its references, its learning rates, each as
// it looks on the page and in a file alike.

import type { Evidence } from '../experiment/evidence/evidence';
import type { Figure } from '../experiment/figures/figure';
import { placeOf } from '../experiment/figures/kin';
import { drawnArms, figureLines, figureRates, referenceValues } from '../experiment/figures/lines';
import type { FigurePart } from '../experiment/part';
import type { Measure } from '../experiment/readings';
import { type Appearance, appearance, appearanceAt, baseAppearance, inkAppearance } from '../plot/palette';
import type { ChartLine, RateLine, Reference } from '../plot/types';
import { ownNames, shortName } from './names';

/** No arm has this one. */
const sentDash = '4 4';

/** What the stage that arms share is called. */
export const baseName = 'before the switch';

/** How an arm of the figures looks. */
export const studyAppearance = (arm: string): Appearance => appearanceAt(placeOf(arm));

/** Arms to draw, by id. */
export type Shown = ReadonlySet<string>;

/** How the arms of a part look, and what they are called where there is little room. */
export interface Looks {
  readonly appearance: (arm: string) => Appearance;
  readonly label: (arm: string) => string;
}

/** Arms of the figures look and are called the same wherever they are shown; those of one's own go by their order. */
export function partLooks({ key, experiment }: FigurePart): Looks {
  const arms = experiment.arms.map(({ id }) => id);
  if (key === 'own') {
    const names = ownNames(experiment.arms.map(({ label }) => label));
    const slot = (arm: string) => arms.indexOf(arm);
    return { appearance: (arm) => appearance(slot(arm)), label: (arm) => names[slot(arm)] ?? arm };
  }
  return { appearance: studyAppearance, label: (arm) => shortName(arm, arms) };
}

/** What is drawn, and how. */
export interface Drawn {
  readonly figure: Figure;
  readonly part: FigurePart;
  readonly shown: Shown;
  readonly looks: Looks;
}

/** The first beginning is everybody's; others have their arm's colour. */
const isFirst = (line: { readonly isBase: boolean }, i: number) => line.isBase && i === 0;

export function curveLines({ figure, part, shown, looks }: Drawn, measure: Measure, evidence: Evidence): ChartLine[] {
  return figureLines(figure, part, measure, evidence, (arm) => shown.has(arm)).map(
    ({ key, arm, label, isBase, after, points, seeds, singles }, i): ChartLine => ({
      key,
      name: isBase ? baseName : label,
      label: isBase ? null : looks.label(arm),
      appearance: isFirst({ isBase }, i) ? baseAppearance : looks.appearance(arm),
      points,
      seeds,
      singles,
      ...(after !== undefined && { after }),
    }),
  );
}

/** Under what was trained here, the same as somebody else sent it: dashed, and named where nothing over it has the name. */
export function underLines(lines: readonly ChartLine[], over: readonly ChartLine[]): ChartLine[] {
  const names = new Set(over.map(({ key }) => key));
  return lines.map((line) => ({
    ...line,
    key: `sent ${line.key}`,
    name: `${line.name}, as sent`,
    label: names.has(line.key) ? null : line.label,
    appearance: { ...line.appearance, dash: sentDash },
    ...(line.after !== undefined && { after: `sent ${line.after}` }),
  }));
}

/** Runs of which only the end counts, as level lines. */
export function levels({ part, shown, looks }: Drawn, measure: Measure, evidence: Evidence): Reference[] {
  return referenceValues(part, measure, evidence)
    .filter(({ arm }) => shown.has(arm))
    .map(({ arm, value }) => ({
      key: arm,
      label: looks.label(arm),
      value: value.mean,
      appearance: looks.appearance(arm),
    }));
}

/** Lines that begin from random weights, far above everything that matters later. */
export function steepLines({ figure, part, shown }: Drawn): Set<string> {
  const drawn = drawnArms(figure, part, (arm) => shown.has(arm)).filter(({ first }) => first === 0);
  return new Set(drawn.map(({ key }) => key));
}

/** One line for each different schedule; ink where there is nothing to tell apart. */
export function scheduleLines({ figure, part, shown, looks }: Drawn): RateLine[] {
  const rates = figureRates(figure, part, (arm) => shown.has(arm));
  const alone = rates.filter(({ isBase }) => !isBase).length === 1;
  return rates.map(({ key, arm, isBase, points }, i) => {
    const plain = isFirst({ isBase }, i) || (!isBase && alone);
    return { key, points, appearance: plain ? inkAppearance : looks.appearance(arm) };
  });
}
