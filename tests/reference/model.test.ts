// The whole model: the gradient of every tensor against finite differences, and what follows from the definition.

import { describe, expect, test } from 'vitest';
import { type ModelShape, parameterCount, parameterLayout } from '../../src/engine/model';
import { blockForward } from '../../src/engine/reference/block';
import { forwardBackward, forwardLogits, forwardLosses } from '../../src/engine/reference/model';
import { parameterViews } from '../../src/engine/reference/parameters';
import { blockedProducts, plainProducts } from '../../src/engine/reference/products';
import { expectGradient, spread } from './differences';

const model: ModelShape = { vocabulary: 12, context: 5, width: 8, layers: 2, heads: 2, rotaryFraction: 0.5 };
const { context: T, vocabulary: V } = model;
const B = 3;
const N = B * T;
const parameters = spread(parameterCount(model), 5).map((value) => 0.7 * value);
const windows = Uint8Array.from(spread(B * (T + 1), 6), (value) => Math.floor(((value + 1) / 2) * V));
const inputs = windows.filter((_, i) => i % (T + 1) < T);

describe('gradients by finite differences', () => {
  const { gradients } = forwardBackward(model, parameters, windows);
  const rowTerms = (p: Float64Array) => forwardBackward(model, p, windows).rowLosses.map((loss) => loss / N);

  test.each(
    parameterLayout(model).tensors.map((tensor) => [`${tensor.name} of layer ${tensor.layer}`, tensor] as const),
  )('%s', (name, { offset, shape }) => {
    const length = shape.reduce((a, b) => a * b, 1);
    // Up to 24 elements, evenly apart, the first and the last among them.
    const count = Math.min(24, length);
    const elements = Array.from({ length: count }, (_, i) => offset + Math.floor((i * (length - 1)) / (count - 1)));
    // Sums of C, D, T and 4C terms in each of two blocks, then C and V.
    const roundings = 2 * (8 + 4 + 5 + 40) + 8 + 12;
    expectGradient({ name, terms: rowTerms, x: parameters, gradient: gradients, roundings, elements });
  });
});

test('the fast products give the same numbers bit for bit', () => {
  const plain = forwardBackward(model, parameters, windows);
  expect(forwardBackward(model, parameters, windows, blockedProducts)).toEqual(plain);
});

test('losses, logits and gradients belong together', () => {
  const { loss, rowLosses } = forwardBackward(model, parameters, windows);
  const perWindow = forwardLosses(model, parameters, windows);
  expect(perWindow.length).toBe(B);
  expect(perWindow.reduce((a, b) => a + b) / B).toBeCloseTo(loss, 14);
  const logits = forwardLogits(model, parameters, inputs);
  const row = [...logits.subarray(7 * V, 8 * V)];
  const target = windows[1 * (T + 1) + 3]!; // row 7 is position 2 of sequence 1; its target is the token after it
  expect(rowLosses[7]).toBeCloseTo(Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[target]!, 13);
});

test('a token changes no logits before it and none of other sequences', () => {
  const before = forwardLogits(model, parameters, inputs);
  const changed = inputs.slice();
  const place = T + 3;
  changed[place] = (changed[place]! + 1) % V;
  const after = forwardLogits(model, parameters, changed);
  const differs = Array.from({ length: N }, (_, n) =>
    before.subarray(n * V, (n + 1) * V).some((x, v) => x !== after[n * V + v]),
  );
  expect(differs).toEqual(Array.from({ length: N }, (_, n) => n === place || n === place + 1));
});

test('a block adds attention and MLP of the same input (parallel residual)', () => {
  const C = model.width;
  const x = spread(N * C, 7);
  const output = (attention: boolean, mlp: boolean): Float64Array => {
    const w = parameterViews(model, parameters.slice()).blocks[0]!;
    for (const i of w.outWeight.keys()) if (i % (5 * C) < C ? !attention : !mlp) w.outWeight[i] = 0;
    return blockForward(x, w, { B, T, C, H: model.heads, rot: 2 }, plainProducts).y;
  };
  const silent = output(false, false);
  const [attention, mlp, both] = [output(true, false), output(false, true), output(true, true)];
  for (const [i, y] of both.entries()) expect(y).toBeCloseTo(attention[i]! + mlp[i]! - silent[i]!, 13);
  expect(attention.some((y, i) => Math.abs(y - silent[i]!) > 0.1)).toBe(true);
  expect(mlp.some((y, i) => Math.abs(y - silent[i]!) > 0.1)).toBe(true);
});

test('tokens that do not divide into sequences are refused', () => {
  expect(() => forwardLogits(model, parameters, inputs.subarray(1))).toThrow('context 5');
  expect(() => forwardLosses(model, parameters, inputs)).toThrow('context 5');
});
