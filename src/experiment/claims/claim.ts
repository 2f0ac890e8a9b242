// A claim of a paper as a pure predicate over what was measured. Its margin is fixed here, before any run; its verdict is
// never decided on smoothed values.

import type { Evidence } from '../evidence/evidence';
import type { PartKey } from '../part';
import type { Measure } from '../readings';

/**
 * `holds`: seen, beyond the margin and beyond chance. `no-difference`: the whole interval lies within the margin.
 * `reversed`: the opposite, as clearly. `cannot-tell`: too few seeds, or an interval that allows more than one of these.
 * A claim that two things are alike, or that something stays within a limit, has no `no-difference`: that is what it says.
 */
export type Outcome = 'holds' | 'no-difference' | 'reversed' | 'cannot-tell';

/** Nats a token, or percent of what the claim names. */
export type Unit = 'nats' | '%';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What one comparison showed. */
export interface Finding {
  readonly outcome: Outcome;
  /** Mean over seeds of the paired difference that decides, in the claim's unit; null when nothing is known yet. */
  readonly effect: number | null;
  /** 95 % interval of the effect over paired seeds; null below two seeds. */
  readonly interval: Interval | null;
  /** Paired seeds. */
  readonly n: number;
  /** What was seen, as one or a few plain sentences with the numbers. */
  readonly sentence: string;
}

/** A finding in its place: `Weak shift`, `Old text`. */
export interface NamedFinding extends Finding {
  readonly title: string;
  /** Those whose runs were compared. */
  readonly parts: readonly PartKey[];
}

/** An arm of a part. */
export interface ArmPlace {
  readonly part: PartKey;
  readonly arm: string;
}

/** The finding that counts: of several the weakest, because a claim is made for all of them. */
export interface Verdict extends Finding {
  /** All that it was put together from, one for each shift or comparison; a single one has no title. */
  readonly findings: readonly NamedFinding[];
}

export interface Claim {
  /** As in the list of predicates: `I5a`, `G2`. */
  readonly id: string;
  /** What the paper says, one plain sentence. */
  readonly statement: string;
  /** `Ibrahim et al. 2024, section 6.2`. */
  readonly source: string;
  /** The paper's numbers for it, or how it says it. */
  readonly paper: string;
  /** Whether it is expected to show in models this small. */
  readonly expected: 'robust' | 'fragile';
  /** In `unit`. Up to here a difference counts as none; where the claim sets a limit, how far from zero that lies. */
  readonly margin: number;
  readonly unit: Unit;
  /** Why it could fail in models this small. */
  readonly fragility: string;
  /** What to look at: a chart, of this part where it has something to show (figures/where.ts). */
  readonly show: { readonly part: PartKey; readonly measure: Measure };
  /** The runs that it is judged from. */
  readonly needs: readonly ArmPlace[];
  judge(evidence: Evidence): Verdict;
}
