// Where things are on a panel: plot margins that all layers share, linear scales, round ticks, and the vertical view.

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

/** A linear map from `from` to pixels. */
export function scale(from: Domain, start: number, end: number): (value: number) => number {
  const span = from.max - from.min || 1;
  return (value) => start + ((value - from.min) / span) * (end - start);
}

/** About `count` round numbers inside the domain: steps of 1, 2 or 5 times a power of ten. */
export function ticks(domain: Domain, count: number): number[] {
  const span = domain.max - domain.min;
  if (!(span > 0) || count < 1) return [];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const first = Math.ceil(domain.min / step - 1e-9);
  const last = Math.floor(domain.max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Decimals that tell neighbouring ticks apart. */
export function tickDecimals(values: readonly number[]): number {
  const [a, b] = values;
  if (a === undefined || b === undefined) return 1;
  return Math.max(0, Math.min(4, -Math.floor(Math.log10(Math.abs(b - a)) + 1e-9)));
}

export interface ViewPoint {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

export interface View {
  readonly domain: Domain;
  /** Share of all tokens after which every curve is inside the view; 0 when nothing is cut. */
  readonly cutShare: number;
}

/** The part of the first stage that is allowed to lie above the view. */
const steepShare = 0.3;

/**
 * The vertical view: fitted to the values, never forced to zero. The steep first drop of training may be left above it,
 * but nothing after `steepShare` of the first stage, so no bump is ever hidden.
 */
export function verticalView(
  points: readonly ViewPoint[],
  switchAt: number,
  end: number,
  showAll: boolean,
): View | null {
  const finite = points.filter((point) => Number.isFinite(point.low) && Number.isFinite(point.high));
  if (finite.length === 0) return null;
  const later = finite.filter((point) => point.tokens >= steepShare * switchAt);
  // Until training has got that far, the view follows what there is.
  const kept = showAll || later.length === 0 ? finite : later;
  const min = Math.min(...finite.map((point) => point.low));
  const max = Math.max(...kept.map((point) => point.high));
  const pad = Math.max(0.02, (max - min) * 0.06);
  const domain = { min: min - pad, max: max + pad };
  const above = finite.filter((point) => point.high > domain.max);
  const cutShare = above.length === 0 ? 0 : Math.max(...above.map((point) => point.tokens)) / end;
  return { domain, cutShare };
}
