// Claims of Figure 8: raising the learning rate hurts by itself, also on the text that the model already knows.

import { lossAt, rise } from '../evidence/measures';
import { against } from './against';
import type { Claim } from './claim';
import { armsOf, compare, type Test } from './comparison';
import { amongAll } from './extremes';
import { alikeNats, tolerance } from './margins';
import { ordering } from './ordering';
import { direction, limit } from './rules';
import { all } from './verdicts';

const source = 'Ibrahim et al. 2024, Figure 8';
const peaks = { 'same-rewarm-half': '0.5×', 'same-rewarm': '1×', 'same-rewarm-double': '2×' } as const;
const peakArms = ['same-rewarm-half', 'same-rewarm', 'same-rewarm-double'] as const;

function climbs(some: readonly (typeof peakArms)[number][]): Test {
  return compare({
    needs: armsOf('weak', ...some),
    quantity: rise(),
    effect: (of) => Math.min(...some.map((arm) => of[arm])),
    seen: () => 'the highest rise of the old loss, in the run where it is least',
    rule: limit('above', tolerance),
  });
}

// A highest rise is never negative, so `above zero` would always be seen: the least of the three must exceed the margin.
const I8a: Claim = {
  id: 'I8a',
  statement: 'Raising the learning rate raises the loss even on the same text, and more so the higher it goes.',
  source,
  paper: 'On the same text the old loss climbs by 0.1 with 1× and by 0.2 with 2×.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'A base that is far from finished may improve at any rate, so that the rise is short.',
  show: { part: 'weak', measure: 'old' },
  ...all({
    'Every peak': amongAll(peakArms, climbs),
    'In order': ordering({
      part: 'weak',
      arms: peaks,
      quantity: rise(),
      name: 'the highest rise of the old loss',
      side: 'above',
      margin: tolerance,
    }),
  }),
};

const I8b: Claim = {
  id: 'I8b',
  statement: 'Going on at the low rate on the same text hurts nothing, and half-way it is still ahead.',
  source,
  paper: 'Said in the text: the constant low rate does not rise, and re-warmed runs do not get back to it soon.',
  expected: 'fragile',
  margin: alikeNats,
  unit: 'nats',
  fragility:
    'An under-trained base learns more at a higher rate, and a re-warmed run can pass the floor before half-way.',
  show: { part: 'weak', measure: 'old' },
  ...all({
    'At the floor': compare({
      needs: armsOf('weak', 'same-floor'),
      quantity: rise(),
      effect: (of) => of['same-floor'],
      seen: () => 'the highest rise of the old loss',
      rule: limit('below', alikeNats),
    }),
    'Half-way': against({
      part: 'weak',
      quantity: lossAt(1 / 2, 'old'),
      name: 'the old loss is',
      one: 'same-floor',
      called: 'at the floor',
      others: peakArms,
      nearest: Math.min,
      otherwise: 'in the best re-warmed run',
      rule: direction('below', tolerance),
    }),
  }),
};

function shiftAddsTo(arm: string): Test {
  return against({
    part: 'weak',
    quantity: rise(),
    name: 'the old loss climbs by at most',
    one: arm,
    called: 'on new text',
    others: [`same-${arm}`],
    otherwise: 'on the same text',
    rule: direction('above', tolerance),
  });
}

const I8c: Claim = {
  id: 'I8c',
  statement: 'New text raises the old loss further than the raised learning rate alone.',
  source,
  paper: 'The old loss climbs by 0.35 on new text and 0.1 on the same with 1×; by 0.45 and 0.2 with 2×.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'If the new text is much like the old, it adds little.',
  show: { part: 'weak', measure: 'old' },
  ...all({ 'With 1×': shiftAddsTo('rewarm'), 'With 2×': shiftAddsTo('rewarm-double') }),
};

export const figure8Claims: readonly Claim[] = [I8a, I8b, I8c];
