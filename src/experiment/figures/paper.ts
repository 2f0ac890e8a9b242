// What more than one figure takes from Ibrahim et al. 2024.

import type { PaperNumbers } from './figure';

/** The runs of the weak shift with 405 M parameters: Table 3, and again in Table 4. */
export const small: Pick<PaperNumbers, 'base' | 'arms'> = {
  base: 2.17,
  arms: {
    base: { d0: 2.17, d1: 2.7, known: 'table' },
    scratch: { d0: 2.51, d1: 2.53, known: 'table' },
    union: { d0: 2.17, d1: 2.53, known: 'table' },
    rewarm: { d0: 2.44, d1: 2.5, known: 'table' },
    'replay-5': { d0: 2.23, d1: 2.51, known: 'table' },
  },
};

/** The share of old text that the paper settles on: 5 % (weak shift) and 25 % (strong). */
export const settledReplay = {
  weak: { arm: 'replay-5', label: '5 % replay' },
  strong: { arm: 'replay-25', label: '25 % replay' },
} as const;
