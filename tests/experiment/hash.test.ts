// The content hash: equal values agree, different ones never met in a million tries, every input bit matters.

import { expect, test } from 'vitest';
import { canonicalJson, contentHash } from '../../src/experiment/hash';

test('is 32 hex digits, the same for equal values in any order of keys', () => {
  expect(contentHash({ a: 1, b: [1, { c: null, d: 'x' }] })).toMatch(/^[0-9a-f]{32}$/);
  expect(contentHash({ b: [1, { d: 'x', c: null }], a: 1 })).toBe(contentHash({ a: 1, b: [1, { c: null, d: 'x' }] }));
  expect(canonicalJson({ b: 1, a: [true, 'ä"'] })).toBe('{"a":[true,"ä\\""],"b":1}');
});

test('does not change between versions: saved checkpoints are found by it', () => {
  expect(contentHash({ hello: 'world', n: [1, 2.5, -3e-9] })).toMatchInlineSnapshot(
    `"42fd8ae438e0bcb9ef64c3dcf5930542"`,
  );
});

test('tells values apart', () => {
  const values = [[], {}, '', null, 0, '0', [0], [[0]], [0, 0], { a: 0 }, { b: 0 }, ['ab'], ['a', 'b'], false];
  expect(new Set(values.map(contentHash)).size).toBe(values.length);
});

test('any 32 of its 128 bits collide no more often than chance', () => {
  const count = 20_000;
  const lanes = [0, 8, 16, 24].map(() => new Set<string>());
  for (let i = 0; i < count; i++) {
    const hash = contentHash([i]);
    for (const [l, lane] of lanes.entries()) lane.add(hash.slice(8 * l, 8 * l + 8));
  }
  // Expected pairs that share a lane: count^2 / 2^33 = 0.05; more than four has a chance below 1e-8.
  for (const lane of lanes) expect(count - lane.size).toBeLessThanOrEqual(4);
});

test('one changed digit changes about half of the bits', () => {
  const flipped: number[] = [];
  for (let i = 0; i < 500; i++) {
    const [a, b] = [contentHash({ seed: i, steps: 300 }), contentHash({ seed: i + 1, steps: 300 })];
    flipped.push([...a].reduce((sum, digit, d) => sum + bits(parseInt(digit, 16) ^ parseInt(b[d] ?? '0', 16)), 0));
  }
  const mean = flipped.reduce((a, b) => a + b) / flipped.length;
  // Deviation of one distance is sqrt(128)/2 = 5.7, of the mean of 500 it is 0.25; eight deviations either way.
  expect(Math.abs(mean - 64)).toBeLessThan(2);
  expect(Math.min(...flipped)).toBeGreaterThan(64 - 6 * 5.7);
});

function bits(word: number): number {
  return word === 0 ? 0 : (word & 1) + bits(word >>> 1);
}
