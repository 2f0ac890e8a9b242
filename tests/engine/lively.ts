// Weights as in mid-training: all tensors random, gains near 1.

import { type ModelShape, parameterLayout } from '../../src/engine/model';
import { noise } from '../kernels/play';

/** (P) */
export function livelyParameters(model: ModelShape, seed: number): Float32Array {
  const { size, tensors } = parameterLayout(model);
  const parameters = noise(size, seed, 0.3);
  for (const { initializer, offset } of tensors) {
    if (initializer !== 'one') continue;
    for (let i = offset; i < offset + model.width; i++) parameters[i] = 1 + parameters[i]!;
  }
  return parameters;
}
