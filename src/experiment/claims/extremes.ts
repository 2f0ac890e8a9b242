// Claims about all of several arms are judged by the one that speaks most against them, chosen in every seed. Chance alone
// makes some arm look worst, so such an extreme leans away from the claim: that it holds all the same can be trusted, that
// it is reversed cannot, unless a single arm shows it too.

import type { ArmRun } from '../evidence/evidence';
import type { Quantity } from '../evidence/measures';
import type { PartKey } from '../part';
import { armsOf, compareMeasured, type Test } from './comparison';
import { alike } from './rules';

/**
 * The comparison of an extreme of several arms, confirmed on single ones.
 * @param of the comparison for any of the arms; of one arm it is that arm's own
 */
export function amongAll<K extends string>(arms: readonly K[], of: (arms: readonly K[]) => Test): Test {
  const singles = arms.length > 1 ? arms.map((arm) => of([arm])) : [];
  return singles.length === 0 ? of(arms) : confirmed(of(arms), singles);
}

function confirmed(extreme: Test, singles: readonly Test[]): Test {
  return {
    needs: extreme.needs,
    judge(evidence) {
      const finding = extreme.judge(evidence);
      if (finding.outcome !== 'reversed') return finding;
      if (singles.some((single) => single.judge(evidence).outcome === 'reversed')) return finding;
      const doubt = 'Taken one by one, though, no run shows it, and some run looks worst by chance: cannot tell yet.';
      return { ...finding, outcome: 'cannot-tell', sentence: `${finding.sentence} ${doubt}` };
    },
  };
}

export interface Spread<K extends string> {
  readonly part: PartKey;
  readonly arms: readonly K[];
  readonly quantity: Quantity;
  /** What the distance is compared with, in one seed: a loss, or its change with its sign; nats. */
  change(runs: Readonly<Record<K, ArmRun>>): number;
  /** What the distance is a share of, from that; that itself when left out. */
  readonly whole?: (change: number) => number;
  /** Percent of the whole that still counts as alike. */
  readonly margin: number;
  /** From the distance and what it is compared with, in nats. */
  seen(means: { readonly apart: number; readonly whole: number; readonly change: number }): string;
}

/** Arms that end alike: the distance between the farthest two. */
export function spread<K extends string>(compared: Spread<K>): Test {
  const { part, arms, quantity, whole = (change) => change, margin, seen } = compared;
  const distance = (apart: (values: Readonly<Record<K, number>>) => number) =>
    compareMeasured({
      needs: armsOf(part, ...arms),
      measure: (runs) => {
        const values = Object.fromEntries(arms.map((arm) => [arm, quantity(runs[arm])])) as Record<K, number>;
        const change = compared.change(runs);
        return { apart: apart(values), whole: whole(change), change };
      },
      effect: (measured) => (100 * measured.apart) / measured.whole,
      seen,
      rule: alike(margin, '%'),
    });
  const pairs = arms.flatMap((a, i) => arms.slice(i + 1).map((b) => distance((values) => values[a] - values[b])));
  const widest = (values: Readonly<Record<K, number>>) => {
    const all = Object.values<number>(values);
    return Math.max(...all) - Math.min(...all);
  };
  return confirmed(distance(widest), pairs);
}
