// Start from an earlier checkpoint? Gupta et al. 2023, takeaway 5: new data from the base as it was after 7 %, 19 % and all of
// its training.

import type { Figure } from './figure';
import { studyExperiment } from './study';

export const gupta5: Figure = {
  id: 'gupta-5',
  name: 'Gupta 5',
  source: 'Gupta et al. 2023, takeaway 5',
  question: 'Does a model that was trained less learn new data faster?',
  watch: 'All three see the same new text. Does the youngest checkpoint catch up, or even overtake?',
  origin: 'switch',
  measures: ['new', 'old'],
  window: 1,
  parts: (options) => [
    {
      key: 'weak',
      title: 'Weak shift',
      experiment: studyExperiment('weak', options, ['from-7', 'from-19', 'rewarm'], {
        rewarm: 'from the last checkpoint',
      }),
      references: [],
    },
  ],
  paper: {},
  claims: ['G2'],
};
