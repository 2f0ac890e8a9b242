// How the interval of an effect is turned into an outcome. Four forms; each says what decided, and how narrow the interval
// must become before it decides.

import type { Interval, Outcome, Unit } from './claim';
import { plain } from './words';

export interface Rule {
  readonly unit: Unit;
  outcome(mean: number, interval: Interval): Outcome;
  /** Half-width below which an interval around this mean decides. */
  reach(mean: number): number;
  /** Whether the mean alone would agree with the claim. */
  agrees(mean: number): boolean;
  /** What the outcome means here, as a sentence; empty where the numbers say it. */
  say(outcome: Outcome): string;
}

/** Which sign of the effect the claim is about. */
export type Side = 'above' | 'below';

/**
 * The effect is really above (or below) zero: its interval leaves zero out and its mean is not within the margin. An
 * interval that leaves zero out around a mean within the margin is real but too small to count, or not: it decides nothing
 * before all of it lies within the margin.
 */
export function direction(side: Side, margin: number, unit: Unit = 'nats'): Rule {
  const sign = side === 'above' ? 1 : -1;
  return {
    unit,
    outcome(mean, { low, high }) {
      if (low >= -margin && high <= margin) return 'no-difference';
      if (Math.abs(mean) <= margin || (low <= 0 && high >= 0)) return 'cannot-tell';
      return sign * mean > 0 ? 'holds' : 'reversed';
    },
    reach: (mean) => (Math.abs(mean) > margin ? Math.abs(mean) : margin - Math.abs(mean)),
    agrees: (mean) => sign * mean > margin,
    say(outcome) {
      if (outcome === 'no-difference')
        return `The whole interval lies within ±${plain(margin, unit)} ${unit}: no difference.`;
      return outcome === 'reversed' ? 'That is the opposite of the claim.' : '';
    },
  };
}

/** The effect stays within a margin on both sides of zero. */
export function alike(margin: number, unit: Unit = 'nats'): Rule {
  return {
    unit,
    outcome(_mean, { low, high }) {
      if (low >= -margin && high <= margin) return 'holds';
      return low > margin || high < -margin ? 'reversed' : 'cannot-tell';
    },
    reach: (mean) => Math.abs(margin - Math.abs(mean)),
    agrees: (mean) => Math.abs(mean) <= margin,
    say(outcome) {
      const within = `±${plain(margin, unit)} ${unit}`;
      if (outcome === 'holds') return `The whole interval lies within ${within}, which counts as alike.`;
      return outcome === 'reversed'
        ? `The whole interval lies outside ${within}: not alike.`
        : `Alike means within ${within}.`;
    },
  };
}

/** The effect lies on one side of a limit: `above` for at least, `below` for at most. */
export function limit(side: Side, at: number, unit: Unit = 'nats'): Rule {
  const above = side === 'above';
  return {
    unit,
    outcome(_mean, { low, high }) {
      if (low > at) return above ? 'holds' : 'reversed';
      if (high < at) return above ? 'reversed' : 'holds';
      return 'cannot-tell';
    },
    reach: (mean) => Math.abs(mean - at),
    agrees: (mean) => (above ? mean > at : mean < at),
    say(outcome) {
      const asked = `${above ? 'at least' : 'at most'} ${plain(at, unit)} ${unit}`;
      if (outcome === 'holds') return `The claim asks for ${asked}: all of the interval is.`;
      return outcome === 'reversed'
        ? `The claim asks for ${asked}: none of the interval is.`
        : `The claim asks for ${asked}.`;
    },
  };
}
