// Counter-based random numbers: each is a pure function of (seed, purpose, a, b), so nothing depends on the order
// in which numbers are asked for. Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy
// as 1, 2, 3") in 32-bit integer arithmetic, so every JavaScript engine gives the same bits.

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;
const twoTo32 = 4294967296;

/** Upper 32 bits of the 64-bit product of two u32, as i32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Neither sum reaches 2^32: (2^16 - 1)^2 + (2^16 - 1) = 2^32 - 2^16.
  const middle = Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16);
  const cross = Math.imul(aLow, bHigh) + (middle & 0xffff);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** Philox4x32-10: four u32 words for a counter of four words (c) and a key of two (k), written to `out`. */
export function philox(out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void {
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = Math.imul(multiplier0, c0);
    c0 = high1 ^ c1 ^ k0;
    c1 = Math.imul(multiplier1, c2);
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Murmur3's finalizer: every bit of the input reaches every bit of the output. */
function scramble(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

const purposeWords = new Map<string, number>();

/** FNV-1a of the UTF-16 units, scrambled; kept, because weight initialisation asks millions of times. */
function purposeWord(purpose: string): number {
  const known = purposeWords.get(purpose);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  const word = scramble(hash);
  purposeWords.set(purpose, word);
  return word;
}

const words = new Uint32Array(4);

/** Fills `words`. `draw` (0..255) sits above the 53 bits of `b`: further draws for the same (a, b). */
function drawWords(seed: number, purpose: string, a: number, b: number, draw: number): void {
  const aHigh = Math.floor(a / twoTo32);
  const bHigh = Math.floor(b / twoTo32) ^ (draw << 24);
  philox(words, a | 0, aHigh, b | 0, bHigh, seed | 0, purposeWord(purpose) ^ scramble(Math.floor(seed / twoTo32)));
}

/**
 * A random u32 in [0, 2^32).
 * @param seed any safe integer
 * @param purpose what the number is for; different purposes have unrelated numbers
 * @param a counter, a safe integer of at least 0
 * @param b second counter, a safe integer of at least 0
 */
export function random32(seed: number, purpose: string, a: number, b: number): number {
  drawWords(seed, purpose, a, b, 0);
  return words[0] ?? 0;
}

/**
 * An approximately normal number, mean 0 and deviation 1: the sum of 12 uniform numbers minus 6 (Irwin-Hall).
 * Only exact additions are used, because Math.log and Math.cos differ between JavaScript engines. Its tails end at
 * +-6, which weight initialisation does not miss.
 */
export function normal32(seed: number, purpose: string, a: number, b: number): number {
  let sum = 0;
  for (let draw = 1; draw <= 3; draw++) {
    drawWords(seed, purpose, a, b, draw);
    sum += (words[0] ?? 0) + (words[1] ?? 0) + (words[2] ?? 0) + (words[3] ?? 0);
  }
  return sum / twoTo32 - 6;
}

/**
 * Where `index` goes under a permutation of [0, n) chosen by `key`, without storing the permutation: a Feistel network
 * of twelve rounds over the next even number of bits, applied again while the result is outside (cycle walking, Black &
 * Rogaway 2002): at most four times on average. With fewer rounds, pairs of a short list come out unevenly.
 * @param index whole number in [0, n)
 * @param n from 1 to 2^30
 * @param key u32
 */
export function permute(index: number, n: number, key: number): number {
  if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 30)) throw new RangeError(`permute: n must be 1 to 2^30, not ${n}.`);
  if (!(Number.isInteger(index) && index >= 0 && index < n)) {
    throw new RangeError(`permute: index must be a whole number below ${n}, not ${index}.`);
  }
  const halfBits = Math.max(1, Math.ceil((32 - Math.clz32(n - 1)) / 2));
  const mask = (1 << halfBits) - 1;
  let value = index;
  do {
    let left = value >>> halfBits;
    let right = value & mask;
    for (let round = 1; round <= 12; round++) {
      const mixed = left ^ (scramble(scramble(key + Math.imul(round, weyl0)) ^ Math.imul(right, multiplier0)) & mask);
      left = right;
      right = mixed;
    }
    value = (left << halfBits) | right;
  } while (value >= n);
  return value;
}
