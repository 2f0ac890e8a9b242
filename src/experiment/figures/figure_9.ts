// Infinite schedules on one data set: Ibrahim et al. 2024, Figure 9. Its second panel, the three schedules, is the strip of
// learning rates under every chart.

import type { Figure } from './figure';
import { studyExperiment } from './study';

export const figure9: Figure = {
  id: '9',
  name: 'Figure 9',
  source: 'Ibrahim et al. 2024, Figure 9',
  question: 'Can a schedule without an end be as good as a cosine?',
  watch: 'While the rate is held the loss stays above the cosine; when it is annealed at the end, it drops.',
  origin: 'start',
  measures: ['new'],
  window: 1,
  parts: (options) => [
    {
      key: 'weak',
      title: 'From scratch on the speeches',
      experiment: studyExperiment('weak', options, ['scratch', 'cosine-inf', 'invsqrt-inf']),
      references: [],
    },
  ],
  paper: {},
  claims: ['I9a', 'I9b'],
};
