// What the tuner's trials read: reproducible numbers, the same every time.

/** Small numbers of both signs, by a 32-bit mixing function. */
function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
    numbers[i] = ((h ^ (h >>> 15)) >>> 0) / 2 ** 32 - 0.5;
  }
  return numbers;
}

/** GELU's slope, everywhere. */
export const SLOPE = 0.5;

/** Inputs that leave the products bare: an empty residual stream, no turn of any position, one slope of GELU everywhere. */
function simple(name: string, length: number): Float32Array<ArrayBuffer> | null {
  if (name === 'x') return new Float32Array(length);
  if (name === 'rotary') return Float32Array.from({ length }, (_, i) => (i % 2 === 0 ? 1 : 0));
  if (name === 'slope.0') return new Float32Array(length).fill(SLOPE);
  return null;
}

/** Inputs by name, made when first asked for. */
export function contents(words: ReadonlyMap<string, number>): (buffer: string) => Float32Array<ArrayBuffer> {
  const made = new Map<string, Float32Array<ArrayBuffer>>();
  const names = [...words.keys()];
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const length = words.get(name) ?? 0;
    const content = simple(name, length) ?? noise(length, names.indexOf(name));
    made.set(name, content);
    return content;
  };
}
