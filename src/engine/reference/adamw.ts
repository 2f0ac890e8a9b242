// adamw: one optimizer step on a range of parameters, formulas in ../optimizer.ts
// shapes parameters gradients firstMoment secondMoment (P), the range is [begin, end)
// source Loshchilov & Hutter 2019; decay before the Adam update, epsilon outside the root, as in PyTorch
// Works in float64 and rounds once, where a result is stored: arrays in float32 therefore hold all the state.

import { type AdamW, biasCorrections } from '../optimizer';

/** What one step needs to know beside the arrays. */
export interface AdamWStep {
  readonly optimizer: AdamW;
  readonly learningRate: number;
  /** Number of this step since the moments were zero, 1 for the first. */
  readonly t: number;
  /** Factor from clipping, `clipScale` in clip.ts. */
  readonly scale: number;
  /** True for matrices, false for biases and LayerNorm. */
  readonly decay: boolean;
}

/** Changes parameters and moments in place. */
export function adamwUpdate(
  parameters: Float32Array | Float64Array,
  gradients: ArrayLike<number>,
  firstMoment: Float32Array | Float64Array,
  secondMoment: Float32Array | Float64Array,
  begin: number,
  end: number,
  { optimizer, learningRate, t, scale, decay }: AdamWStep,
): void {
  const { beta1, beta2, epsilon, weightDecay } = optimizer;
  const correction = biasCorrections(optimizer, t);
  for (let i = begin; i < end; i++) {
    const g = gradients[i]! * scale;
    const m = beta1 * firstMoment[i]! + (1 - beta1) * g;
    const v = beta2 * secondMoment[i]! + (1 - beta2) * g * g;
    const p = decay ? parameters[i]! - learningRate * weightDecay * parameters[i]! : parameters[i]!;
    parameters[i] = p - ((learningRate / correction.first) * m) / (Math.sqrt(v / correction.second) + epsilon);
    firstMoment[i] = m;
    secondMoment[i] = v;
  }
}
