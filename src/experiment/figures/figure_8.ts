// Is it the data or the learning rate? Ibrahim et al. 2024, Figure 8; Gupta et al. 2023, takeaway 4: the base goes on with the
// same data (D1 = D0, a second time from its start), beside the shifted runs.

import type { Figure } from './figure';
import { studyExperiment } from './study';

export const figure8: Figure = {
  id: '8',
  name: 'Figure 8',
  source: 'Ibrahim et al. 2024, Figure 8; Gupta et al. 2023, takeaway 4',
  question: 'Is it the new data that hurts, or the learning rate?',
  watch: 'The same text again, with a raised learning rate: the loss still rises. New text only makes the peak higher.',
  origin: 'switch',
  measures: ['old'],
  window: 1,
  parts: (options) => [
    {
      key: 'weak',
      title: 'Same data and weak shift',
      experiment: studyExperiment('weak', options, [
        'same-floor',
        'same-rewarm-half',
        'same-rewarm',
        'same-rewarm-double',
        'floor',
        'rewarm-half',
        'rewarm',
        'rewarm-double',
      ]),
      references: [],
    },
  ],
  paper: {},
  peaks: {
    source: 'Figure 8',
    known: 'text',
    arms: { 'same-rewarm': 0.1, 'same-rewarm-double': 0.2, rewarm: 0.35, 'rewarm-double': 0.45 },
  },
  claims: ['I8a', 'I8b', 'I8c'],
};
