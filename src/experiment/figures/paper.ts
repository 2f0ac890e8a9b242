// What more than one figure takes from Ibrahim et al. 2024.

import type { PaperNumbers } from './figure';

/** The runs of the weak shift with 405 M parameters: Table 3, and again in Table 4. */
export const small: Pick<PaperNumbers, 'base' | 'arms'> = {
  base: 2.17,
  arms: {
    base: { old: 2.17, new: 2.7, known: 'table' },
    scratch: { old: 2.51, new: 2.53, known: 'table' },
    union: { old: 2.17, new: 2.53, known: 'table' },
    rewarm: { old: 2.44, new: 2.5, known: 'table' },
    'replay-5': { old: 2.23, new: 2.51, known: 'table' },
  },
};
