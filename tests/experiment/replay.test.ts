// The floor rule: exact shares, in every batch about the same, each corpus walked in order without a gap.

import { expect, test } from 'vitest';
import { replayedBefore, sequenceSource } from '../../src/experiment/replay';

test('every fraction of whole percents and per mille has its exact share after each full cycle', () => {
  // Integer arithmetic is the truth here: floor(i * n / 1000) without binary fractions.
  for (let n = 0; n <= 1000; n++) {
    const fraction = Number(`${n}e-3`);
    for (let i = 0; i <= 2000; i++) {
      const exact = Number((BigInt(i) * BigInt(n)) / 1000n);
      if (replayedBefore(i, fraction) !== exact) throw new Error(`fraction ${fraction}, sequence ${i}: not ${exact}`);
    }
  }
});

test('0.29 of 100 is 29, though 0.29 * 100 is less in binary', () => {
  expect(0.29 * 100).toBeLessThan(29);
  expect(replayedBefore(100, 0.29)).toBe(29);
  expect(replayedBefore(3, 1 / 3)).toBe(1);
  expect(replayedBefore(32_000_000, 0.29)).toBe(9_280_000);
});

test.each([0, 0.005, 0.01, 0.05, 0.1, 0.25, 0.29, 1 / 3, 0.5, 0.999, 1])(
  'a share of %f walks both corpora in order',
  (fraction) => {
    let replayed = 0;
    let fresh = 0;
    for (let i = 0; i < 3200; i++) {
      const { replay, index } = sequenceSource(i, fraction);
      expect(index).toBe(replay ? replayed++ : fresh++);
    }
    expect(replayed).toBe(replayedBefore(3200, fraction));
    expect(Math.abs(replayed - 3200 * fraction)).toBeLessThan(1);
  },
);

test('a quarter: every fourth sequence, the same number in every batch', () => {
  const replayed = Array.from({ length: 12 }, (_, i) => sequenceSource(i, 0.25).replay);
  expect(replayed).toEqual([false, false, false, true, false, false, false, true, false, false, false, true]);
});
