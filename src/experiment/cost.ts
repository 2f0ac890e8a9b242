// What a model costs, from its shape alone: parameters and floating-point operations.

import type { ModelSpec } from './spec';

/** V: every corpus is read byte by byte. */
export const vocabulary = 256;

/** P, number of parameters: per block 12 C^2 in matrices and 13 C in biases and LayerNorms, two embeddings, one LayerNorm. */
export function parameters(model: ModelSpec): number {
  const { width: C, layers: L } = model;
  return L * (12 * C * C + 13 * C) + 2 * vocabulary * C + 2 * C;
}

/**
 * Operations to run one token forward: two for each weight of a matrix product (12 C^2 a block, V C for the logits; reading
 * the input embedding costs none) and 4 C for each earlier position a token attends to, (T + 1) / 2 of them on average.
 */
export function forwardFlops(model: ModelSpec): number {
  const { width: C, layers: L, context: T } = model;
  return 2 * (12 * L * C * C + vocabulary * C) + L * 2 * C * (T + 1);
}

/** Operations to train on one token: the backward pass costs twice the forward one. What is recomputed is not counted. */
export function trainingFlops(model: ModelSpec): number {
  return 3 * forwardFlops(model);
}
