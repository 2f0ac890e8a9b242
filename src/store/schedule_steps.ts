// Steps that a person would choose. Rates have rungs, 22 to a decade, all with one or two digits; shares of a stage go by
// half percents and percents. Slider, handle and keys all move along these.

import type { Quantity, Range } from '../experiment/schedules/entry';
import { clamp, tidy } from '../experiment/schedules/numbers';

const decade = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9] as const;

/** The value of a rung; rung 0 is 1, rung -22 is 0.1. */
export function rungValue(rung: number): number {
  const power = Math.floor(rung / decade.length);
  return tidy((decade[rung - power * decade.length] ?? 1) * 10 ** power);
}

/** The highest rung that is not above the value. */
function rungBelow(value: number): number {
  const power = Math.floor(Math.log10(value) + 1e-9);
  const digit = decade.findLastIndex((candidate) => candidate * 10 ** power <= value * (1 + 1e-9));
  return power * decade.length + Math.max(0, digit);
}

/** The rung nearest to a value above 0. */
export function rungOf(value: number): number {
  const below = rungBelow(value);
  return value - rungValue(below) > rungValue(below + 1) - value ? below + 1 : below;
}

/** What of a number says how it moves. */
type Moving = Pick<Quantity, 'unit' | 'step'>;

/** Below the lowest rung that a slider shows there is only 0, for numbers that may be 0. */
const lowestRung = rungOf(0.01);

/** The nearest value that a person would choose. */
export function snapped({ unit, step }: Moving, value: number): number {
  if (unit === 'share') return tidy(Math.round(value / step) * step);
  return value < rungValue(lowestRung) / 2 ? 0 : rungValue(Math.max(lowestRung, rungOf(value)));
}

/** So many steps away: up for a positive number of them, down for a negative one; inside the range. */
export function stepped({ unit, step }: Moving, value: number, steps: number, range: Range): number {
  if (unit === 'share') return tidy(clamp(nextMultiple(value, step, steps), range));
  if (value < rungValue(lowestRung)) return clamp(steps > 0 ? rungValue(lowestRung + steps - 1) : 0, range);
  const below = rungBelow(value);
  const exact = rungValue(below) === tidy(value);
  // From between two rungs, the first step goes to the next one.
  const rung = below + steps + (exact || steps > 0 ? 0 : 1);
  return clamp(rung < lowestRung ? 0 : rungValue(rung), range);
}

function nextMultiple(value: number, size: number, steps: number): number {
  const place = value / size;
  const from = steps > 0 ? Math.floor(place + 1e-9) : Math.ceil(place - 1e-9);
  return (from + steps) * size;
}
