// How far a kernel may be from its twin: its roundings counted one by one, from what WGSL promises of each operation.
// Bounds are first order in EPS and hold for any order of summation and with or without fused multiply-adds; what
// they leave out is smaller than they are by a factor of about (number of terms) EPS < 1e-4.

import { CANARY, EPS, expectWithin } from './play';

/** Relative errors in EPS, of which an ULP is at most two: 2.5 ULP, 2 ULP, and sqrt inherited from 1 / inverseSqrt. */
export const DIVISION = 5;
export const INVERSE_SQRT = 4;
export const SQRT = INVERSE_SQRT + DIVISION;

/** Relative error of exp(x) in EPS, 3 + 2 |x| ULP. */
export const expError = (x: number): number => 6 + 4 * Math.abs(x);

/** Absolute error of a logarithm in EPS given its value: 2^-21 for arguments in [0.5, 2], else 3 ULP. */
export const logError = (value: number): number => Math.max(8, 6 * Math.abs(value));

export const abs = (x: ArrayLike<number>): Float64Array => Float64Array.from(x, Math.abs);

/** `factor` times `magnitudes`, which are sums of absolute values. */
export function budget(factor: number, magnitudes: ArrayLike<number>): Float64Array {
  return Float64Array.from(magnitudes, (m) => factor * m);
}

/** Budget after neighbours were turned by an angle: both have a share, cos and sin a rounding, then * and +. */
export function turned(before: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const whole = Float64Array.from(before, (e, i) => e + 3 * EPS * Math.abs(values[i]!));
  return whole.map((e, i) => e + whole[i ^ 1]!);
}

/** Budgets of gelu and of its slope at an exact x (formulas and clamp in shaders/prelude/gelu.wgsl). */
export function geluBudgets(x: number): { value: number; slope: number } {
  const scale = 2 * Math.sqrt(2 / Math.PI);
  const z = scale * (x + 0.044715 * x ** 3);
  const gate = 1 / (1 + Math.exp(-z));
  // z: 7 roundings of terms of one sign, hence as many of the exponent; then exp; then 1 + and 1 /.
  const gateError = EPS * ((1 - gate) * (7 * Math.abs(z) + expError(z)) + 1 + DIVISION);
  // Where the exponent is clamped, the gate is exp(-30) instead of less, with the relative errors of the rest.
  const clamped = z < -30 ? Math.exp(-30) * (1 + EPS * (expError(30) + DIVISION + 10)) : 0;
  const steepness = Math.abs(x) * scale * (1 + 3 * 0.044715 * x * x);
  // 1 - gate has the absolute error of the gate; nine roundings of the product, one of the sum.
  const bend = steepness * gate * ((1 - gate) * (gateError + 10 * EPS) + gate * gateError);
  return {
    value: Math.abs(x) * (gate * (gateError + EPS) + clamped),
    slope: gate * (gateError + EPS) + bend + (1 + steepness) * clamped,
  };
}

/** Bit for bit, so that a NaN equals itself and 0 is not -0. */
export function expectSame(what: string, actual: Float32Array, expected: Float32Array): void {
  if (actual.length !== expected.length) throw new Error(`${what}: length ${actual.length}, not ${expected.length}`);
  const a = new Uint32Array(actual.buffer, actual.byteOffset, actual.length);
  const b = new Uint32Array(expected.buffer, expected.byteOffset, expected.length);
  const at = a.findIndex((word, i) => word !== b[i]);
  if (at >= 0) throw new Error(`${what}: element ${at} is ${actual[at]}, not ${expected[at]} to the bit`);
}

/** What a whole buffer should hold; places that were never put must stay as they were. */
export class Expected {
  readonly #places: number[] = [];
  readonly #values: number[] = [];
  readonly #tolerances: number[] = [];

  /** `values` from element `offset` on. */
  put(offset: number, values: ArrayLike<number>, tolerances: ArrayLike<number>): this {
    for (let i = 0; i < values.length; i++) this.#add(offset + i, values[i]!, tolerances[i]!);
    return this;
  }

  /** `values` (rows, count) in columns [begin, begin + count) of a buffer (rows, width). */
  putColumns(
    width: number,
    begin: number,
    count: number,
    values: ArrayLike<number>,
    tolerances: ArrayLike<number>,
  ): this {
    for (let i = 0; i < values.length; i++) {
      this.#add(Math.floor(i / count) * width + begin + (i % count), values[i]!, tolerances[i]!);
    }
    return this;
  }

  /** `values[i]` at element `places[i]`. */
  putAt(places: readonly number[], values: ArrayLike<number>, tolerances: ArrayLike<number>): this {
    for (const [i, place] of places.entries()) this.#add(place, values[i]!, tolerances[i]!);
    return this;
  }

  #add(place: number, value: number, tolerance: number): void {
    this.#places.push(place);
    this.#values.push(value);
    this.#tolerances.push(tolerance);
  }

  /** @param before content before the kernel ran; canaries where it was given none */
  check(what: string, actual: Float32Array, before = new Float32Array(actual.length).fill(CANARY)): void {
    const rest = actual.slice();
    for (const place of this.#places) rest[place] = before[place]!;
    expectSame(`${what}, what it should leave alone`, rest, before);
    const written = this.#places.map((place) => actual[place]!);
    expectWithin(what, written, this.#values, this.#tolerances);
  }
}
