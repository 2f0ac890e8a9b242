// The points of a schedule's curve that can be taken and moved, by a pointer or by keys. A move ends where the other
// numbers hold it; it never moves them.

import { hasStart, numberOf, rangeOf, type ScheduleNumber, type ScheduleRecipe, withNumber } from './schedule';
import { snapped, stepped } from './scheduleSteps';

export type HandleName = 'peak' | 'cooldown' | 'hold' | 'floor';

export interface Handle {
  readonly name: HandleName;
  /** The number that left and right change, if there is one. */
  readonly x: ScheduleNumber | null;
  /** The number that up and down change, if there is one. */
  readonly y: ScheduleNumber | null;
  /** Where on the curve: share of the stage, multiple of the scale's peak. */
  readonly share: number;
  readonly rate: number;
}

const numbers: Readonly<Record<HandleName, Pick<Handle, 'x' | 'y'>>> = {
  peak: { x: 'warmup', y: 'peak' },
  cooldown: { x: 'cooldownEnd', y: 'constant' },
  hold: { x: 'constantEnd', y: null },
  floor: { x: null, y: 'floor' },
};

/** The handles of a schedule from left to right. */
export function handlesOf(schedule: ScheduleRecipe): Handle[] {
  const handle = (name: HandleName, share: number, rate: number): Handle => ({ name, ...numbers[name], share, rate });
  const peak = handle('peak', schedule.warmup, schedule.peak);
  switch (schedule.kind) {
    case 'constant':
      return [peak];
    case 'cosine':
      return [peak, handle('floor', 1, schedule.floor)];
    case 'infinite': {
      const { cooldownEnd, constantEnd, constant, floor } = schedule;
      return [
        ...(hasStart(schedule) ? [peak] : []),
        handle('cooldown', cooldownEnd, constant),
        handle('hold', constantEnd, constant),
        ...(constantEnd < 1 ? [handle('floor', 1, floor)] : []),
      ];
    }
    default:
      return schedule satisfies never;
  }
}

/**
 * The schedule after a drag.
 * @param start the schedule when the handle was taken
 * @param share how far right, in shares of the stage
 * @param rate how far up, in multiples of the scale's peak
 */
export function dragged(start: ScheduleRecipe, name: HandleName, share: number, rate: number): ScheduleRecipe {
  const { x, y } = numbers[name];
  const moved = (schedule: ScheduleRecipe, number: ScheduleNumber | null, by: number) =>
    number === null || by === 0
      ? schedule
      : withNumber(schedule, number, snapped(number, numberOf(start, number) + by));
  return moved(moved(start, x, share), y, rate);
}

/** How many steps a key with Shift takes. */
const longStep = 5;

/** The schedule after a key of ARIA's slider pattern, or null for another key. */
export function nudged(schedule: ScheduleRecipe, name: HandleName, key: string, shift: boolean): ScheduleRecipe | null {
  const { x, y } = numbers[name];
  const along = x ?? y;
  const up = y ?? x;
  if (along === null || up === null) return null;
  const by = (number: ScheduleNumber, steps: number) =>
    withNumber(schedule, number, stepped(number, numberOf(schedule, number), steps, rangeOf(schedule, number)));
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
