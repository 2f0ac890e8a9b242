// Numbers that a person types: taken inside the limits, refused with the limits and with what stays.

import { expect, test } from 'vitest';
import { refusal, typedNumber } from '../../src/ui/controls/typed';

const limits = { min: 0.001, max: 1000 };

test.each([
  ['1', 1],
  ['0.001', 0.001],
  ['1e3', 1000],
  ['1000.1', null],
  ['0', null],
  ['-1', null],
  ['', null],
  ['  ', null],
  ['1e', null],
])('%j is %j', (text, number) => {
  expect(typedNumber(text, limits)).toBe(number);
});

test('a refusal says what was typed, the limits and what stays', () => {
  expect(refusal('5000', limits, 2)).toBe('5000 is not a number from 0.001 to 1000; 2 stays in use.');
  expect(refusal('', limits, 2)).toBe('That is not a number from 0.001 to 1000; 2 stays in use.');
});
