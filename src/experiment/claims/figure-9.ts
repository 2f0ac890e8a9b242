// Claims of Figure 9: infinite schedules on one text, from scratch.

import type { Claim } from './claim';
import { armsOf, compare, compareMeasured } from './comparison';
import { alikePercent, tolerance } from './margins';
import { fallBetween, lossAt, newLoss } from './measures';
import { alike, direction } from './rules';
import { all, alone } from './verdicts';
import { listed, plain } from './words';

const source = 'Ibrahim et al. 2024, Figure 9';
const arms = ['scratch', 'cosine-inf', 'invsqrt-inf'] as const;
const heldArms = ['cosine-inf', 'invsqrt-inf'] as const;

/** The widest distance between final losses, in percent of the first. */
export function spreadInPercent([first = Number.NaN, ...others]: readonly number[]): number {
  return (100 * (Math.max(first, ...others) - Math.min(first, ...others))) / first;
}

const I9a: Claim = {
  id: 'I9a',
  statement: 'A schedule without an end gets as far as a cosine.',
  source,
  paper: 'Said in the text: all three reach similar final losses.',
  expected: 'robust',
  margin: alikePercent,
  unit: '%',
  fragility:
    'In a short run the anneal is a few dozen steps, and the three differ in how long they stay at a high rate.',
  show: { part: 'weak', measure: 'd1', arms: [...arms] },
  judge: alone(
    compare({
      needs: armsOf('weak', ...arms),
      quantity: newLoss,
      effect: (of) => spreadInPercent(arms.map((arm) => of[arm])),
      seen: (of) =>
        `final losses are ${listed(arms.map((arm) => plain(of[arm])))} nats with the cosine and the two infinite schedules; the widest distance`,
      rule: alike(alikePercent, '%'),
    }),
  ),
};

/** Where the constant phase ends and the anneal begins, and how long that is, as shares of the steps. */
const annealed = { from: 0.85, length: 0.15 } as const;

const I9b: Claim = {
  id: 'I9b',
  statement:
    'While its rate is held, an infinite schedule stays above where the cosine ends; lowering the rate makes it drop.',
  source,
  paper: 'Seen in the figure: above the cosine in the constant phase, a clear drop in the anneal.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'The drop is a few hundredths of a nat in small models; with few steps chance is as large.',
  show: { part: 'weak', measure: 'd1', arms: [...arms] },
  judge: all({
    'While held': compareMeasured({
      needs: armsOf('weak', ...arms),
      measure: (runs) => ({
        held: Math.min(...heldArms.map((arm) => lossAt(annealed.from, 'd1')(runs[arm]))),
        cosine: lossAt(1, 'd1')(runs.scratch),
      }),
      effect: ({ held, cosine }) => held - cosine,
      seen: ({ held, cosine }) =>
        `new loss is ${plain(held)} nats at the end of the constant phase, in the lower of the two, and ${plain(cosine)} at the end of the cosine`,
      rule: direction('above', tolerance),
    }),
    'In the anneal': compareMeasured({
      needs: armsOf('weak', ...heldArms),
      measure: (runs) => {
        const { from, length } = annealed;
        const before = fallBetween(from - length, from, length);
        const during = fallBetween(from, 1, length);
        const steeper = heldArms.map((arm) => during(runs[arm]) - before(runs[arm]));
        return { least: Math.min(...steeper) };
      },
      effect: ({ least }) => least,
      seen: () =>
        'new loss falls in the last 15 % of the steps by so much more than in the 15 % before, in the schedule where that is less',
      rule: direction('above', tolerance),
    }),
  }),
};

export const figure9Claims: readonly Claim[] = [I9a, I9b];
