// Weights before the first step: small-init and wang-init of GPT-NeoX from counter-based normal numbers, so that a
// weight depends on the seed, its tensor and its place alone. Optimizer moments are zero.

import { normal32 } from '../data/random';
import type { RunState } from '../engine/engine';
import { initialDeviation, type ModelShape, parameterLayout } from '../engine/model';

export function initialState(model: ModelShape, seed: number): RunState {
  const { size, tensors } = parameterLayout(model);
  const parameters = new Float32Array(size);
  tensors.forEach(({ offset, shape, initializer }, tensor) => {
    const count = shape.reduce((a, b) => a * b, 1);
    switch (initializer) {
      case 'zero':
        break;
      case 'one':
        parameters.fill(1, offset, offset + count);
        break;
      case 'small':
      case 'wang': {
        const deviation = initialDeviation(initializer, model);
        for (let i = 0; i < count; i++) parameters[offset + i] = deviation * normal32(seed, 'init', tensor, i);
        break;
      }
      default:
        initializer satisfies never;
    }
  });
  return withFreshOptimizer(parameters);
}

/** A state that has these weights and an optimizer that has not taken a step: what the papers start new data with. */
export function withFreshOptimizer(parameters: Float32Array): RunState {
  const { length } = parameters;
  return { parameters, firstMoment: new Float32Array(length), secondMoment: new Float32Array(length), step: 0 };
}
