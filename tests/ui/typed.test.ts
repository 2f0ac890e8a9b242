// Numbers that a person types: taken inside the limits, with a point or a comma, refused with the limits and with what stays.

import { expect, test } from 'vitest';
import { refusal, steppedNumber, typedNumber } from '../../src/ui/controls/typed';

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
  ['0,5', 0.5],
  ['1,5', 1.5],
  [' 1.5 ', 1.5],
  [',5', 0.5],
  ['5,', 5],
  ['1.000,5', null],
  ['1,000.5', null],
  ['1,0,5', null],
  ['1..5', null],
  ['1 000', null],
  ['0x10', null],
  [',', null],
])('%j is %j', (text, number) => {
  expect(typedNumber(text, limits)).toBe(number);
});

test('where only whole numbers count, others are refused by name', () => {
  const whole = { min: 1, max: 9999, whole: true };
  expect([typedNumber('7', whole), typedNumber('7.5', whole), typedNumber('0', whole)]).toEqual([7, null, null]);
  expect(refusal('7.5', whole, 2)).toBe('7.5 is not a whole number from 1 to 9999; 2 stays in use.');
});

test('a refusal says what was typed, the limits and what stays', () => {
  expect(refusal('5000', limits, 2)).toBe('5000 is not a number from 0.001 to 1000; 2 stays in use.');
  expect(refusal('', limits, 2)).toBe('That is not a number from 0.001 to 1000; 2 stays in use.');
});

test.each([
  ['ArrowUp', 1, 0.1, 1.1],
  ['ArrowUp', 0.2, 0.1, 0.3],
  ['ArrowDown', 1, 0.5, 0.5],
  ['ArrowDown', 0.2, 0.5, 0.001],
  ['ArrowUp', 999.9, 0.5, 1000],
  ['Enter', 1, 0.5, null],
])('%s from %d by %d leads to %j', (key, from, step, number) => {
  expect(steppedNumber(key, from, step, limits)).toBe(number);
});
