// Every claim of the lab by id, and the verdicts on those of a figure.

import type { Evidence } from '../evidence/evidence';
import type { Claim, Verdict } from './claim';
import { figure3Claims } from './figure_3';
import { figure4Claims } from './figure_4';
import { figure5Claims } from './figure_5';
import { figure6Claims } from './figure_6';
import { figure7Claims } from './figure_7';
import { figure8Claims } from './figure_8';
import { figure9Claims } from './figure_9';
import { figure10Claims } from './figure_10';
import { guptaClaims } from './gupta';

export const claims: Readonly<Record<string, Claim>> = Object.fromEntries(
  [
    figure3Claims,
    figure4Claims,
    figure5Claims,
    figure6Claims,
    figure7Claims,
    figure8Claims,
    figure9Claims,
    figure10Claims,
    guptaClaims,
  ]
    .flat()
    .map((claim) => [claim.id, claim]),
);

export interface Judged {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

/** The figure's claims in the order of its page, each judged on what is known so far. */
export function judgeFigure(figure: { readonly claims: readonly string[] }, evidence: Evidence): readonly Judged[] {
  return figure.claims.flatMap((id) => {
    const claim = claims[id];
    return claim === undefined ? [] : [{ claim, verdict: claim.judge(evidence) }];
  });
}

/** From so many claims on, chance alone makes a miss likely enough to be mentioned. */
const many = 6;

/** What to say beside several verdicts at once; null for a few. */
export function oneInTwenty(count: number): string | null {
  if (count < many) return null;
  return `${count} claims are judged here at once: one in twenty 95 % intervals misses the true value by chance alone.`;
}
