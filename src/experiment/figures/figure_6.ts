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
  measures: ['new', 'old'],
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
        base: { old: 2.17, new: null, known: 'table' },
        scratch: { old: 3.97, new: 1.17, known: 'table' },
        union: { old: 2.26, new: 1.25, known: 'table' },
        rewarm: { old: 3.56, new: 1.11, known: 'table' },
        'replay-25': { old: 2.33, new: 1.16, known: 'table' },
      },
    },
  },
  claims: ['I6a', 'I6b', 'I6c', 'I6d'],
};
