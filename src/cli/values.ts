// Readers of a flag's value. What does not fit is refused with what would; commander names the flag and the value.

import { InvalidArgumentError } from '@commander-js/extra-typings';

type Reader<T> = (text: string) => T;

function within(least: number, most: number, kind: string, form: RegExp): Reader<number> {
  return (text) => {
    const value = form.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a ${kind} from ${least} to ${most}.`);
  };
}

export const whole = (least: number, most: number) => within(least, most, 'whole number', /^\d+$/);
export const number = (least: number, most: number) => within(least, most, 'number', /\S/);

export function oneOf<T extends string>(names: readonly T[]): Reader<T> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}.`);
  };
}

/** Values with commas between, each once. */
export function list<T>(read: Reader<T>): Reader<T[]> {
  return (text) => {
    const values = text.split(',').map((part) => read(part.trim()));
    const repeated = values.find((value, i) => values.indexOf(value) !== i);
    if (repeated !== undefined) throw new InvalidArgumentError(`It names ${repeated} twice.`);
    return values;
  };
}
