// A binary arithmetic coder: each yes or no costs as many bits as it was unlikely. Integers alone, so that every browser
// reads what any other wrote. (The construction is the carry-less one of lpaq, M. Mahoney.)

/** Probabilities have 16 bits. */
export const one = 1 << 16;
const least = 32;
/** Bits over which a chance is a mean, at last. */
const slowest = 40;

/** How likely the next bit is a one, from 0 to `one`. It learns: fast at first, then slowly. */
export class Chance {
  private p = one / 2;
  private seen = 0;

  get value(): number {
    return this.p;
  }

  learn(bit: number): void {
    const towards = (bit === 1 ? one : 0) - this.p;
    this.p += Math.trunc(towards / Math.min(slowest, this.seen + 1.5));
    this.seen++;
  }
}

/** Codes or decodes a bit that has this chance of being a one, and gives it back. */
export interface BitCoder {
  bit(chance: number, bit?: number): number;
}

export class Encoder implements BitCoder {
  private readonly bytes: number[] = [];
  private low = 0;
  private high = 0xffffffff;

  bit(chance: number, bit = 0): number {
    const middle = between(this.low, this.high, chance);
    if (bit === 1) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.bytes.push(this.high >>> 24);
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 0xff) >>> 0;
    }
    return bit;
  }

  /** A number of so many bits, all as likely. */
  number(value: number, bits: number): void {
    for (let place = bits - 1; place >= 0; place--) this.bit(one / 2, Math.floor(value / 2 ** place) % 2);
  }

  /** All bytes; as few of the last as tell the end apart, because a reader takes those that are missing for zeros. */
  finish(): Uint8Array {
    // The shortest prefix whose continuation by zeros lies between low and high.
    for (let length = 0; length <= 4; length++) {
      const unit = 2 ** (32 - 8 * length);
      const candidate = Math.ceil(this.low / unit) * unit;
      if (candidate > this.high) continue;
      for (let i = 0; i < length; i++) this.bytes.push(Math.floor(candidate / 2 ** (24 - 8 * i)) % 256);
      break;
    }
    return Uint8Array.from(this.bytes);
  }
}

/** The bytes end long before what they say they hold. */
export class EndOfBytes extends Error {
  override readonly name = 'EndOfBytes';
}

export class Decoder implements BitCoder {
  private readonly bytes: Uint8Array;
  private next = 0;
  private low = 0;
  private high = 0xffffffff;
  private code = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    for (let i = 0; i < 4; i++) this.take();
  }

  bit(chance: number): number {
    const middle = between(this.low, this.high, chance);
    const bit = this.code <= middle ? 1 : 0;
    if (bit === 1) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 0xff) >>> 0;
      this.take();
    }
    return bit;
  }

  number(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) value = 2 * value + this.bit(one / 2);
    return value;
  }

  private take(): void {
    // The writer leaves out at most the four bytes that the coder holds.
    if (this.next > this.bytes.length + 4) throw new EndOfBytes('The bytes have ended.');
    this.code = ((this.code << 8) | (this.bytes[this.next] ?? 0)) >>> 0;
    this.next++;
  }
}

/** The last place of the part of the range that stands for a one; nothing is so likely that the other has no place. */
function between(low: number, high: number, chance: number): number {
  const range = high - low;
  const open = Math.min(one - least, Math.max(least, chance));
  return low + Math.floor(range / one) * open + Math.floor(((range % one) * open) / one);
}
