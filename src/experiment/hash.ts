// A 128-bit content hash of JSON values: names what was trained, so that equal work is found again. Pure and
// synchronous (the browser's own digest is neither). It guards against accidents, not against an attacker.

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** 32 hex digits of a JSON value. */
export function contentHash(value: unknown): string {
  const text = canonicalJson(value);
  const lanes = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a]);
  for (let i = 0; i < text.length; i++) absorb(lanes, text.charCodeAt(i));
  absorb(lanes, text.length);
  // Every lane must depend on every other one before the last scramble.
  for (let round = 0; round < 4; round++) absorb(lanes, round);
  return Array.from(lanes, (lane) => scramble(lane).toString(16).padStart(8, '0')).join('');
}

/** Odd constants: the fractional parts of square roots of primes. */
const multipliers = [0x9b05688d, 0x510e5281, 0x1f83d9ab, 0x5be0cd19] as const;

/** Takes in one number: each lane multiplies what it holds and hands a rotated copy to the next. */
function absorb(lanes: Uint32Array, value: number): void {
  let carried = value;
  multipliers.forEach((multiplier, i) => {
    const mixed = Math.imul((lanes[i] ?? 0) ^ carried, multiplier);
    lanes[i] = (mixed << 13) | (mixed >>> 19);
    carried = (carried + (mixed ^ (mixed >>> 15))) >>> 0;
  });
  lanes[0] = (lanes[0] ?? 0) + carried;
}

/** Spreads every bit of a word over the whole word. */
function scramble(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
