// Results as tables, verdicts and drawings read them: the figure they belong to, its parts in order, and the evidence.

import { type Evidence, evidenceOf } from './evidence/evidence';
import { figureOf } from './figures';
import type { Figure } from './figures/figure';
import type { FigurePart } from './part';
import { plan } from './plan';
import type { OpenedResults } from './saved';

/** Results in memory: what was trained for a figure, or for an experiment of one's own. */
export type Results = Pick<OpenedResults, 'figure' | 'parts' | 'records'>;

export interface ShownResults extends Results {
  readonly of: Figure;
  readonly evidence: Evidence;
}

/** Parts and arms in the order of the figure, whatever was trained first. */
export function shownResults({ figure, parts, records }: Results): ShownResults {
  const of = figureOf(figure);
  const known = of.parts({ scale: 'XS', seeds: [1], budget: 1 });
  const place = (key: string) => known.findIndex((part) => part.key === key);
  const ordered = parts
    .map((part) =>
      inOrder(
        part,
        known.find(({ key }) => key === part.key),
      ),
    )
    .sort((a, b) => place(a.key) - place(b.key));
  const planned = ordered.map(({ key, experiment }) => ({ key, plan: plan(experiment) }));
  return { figure, parts: ordered, records, of, evidence: evidenceOf(planned, records) };
}

function inOrder(part: FigurePart, known: FigurePart | undefined): FigurePart {
  const order = known?.experiment.arms.map(({ id }) => id) ?? [];
  const arms = [...part.experiment.arms].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return { ...part, experiment: { ...part.experiment, arms } };
}
