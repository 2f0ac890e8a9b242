// The tiles must equal the plain loops bit for bit, also where rows are left over, where a context is no multiple of a
// tile, and where an inner sum is longer than the part of it that is added at once. Equal bits leave no tolerance.

import { expect, test } from 'vitest';
import { blockedProducts, plainProducts } from '../../src/engine/reference/products';
import { spread } from './differences';

const [fast, plain] = [blockedProducts, plainProducts];

test.each([
  [1, 4, 4],
  [2, 4, 8],
  [3, 8, 4],
  [5, 8, 12],
  [7, 5, 10],
  [33, 12, 4],
  [130, 132, 8],
  [257, 4, 136],
])('products: N %i, K %i, M %i', (N, K, M) => {
  const [x, weight, bias, dy] = [spread(N * K, 1), spread(M * K, 2), spread(M, 3), spread(N * M, 4)];
  expect(fast.forward(x, weight, bias, N, K, M)).toEqual(plain.forward(x, weight, bias, N, K, M));
  expect(fast.forward(x, weight, null, N, K, M)).toEqual(plain.forward(x, weight, null, N, K, M));
  expect(fast.backwardInput(dy, weight, N, K, M)).toEqual(plain.backwardInput(dy, weight, N, K, M));
  expect(fast.backwardWeight(dy, x, N, K, M)).toEqual(plain.backwardWeight(dy, x, N, K, M));
});

test.each([
  [1, 1, 1, 4],
  [2, 2, 1, 4],
  [1, 3, 2, 8],
  [2, 4, 3, 4],
  [3, 5, 2, 12],
  [2, 13, 2, 8],
  [1, 130, 2, 4],
])('attention: B %i, T %i, H %i, D %i', (B, T, H, D) => {
  const size = B * T * H * D;
  // Scores of both signs and of very different size, so that some probabilities are near zero.
  const [q, k, v, dy] = [spread(size, 5).map((value) => 9 * value), spread(size, 6), spread(size, 7), spread(size, 8)];
  const expected = plain.attentionForward(q, k, v, B, T, H, D);
  const { y, logSumExp } = fast.attentionForward(q, k, v, B, T, H, D);
  expect(y).toEqual(expected.y);
  expect(logSumExp).toEqual(expected.logSumExp);
  expect(fast.attentionBackward(dy, q, k, v, y, logSumExp, B, T, H, D)).toEqual(
    plain.attentionBackward(dy, q, k, v, y, logSumExp, B, T, H, D),
  );
});
