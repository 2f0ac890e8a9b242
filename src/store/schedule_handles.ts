// The points of a schedule's curve that can be taken and moved, by a pointer or by keys. A move ends where the other
// numbers hold it; it never moves them.

import { counts, quantityOf, rangeOf, type ScheduleRecipe, withNumber } from '../experiment/recipe/schedule';
import { entryOf, numberOf, type ScheduleNumber } from '../experiment/schedules';
import type { HandleEntry } from '../experiment/schedules/entry';
import { snapped, stepped } from './schedule_steps';

export interface Handle extends HandleEntry<ScheduleNumber> {
  /** The number that a slider would show. */
  readonly main: ScheduleNumber;
  /** Where on the curve: share of the stage, multiple of the scale's peak. */
  readonly share: number;
  readonly rate: number;
}

/** The handles of a schedule from left to right. */
export function handlesOf(schedule: ScheduleRecipe): Handle[] {
  return entryOf(schedule).handles.flatMap((handle) => {
    const main = handle.y ?? handle.x ?? handle.level;
    if (!counts(schedule, main)) return [];
    const share = handle.x ? numberOf(schedule, handle.x) : 1;
    return [{ ...handle, main, share, rate: numberOf(schedule, handle.level) }];
  });
}

function handleOf(schedule: ScheduleRecipe, name: string): Handle | undefined {
  return handlesOf(schedule).find((handle) => handle.name === name);
}

/**
 * The schedule after a drag.
 * @param start the schedule when the handle was taken
 * @param share how far right, in shares of the stage
 * @param rate how far up, in multiples of the scale's peak
 */
export function dragged(start: ScheduleRecipe, name: string, share: number, rate: number): ScheduleRecipe {
  const handle = handleOf(start, name);
  const moved = (schedule: ScheduleRecipe, number: ScheduleNumber | null | undefined, by: number) =>
    !number || by === 0
      ? schedule
      : withNumber(schedule, number, snapped(quantityOf(start, number), numberOf(start, number) + by));
  return moved(moved(start, handle?.x, share), handle?.y, rate);
}

/** How many steps a key with Shift takes. */
const longStep = 5;

/** The schedule after a key of ARIA's slider pattern, or null for another key. */
export function nudged(schedule: ScheduleRecipe, name: string, key: string, shift: boolean): ScheduleRecipe | null {
  const handle = handleOf(schedule, name);
  if (!handle) return null;
  const up = handle.main;
  const along = handle.x ?? up;
  const by = (number: ScheduleNumber, steps: number) =>
    withNumber(
      schedule,
      number,
      stepped(quantityOf(schedule, number), numberOf(schedule, number), steps, rangeOf(schedule, number)),
    );
  const size = shift ? longStep : 1;
  switch (key) {
    case 'ArrowUp':
      return by(up, size);
    case 'ArrowDown':
      return by(up, -size);
    case 'ArrowRight':
      return by(along, size);
    case 'ArrowLeft':
      return by(along, -size);
    case 'PageUp':
      return by(up, longStep);
    case 'PageDown':
      return by(up, -longStep);
    case 'Home':
      return withNumber(schedule, along, rangeOf(schedule, along).min);
    case 'End':
      return withNumber(schedule, along, rangeOf(schedule, along).max);
    default:
      return null;
  }
}
