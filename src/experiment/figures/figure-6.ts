// As good as retraining? Ibrahim et al. 2024, Figure 6 and Table 3.

import type { Figure } from './figure';
import { small as smallModel } from './paper';
import { shiftParts } from './study';

export const figure6: Figure = {
  id: '6',
  name: 'Figure 6',
  source: 'Ibrahim et al. 2024, Figure 6 and Table 3',
  question: 'Is going on with replay as good as starting again on everything?',
  watch: 'Compare the run with replay to the union line, which costs the tokens of both data sets again.',
  origin: 'switch',
  measures: ['d1', 'd0'],
  window: 1,
  parts: (options) =>
    shiftParts(
      options,
      ['base', 'scratch', 'union', 'rewarm', 'replay-5'],
      ['base', 'scratch', 'union', 'rewarm', 'replay-25'],
      ['base', 'union'],
      { rewarm: 'no replay' },
    ),
  paper: {
    weak: { ...smallModel, source: 'Table 3' },
    strong: {
      source: 'Table 3',
      base: 2.17,
      arms: {
        base: { d0: 2.17, d1: null, known: 'table' },
        scratch: { d0: 3.97, d1: 1.17, known: 'table' },
        union: { d0: 2.26, d1: 1.25, known: 'table' },
        rewarm: { d0: 3.56, d1: 1.11, known: 'table' },
        'replay-25': { d0: 2.33, d1: 1.16, known: 'table' },
      },
    },
  },
  claims: ['I6a', 'I6b', 'I6c', 'I6d'],
};
