// What every entry of the list promises, whichever kind it is: that its table of numbers is what its schedules have, that
// files and editor agree with it, and that its words are its own.

import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../../src/experiment/parse';
import { preset } from '../../../src/experiment/presets';
import {
  entryOf,
  learningRate,
  numberNames,
  numberOf,
  type Schedule,
  scheduleEntries,
  schedulePhases,
  toSchedule,
} from '../../../src/experiment/schedules';
import { cosine } from '../../../src/experiment/schedules/cosine';
import type { Multiple } from '../../../src/experiment/schedules/entry';

/** The schedule as a file has it: read back by the trainer's own schema. */
function parsed(schedule: object): Schedule | undefined {
  const experiment = preset('weak', { scale: 'XS', seeds: [1] });
  const arms = experiment.arms.map((arm) => ({ ...arm, stages: arm.stages.map((stage) => ({ ...stage, schedule })) }));
  return parseExperiment(JSON.parse(JSON.stringify({ ...experiment, arms }))).arms[0]?.stages[0]?.schedule;
}

describe.each(scheduleEntries)('$id', (entry) => {
  const whole: Schedule<Multiple> = entry.from(cosine(1), 'second');
  const names = numberNames(entry);

  test('is known again by its fixed fields, and the rest of it are its numbers', () => {
    expect(entryOf(whole)).toBe(entry);
    expect(Object.keys(whole).sort()).toEqual([...Object.keys(entry.fixed), ...names].sort());
    expect(names.map((name) => numberOf(whole, name)).every(Number.isFinite)).toBe(true);
  });

  test('a file may hold it, with no number less and none more', () => {
    expect(parsed(whole)).toEqual(whole);
    for (const name of names) expect(() => parsed({ ...whole, [name]: undefined })).toThrow('is missing');
    expect(() => parsed({ ...whole, colour: 1 })).toThrow('not a known key');
  });

  test('and is refused when two of its numbers cross', () => {
    for (const [lower, upper] of entry.bounds) {
      const share = entry.numbers[lower]?.unit === 'share';
      const crossed = { ...whole, [lower]: 0.9, [upper]: 0.2 };
      expect(() => parsed(crossed)).toThrow(
        share ? `${upper} must not come before ${entry.numbers[lower]?.phrase}, 0.9` : 'must not be above the ',
      );
    }
  });

  test('begins as the authors have it, which is what they tested', () => {
    for (const name of names) {
      const number = entry.numbers[name];
      const { min, max } = number?.tested(whole) ?? { min: Number.NaN, max: Number.NaN };
      expect(number?.usual(whole, 'second')).toBe(numberOf(whole, name));
      expect(numberOf(whole, name)).toBeGreaterThanOrEqual(min);
      expect(numberOf(whole, name)).toBeLessThanOrEqual(max);
    }
  });

  test('has no jump but at its ends, phases over the whole stage and handles on its curve', () => {
    const phases = schedulePhases(whole);
    expect([phases[0]?.start, phases.at(-1)?.end]).toEqual([0, 1]);
    phases.slice(1).forEach((phase, i) => {
      expect(phase.start).toBe(phases[i]?.end);
      const at = 1e6 * phase.start;
      expect(learningRate(whole, at + 1, 1e6)).toBeCloseTo(learningRate(whole, at, 1e6), 3);
    });
    for (const { x, level } of entry.handles) {
      expect(learningRate(whole, x ? numberOf(whole, x) : 1, 1)).toBeCloseTo(numberOf(whole, level), 12);
    }
  });

  test('becomes absolute rates by its table, and shares stay', () => {
    const absolute = toSchedule(whole, 6e-3);
    for (const name of names) {
      const factor = entry.numbers[name]?.unit === 'rate' ? 6e-3 : 1;
      expect(numberOf(absolute, name)).toBeCloseTo(factor * numberOf(whole, name), 12);
    }
  });
});

test('no two entries have a name or a label in common', () => {
  const names = scheduleEntries.map((entry) => entry.name(entry.from(cosine(1), 'first')));
  for (const words of [
    scheduleEntries.map(({ id }) => id),
    scheduleEntries.map(({ label }) => label),
    names.map(({ full }) => full),
    names.map(({ short }) => short),
  ]) {
    expect(new Set(words).size).toBe(words.length);
  }
});
