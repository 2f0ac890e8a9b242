// Claims of Figure 9: infinite schedules on one text, from scratch.

import { fallBetween, lossAt, newLoss } from '../evidence/measures';
import type { Claim } from './claim';
import { armsOf, compareMeasured, type Test } from './comparison';
import { amongAll, spread } from './extremes';
import { alikePercent, tolerance } from './margins';
import { direction } from './rules';
import { all, alone } from './verdicts';
import { plain } from './words';

const source = 'Ibrahim et al. 2024, Figure 9';
const arms = ['scratch', 'cosine-inf', 'invsqrt-inf'] as const;
const heldArms = ['cosine-inf', 'invsqrt-inf'] as const;

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
  show: { part: 'weak', measure: 'new' },
  ...alone(
    spread({
      part: 'weak',
      arms,
      quantity: newLoss,
      change: ({ scratch }) => newLoss(scratch),
      margin: alikePercent,
      seen: ({ apart, whole }) =>
        `the three schedules end ${plain(apart)} nats apart; in percent of the cosine’s ${plain(whole)} nats`,
    }),
  ),
};

/** Where the constant phase ends and the anneal begins, and how long that is, as shares of the steps. */
const annealed = { from: 0.85, length: 0.15 } as const;

type Held = (typeof heldArms)[number];

function aboveCosine(some: readonly Held[]): Test {
  return compareMeasured({
    needs: armsOf('weak', 'scratch', ...some),
    measure: (runs) => ({
      held: Math.min(...some.map((arm) => lossAt(annealed.from, 'new')(runs[arm]))),
      cosine: lossAt(1, 'new')(runs.scratch),
    }),
    effect: ({ held, cosine }) => held - cosine,
    seen: ({ held, cosine }) =>
      `new loss is ${plain(held)} nats at the end of the constant phase, in the lower of the two, and ${plain(cosine)} at the end of the cosine`,
    rule: direction('above', tolerance),
  });
}

/** Fall in the anneal beyond that in as many steps before it. */
function dropsMore(some: readonly Held[]): Test {
  const { from, length } = annealed;
  return compareMeasured({
    needs: armsOf('weak', ...some),
    measure: (runs) => {
      const more = (arm: Held) =>
        fallBetween(from, 1, length)(runs[arm]) - fallBetween(from - length, from, length)(runs[arm]);
      return { least: Math.min(...some.map(more)) };
    },
    effect: ({ least }) => least,
    seen: () =>
      'new loss falls in the last 15 % of the steps by so much more than in the 15 % before, in the schedule where that is less',
    rule: direction('above', tolerance),
  });
}

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
  show: { part: 'weak', measure: 'new' },
  ...all({ 'While held': amongAll(heldArms, aboveCosine), 'In the anneal': amongAll(heldArms, dropsMore) }),
};

export const figure9Claims: readonly Claim[] = [I9a, I9b];
