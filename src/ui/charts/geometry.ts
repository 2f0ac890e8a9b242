// Where things are on a panel: plot margins that all layers share, and scales from values to pixels.

export interface Domain {
  readonly min: number;
  readonly max: number;
}

/** The panel's box and the plot area inside it, in CSS pixels. Loss plot and learning-rate strip share left and right. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Bottom edge of the loss plot. */
  readonly plotTop: number;
  readonly plotBottom: number;
  readonly stripTop: number;
  readonly stripBottom: number;
}

export interface FrameOptions {
  readonly width: number;
  readonly height: number;
  /** Space for the labels at the line ends. */
  readonly labels: number;
  /** Height of the learning-rate strip. */
  readonly strip: number;
}

export const axisWidth = 38;
/** Room above the plot for the phases' names. */
const captionHeight = 24;
const tickHeight = 22;
const gap = 14;

export function frameOf({ width, height, labels, strip }: FrameOptions): Frame {
  const stripBottom = height - tickHeight;
  const stripTop = stripBottom - strip;
  return {
    width,
    height,
    left: axisWidth,
    right: Math.max(axisWidth + 40, width - labels),
    plotTop: captionHeight,
    plotBottom: stripTop - gap,
    stripTop,
    stripBottom,
  };
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
