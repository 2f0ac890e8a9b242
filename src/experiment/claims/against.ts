// The commonest comparison: one arm against another, or against whichever of several comes nearest to it.

import type { ArmRun } from '../evidence/evidence';
import type { Quantity } from '../evidence/measures';
import type { PartKey } from '../part';
import { armsOf, compareMeasured, type Test } from './comparison';
import { amongAll } from './extremes';
import type { Rule } from './rules';
import { plain } from './words';

export interface Against {
  readonly part: PartKey;
  readonly quantity: Quantity;
  /** Says the quantity before its number: `new loss ends at`. */
  readonly name: string;
  /** How the quantity is written; losses need no sign, changes do. */
  readonly said?: (value: number) => string;
  /** The arm that the claim is about, and the words after its number: `at the floor`. */
  readonly one: string;
  readonly called: string;
  readonly others: readonly string[];
  readonly otherwise: string;
  /** Of several others, the one in the same seed that counts: Math.max where `one` is claimed to lie above all. */
  readonly nearest?: (...values: number[]) => number;
  /** On `one` minus the nearest other. */
  readonly rule: Rule;
}

export function against(duel: Against): Test {
  return amongAll(duel.others, (others) => withNearest({ ...duel, others }));
}

function withNearest({
  part,
  quantity,
  name,
  said = plain,
  one,
  called,
  others,
  otherwise,
  nearest = Math.max,
  rule,
}: Against): Test {
  return compareMeasured({
    needs: armsOf(part, one, ...others),
    measure: (runs: Readonly<Record<string, ArmRun>>) => {
      const of = (arm: string) => (runs[arm] === undefined ? Number.NaN : quantity(runs[arm]));
      return { one: of(one), other: nearest(...others.map(of)) };
    },
    effect: (measured) => measured.one - measured.other,
    seen: (means) => `${name} ${said(means.one)} nats ${called} and ${said(means.other)} ${otherwise}`,
    rule,
  });
}
