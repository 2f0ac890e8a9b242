// Who sent what of a pool: seeds, runs, and stages that somebody before had sent as well.

import { type Compared, compareStages } from './compare';
import { plan } from './plan';
import type { Sent } from './pool';

/** What a sender added to those before. */
export interface Contribution {
  readonly sent: Sent;
  /** Of runs that have ended. */
  readonly seeds: readonly number[];
  /** Labels of runs that have ended. */
  readonly arms: readonly string[];
  /** Stages that nobody before had sent. */
  readonly added: number;
  /** The first sender before who sent some of the same stages, and how far apart theirs were; null where all were new. */
  readonly again: { readonly name: string; readonly compared: Compared } | null;
}

function contributionOf(sent: Sent, before: readonly Sent[]): Contribution {
  const { results } = sent;
  const { parts, records } = results;
  const plans = parts.map(({ experiment }) => plan(experiment));
  const nodes = plans.flatMap((whole) => whole.nodes).filter(({ id }) => records.has(id));
  const ids = new Set(nodes.map(({ id }) => id));
  const earlier = before.map((one) => ({ name: one.name, compared: compareStages(ids, one.results, results) }));
  const known = new Set(before.flatMap((one) => [...one.results.records.keys()]));
  const labels = new Map(parts.flatMap(({ experiment }) => experiment.arms.map(({ id, label }) => [id, label])));
  const ended = nodes.filter(({ id }) => records.get(id)?.final);
  const arms = ended.flatMap((node) => (node.arms.length === 1 ? node.arms : []));
  return {
    sent,
    seeds: [...new Set(ended.map(({ seed }) => seed))].sort((a, b) => a - b),
    arms: [...new Set(arms)].map((arm) => labels.get(arm) ?? arm),
    added: [...ids].filter((id) => !known.has(id)).length,
    again: earlier.find(({ compared }) => compared.stages > 0) ?? null,
  };
}

/** In the order in which they came. */
export function contributions(sent: readonly Sent[]): Contribution[] {
  return sent.map((one, i) => contributionOf(one, sent.slice(0, i)));
}
