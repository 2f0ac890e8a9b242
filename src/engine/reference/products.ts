// The four linear functions as one value, so that the model can be run with the plain loops of linear.ts (the
// definition) or with the faster ones of blocked.ts (same results, bit for bit).

import { blockedBackwardInput, blockedBackwardWeight, blockedForward } from './blocked';
import { linearBackwardBias, linearBackwardInput, linearBackwardWeight, linearForward } from './linear';

export interface Products {
  readonly forward: typeof linearForward;
  readonly backwardInput: typeof linearBackwardInput;
  readonly backwardWeight: typeof linearBackwardWeight;
  readonly backwardBias: typeof linearBackwardBias;
}

export const plainProducts: Products = {
  forward: linearForward,
  backwardInput: linearBackwardInput,
  backwardWeight: linearBackwardWeight,
  backwardBias: linearBackwardBias,
};

export const blockedProducts: Products = {
  forward: blockedForward,
  backwardInput: blockedBackwardInput,
  backwardWeight: blockedBackwardWeight,
  backwardBias: linearBackwardBias,
};
