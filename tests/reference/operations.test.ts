// Every operation's backward pass against finite differences of its forward pass, at small odd shapes. The terms
// are the outputs weighted with fixed numbers dy, so that the sum's gradient is the backward pass of dy.

import { describe, expect, test } from 'vitest';
import { attentionBackward, attentionForward } from '../../src/engine/reference/attention';
import { crossEntropyBackward, crossEntropyForward } from '../../src/engine/reference/cross_entropy';
import { embeddingBackward, embeddingForward } from '../../src/engine/reference/embedding';
import { geluBackward, geluForward } from '../../src/engine/reference/gelu';
import { layernormBackward, layernormForward } from '../../src/engine/reference/layernorm';
import {
  linearBackwardBias,
  linearBackwardInput,
  linearBackwardWeight,
  linearForward,
} from '../../src/engine/reference/linear';
import { rotaryForward, rotaryInverse } from '../../src/engine/reference/rotary';
import { expectGradient, spread } from './differences';

const weighted = (y: Float64Array, dy: Float64Array) => y.map((value, i) => value * dy[i]!);

test('embedding: a row of the table for each token, and its gradient back', () => {
  const [N, V, C] = [7, 5, 3];
  const tokens = [4, 0, 2, 2, 4, 1, 4];
  const weight = spread(V * C, 1);
  const dy = spread(N * C, 2);
  const x = embeddingForward(tokens, weight, N, C);
  expect([...x.subarray(0, C)]).toEqual([...weight.subarray(4 * C, 5 * C)]);
  expectGradient({
    name: 'embedding dWeight',
    terms: (w) => weighted(embeddingForward(tokens, w, N, C), dy),
    x: weight,
    gradient: embeddingBackward(dy, tokens, N, V, C),
    roundings: 1,
  });
});

describe('layernorm', () => {
  const [N, C] = [5, 7];
  const [x, weight, bias, dy] = [spread(N * C, 3), spread(C, 4), spread(C, 5), spread(N * C, 6)];
  const { mean, rstd } = layernormForward(x, weight, bias, N, C);
  const gradients = layernormBackward(dy, x, weight, mean, rstd, N, C);
  const roundings = 4 * C;

  test('its rows have mean 0 and variance just under 1 before weight and bias', () => {
    const { y } = layernormForward(x, new Float64Array(C).fill(1), new Float64Array(C), N, C);
    for (let n = 0; n < N; n++) {
      const row = [...y.subarray(n * C, (n + 1) * C)];
      const average = row.reduce((a, b) => a + b) / C;
      const variance = row.reduce((a, b) => a + b * b, 0) / C;
      expect(Math.abs(average)).toBeLessThan(C * 2 ** -52);
      expect(variance).toBeCloseTo(1 - 1e-5 * rstd[n]! ** 2, 12);
    }
  });

  test('a constant row gives the bias', () => {
    const { y } = layernormForward(new Float64Array(C).fill(2), weight, bias, 1, C);
    expect([...y]).toEqual([...bias]);
  });

  test.each([
    ['dx', x, gradients.dx, (v: Float64Array) => layernormForward(v, weight, bias, N, C).y],
    ['dWeight', weight, gradients.dWeight, (v: Float64Array) => layernormForward(x, v, bias, N, C).y],
    ['dBias', bias, gradients.dBias, (v: Float64Array) => layernormForward(x, weight, v, N, C).y],
  ])('%s', (name, at, gradient, y) => {
    expectGradient({ name: `layernorm ${name}`, terms: (v) => weighted(y(v), dy), x: at, gradient, roundings });
  });
});

describe('linear', () => {
  const [N, K, M] = [5, 7, 3];
  const [x, weight, bias, dy] = [spread(N * K, 7), spread(M * K, 8), spread(M, 9), spread(N * M, 10)];

  test('y = x W^T + b, by hand', () => {
    expect([...linearForward([1, 2, 3, 4], [5, 6, 7, 8, 9, 10], [100, 200, 300], 2, 2, 3)]).toEqual([
      117, 223, 329, 139, 253, 367,
    ]);
    expect([...linearForward([1, 2], [5, 6], null, 1, 2, 1)]).toEqual([17]);
  });

  test.each([
    ['dx', x, linearBackwardInput(dy, weight, N, K, M), (v: Float64Array) => linearForward(v, weight, bias, N, K, M)],
    ['dWeight', weight, linearBackwardWeight(dy, x, N, K, M), (v: Float64Array) => linearForward(x, v, bias, N, K, M)],
    ['dBias', bias, linearBackwardBias(dy, N, M), (v: Float64Array) => linearForward(x, weight, v, N, K, M)],
  ])('%s', (name, at, gradient, y) => {
    expectGradient({ name: `linear ${name}`, terms: (v) => weighted(y(v), dy), x: at, gradient, roundings: K + 2 });
  });
});

describe('rotary', () => {
  const [B, T, H, D, rot] = [2, 5, 3, 6, 4];
  const x = spread(B * T * H * D, 11);
  const y = rotaryForward(x, B, T, H, D, rot);

  test('position 0 and the dimensions behind `rot` stay; pair 1 turns by t * 10000^(-1/2)', () => {
    expect([...y.subarray(0, H * D)]).toEqual([...x.subarray(0, H * D)]);
    for (let i = 0; i < x.length; i++) if (i % D >= rot) expect(y[i]).toBe(x[i]);
    const at = 3 * H * D + D + 2; // sequence 0, position 3, head 1, pair 1
    const angle = 0.03;
    expect(y[at]).toBeCloseTo(x[at]! * Math.cos(angle) - x[at + 1]! * Math.sin(angle), 14);
    expect(y[at + 1]).toBeCloseTo(x[at + 1]! * Math.cos(angle) + x[at]! * Math.sin(angle), 14);
  });

  test('the inverse turns back', () => {
    for (const [i, value] of rotaryInverse(y, B, T, H, D, rot).entries()) expect(value).toBeCloseTo(x[i]!, 14);
  });

  test('q.k depends on the distance alone', () => {
    const [q, k] = [spread(D, 12), spread(D, 13)];
    const repeat = (head: Float64Array) => Float64Array.from({ length: T * D }, (_, i) => head[i % D]!);
    const [turnedQ, turnedK] = [q, k].map((head) => rotaryForward(repeat(head), 1, T, 1, D, rot));
    const product = (t: number, s: number) =>
      q.reduce((sum, _, d) => sum + turnedQ![t * D + d]! * turnedK![s * D + d]!, 0);
    expect(product(4, 2)).toBeCloseTo(product(2, 0), 14);
    expect(Math.abs(product(4, 2) - product(4, 1))).toBeGreaterThan(1e-3);
  });

  test('dx', () => {
    const dy = spread(x.length, 14);
    const gradient = rotaryInverse(dy, B, T, H, D, rot);
    const terms = (v: Float64Array) => weighted(rotaryForward(v, B, T, H, D, rot), dy);
    expectGradient({ name: 'rotary dx', terms, x, gradient, roundings: 4 });
  });
});

describe('attention', () => {
  const [B, T, H, D] = [2, 5, 3, 4];
  const size = B * T * H * D;
  const [q, k, v, dy] = [spread(size, 15), spread(size, 16), spread(size, 17), spread(size, 18)];
  const { y, logSumExp } = attentionForward(q, k, v, B, T, H, D);
  const gradients = attentionBackward(dy, q, k, v, y, logSumExp, B, T, H, D);
  const roundings = 2 * (D + T + 4);

  test('the first position sees itself alone', () => {
    for (let i = 0; i < H * D; i++) expect(y[i]).toBe(v[i]);
  });

  test('equal keys give the average of the values so far, and log(t + 1) more in logSumExp', () => {
    const flat = attentionForward(q, new Float64Array(size), v, B, T, H, D);
    const t = 3;
    expect(flat.logSumExp[t * H]).toBeCloseTo(Math.log(t + 1), 14);
    const average = (v[0]! + v[H * D]! + v[2 * H * D]! + v[3 * H * D]!) / 4;
    expect(flat.y[t * H * D]).toBeCloseTo(average, 14);
  });

  test('later tokens and other sequences do not matter', () => {
    const changed = v.map((value, i) => (i >= 3 * H * D ? value + 1 : value));
    const other = attentionForward(q, k, changed, B, T, H, D).y;
    expect([...other.subarray(0, 3 * H * D)]).toEqual([...y.subarray(0, 3 * H * D)]);
    expect(other[3 * H * D]).not.toBe(y[3 * H * D]);
  });

  test('large scores do not overflow', () => {
    const large = attentionForward(
      q.map((value) => value * 1e4),
      k,
      v,
      B,
      T,
      H,
      D,
    ).y;
    expect(large.every(Number.isFinite)).toBe(true);
  });

  test.each([
    ['dq', q, gradients.dq, (at: Float64Array) => attentionForward(at, k, v, B, T, H, D).y],
    ['dk', k, gradients.dk, (at: Float64Array) => attentionForward(q, at, v, B, T, H, D).y],
    ['dv', v, gradients.dv, (at: Float64Array) => attentionForward(q, k, at, B, T, H, D).y],
  ])('%s', (name, x, gradient, output) => {
    expectGradient({ name: `attention ${name}`, terms: (at) => weighted(output(at), dy), x, gradient, roundings });
  });
});

describe('gelu', () => {
  const x = spread(41, 19).map((value) => 5 * value);

  test('is the tanh form', () => {
    for (const [i, y] of geluForward(x).entries()) {
      const value = x[i]!;
      expect(y).toBeCloseTo(0.5 * value * (1 + Math.tanh(0.7978845608028654 * (value + 0.044715 * value ** 3))), 14);
    }
  });

  test('is x far above zero and 0 far below', () => {
    expect(geluForward([50, 1000])).toEqual(Float64Array.of(50, 1000));
    expect([...geluForward([-50, -1000])].map(Math.abs)).toEqual([0, 0]);
    expect(geluBackward([1, 1, 1, 1], [50, 1000, -50, -1000]).map(Math.abs)).toEqual(Float64Array.of(1, 1, 0, 0));
  });

  test('dx', () => {
    const dy = spread(x.length, 20);
    const terms = (v: Float64Array) => weighted(geluForward(v), dy);
    expectGradient({ name: 'gelu dx', terms, x, gradient: geluBackward(dy, x), roundings: 12 });
  });
});

describe('crossentropy', () => {
  const [N, V] = [5, 7];
  const logits = spread(N * V, 21).map((value) => 3 * value);
  const targets = [6, 0, 3, 3, 1];
  const { losses, logSumExp } = crossEntropyForward(logits, targets, N, V);

  test('equal logits cost log V, and logits above 700 do not overflow', () => {
    expect(crossEntropyForward(new Float64Array(V), [2], 1, V).losses[0]).toBeCloseTo(Math.log(V), 14);
    expect(crossEntropyForward([1000, 0, -1000], [1], 1, 3).losses[0]).toBe(1000);
  });

  test('dlogits of the mean of the rows', () => {
    const terms = (v: Float64Array) => crossEntropyForward(v, targets, N, V).losses.map((loss) => loss / N);
    const gradient = crossEntropyBackward(logits, targets, logSumExp, N, V);
    expectGradient({ name: 'crossentropy dlogits', terms, x: logits, gradient, roundings: V + 4 });
    expect(Math.min(...losses)).toBeGreaterThan(0);
  });
});
