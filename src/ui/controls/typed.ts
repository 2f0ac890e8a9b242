// What becomes of a number that a person types into a box, in any language: its decimal sign is a point or a comma.

import { tidy } from '../../experiment/schedules/numbers';

interface Limits {
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly whole?: boolean | undefined;
}

/** With one decimal sign at most: a second one would group digits, and which of the two does that cannot be known. */
const written = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;

/** The number, or null for one outside the limits and for what is none. */
export function typedNumber(text: string, { min, max, whole = false }: Limits): number | null {
  const trimmed = text.trim();
  const number = written.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
  return number >= min && number <= max && !(whole && number % 1 !== 0) ? number : null;
}

const directions: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

/** The number that an arrow key leads to, never beyond the limits; null for other keys. */
export function steppedNumber(key: string, from: number, step: number, { min, max }: Limits): number | null {
  const direction = directions[key];
  return direction === undefined ? null : Math.min(max, Math.max(min, tidy(from + direction * step)));
}

/** What is wrong with it, which numbers may be typed, and which one stays. */
export function refusal(text: string, { min, max, whole = false }: Limits, kept: number): string {
  return `${text.trim() || 'That'} is not a ${whole ? 'whole ' : ''}number from ${min} to ${max}; ${kept} stays in use.`;
}
