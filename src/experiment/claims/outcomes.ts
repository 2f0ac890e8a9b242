// What a person reads of a verdict: its outcome in a few words, with a mark that does not need its colour.

import type { Claim, Finding, Outcome } from './claim';
import { plain } from './words';

export type Seen = Outcome | 'seen-once' | 'not-run';

export function seen({ n, outcome }: Pick<Finding, 'n' | 'outcome'>): Seen {
  if (n === 0) return 'not-run';
  return n === 1 && outcome === 'cannot-tell' ? 'seen-once' : outcome;
}

export const outcomeWords: Readonly<Record<Seen, { readonly mark: string; readonly words: string }>> = {
  holds: { mark: '✓', words: 'holds here' },
  'no-difference': { mark: '=', words: 'no difference found' },
  reversed: { mark: '✕', words: 'reversed here' },
  'cannot-tell': { mark: '?', words: "can't tell yet" },
  'seen-once': { mark: '1', words: "seen once, can't tell yet" },
  'not-run': { mark: '○', words: 'not run yet' },
};

/** What a difference must reach to count. */
export function marginText({ margin, unit }: Pick<Claim, 'margin' | 'unit'>): string {
  return `A difference counts from ${plain(margin, unit)} ${unit} on.`;
}
