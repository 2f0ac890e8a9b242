// Claims of Gupta et al. 2023, judged on the runs of Figure 4 and on those that leave the base earlier.

import { lossAt, newLoss } from '../evidence/measures';
import { against } from './against';
import type { Claim } from './claim';
import { armsOf, compareMeasured, type Test } from './comparison';
import { tolerance } from './margins';
import { direction, limit } from './rules';
import { all, alone } from './verdicts';
import { sided } from './words';

const paperOf = (takeaway: number) => `Gupta et al. 2023, takeaway ${takeaway}`;
const continued = ['floor', 'peak', 'rewarm-half', 'rewarm', 'rewarm-double'] as const;

// Table 3 and Table 12 of Ibrahim et al. 2024, a later model of the same size, contradict it for the constant low rate.
const G1: Claim = {
  id: 'G1',
  statement: 'A model that starts from scratch learns the new text worse than every model that has seen the old text.',
  source: paperOf(3),
  paper:
    'Said in the text. Ibrahim et al. 2024 later print 2.53 from scratch, 2.51 or less re-warmed, but 2.55 at the floor.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'At the floor the rate is a tenth of the one from scratch: with few steps that run may be the slower one.',
  show: { part: 'weak', measure: 'new' },
  ...alone(
    against({
      part: 'weak',
      quantity: newLoss,
      name: 'new loss ends at',
      one: 'scratch',
      called: 'from scratch',
      others: continued,
      otherwise: 'in the worst pre-trained run',
      rule: direction('above', tolerance),
    }),
  ),
};

const earlier = ['from-7', 'from-19'] as const;

function noBetter(share: number): Test {
  return against({
    part: 'weak',
    quantity: share === 1 ? newLoss : lossAt(share, 'new'),
    name: share === 1 ? 'new loss ends at' : 'new loss is',
    one: 'rewarm',
    called: 'from the last checkpoint',
    others: earlier,
    nearest: Math.min,
    otherwise: 'from the better of the two earlier ones',
    rule: limit('below', tolerance),
  });
}

// `Not better` is a limit, not a direction: a tie is what the paper says as well.
const G2: Claim = {
  id: 'G2',
  statement: 'A model that was trained less does not learn the new text faster or better: take the last checkpoint.',
  source: paperOf(5),
  paper: 'Said in the text: earlier checkpoints do not learn the new data sooner.',
  expected: 'robust',
  margin: tolerance,
  unit: 'nats',
  fragility: 'A base trained to its limit could become hard to change; ours is far from that.',
  show: { part: 'weak', measure: 'new' },
  ...all({ 'Half-way': noBetter(1 / 2), 'At the end': noBetter(1) }),
};

/** 50 B of 300 B tokens, the part that the paper's early plots show. */
const early = 1 / 6;

const G3: Claim = {
  id: 'G3',
  statement: 'Staying at the low rate keeps the old text better at first, and that lead shrinks with long training.',
  source: paperOf(2),
  paper:
    'Said in the text: the constant rate is ahead on the old text early; the advantage vanishes with long training.',
  expected: 'fragile',
  margin: tolerance,
  unit: 'nats',
  fragility:
    'It needs a run long enough to forget at the low rate as well; a short one may stop while the lead still grows.',
  show: { part: 'weak', measure: 'old' },
  ...all({
    'At first': against({
      part: 'weak',
      quantity: lossAt(early, 'old'),
      name: 'after a sixth of the steps the old loss is',
      one: 'floor',
      called: 'at the floor',
      others: ['rewarm'],
      otherwise: 're-warmed',
      rule: direction('below', tolerance),
    }),
    'Over time': compareMeasured({
      needs: armsOf('weak', 'floor', 'rewarm'),
      measure: ({ floor, rewarm }) => {
        const lead = (share: number) => lossAt(share, 'old')(rewarm) - lossAt(share, 'old')(floor);
        return { early: lead(early), end: lead(1) };
      },
      // To be behind is no lead, however far: falling further back must not pass as a lead that shrinks.
      effect: (lead) => Math.max(0, lead.early) - Math.max(0, lead.end),
      seen: (lead) =>
        `the floor is ${sided(lead.early, 'ahead', 'behind')} nats after a sixth of the steps and ${sided(lead.end, 'ahead', 'behind')} at the end; the first lead minus the second, to be behind being none`,
      rule: direction('above', tolerance),
    }),
  }),
};

export const guptaClaims: readonly Claim[] = [G1, G2, G3];
