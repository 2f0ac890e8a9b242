// Marks of a histogram: each value once, those of one place on each other, the mean where it is.

import { expect, test } from 'vitest';
import { histogram, stacked } from '../../src/plot/histogram';
import { appearance } from '../../src/plot/palette';

test('marks that would lie on each other are stacked', () => {
  expect(stacked([0, 1, 90, 2, 91])).toEqual([0, 1, 0, 2, 1]);
});

const row = (key: string, values: readonly number[]) => ({ key, label: key, appearance: appearance(0), values });

test('every value has its mark, and rows grow with the highest stack', () => {
  const low = histogram([row('a', [1, 2, 3])], 400, 60);
  const high = histogram([row('a', [1, 2, 3]), row('b', [1, 1, 1])], 400, 60);
  expect(low.marks.filter(({ role }) => role === 'marker')).toHaveLength(3);
  expect(high.marks.filter(({ role }) => role === 'marker')).toHaveLength(6);
  // Another row of three on each other: 27 pixels and the gap.
  expect(high.height - low.height).toBe(27 + 10);
});

test('the mean stands between the values', () => {
  const { marks } = histogram([row('a', [1, 2, 6])], 408, 0);
  const mean = marks.find(({ role }) => role === 'level');
  // 8 pixels on either side: 1 at 8, 6 at 400, the mean 3 at two fifths.
  expect(mean?.attributes.d).toMatch(/^M164\.8 /);
});

test('one value, and equal ones, are drawn', () => {
  for (const values of [[2], [2, 2]]) {
    const { marks, height } = histogram([row('a', values)], 300, 40);
    expect(marks.every((mark) => !JSON.stringify(mark.attributes).includes('NaN'))).toBe(true);
    expect(height).toBeGreaterThan(30);
  }
});
