// How much replay? Ibrahim et al. 2024, Figure 5 and Table 2.

import type { Figure } from './figure';
import { shiftParts } from './study';

export const figure5: Figure = {
  id: '5',
  name: 'Figure 5',
  source: 'Ibrahim et al. 2024, Figure 5 and Table 2',
  question: 'How much old text must be mixed in, so that the model does not forget?',
  watch: 'A little replay takes away most of the forgetting. Look at the new data: what does it cost?',
  origin: 'switch',
  measures: ['d1', 'd0'],
  window: 1,
  parts: (options) =>
    shiftParts(
      options,
      ['rewarm', 'replay-0p5', 'replay-1', 'replay-5', 'replay-10', 'replay-50', 'union'],
      ['rewarm', 'replay-1', 'replay-5', 'replay-10', 'replay-25', 'replay-50', 'union'],
      ['union'],
      { rewarm: 'no replay' },
    ),
  paper: {
    weak: {
      source: 'Table 2',
      base: 2.17,
      arms: {
        rewarm: { d0: 2.44, d1: 2.5, known: 'table' },
        'replay-0p5': { d0: 2.27, d1: 2.5, known: 'table' },
        'replay-1': { d0: 2.26, d1: 2.5, known: 'table' },
        'replay-5': { d0: 2.23, d1: 2.51, known: 'table' },
        'replay-10': { d0: 2.21, d1: 2.51, known: 'table' },
        'replay-50': { d0: 2.16, d1: 2.54, known: 'table' },
        union: { d0: 2.17, d1: 2.53, known: 'table' },
      },
    },
    strong: {
      source: 'Table 2',
      base: 2.17,
      arms: {
        rewarm: { d0: 3.56, d1: 1.11, known: 'table' },
        'replay-1': { d0: 2.83, d1: 1.12, known: 'table' },
        'replay-5': { d0: 2.57, d1: 1.12, known: 'table' },
        'replay-10': { d0: 2.46, d1: 1.13, known: 'table' },
        'replay-25': { d0: 2.33, d1: 1.16, known: 'table' },
        'replay-50': { d0: 2.24, d1: 1.22, known: 'table' },
        union: { d0: 2.26, d1: 1.25, known: 'table' },
      },
    },
  },
  claims: ['I5a', 'I5b', 'I5c', 'I5d', 'I5e', 'I5f', 'I5g'],
};
