// Numbers and lists as the sentences of verdicts say them. Nats have three decimals, percentages one.

import type { PartKey } from '../part';
import type { Interval, Unit } from './claim';
import { mostSeeds } from './statistics';

const decimals: Readonly<Record<Unit, number>> = { nats: 3, '%': 1 };

/** `0.131`, `−0.020`; a zero has no sign. */
export function plain(value: number, unit: Unit = 'nats'): string {
  const size = Math.abs(value).toFixed(decimals[unit]);
  return value < 0 && Number(size) !== 0 ? `−${size}` : size;
}

/** `+0.065`, `−0.020`. */
export function signed(value: number, unit: Unit = 'nats'): string {
  const said = plain(value, unit);
  return said.startsWith('−') ? said : `+${said}`;
}

/** A size under the word for its sign: `ahead by 0.131` or `behind by 0.020`. */
export function sided(value: number, above: string, below: string): string {
  const said = plain(value);
  return said.startsWith('−') ? `${below} by ${said.slice(1)}` : `${above} by ${said}`;
}

/** `rises by 0.131` or `falls by 0.020`. */
export function moved(value: number): string {
  return sided(value, 'rises', 'falls');
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

export function seeds(n: number): string {
  return n === 1 ? '1 seed' : `${n} seeds`;
}

/** `+0.065 nats (95 % interval +0.041 to +0.089, 3 seeds)`. */
export function effectText(mean: number, interval: Interval, n: number, unit: Unit): string {
  const range = `${signed(interval.low, unit)} to ${signed(interval.high, unit)}`;
  return `${signed(mean, unit)} ${unit} (95 % interval ${range}, ${seeds(n)})`;
}

/** @param more null for more than can be asked for */
export function wouldDecide(more: number | null): string {
  const count =
    more === null ? `more than ${mostSeeds} more seeds` : `about ${more} more ${more === 1 ? 'seed' : 'seeds'}`;
  return `Cannot tell yet: ${count} would decide.`;
}

/** Where a part is named in a sentence. */
export const places: Readonly<Record<PartKey, string>> = {
  weak: 'on the weak shift',
  strong: 'on the strong shift',
  small: 'with the smaller model',
  large: 'with the larger model',
  splits: 'on the three splits',
  own: 'here',
};
