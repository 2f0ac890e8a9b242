// The schedule plot's geometry: where its handles lie, and what a drag of so many pixels asks for.

import { describe, expect, test } from 'vitest';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import { quantityOf, withKind, withNumber } from '../../src/experiment/recipe/schedule';
import { dragged, handlesOf } from '../../src/store/schedule_handles';
import {
  curvePath,
  handlePlaces,
  handleSize,
  plotHeight,
  pointAt,
  rateHeight,
  stageWidth,
  steady,
  topOf,
} from '../../src/ui/lab/schedule/geometry';
import { allUntestedText, handleText, numberText } from '../../src/ui/lab/schedule/words';

const { first, second } = presetSchedules('rewarm');
const frame = { width: 280, top: 1.1 };

describe('the plot', () => {
  test('has room for the highest rate of all that it shows', () => {
    expect(topOf([presetSchedules('rewarm'), presetSchedules('rewarm', 2)])).toBeCloseTo(2.2, 12);
    const low = presetSchedules('floor');
    expect(topOf([{ first: low.second, second: low.second }])).toBeCloseTo(0.11, 12);
  });

  test('the unmet peak of a stage that begins on its constant takes no room', () => {
    const { second: held } = presetSchedules('infinite-cosine');
    const high = { ...held, peak: 9 };
    expect(topOf([{ first: high, second: high }])).toBeCloseTo(1.1 * 0.55, 12);
  });

  test('the whole curve lies inside', () => {
    for (const stage of ['first', 'second'] as const) {
      const numbers =
        curvePath(frame, stage, first, 300)
          .match(/[\d.]+/g)
          ?.map(Number) ?? [];
      expect(numbers.length).toBeGreaterThan(100);
      expect(Math.min(...numbers)).toBeGreaterThan(0);
      for (let i = 0; i < numbers.length; i += 2) {
        expect(numbers[i]).toBeLessThanOrEqual(frame.width);
        expect(numbers[i + 1]).toBeLessThanOrEqual(plotHeight);
      }
    }
  });
});

describe('handles', () => {
  const infinite = withKind(second, 'infinite-cosine', 'second');
  const crowded = [
    infinite,
    withNumber(withNumber(infinite, 'cooldownEnd', 0.02), 'constantEnd', 0.03),
    withNumber(withNumber(infinite, 'constantEnd', 0.99), 'cooldownEnd', 0.99),
    { ...infinite, constant: 1, cooldownEnd: 0.01, constantEnd: 0.01, floor: 1 },
    { ...infinite, warmup: 0.99, cooldownEnd: 0.99, constantEnd: 0.99, constant: 1, floor: 1 },
    presetSchedules('infinite-cosine').first,
    presetSchedules('infinite-cosine').second,
  ];

  test.each(crowded)('none covers another, and none leaves its panel: %o', (schedule) => {
    for (const stage of ['first', 'second'] as const) {
      const places = handlePlaces(frame, stage, handlesOf(schedule));
      places.forEach((a, i) => {
        expect(a.x).toBeGreaterThanOrEqual(pointAt(frame, stage, 0, 0).x);
        expect(a.x).toBeLessThanOrEqual(pointAt(frame, stage, 1, 0).x);
        for (const b of places.slice(i + 1)) {
          expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(handleSize - 1e-9);
        }
      });
    }
  });

  test('the last of the old data and the first of the new do not touch', () => {
    const end = pointAt(frame, 'first', 1, 0.1);
    const start = pointAt(frame, 'second', 0, 0.1);
    expect(start.x - end.x).toBe(handleSize);
  });

  test('those with room are exactly on the curve', () => {
    const handles = handlesOf(infinite);
    const places = handlePlaces(frame, 'second', handles);
    expect(places[1]).toEqual(pointAt(frame, 'second', 0.6, 0.55));
  });
});

describe('a drag', () => {
  test('moves the handle with the pointer', () => {
    const [dx, dy] = [29, 40];
    const moved = dragged(second, 'peak', dx / stageWidth(frame), -dy / rateHeight(frame));
    const from = pointAt(frame, 'second', 0.01, 1);
    const to = pointAt(frame, 'second', moved.warmup, moved.peak);
    // Half of the steps that a drag takes: 0.5 % of a stage, and 0.1 of the rate at most.
    expect(Math.abs(to.x - from.x - dx)).toBeLessThanOrEqual(0.0025 * stageWidth(frame) + 1e-9);
    expect(Math.abs(to.y - from.y - dy)).toBeLessThanOrEqual(0.05 * rateHeight(frame) + 1e-9);
  });

  test('along one axis leaves the other alone', () => {
    expect([steady(0), steady(3), steady(-4)].map(Math.abs)).toEqual([0, 0, 0]);
    expect([steady(10), steady(-10)]).toEqual([6, -6]);
  });
});

describe('words', () => {
  const root = withKind(second, 'infinite-inverse-sqrt', 'second');

  test('a rate has its multiple and its value, a share its percent', () => {
    expect(numberText(quantityOf(root, 'peak'), 2, 6e-3)).toBe('2× = 1.2 × 10⁻²');
    expect(numberText(quantityOf(root, 'warmup'), 0.015, 6e-3)).toBe('1.5 %');
    expect(numberText(quantityOf(root, 'alpha'), 10, 6e-3)).toBe('10');
    const [peak] = handlesOf(second);
    expect(peak && handleText(second, peak, 6e-3)).toBe('Peak 1× = 6 × 10⁻³, warmup 1 %');
  });

  test('what the paper did not test is named with its stage', () => {
    expect(allUntestedText({ first, second })).toBe('');
    const odd = withNumber(withNumber(second, 'warmup', 0.3), 'floor', 0.3);
    expect(allUntestedText({ first, second: odd })).toBe('warmup, lowest (new data)');
  });
});
