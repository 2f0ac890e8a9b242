// Does the length of the warmup matter? Ibrahim et al. 2024, Figure 3; Gupta et al. 2023 ask the same (takeaway 1).

import type { Figure } from './figure';
import { shiftParts } from './study';

const arms = ['warmup-0', 'warmup-0p5', 'rewarm', 'warmup-2'] as const;

export const figure3: Figure = {
  id: '3',
  name: 'Figure 3',
  source: 'Ibrahim et al. 2024, Figure 3; Gupta et al. 2023, takeaway 1',
  question: 'Does it matter how slowly the learning rate is raised again?',
  watch: 'A shorter warmup forgets and learns sooner. Look for the end: do the curves meet?',
  origin: 'switch',
  measures: ['new', 'old'],
  window: 1 / 4,
  parts: (options) => shiftParts(options, arms, arms, [], { rewarm: 'warmup 1 %' }),
  paper: {},
  claims: ['I3a', 'I3b'],
};
