// The faster products must equal the plain ones bit for bit, also where rows are left over and where the inner sum
// is longer than the part of it that is added at once.

import { expect, test } from 'vitest';
import { blockedProducts, plainProducts } from '../../src/engine/reference/products';
import { spread } from './differences';

test.each([
  [1, 4, 4],
  [2, 4, 8],
  [5, 8, 12],
  [33, 12, 4],
  [130, 132, 8],
  [257, 4, 136],
])('N %i, K %i, M %i', (N, K, M) => {
  const [x, weight, bias, dy] = [spread(N * K, 1), spread(M * K, 2), spread(M, 3), spread(N * M, 4)];
  const [fast, plain] = [blockedProducts, plainProducts];
  expect(fast.forward(x, weight, bias, N, K, M)).toEqual(plain.forward(x, weight, bias, N, K, M));
  expect(fast.forward(x, weight, null, N, K, M)).toEqual(plain.forward(x, weight, null, N, K, M));
  expect(fast.backwardInput(dy, weight, N, K, M)).toEqual(plain.backwardInput(dy, weight, N, K, M));
  expect(fast.backwardWeight(dy, x, N, K, M)).toEqual(plain.backwardWeight(dy, x, N, K, M));
});
