// The random numbers: the published answers of Philox, frozen values of our own, and statistics whose bounds are
// six standard errors (chance of a false alarm below 1e-8 each; the numbers are fixed anyway).

import { describe, expect, it } from 'vitest';
import { normal32, permute, philox, random32 } from '../../src/data/random';

const sigmas = 6;

/** Chi-square of counts against equal expectation, as (value, bound). A chi-square of k degrees has deviation sqrt(2k). */
function chiSquare(counts: readonly number[]): { value: number; bound: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  const value = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const degrees = counts.length - 1;
  return { value, bound: degrees + sigmas * Math.sqrt(2 * degrees) };
}

describe('philox', () => {
  const out = new Uint32Array(4);
  const hex = () => Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ');

  it('gives the known answers of the Random123 library', () => {
    philox(out, 0, 0, 0, 0, 0, 0);
    expect(hex()).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    philox(out, -1, -1, -1, -1, -1, -1);
    expect(hex()).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
    philox(out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
    expect(hex()).toBe('d16cfe09 94fdcceb 5001e420 24126ea1');
  });
});

describe('random32', () => {
  it('never changes: a saved run must find its numbers again', () => {
    expect(random32(1, 'order of literature', 0, 0)).toBe(325482668);
    expect(random32(7, 'weights', 123, 456)).toBe(2346116461);
    expect(random32(2 ** 40 + 5, 'x', 2 ** 35 + 1, 2 ** 33 + 9)).toBe(61688305);
    expect(random32(-3, '', 0, 0)).toBe(2487046660);
  });

  const axes: [string, (i: number) => number][] = [
    ['a', (i) => random32(3, 'test', i, 5)],
    ['b', (i) => random32(3, 'test', 5, i)],
    ['seed', (i) => random32(i, 'test', 5, 5)],
    ['purpose', (i) => random32(3, `test ${i}`, 5, 5)],
  ];

  it.each(axes)('is uniform in each of its bytes along %s', (name, draw) => {
    for (const shift of [0, 8, 16, 24]) {
      const counts = Array.from({ length: 256 }, () => 0);
      for (let i = 0; i < 65_536; i++) counts[(draw(i) >>> shift) & 255]! += 1;
      const { value, bound } = chiSquare(counts);
      console.log(
        `random32 along ${name}, byte ${shift / 8}: chi-square ${value.toFixed(0)}, bound ${bound.toFixed(0)}`,
      );
      expect(value).toBeLessThan(bound);
    }
  });

  it.each(axes)('changes half of its bits from one %s to the next', (_name, draw) => {
    const pairs = 20_000;
    let flips = 0;
    for (let i = 0; i < pairs; i++) {
      for (let bits = draw(i) ^ draw(i + 1); bits !== 0; bits &= bits - 1) flips++;
    }
    // Each of 32 * pairs bits flips like a coin.
    const bits = 32 * pairs;
    expect(Math.abs(flips - bits / 2)).toBeLessThan(sigmas * Math.sqrt(bits / 4));
  });

  it('gives unrelated streams for every seed, purpose and high half of a counter', () => {
    const streams: ((i: number) => number)[] = [
      ...[0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1].map((seed) => (i: number) => random32(seed, 'order', i, 0)),
      ...['Order', 'order ', 'weights', ''].map((purpose) => (i: number) => random32(1, purpose, i, 0)),
      (i) => random32(1, 'order', 0, i + 1),
      (i) => random32(1, 'order', i + 2 ** 32, 0),
      (i) => random32(1, 'order', i, 2 ** 32),
    ];
    const length = 2048;
    const seen = new Map<string, number>();
    for (const [s, stream] of streams.entries()) {
      for (let i = 0; i < length; i++) {
        // Two neighbours make 64 bits: 13 * 2048 of them collide with chance 2e-11.
        const pair = `${stream(i)},${stream(i + 1)}`;
        expect(seen.get(pair), `stream ${s} at ${i} repeats stream ${seen.get(pair)}`).toBeUndefined();
        seen.set(pair, s);
      }
    }
    expect(seen.size).toBe(streams.length * length);
  });
});

describe('normal32', () => {
  it('never changes', () => {
    expect(normal32(1, 'weights', 0, 0)).toBe(1.5912641054019332);
    expect(normal32(1, 'weights', 0, 1)).toBe(0.4020819382276386);
    expect(normal32(9, 'weights', 3, 70_000)).toBe(-0.38775034761056304);
  });

  it('has the mean, deviation and fourth moment of a sum of twelve uniform numbers', () => {
    const n = 200_000;
    const draws = Array.from({ length: n }, (_, i) => normal32(4, 'test', 0, i));
    const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / n;
    // Irwin-Hall of 12: variance 1, fourth moment 2.9; its eighth is below the normal's 105.
    expect(Math.abs(moment(1))).toBeLessThan(sigmas / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(sigmas * Math.sqrt(1.9 / n));
    expect(Math.abs(moment(4) - 2.9)).toBeLessThan(sigmas * Math.sqrt((105 - 2.9 ** 2) / n));
    expect(draws.every((x) => Math.abs(x) <= 6)).toBe(true);
  });
});

describe('permute', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 257, 1000, 1024, 1025, 4095, 4097, 35_277])(
    'is a bijection of [0, %i)',
    (n) => {
      for (const key of [0, 1, 0xffffffff]) {
        const seen = new Uint8Array(n);
        for (let i = 0; i < n; i++) seen[permute(i, n, key)]! += 1;
        expect(seen.every((times) => times === 1)).toBe(true);
      }
    },
  );

  it.each([5, 6, 12, 16])('puts pairs of %i anywhere, equally often over keys', (n) => {
    const counts = Array.from({ length: n * n }, () => 0);
    for (let i = 0; i < 20_000; i++) {
      const key = random32(1, 'keys', i, n);
      counts[permute(0, n, key) * n + permute(1, n, key)]! += 1;
    }
    const distinct = counts.filter((_, i) => i % (n + 1) !== 0);
    const { value, bound } = chiSquare(distinct);
    console.log(`permute pairs of ${n}: chi-square ${value.toFixed(0)}, bound ${bound.toFixed(0)}`);
    expect(value).toBeLessThan(bound);
  });

  it('never changes', () => {
    expect(Array.from({ length: 10 }, (_, i) => permute(i, 10, 12_345))).toEqual([5, 2, 1, 3, 9, 0, 8, 7, 6, 4]);
    expect(permute(1000, 35_277, 99)).toBe(23887);
    expect(permute(0, 2 ** 30, 1)).toBe(1026251285);
  });

  it('refuses what lies outside', () => {
    expect(() => permute(5, 5, 0)).toThrow(RangeError);
    expect(() => permute(-1, 5, 0)).toThrow(RangeError);
    expect(() => permute(0.5, 5, 0)).toThrow(RangeError);
    expect(() => permute(0, 0, 0)).toThrow(RangeError);
    expect(() => permute(0, 2 ** 30 + 1, 0)).toThrow(RangeError);
  });
});
