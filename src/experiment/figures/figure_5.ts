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
  measures: ['new', 'old'],
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
        rewarm: { old: 2.44, new: 2.5, known: 'table' },
        'replay-0p5': { old: 2.27, new: 2.5, known: 'table' },
        'replay-1': { old: 2.26, new: 2.5, known: 'table' },
        'replay-5': { old: 2.23, new: 2.51, known: 'table' },
        'replay-10': { old: 2.21, new: 2.51, known: 'table' },
        'replay-50': { old: 2.16, new: 2.54, known: 'table' },
        union: { old: 2.17, new: 2.53, known: 'table' },
      },
    },
    strong: {
      source: 'Table 2',
      base: 2.17,
      arms: {
        rewarm: { old: 3.56, new: 1.11, known: 'table' },
        'replay-1': { old: 2.83, new: 1.12, known: 'table' },
        'replay-5': { old: 2.57, new: 1.12, known: 'table' },
        'replay-10': { old: 2.46, new: 1.13, known: 'table' },
        'replay-25': { old: 2.33, new: 1.16, known: 'table' },
        'replay-50': { old: 2.24, new: 1.22, known: 'table' },
        union: { old: 2.26, new: 1.25, known: 'table' },
      },
    },
  },
  claims: ['I5a', 'I5b', 'I5c', 'I5d', 'I5e', 'I5f', 'I5g'],
};
