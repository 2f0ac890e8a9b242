// Infinite schedules over three parts of one data set: Ibrahim et al. 2024, Figure 10.

import type { Figure } from './figure';
import { splitsExperiment } from './study';

export const figure10: Figure = {
  id: '10',
  name: 'Figure 10',
  source: 'Ibrahim et al. 2024, Figure 10',
  question: 'What if new data keeps arriving: raise the rate each time, or hold it?',
  watch: 'At each border the repeated cosine climbs and comes back slowly; the held rate shows a short spike.',
  origin: 'start',
  measures: ['new'],
  window: 1,
  parts: (options) => [
    { key: 'splits', title: 'Three parts of the speeches', experiment: splitsExperiment(options), references: [] },
  ],
  paper: {},
  claims: ['I10a', 'I10b'],
};
