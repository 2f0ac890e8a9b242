// A claim that a quantity rises (or falls) along several arms: judged from end to end, and no step on the way may go back.

import type { Quantity } from '../evidence/measures';
import type { PartKey } from '../part';
import { armsOf, compare, type Test } from './comparison';
import { direction, type Side } from './rules';
import { listed, plain } from './words';

export interface Ordering<K extends string> {
  readonly part: PartKey;
  /** Arms in the order of the claim, each with the word for it: `0.5×`. */
  readonly arms: Readonly<Record<K, string>>;
  readonly quantity: Quantity;
  /** What the quantity is called in a sentence: `the average loss`. */
  readonly name: string;
  /** How the quantity is written; losses need no sign, changes do. */
  readonly said?: (value: number) => string;
  /** Where the last arm lies, seen from the first. */
  readonly side: Side;
  readonly margin: number;
}

export function ordering<K extends string>(claimed: Ordering<K>): Test {
  const { arms, name, said = plain, side, margin } = claimed;
  const ids = Object.keys(arms) as K[];
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`The ordering of '${name}' has no arms.`);
  const ends = compare({
    needs: armsOf(claimed.part, ...ids),
    quantity: claimed.quantity,
    effect: (of) => of[last] - of[first],
    seen: (of) => {
      const values = ids.map((id, i) => `${said(of[id])}${i === 0 ? ' nats' : ''} with ${arms[id]}`);
      return `${name} is ${listed(values)}; from end to end`;
    },
    rule: direction(side, margin),
  });
  return {
    needs: ends.needs,
    judge(evidence) {
      const finding = ends.judge(evidence);
      const broken = ids
        .slice(1)
        .find((id, i) => step(claimed, ids[i] ?? id, id).judge(evidence).outcome === 'reversed');
      if (finding.outcome !== 'holds' || broken === undefined) return finding;
      const before = ids[ids.indexOf(broken) - 1] ?? broken;
      const sentence = `${finding.sentence} But from ${arms[before]} to ${arms[broken]} it clearly goes the other way: no steady order.`;
      return { ...finding, outcome: 'cannot-tell', sentence };
    },
  };
}

/** Two neighbours alone. */
function step<K extends string>({ part, quantity, name, side, margin }: Ordering<K>, from: K, to: K): Test {
  return compare({
    needs: armsOf(part, from, to),
    quantity: quantity,
    effect: (of) => of[to] - of[from],
    seen: () => name,
    rule: direction(side, margin),
  });
}
