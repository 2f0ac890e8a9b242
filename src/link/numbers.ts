// Whole numbers in few bits: how large it is as a row of yes and no, each foretold by those before in the same context.

import { type BitCoder, Chance, one } from './coder';

/** No number has more binary digits. */
const mostDigits = 40;

/** Codes signed whole numbers; `context` names what numbers are alike. */
export class NumberCoder {
  private readonly coder: BitCoder;
  private readonly chances = new Map<string, Chance>();

  constructor(coder: BitCoder) {
    this.coder = coder;
  }

  /** Writes `value`, or reads one where it is left out. @throws RangeError for one that is too large */
  signed(context: string, value?: number): number {
    const negative = this.bit(`${context} sign`, value === undefined ? undefined : Number(value < 0)) === 1;
    const size = this.whole(context, value === undefined ? undefined : negative ? -value - 1 : value);
    return negative ? -size - 1 : size;
  }

  /** The same for numbers from 0. */
  whole(context: string, value?: number): number {
    const known = value === undefined ? undefined : value + 1;
    const wanted = known === undefined ? undefined : Math.floor(Math.log2(known));
    let digits = 0;
    while (this.bit(`${context} more ${digits}`, wanted === undefined ? undefined : Number(wanted > digits)) === 1) {
      digits++;
      if (digits > mostDigits) throw new RangeError('The number is too large.');
    }
    let read = 1;
    for (let place = digits - 1; place >= 0; place--) {
      const bit = known === undefined ? undefined : Math.floor(known / 2 ** place) % 2;
      // Only the first digit after the leading one is worth foretelling.
      const chance = place === digits - 1 ? `${context} digit ${digits}` : null;
      read = 2 * read + (chance === null ? this.coder.bit(one / 2, bit) : this.bit(chance, bit));
    }
    return read - 1;
  }

  private bit(context: string, bit?: number): number {
    const chance = this.chances.get(context) ?? new Chance();
    this.chances.set(context, chance);
    const coded = this.coder.bit(chance.value, bit);
    chance.learn(coded);
    return coded;
  }
}
