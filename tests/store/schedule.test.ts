// Schedules as a recipe holds them: what counts, how far each number may go, and steps that a person would choose.

import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../src/experiment/parse';
import { preset } from '../../src/experiment/presets';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import {
  canonicalSchedule,
  counts,
  numbersOf,
  quantityOf,
  rangeOf,
  type ScheduleRecipe,
  untested,
  withKind,
  withNumber,
} from '../../src/experiment/recipe/schedule';
import { scales } from '../../src/experiment/scales';
import {
  learningRate,
  numberOf,
  type Schedule,
  type ScheduleKind,
  type ScheduleNumber,
  scheduleEntries,
  toSchedule,
} from '../../src/experiment/schedules';
import { limits } from '../../src/experiment/schedules/numbers';
import type { ScaleName } from '../../src/experiment/spec';
import { rungOf, rungValue, snapped, stepped } from '../../src/store/schedule_steps';

const kinds = scheduleEntries.map(({ id }) => id);
const cosine: ScheduleRecipe = { kind: 'cosine', warmup: 0.01, peak: 1, floor: 0.1 };
const root = withKind(cosine, 'infinite-inverse-sqrt', 'second');
const held = presetSchedules('infinite-inverse-sqrt').second;

/** Problems that the trainer's own schema finds with a schedule. */
function problems(schedule: Schedule): string[] {
  const experiment = preset('weak', { scale: 'XS', seeds: [1] });
  const arms = experiment.arms.map((arm) => ({ ...arm, stages: arm.stages.map((stage) => ({ ...stage, schedule })) }));
  try {
    parseExperiment(JSON.parse(JSON.stringify({ ...experiment, arms })));
    return [];
  } catch (error) {
    return [String(error)];
  }
}

describe('numbers', () => {
  test('each kind has its own', () => {
    const has = (kind: ScheduleKind) => numbersOf(withKind(cosine, kind, 'second'));
    expect(has('constant')).toEqual(['warmup', 'peak']);
    expect(has('cosine')).toEqual(['warmup', 'peak', 'floor']);
    expect(has('infinite-cosine')).toEqual(['warmup', 'peak', 'cooldownEnd', 'constant', 'constantEnd', 'floor']);
    expect(has('infinite-inverse-sqrt')).toContain('alpha');
  });

  test('without an anneal there is no floor, without a cooldown no alpha, on the constant no warmup and no peak', () => {
    const held = presetSchedules('infinite-inverse-sqrt');
    expect(numbersOf(held.first)).not.toContain('floor');
    expect(numbersOf(held.second).filter((name) => !counts(held.second, name))).toEqual(['warmup', 'peak', 'alpha']);
  });

  // The claim behind `counts`, held against the trainer's own function.
  test.each([cosine, root, held, presetSchedules('infinite-cosine').first])(
    'a number counts exactly when it changes a rate: %o',
    (schedule) => {
      const steps = 100;
      const rates = (of: ScheduleRecipe) => Array.from({ length: steps }, (_, step) => learningRate(of, step, steps));
      for (const name of ['warmup', 'peak', 'cooldownEnd', 'constant', 'alpha', 'constantEnd', 'floor'] as const) {
        if (Number.isNaN(numberOf(schedule, name))) continue;
        const changed = { ...schedule, [name]: 0.9 * numberOf(schedule, name) };
        if (numberOf(schedule, name) === 0) continue;
        const differs = JSON.stringify(rates(changed)) !== JSON.stringify(rates(schedule));
        expect({ name, counts: counts(schedule, name) }).toEqual({ name, counts: differs });
      }
    },
  );

  test('what does not count makes no other training', () => {
    const other = { ...held, warmup: 0, peak: 3, alpha: 5 };
    expect(canonicalSchedule(other)).toEqual(canonicalSchedule(held));
    expect(canonicalSchedule(withNumber(root, 'alpha', 5))).not.toEqual(canonicalSchedule(root));
  });
});

describe('limits', () => {
  const ask = { share: [-1, 0, 0.4, 7], rate: [-5, 0, 0.2, 1e9], plain: [-5, 0, 3, 1e9] } as const;

  test.each(kinds)('whatever is asked of any number, a %s schedule parses at every scale', (kind) => {
    for (const stage of ['first', 'second'] as const) {
      for (const start of [cosine, held, presetSchedules('floor').second]) {
        for (const name of numbersOf(withKind(start, kind, stage))) {
          for (const first of ask[quantityOf(withKind(start, kind, stage), name).unit]) {
            const once = withNumber(withKind(start, kind, stage), name, first);
            for (const second of numbersOf(once)) {
              for (const scale of ['XS', 'L'] as const satisfies ScaleName[]) {
                const twice = withNumber(once, second, ask[quantityOf(once, second).unit][2]);
                expect(problems(toSchedule(twice, scales[scale].peak))).toEqual([]);
              }
            }
          }
        }
      }
    }
  });

  test('a number stops at its neighbour, which stays', () => {
    const moved = (name: ScheduleNumber, value: number) => withNumber(root, name, value);
    expect(moved('floor', 5)).toEqual({ ...root, floor: 0.55 });
    expect(moved('constant', 5)).toEqual({ ...root, constant: 1 });
    expect(moved('constant', 0.01)).toEqual({ ...root, constant: 0.1 });
    expect(moved('peak', 0.01)).toEqual({ ...root, peak: 0.55 });
    expect(moved('warmup', 0.9)).toEqual({ ...root, warmup: 0.6 });
    expect(moved('cooldownEnd', 0)).toEqual({ ...root, cooldownEnd: 0.01 });
    expect(moved('cooldownEnd', 1)).toEqual({ ...root, cooldownEnd: 0.85 });
    expect(moved('constantEnd', 0.2)).toEqual({ ...root, constantEnd: 0.6 });
    expect(withNumber(cosine, 'floor', 3)).toEqual({ ...cosine, floor: 1 });
    expect(withNumber(cosine, 'peak', 1e9)).toEqual({ ...cosine, peak: limits.rate.max });
  });

  test('a constant that the stage begins on is held by no peak, and a floor that is not met by none', () => {
    expect(numberOf(withNumber(held, 'constant', 2), 'constant')).toBe(2);
    const first = presetSchedules('infinite-cosine').first;
    expect(numberOf(withNumber(first, 'constant', 0.05), 'constant')).toBe(0.05);
    expect(rangeOf(root, 'constant')).toEqual({ min: 0.1, max: 1 });
  });

  test('a number that the kind does not have, or is none, changes nothing', () => {
    expect(withNumber(cosine, 'alpha', 3)).toBe(cosine);
    expect(withNumber(cosine, 'peak', Number.NaN)).toBe(cosine);
  });
});

describe('another kind', () => {
  test('keeps the numbers that both kinds have', () => {
    const own: ScheduleRecipe = { kind: 'cosine', warmup: 0.03, peak: 2, floor: 0.4 };
    for (const kind of kinds) {
      const changed = withKind(own, kind, 'second');
      for (const name of numbersOf(changed)) {
        if (!Number.isNaN(numberOf(own, name))) expect(numberOf(changed, name)).toBe(numberOf(own, name));
      }
    }
  });

  test('brings the authors’ numbers: midpoint, 60 %, 85 %, alpha 10, and no anneal on the old data', () => {
    expect(root).toMatchObject({ constant: 0.55, cooldownEnd: 0.6, constantEnd: 0.85, alpha: 10 });
    expect(withKind(cosine, 'infinite-cosine', 'first')).toMatchObject({ constantEnd: 1 });
  });

  test('a floor of zero, which no exponential reaches, becomes one above it', () => {
    const changed = withKind({ ...cosine, floor: 0 }, 'infinite-cosine', 'second');
    expect(problems(toSchedule(changed, 1e-3))).toEqual([]);
  });
});

describe('what the paper tested', () => {
  test('is all of every preset', () => {
    for (const name of ['floor', 'rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'] as const) {
      const { first, second } = presetSchedules(name);
      expect([...untested(first), ...untested(second)]).toEqual([]);
    }
    expect(untested(presetSchedules('rewarm', 2).second)).toEqual([]);
  });

  test('and nothing beyond', () => {
    expect(untested({ ...cosine, warmup: 0.05, peak: 3, floor: 0.3 })).toEqual(['warmup', 'peak']);
    expect(untested({ ...cosine, floor: 0.2 })).toEqual(['floor']);
    expect(untested(withNumber(root, 'alpha', 5))).toEqual(['alpha']);
  });
});

describe('steps', () => {
  const [peak, floor] = [quantityOf(cosine, 'peak'), quantityOf(cosine, 'floor')];
  const [warmup, constantEnd] = [quantityOf(root, 'warmup'), quantityOf(root, 'constantEnd')];

  test('rungs have at most two digits, rise, and include what the paper used', () => {
    const values = Array.from({ length: 89 }, (_, i) => rungValue(i - 44));
    expect(values[0]).toBe(0.01);
    expect(values.at(-1)).toBe(100);
    for (const [i, value] of values.entries()) {
      expect(Number(value.toPrecision(2))).toBe(value);
      if (i > 0) expect(value).toBeGreaterThan(values[i - 1] ?? 0);
      expect(rungOf(value)).toBe(i - 44);
    }
    for (const value of [0.05, 0.1, 0.2, 0.5, 0.55, 1, 2]) expect(values).toContain(value);
  });

  test('a step up and one down come back', () => {
    const range = limits.rate;
    for (const value of [0.01, 0.1, 0.55, 0.9, 1, 2, 9, 10]) {
      expect(stepped(peak, stepped(peak, value, 1, range), -1, range)).toBe(value);
    }
    for (const value of [0.01, 0.6, 0.99]) {
      expect(stepped(constantEnd, stepped(constantEnd, value, 1, { min: 0, max: 1 }), -1, { min: 0, max: 1 })).toBe(
        value,
      );
    }
  });

  test('from between two, the first step goes to the next one', () => {
    const range = limits.rate;
    expect(stepped(peak, 0.123, 1, range)).toBe(0.13);
    expect(stepped(peak, 0.123, -1, range)).toBe(0.12);
    expect(stepped(warmup, 0.012, 1, { min: 0, max: 1 })).toBe(0.015);
    expect(stepped(warmup, 0.012, -1, { min: 0, max: 1 })).toBe(0.01);
  });

  test('below the lowest rung there is zero', () => {
    const range = { min: 0, max: 1 };
    expect(stepped(floor, 0.01, -1, range)).toBe(0);
    expect(stepped(floor, 0, -1, range)).toBe(0);
    expect(stepped(floor, 0, 1, range)).toBe(0.01);
    expect(snapped(floor, 0.004)).toBe(0);
    expect(snapped(floor, -3)).toBe(0);
  });

  test('snapping takes the nearest', () => {
    expect(snapped(peak, 1.04)).toBe(1);
    expect(snapped(peak, 1.06)).toBe(1.1);
    expect(snapped(peak, 9.7)).toBe(10);
    expect(snapped(warmup, 0.0124)).toBe(0.01);
    expect(snapped(constantEnd, 0.846)).toBe(0.85);
  });
});
