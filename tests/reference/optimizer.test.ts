// AdamW and clipping by hand; twenty steps of both against PyTorch are in torch.test.ts.

import { expect, test } from 'vitest';
import { paperAdamW } from '../../src/engine/optimizer';
import { adamwUpdate } from '../../src/engine/reference/adamw';
import { clipScale, globalNorm } from '../../src/engine/reference/clip';

const first = { optimizer: paperAdamW, learningRate: 0.01, t: 1, scale: 1, decay: false };

function arrays() {
  return [Float64Array.of(2, 2, 2), [0.5, -0.5, 0.25], new Float64Array(3), new Float64Array(3)] as const;
}

test('the first step moves every weight by one learning rate against its gradient', () => {
  const [parameters, gradients, firstMoment, secondMoment] = arrays();
  adamwUpdate(parameters, gradients, firstMoment, secondMoment, 0, 3, first);
  // Off by lr * epsilon / |g|, at most 4e-10.
  for (const [i, expected] of [1.99, 2.01, 1.99].entries()) expect(parameters[i]).toBeCloseTo(expected, 9);
  expect(firstMoment[2]).toBeCloseTo(0.1 * 0.25, 15);
  expect(secondMoment[2]).toBeCloseTo(0.05 * 0.25 ** 2, 15);
});

test('a long run of equal gradients keeps that pace', () => {
  const [parameters, gradients, firstMoment, secondMoment] = arrays();
  for (let t = 1; t <= 50; t++) adamwUpdate(parameters, gradients, firstMoment, secondMoment, 0, 3, { ...first, t });
  expect(parameters[0]).toBeCloseTo(2 - 50 * 0.01, 7);
});

test('decay takes lr * weightDecay of the weight, whatever the gradient', () => {
  const [parameters, , firstMoment, secondMoment] = arrays();
  adamwUpdate(parameters, [0, 0, 0], firstMoment, secondMoment, 0, 3, { ...first, decay: true });
  expect([...parameters]).toEqual([2, 2, 2].map((p) => p - 0.01 * 0.1 * p));
});

test('only the range changes', () => {
  const [parameters, gradients, firstMoment, secondMoment] = arrays();
  adamwUpdate(parameters, gradients, firstMoment, secondMoment, 1, 2, first);
  expect([parameters[0], parameters[2], firstMoment[0], secondMoment[2]]).toEqual([2, 2, 0, 0]);
  expect(parameters[1]).toBeGreaterThan(2);
});

test('clipping scales by limit / norm above the limit and leaves the rest alone', () => {
  expect(globalNorm([3, 0, -4])).toBe(5);
  expect(clipScale(5, 1)).toBe(1 / (5 + 1e-6));
  expect(clipScale(0.5, 1)).toBe(1);
  const [clipped, unclipped] = [arrays(), arrays()];
  adamwUpdate(clipped[0], [3, 0, -4], clipped[2], clipped[3], 0, 3, { ...first, scale: 0.5 });
  adamwUpdate(unclipped[0], [1.5, 0, -2], unclipped[2], unclipped[3], 0, 3, first);
  expect(clipped[0]).toEqual(unclipped[0]);
});
