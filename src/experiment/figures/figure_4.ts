// Re-warm? Re-decay? How high? Ibrahim et al. 2024, Figure 4 and Table 12; Gupta et al. 2023, takeaways 2 and 3.

import type { Figure } from './figure';
import { shiftParts } from './study';

export const figure4: Figure = {
  id: '4',
  name: 'Figure 4',
  source: 'Ibrahim et al. 2024, Figure 4 and Table 12; Gupta et al. 2023, takeaways 2 and 3',
  question: 'Should the learning rate be raised again for new data, and how high?',
  watch: 'Staying low learns least and forgets least. Each higher peak learns more at first, and forgets more.',
  origin: 'switch',
  measures: ['new', 'old'],
  window: 1,
  parts: (options) => {
    const arms = ['floor', 'peak', 'rewarm-half', 'rewarm', 'rewarm-double', 'scratch', 'union'] as const;
    return shiftParts(options, arms, arms, ['union']);
  },
  paper: {
    weak: {
      source: 'Table 12',
      base: 2.17,
      arms: {
        floor: { old: 2.42, new: 2.55, known: 'table' },
        'rewarm-half': { old: 2.43, new: 2.51, known: 'table' },
        rewarm: { old: 2.44, new: 2.5, known: 'table' },
        'rewarm-double': { old: 2.48, new: 2.5, known: 'table' },
        union: { old: 2.17, new: 2.53, known: 'table' },
      },
    },
    strong: {
      source: 'Table 12',
      base: 2.17,
      arms: {
        floor: { old: 3.22, new: 1.21, known: 'table' },
        'rewarm-half': { old: 3.47, new: 1.13, known: 'table' },
        rewarm: { old: 3.56, new: 1.11, known: 'table' },
        'rewarm-double': { old: 3.63, new: 1.11, known: 'table' },
        union: { old: 2.26, new: 1.25, known: 'table' },
      },
    },
  },
  claims: ['I4a', 'I4b', 'I4c', 'I4d', 'I4e', 'I4f', 'I4g', 'I4h', 'I4i', 'G1', 'G3'],
};
