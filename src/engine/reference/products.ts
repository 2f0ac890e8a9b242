// What costs most of a step, as one value: the four linear functions and attention. The model runs with the plain loops
// of linear.ts and attention.ts (the definition) or with the faster tiles (same results, bit for bit).

import { attentionBackward, attentionForward } from './attention';
import { blockedBackwardInput, blockedBackwardWeight, blockedForward } from './blocked';
import { blockedAttentionBackward, blockedAttentionForward } from './blocked_attention';
import { linearBackwardBias, linearBackwardInput, linearBackwardWeight, linearForward } from './linear';

export interface Products {
  readonly forward: typeof blockedForward;
  readonly backwardInput: typeof blockedBackwardInput;
  readonly backwardWeight: typeof blockedBackwardWeight;
  readonly backwardBias: typeof linearBackwardBias;
  readonly attentionForward: typeof blockedAttentionForward;
  readonly attentionBackward: typeof blockedAttentionBackward;
}

export const plainProducts: Products = {
  forward: linearForward,
  backwardInput: linearBackwardInput,
  backwardWeight: linearBackwardWeight,
  backwardBias: linearBackwardBias,
  attentionForward,
  attentionBackward,
};

export const blockedProducts: Products = {
  forward: blockedForward,
  backwardInput: blockedBackwardInput,
  backwardWeight: blockedBackwardWeight,
  backwardBias: linearBackwardBias,
  attentionForward: blockedAttentionForward,
  attentionBackward: blockedAttentionBackward,
};
