// Maps between values and pixels, linear and logarithmic. Page and command line draw with the same ones.

export interface Domain {
  readonly min: number;
  readonly max: number;
}

/** A map from `from` to pixels, linear or logarithmic; on a log scale what has no logarithm lies at the beginning. */
export function scale(from: Domain, start: number, end: number, log = false): (value: number) => number {
  if (log) {
    const linear = scale({ min: Math.log(from.min), max: Math.log(from.max) }, start, end);
    return (value) => (value > 0 ? linear(Math.log(value)) : start);
  }
  const span = from.max - from.min || 1;
  return (value) => start + ((value - from.min) / span) * (end - start);
}

/** The value at a pixel: what `scale` maps there. */
export function unscale(from: Domain, start: number, end: number, log = false): (pixel: number) => number {
  const share = scale({ min: start, max: end }, 0, 1);
  if (log) return (pixel) => from.min * (from.max / from.min) ** share(pixel);
  return (pixel) => from.min + (from.max - from.min) * share(pixel);
}

export const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));
