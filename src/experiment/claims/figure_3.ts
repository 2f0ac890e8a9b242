// Claims of Figure 3: the length of the warmup.

import type { ShiftName } from '../compose';
import { forgetting, learned, lossAt, type Quantity, rise } from '../evidence/measures';
import type { Measure } from '../readings';
import { against } from './against';
import type { Claim } from './claim';
import type { Test } from './comparison';
import { spread } from './extremes';
import { alikeNats, tolerance } from './margins';
import { ordering } from './ordering';
import { direction } from './rules';
import { onBothShifts } from './verdicts';
import { moved, plain } from './words';

const source = 'Ibrahim et al. 2024, Figure 3';
const warmups = { 'warmup-0': '0 %', 'warmup-0p5': '0.5 %', rewarm: '1 %', 'warmup-2': '2 %' } as const;
const warmupArms = ['warmup-0', 'warmup-0p5', 'rewarm', 'warmup-2'] as const;

/** Percent of the size of the change over the whole stage within which the four ends are alike. */
const alikeShare = 10;

/** A change smaller than this is not divided by: a tenth of it is `alikeNats`, so the ends may always differ by that much. */
const leastChange = (100 / alikeShare) * alikeNats;

/** @param sign of the quantity, that a loss which rises is above zero */
function endsAlike(part: ShiftName, quantity: Quantity, measure: Measure): Test {
  const sign = measure === 'old' ? 1 : -1;
  return spread({
    part,
    arms: warmupArms,
    quantity,
    change: ({ rewarm }) => sign * quantity(rewarm),
    whole: (change) => Math.max(leastChange, Math.abs(change)),
    margin: alikeShare,
    seen: ({ apart, whole, change }) =>
      `the ${measure} losses of the four warmups end ${plain(apart)} nats apart, and with 1 % the ${measure} loss ${moved(change)}; the distance in percent of ${plain(whole)} nats`,
  });
}

// The paper compares at 50 B tokens; here all four run to the end, which is where the question is put.
const I3a: Claim = {
  id: 'I3a',
  statement: 'How long the learning rate is warmed up hardly matters in the end, for old and for new text.',
  source,
  paper: 'Said in the text: after 50 B tokens the four warmups are relatively similar, on both shifts.',
  expected: 'robust',
  margin: alikeShare,
  unit: '%',
  fragility: 'In a run of a few hundred steps a warmup is a handful of steps, and chance between runs is larger.',
  show: { part: 'weak', measure: 'new' },
  ...onBothShifts((part) => ({
    'old text': endsAlike(part, forgetting, 'old'),
    'new text': endsAlike(part, learned, 'new'),
  })),
};

/** The early part of the stage: more than twice the longest warmup. */
const early = 0.05;

/** End of the longest warmup, where all four are about to be at the same rate. */
const warmed = 0.02;

// The rise is judged over all four. The new loss is compared without 0 %: the same chaotic start that makes it forget most
// also disturbs what it learns (Gupta et al. 2023 see the longer warmups lower on both texts at first).
const I3b: Claim = {
  id: 'I3b',
  statement: 'A shorter warmup forgets sooner and learns sooner; without any, the start is the roughest.',
  source,
  paper: 'Said in the text: shorter warmups change both losses earlier, and 0 % has a chaotic spike at the start.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'Warmups must differ by whole steps: 0.5 and 1 % of 300 steps are 1.5 and 3.',
  show: { part: 'strong', measure: 'old' },
  ...onBothShifts((part) => ({
    'old text': ordering({
      part,
      arms: warmups,
      quantity: rise(early),
      name: 'the highest rise of the old loss in the first 5 % of the steps',
      side: 'below',
      margin: tolerance,
    }),
    'new text': against({
      part,
      quantity: lossAt(warmed, 'new'),
      name: 'after 2 % of the steps the new loss is',
      one: 'warmup-2',
      called: 'with 2 % warmup',
      others: ['warmup-0p5'],
      otherwise: 'with 0.5 %',
      rule: direction('above', tolerance),
    }),
  })),
};

export const figure3Claims: readonly Claim[] = [I3a, I3b];
