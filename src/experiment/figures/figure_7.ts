// Does it hold at another scale? Ibrahim et al. 2024, Figure 7 and Table 4: the runs of the weak shift at two model sizes,
// both on the same batches. The next size up has more than five times the parameters.

import type { ScaleName } from '../spec';
import type { Figure } from './figure';
import { small as smallModel } from './paper';
import { studyExperiment } from './study';

/** The smaller and the larger model of a scale; the largest scale takes the one below. */
function twoSizes(scale: ScaleName): readonly [ScaleName, ScaleName] {
  const pairs = { XS: ['XS', 'S'], S: ['S', 'M'], M: ['M', 'L'], L: ['M', 'L'] } as const;
  return pairs[scale];
}

const arms = ['base', 'scratch', 'union', 'rewarm', 'replay-5'] as const;

export const figure7: Figure = {
  id: '7',
  name: 'Figure 7',
  source: 'Ibrahim et al. 2024, Figure 7 and Table 4',
  question: 'Does a larger model forget less?',
  watch: 'Both models read the same text. The larger one should lie lower everywhere; does it also forget less?',
  origin: 'switch',
  measures: ['new', 'old'],
  window: 1,
  parts: (options) => {
    const [small, large] = twoSizes(options.scale);
    const part = (key: 'small' | 'large', model: ScaleName) => ({
      key,
      title: `Model ${model}`,
      experiment: studyExperiment('weak', { ...options, scale: small, model }, arms, { rewarm: 'no replay' }),
      references: ['base', 'union'],
    });
    return [part('small', small), part('large', large)];
  },
  paper: {
    small: { ...smallModel, source: 'Table 4, 405 M parameters' },
    large: {
      source: 'Table 4, 10 B parameters',
      base: 1.75,
      arms: {
        base: { old: 1.75, new: 2.24, known: 'table' },
        scratch: { old: 2.08, new: 2.05, known: 'table' },
        union: { old: 1.72, new: 2.02, known: 'table' },
        rewarm: { old: 1.98, new: 2.0, known: 'table' },
        'replay-5': { old: 1.79, new: 2.0, known: 'table' },
      },
    },
  },
  claims: ['I7a', 'I7b', 'I7c', 'I7d'],
};
