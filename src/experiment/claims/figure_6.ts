// Claims of Figure 6 and Table 3: going on with replay beside starting again, from scratch or on everything.

import type { ShiftName } from '../compose';
import { averageLoss, finished, lossAt, newLoss } from '../evidence/measures';
import { against } from './against';
import type { Claim } from './claim';
import { armsOf, type Test, unknown } from './comparison';
import { gap } from './figure_5';
import { alikeNats, gapToUnion, settledReplay, tolerance } from './margins';
import { alike, direction } from './rules';
import { all, onBothShifts } from './verdicts';
import { plain } from './words';

const source = 'Ibrahim et al. 2024, Figure 6 and Table 3';

const I6a: Claim = {
  id: 'I6a',
  statement: 'Having learned the old text first helps with the new one: going on beats starting from scratch on it.',
  source,
  paper: 'New loss 2.50 against 2.53 from scratch (weak shift), 1.11 against 1.17 (strong), after as many new tokens.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'A strong shift may have little to pass on: letters and spaces, but few words.',
  show: { part: 'weak', measure: 'new' },
  ...onBothShifts((part) =>
    against({
      part,
      quantity: newLoss,
      name: 'new loss ends at',
      one: 'rewarm',
      called: 'going on',
      others: ['scratch'],
      otherwise: 'from scratch',
      rule: direction('below', tolerance),
    }),
  ),
};

const I6b: Claim = {
  id: 'I6b',
  statement: 'Going on with replay is better on average than a model of the old text alone or of the new text alone.',
  source,
  paper: 'Average loss 2.37 against 2.44 and 2.52 (weak shift), 1.75 against 2.57 for new text alone (strong).',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'It would take a replay too small to hold the old text, and a model too small for both.',
  show: { part: 'weak', measure: 'old' },
  ...onBothShifts((part) =>
    against({
      part,
      quantity: averageLoss,
      name: 'the average of both losses ends at',
      one: settledReplay[part].arm,
      called: `with ${settledReplay[part].label}`,
      others: ['base', 'scratch'],
      nearest: Math.min,
      otherwise: 'in the better of the two models of one text',
      rule: direction('below', tolerance),
    }),
  ),
};

function apart(share: number): Test {
  const quantity = share === 1 ? newLoss : lossAt(share, 'new');
  const name = share === 1 ? 'new loss ends at' : 'half-way the new loss is';
  const names = { called: 'with 5 % replay', otherwise: 'without' };
  return against({
    part: 'weak',
    quantity,
    name,
    one: 'replay-5',
    others: ['rewarm'],
    ...names,
    rule: alike(alikeNats),
  });
}

// On the weak shift alone: the paper's 25 % on the strong one does cost 0.05. Curves are compared half-way and at the end; the
// largest distance between two noisy curves would grow with the number of measurements.
const I6c: Claim = {
  id: 'I6c',
  statement: 'On the new text, the runs with and without five percent of replay learn alike.',
  source,
  paper: 'The curves overlap: 2.50 without and 2.51 with 5 % replay.',
  expected: 'robust',
  margin: alikeNats,
  unit: 'nats',
  fragility: 'The two runs read slightly different text, which in a short run shows as chance.',
  show: { part: 'weak', measure: 'new' },
  ...all({ 'Half-way': apart(1 / 2), 'At the end': apart(1) }),
};

/** Arithmetic of the plan; the gap that the saving is bought with is said beside it. */
function saved(part: ShiftName): Test {
  const { arm, label } = settledReplay[part];
  const needs = armsOf(part, arm, 'union');
  const close = gap(part, arm, label, gapToUnion);
  return {
    needs: Object.values(needs),
    judge(evidence) {
      const going = evidence(part, arm).find(finished)?.stages.at(-1)?.steps;
      const union = evidence(part, 'union').find(finished)?.stages.at(-1)?.steps;
      const closeness = close.judge(evidence);
      if (going === undefined || union === undefined || closeness.n === 0) return unknown(closeness.sentence);
      const effect = 100 * (1 - going / union);
      const steps = `Going on takes ${going} steps and training again on both texts ${union}, all of the same size`;
      const count = `${steps}: ${plain(effect, '%')} % of the tokens are saved. No seed can change that. How close it comes:`;
      const sentence = `${count} ${closeness.sentence}`;
      return { outcome: effect > 0 ? 'holds' : 'reversed', effect, interval: null, n: closeness.n, sentence };
    },
  };
}

const I6d: Claim = {
  id: 'I6d',
  statement: 'Going on with replay reads far fewer tokens than training again on everything.',
  source,
  paper: '300 B new tokens instead of 600 B (weak shift), 200 B instead of 500 B (strong).',
  expected: 'robust',
  margin: 0,
  unit: '%',
  fragility: 'The saving itself is arithmetic; what can fail is how close the result comes to the union’s.',
  show: { part: 'weak', measure: 'old' },
  ...onBothShifts(saved),
};

export const figure6Claims: readonly Claim[] = [I6a, I6b, I6c, I6d];
