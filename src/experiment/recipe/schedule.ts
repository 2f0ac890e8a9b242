// One stage's schedule as a recipe holds it: the trainer's own `Schedule` in multiples of the scale's peak. How its numbers
// may be changed beside each other, whatever its kind: everything here follows from the kind's entry.

import {
  entryOf,
  numberNames,
  numberOf,
  type Schedule,
  type ScheduleKind,
  type ScheduleNumber,
  scheduleEntries,
} from '../schedules';
import type { Multiple, NumberEntry, Range, StageName } from '../schedules/entry';
import { clamp, limits, tidy } from '../schedules/numbers';

export type ScheduleRecipe = Schedule<Multiple>;

/** The entry of a number that the schedule's kind has. */
export function quantityOf(schedule: ScheduleRecipe, name: ScheduleNumber): NumberEntry<Schedule<number>> {
  const { id, numbers } = entryOf(schedule);
  const number = numbers[name];
  if (!number) throw new Error(`A schedule of kind ${id} has no ${name}.`);
  return number;
}

function isShown(schedule: ScheduleRecipe, name: ScheduleNumber): boolean {
  const number = entryOf(schedule).numbers[name];
  return number !== undefined && (number.shown?.(schedule) ?? true);
}

/** The numbers that are shown, in the order of the curve. */
export function numbersOf(schedule: ScheduleRecipe): readonly ScheduleNumber[] {
  return numberNames(entryOf(schedule)).filter((name) => isShown(schedule, name));
}

/** True when another value of this number would train something else. */
export function counts(schedule: ScheduleRecipe, name: ScheduleNumber): boolean {
  return isShown(schedule, name) && (quantityOf(schedule, name).counts?.(schedule) ?? true);
}

/** False for a schedule that has no warmup and does not meet its peak. */
export function hasStart(schedule: ScheduleRecipe): boolean {
  return counts(schedule, 'peak');
}

/** How far a number may go while the others that count stay. */
export function rangeOf(schedule: ScheduleRecipe, name: ScheduleNumber): Range {
  const { unit, zero } = quantityOf(schedule, name);
  let { min, max } = zero ? { ...limits[unit], min: 0 } : limits[unit];
  for (const [lower, upper] of entryOf(schedule).bounds) {
    if (upper === name && counts(schedule, lower)) min = Math.max(min, numberOf(schedule, lower));
    if (lower === name && counts(schedule, upper)) max = Math.min(max, numberOf(schedule, upper));
  }
  return { min, max };
}

/** The schedule with one number changed, as far as the others allow; they stay where they are. */
export function withNumber(schedule: ScheduleRecipe, name: ScheduleNumber, value: number): ScheduleRecipe {
  if (!isShown(schedule, name) || Number.isNaN(value)) return schedule;
  return withHiddenNumbers({ ...schedule, [name]: tidy(clamp(value, rangeOf(schedule, name))) });
}

/** Numbers that no part of the curve shows give way to those that it shows, and else are kept for when they return. */
function withHiddenNumbers(schedule: ScheduleRecipe): ScheduleRecipe {
  let given = schedule;
  for (const [lower, upper] of entryOf(schedule).bounds) {
    const [low, high] = [numberOf(given, lower), numberOf(given, upper)];
    if (low > high) given = counts(given, lower) ? { ...given, [upper]: low } : { ...given, [lower]: high };
  }
  return given;
}

/** The same training always as the same value: what does not count has the authors' value. */
export function canonicalSchedule(schedule: ScheduleRecipe): ScheduleRecipe {
  return entryOf(schedule).canonical?.(schedule) ?? schedule;
}

export function sameSchedule(a: ScheduleRecipe, b: ScheduleRecipe): boolean {
  const [x, y] = [canonicalSchedule(a), canonicalSchedule(b)];
  return entryOf(x) === entryOf(y) && numbersOf(x).every((name) => numberOf(x, name) === numberOf(y, name));
}

/** A schedule of another kind that keeps the numbers both have; the rest is the authors'. */
export function withKind(schedule: ScheduleRecipe, kind: ScheduleKind, stage: StageName): ScheduleRecipe {
  const { id } = entryOf(schedule);
  return (id !== kind && scheduleEntries.find((entry) => entry.id === kind)?.from(schedule, stage)) || schedule;
}

/** The numbers whose value lies outside what the paper tested. */
export function untested(schedule: ScheduleRecipe): ScheduleNumber[] {
  return numbersOf(schedule).filter((name) => {
    const { min, max } = quantityOf(schedule, name).tested(schedule);
    const value = numberOf(schedule, name);
    return counts(schedule, name) && (value < min || value > max);
  });
}
