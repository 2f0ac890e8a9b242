// Text in few bytes: each bit is foretold by the longest beginning that was met before, of up to 32 bytes. A text that both
// sides know goes first, so that of an experiment only what is new in it costs anything.

import { type BitCoder, one } from './coder';

/** Lengths of the beginnings. */
const orders = [1, 2, 3, 4, 6, 10, 16, 24, 32];
/** Bits of a place in the table of an order. */
const placeBits = 16;

/** Share of the way to certainty that a beginning goes at its n-th meeting: a longer one is nearly sure to come again. */
const shares = orders.map((order) => {
  const first = order >= 6 ? 62 : order >= 4 ? 58 : 42;
  return [first / 64, ...[1, 2, 3, 4].map((met) => 1 / (met + 1.5)), 1 / 6];
});

class Model {
  /** By order and place: whose chance stands there. */
  private readonly owners: Uint32Array;
  /** How likely the next bit is a one, of `one`. */
  private readonly chances: Uint16Array;
  /** How often it was met, up to where that makes no difference. */
  private readonly met: Uint8Array;
  private readonly history: number[];
  private readonly contexts = new Uint32Array(orders.length);
  private readonly places = new Uint32Array(orders.length);

  /** @param like knows what this one shall know */
  constructor(like?: Model) {
    const size = orders.length << placeBits;
    this.owners = like ? like.owners.slice() : new Uint32Array(size);
    this.chances = like ? like.chances.slice() : new Uint16Array(size);
    this.met = like ? like.met.slice() : new Uint8Array(size);
    this.history = like ? [...like.history] : [];
  }

  /** Codes one byte; learns from it. */
  byte(coder: BitCoder, value?: number): number {
    for (let i = 0; i < orders.length; i++) this.contexts[i] = this.hash(orders[i] ?? 0);
    let node = 1;
    while (node < 256) {
      const bit = coder.bit(this.foretold(node), value === undefined ? undefined : bitOf(value, node));
      for (let i = 0; i < orders.length; i++) this.learn(i, bit);
      node = 2 * node + bit;
    }
    this.history.push(node - 256);
    return node - 256;
  }

  /** By the longest beginning that was met; finds the places of all. */
  private foretold(node: number): number {
    let chance = one / 2;
    for (let i = 0; i < orders.length; i++) {
      const owner = Math.imul((this.contexts[i] ?? 0) + node, 0x9e3779b1) >>> 0;
      const place = (i << placeBits) + (owner >>> (32 - placeBits));
      this.places[i] = place;
      if (this.owners[place] !== owner) {
        this.owners[place] = owner;
        this.chances[place] = one / 2;
        this.met[place] = 0;
      } else if ((this.met[place] ?? 0) > 0) {
        chance = this.chances[place] ?? chance;
      }
    }
    return chance;
  }

  private learn(i: number, bit: number): void {
    const place = this.places[i] ?? 0;
    const [chance, before] = [this.chances[place] ?? 0, this.met[place] ?? 0];
    const towards = (bit === 1 ? one - 1 : 0) - chance;
    this.chances[place] = chance + Math.trunc(towards * (shares[i]?.[before] ?? 0));
    this.met[place] = Math.min(5, before + 1);
  }

  /** Of the last bytes; two beginnings of one hash only make a worse guess, the same on both sides. */
  private hash(order: number): number {
    let hash = order;
    for (let i = Math.max(0, this.history.length - order); i < this.history.length; i++) {
      hash = Math.imul(hash ^ (this.history[i] ?? 0), 0x01000193);
      hash ^= hash >>> 15;
    }
    return (hash << 8) >>> 0;
  }
}

/** The bit of a byte at a node of its tree: 1 is the root, its children are 2 and 3. */
function bitOf(value: number, node: number): number {
  const depth = 31 - Math.clz32(node);
  return (value >>> (7 - depth)) & 1;
}

/** Takes the bits of the text that is known beforehand. */
const nobody: BitCoder = { bit: (_, bit = 0) => bit };

/** Learning a known text takes longer than a link does, so it is done once. */
const learned = new Map<string, Model>();

function modelOf(known: string): Model {
  const ready = learned.get(known);
  if (ready) return new Model(ready);
  const model = new Model();
  for (const byte of utf8(known)) model.byte(nobody, byte);
  learned.set(known, model);
  return new Model(model);
}

/** Codes texts one after another, each as its bytes in UTF-8 and a zero. */
export class TextCoder {
  private readonly model: Model;
  private readonly coder: BitCoder;

  constructor(coder: BitCoder, known: string) {
    this.coder = coder;
    this.model = modelOf(known);
  }

  write(text: string): void {
    for (const byte of utf8(text)) this.model.byte(this.coder, byte);
    this.model.byte(this.coder, 0);
  }

  /** @throws RangeError for a text of more than `most` bytes */
  read(most: number): string {
    const bytes: number[] = [];
    for (;;) {
      const byte = this.model.byte(this.coder);
      if (byte === 0) return textOf(bytes);
      if (bytes.length === most) throw new RangeError('The text is too long.');
      bytes.push(byte);
    }
  }
}

/** By hand, because nothing here may depend on where it runs. Text with a zero in it cannot be written. */
function utf8(text: string): number[] {
  return Array.from(encodeURIComponent(text).matchAll(/%(..)|[^%]/g), ([character, hex]) =>
    hex === undefined ? character.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}

function textOf(bytes: readonly number[]): string {
  return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}
