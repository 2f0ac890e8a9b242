// How often a stage reads its text: a long stage on a small corpus begins again, which changes what its losses say.

import type { PlanNode } from './plan';
import { replayedBefore } from './replay';
import type { CorpusName } from './spec';

export interface Repeat {
  readonly corpus: CorpusName;
  /** Tokens that a stage takes from it, beside those that it has to train on; above 1. */
  readonly times: number;
}

/** What of a node says how much it reads of each text. */
type ReadingNode = Pick<PlanNode, 'stage' | 'batch'> & { readonly model: Pick<PlanNode['model'], 'context'> };

/** Tokens that a stage takes from each of its corpora. */
function tokensRead({ stage, batch, model: { context } }: ReadingNode): (readonly [CorpusName, number])[] {
  const { corpus, replay } = stage.mixture;
  const sequences = stage.steps * batch;
  const replayed = replay === null ? 0 : replayedBefore(sequences, replay.fraction);
  const fresh = [corpus, (sequences - replayed) * context] as const;
  return replay === null ? [fresh] : [fresh, [replay.corpus, replayed * context]];
}

/**
 * The corpora that any one stage reads more than once, with the most that one reads of them; in the order of the stages.
 * @param trainTokens of a corpus or split; null where it is not known
 */
export function repeats(nodes: readonly ReadingNode[], trainTokens: (corpus: CorpusName) => number | null): Repeat[] {
  const read = nodes.flatMap(tokensRead).map(([corpus, tokens]) => {
    return { corpus, times: tokens / (trainTokens(corpus) ?? Number.POSITIVE_INFINITY) };
  });
  return mostRepeats(read.filter(({ times }) => times > 1));
}

/** Of several lists one: the most of each corpus. */
export function mostRepeats(repeated: readonly Repeat[]): Repeat[] {
  const most = new Map<CorpusName, Repeat>();
  for (const one of repeated) if (one.times > (most.get(one.corpus)?.times ?? 0)) most.set(one.corpus, one);
  return [...most.values()];
}

/** `4.7 times`. Never `1.0`: that would say once. */
export function timesWords(times: number): string {
  return `${Math.max(1.1, times).toFixed(1)} times`;
}

/** `german 4.7 times, literature/1 1.5 times`; empty when nothing is read twice. */
export function repeatWords(repeated: readonly Repeat[]): string {
  return repeated.map(({ corpus, times }) => `${corpus} ${timesWords(times)}`).join(', ');
}
