// Checks a gradient against central differences D(h) = (f(x+h) - f(x-h)) / 2h in float64, one element at a time.
// The tolerance of an element is worked out, not chosen:
//   truncation  D(h) is off by h^2 f'''/6 and D(2h) by four times that, so |D(2h) - D(h)| is three times the error;
//   roundoff    f is a sum of terms, each the result of at most `roundings` roundings in a row, so f is off by at
//               most roundings * 2^-53 * sum|terms|, and D(h) by that over h.
// h = 2^-17, near the cube root of 2^-53, keeps both small; a power of two makes x + h exact enough.

import { expect } from 'vitest';

const h = 2 ** -17;
const unit = 2 ** -53;

export interface GradientCheck {
  readonly name: string;
  /** The terms whose sum is differentiated. */
  readonly terms: (x: Float64Array) => ArrayLike<number>;
  readonly x: Float64Array;
  /** The gradient to be checked, as long as `x`. */
  readonly gradient: ArrayLike<number>;
  /** Longest chain of roundings behind a term. */
  readonly roundings: number;
  /** Elements to check; all when left out. */
  readonly elements?: readonly number[];
}

/** Fails with the worst element and its share of the tolerance; also when the tolerance is too loose to mean much. */
export function expectGradient({ name, terms, x, gradient, roundings, elements }: GradientCheck): void {
  expect(gradient.length, `${name}: length`).toBe(x.length);
  const magnitude = sum(Array.from(terms(x), Math.abs));
  const roundoff = (roundings * unit * magnitude) / h;
  const largest = Math.max(...Array.from(gradient, Math.abs));
  let worst = { share: 0, index: -1, found: 0, expected: 0, tolerance: 0 };
  for (const index of elements ?? x.keys()) {
    const found = gradient[index]!;
    const expected = difference(terms, x, index, h);
    const tolerance = Math.abs(difference(terms, x, index, 2 * h) - expected) + roundoff;
    const share = Math.abs(found - expected) / tolerance;
    if (!(share <= worst.share)) worst = { share, index, found, expected, tolerance };
    expect(tolerance, `${name}[${index}]: tolerance beside the largest gradient ${largest}`).toBeLessThan(
      1e-5 * largest,
    );
  }
  const { share, index, found, expected, tolerance } = worst;
  const message = `${name}[${index}]: ${found} but by differences ${expected}, ${share} of the tolerance ${tolerance}`;
  expect(share, message).toBeLessThan(1);
}

function difference(terms: GradientCheck['terms'], x: Float64Array, index: number, step: number): number {
  const above = x.slice();
  const below = x.slice();
  above[index]! += step;
  below[index]! -= step;
  const [a, b] = [terms(above), terms(below)];
  // Term by term, so that what does not change cancels exactly.
  return sum(Array.from(a, (term, i) => term - b[i]!)) / (2 * step);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** `count` numbers in [-1, 1), the same for the same seed (a linear congruential generator). */
export function spread(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
