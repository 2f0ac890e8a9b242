// The engine's own exponential, logarithm, power, cosine and sine against those of Math, whose error is far below.

import { describe, expect, it } from 'vitest';
import { frequency, power, turn } from '../../src/engine/simd/exact';
import { EPS, expectWithin, noise } from '../kernels/play';
import { openMemory } from './memory';

async function exp(values: ArrayLike<number>): Promise<Float32Array> {
  const { kernels, put, get } = await openMemory();
  const at = put(values);
  kernels.expAll(at, values.length);
  return get(at, values.length);
}

describe('exp', () => {
  it('is right to 1.5 EPS (1 + |x| / 90) of its value from -64 to 64', async () => {
    const count = 400_000;
    const dense = Float32Array.from({ length: count }, (_, i) => -64 + (128 * i) / count);
    const values = Float32Array.from([...dense, ...noise(100_000, 1), ...noise(100_000, 2, 1e-3), 0, -0, 64, -64]);
    const expected = Float64Array.from(values, Math.exp);
    // Beside the polynomial's roundings (the last sum's, EPS, and a quarter of EPS of what is added to one), r has an error
    // of |n| 2.1e-4 EPS ln 2 and half an ulp: together below 1.5 EPS, slowly growing with |x|.
    const bound = expected.map((e, i) => 1.5 * EPS * (1 + Math.abs(values[i]!) / 90) * e);
    expectWithin('exp', await exp(values), expected, bound);
  });

  it('is 0 below, e^64 above, and keeps a NaN, whatever its bits', async () => {
    const values = new Float32Array([
      -64.001,
      -1e30,
      Number.NEGATIVE_INFINITY,
      65,
      1e30,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
    new Uint32Array(values.buffer).set([0x7fc00001, 0xffffffff], 6);
    const [below, far, least, above, farther, most, first, second] = await exp(values);
    expect([below, far, least]).toEqual([0, 0, 0]);
    expect([above, farther, most]).toEqual(new Array(3).fill((await exp([64, 0, 0, 0]))[0]));
    expect([first, second]).toEqual([Number.NaN, Number.NaN]);
  });
});

it('log is right to a few roundings of float64', async () => {
  const { kernels } = await openMemory();
  for (const x of [1, 1.5, 1.5000001, 0.75, 2, 3, 256, 1e-30, 1e30, 64.123, 1 + 2 ** -40]) {
    const expected = Math.log(x);
    expect(Math.abs(kernels.log(x) - expected)).toBeLessThanOrEqual(4 * 2 ** -53 * Math.max(1, Math.abs(expected)));
  }
  expect(kernels.log(Number.NaN)).toBeNaN();
});

it('powers, cosines, sines and frequencies of rotary are right to 1e-12', () => {
  for (const n of [0, 1, 2, 7, 300, 3000]) expect(power(0.95, n)).toBeCloseTo(0.95 ** n, 13);
  for (let t = 0; t < 4096; t += 7) {
    for (const x of [0, 0.125, 0.25, 0.5, 0.9375, 1]) {
      const angle = t * frequency(x);
      expect(Math.abs(angle - t * 10_000 ** -x)).toBeLessThan(1e-12 * Math.max(1, t));
      const { cos, sin } = turn(angle);
      expect(Math.abs(cos - Math.cos(angle))).toBeLessThan(1e-12);
      expect(Math.abs(sin - Math.sin(angle))).toBeLessThan(1e-12);
    }
  }
});
