// Taking hold of a schedule's curve: which points can be taken, what a drag and a key make of them.

import { describe, expect, test } from 'vitest';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import { type ScheduleRecipe, withKind } from '../../src/experiment/recipe/schedule';
import { learningRate } from '../../src/experiment/schedules';
import { dragged, handlesOf, nudged } from '../../src/store/schedule_handles';

const cosine: ScheduleRecipe = { kind: 'cosine', warmup: 0.01, peak: 1, floor: 0.1 };
const infinite = withKind(cosine, 'infinite-cosine', 'second');
const constant = withKind(cosine, 'constant', 'second');
const names = (schedule: ScheduleRecipe) => handlesOf(schedule).map(({ name }) => name);

describe('handles', () => {
  test('are the points of each kind', () => {
    expect(names(constant)).toEqual(['peak']);
    expect(names(cosine)).toEqual(['peak', 'floor']);
    expect(names(infinite)).toEqual(['peak', 'cooldown', 'hold', 'floor']);
  });

  test('there is none for a part that is left out', () => {
    const { first, second } = presetSchedules('infinite-cosine');
    expect(names(first)).toEqual(['peak', 'cooldown', 'hold']);
    expect(names(second)).toEqual(['cooldown', 'hold', 'floor']);
  });

  test.each([constant, cosine, infinite, ...Object.values(presetSchedules('infinite-inverse-sqrt'))])(
    'each lies on the curve: %o',
    (schedule) => {
      for (const { share, rate } of handlesOf(schedule)) {
        expect(learningRate(schedule, share * 1000, 1000)).toBeCloseTo(rate, 9);
      }
    },
  );
});

describe('a drag', () => {
  test('moves both numbers of its handle and no other', () => {
    expect(dragged(cosine, 'peak', 0.1, 0.5)).toEqual({ ...cosine, warmup: 0.11, peak: 1.5 });
    expect(dragged(infinite, 'cooldown', -0.2, 0.25)).toEqual({ ...infinite, cooldownEnd: 0.4, constant: 0.8 });
    expect(dragged(infinite, 'hold', 0.05, 3)).toEqual({ ...infinite, constantEnd: 0.9 });
    expect(dragged(infinite, 'floor', 0.5, 0.1)).toEqual({ ...infinite, floor: 0.2 });
  });

  test('that does not move changes nothing, not even a number between two steps', () => {
    const odd = { ...cosine, warmup: 0.0123, peak: 1.234 };
    expect(dragged(odd, 'peak', 0, 0)).toEqual(odd);
    expect(dragged(odd, 'peak', 0.1, 0)).toEqual({ ...odd, warmup: 0.11 });
  });

  test('ends where the neighbours hold it', () => {
    for (const far of [9, -9]) {
      for (const name of names(infinite)) {
        const {
          peak,
          constant: held,
          floor,
          warmup,
          cooldownEnd,
          constantEnd,
        } = {
          ...infinite,
          ...dragged(infinite, name, far, far),
        } as Extract<ScheduleRecipe, { kind: 'infinite' }>;
        expect(floor).toBeLessThanOrEqual(held);
        expect(held).toBeLessThanOrEqual(peak);
        expect(warmup).toBeLessThanOrEqual(cooldownEnd);
        expect(cooldownEnd).toBeLessThanOrEqual(constantEnd);
        expect(constantEnd).toBeLessThanOrEqual(1);
      }
    }
    expect(dragged(infinite, 'cooldown', 9, 9)).toEqual({ ...infinite, cooldownEnd: 0.85, constant: 1 });
    expect(dragged(infinite, 'peak', 9, -9)).toEqual({ ...infinite, warmup: 0.6, peak: 0.55 });
    expect(dragged(cosine, 'floor', 0, -9)).toEqual({ ...cosine, floor: 0 });
  });
});

describe('keys', () => {
  const press = (schedule: ScheduleRecipe, name: string, key: string, shift = false) =>
    nudged(schedule, name, key, shift);

  test('up and down change the rate, left and right the share, Shift takes five steps', () => {
    expect(press(cosine, 'peak', 'ArrowUp')).toEqual({ ...cosine, peak: 1.1 });
    expect(press(cosine, 'peak', 'ArrowDown')).toEqual({ ...cosine, peak: 0.9 });
    expect(press(cosine, 'peak', 'ArrowUp', true)).toEqual({ ...cosine, peak: 1.5 });
    expect(press(cosine, 'peak', 'ArrowRight')).toEqual({ ...cosine, warmup: 0.015 });
    expect(press(cosine, 'peak', 'ArrowLeft')).toEqual({ ...cosine, warmup: 0.005 });
    expect(press(infinite, 'cooldown', 'ArrowLeft', true)).toEqual({ ...infinite, cooldownEnd: 0.55 });
    expect(press(infinite, 'cooldown', 'PageUp')).toEqual({ ...infinite, constant: 1 });
  });

  test('a handle with one number hears all four arrows', () => {
    expect(press(infinite, 'hold', 'ArrowUp')).toEqual({ ...infinite, constantEnd: 0.86 });
    expect(press(infinite, 'hold', 'ArrowRight')).toEqual({ ...infinite, constantEnd: 0.86 });
    expect(press(cosine, 'floor', 'ArrowLeft')).toEqual(press(cosine, 'floor', 'ArrowDown'));
    expect(press(cosine, 'floor', 'ArrowDown')).toEqual({ ...cosine, floor: 0.09 });
  });

  test('Home and End go to the ends', () => {
    expect(press(infinite, 'cooldown', 'Home')).toEqual({ ...infinite, cooldownEnd: 0.01 });
    expect(press(infinite, 'cooldown', 'End')).toEqual({ ...infinite, cooldownEnd: 0.85 });
    expect(press(cosine, 'floor', 'Home')).toEqual({ ...cosine, floor: 0 });
    expect(press(cosine, 'floor', 'End')).toEqual({ ...cosine, floor: 1 });
  });

  test('stop where the neighbours are, and leave other keys to the page', () => {
    const tight = { ...infinite, cooldownEnd: 0.85 };
    expect(press(tight, 'cooldown', 'ArrowRight')).toEqual(tight);
    expect(press(cosine, 'peak', 's')).toBeNull();
  });
});
