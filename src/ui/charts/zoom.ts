// The arithmetic of zooming along an axis, linear or logarithmic.

import type { Range, XAxis } from '../../plot/axis';
import { clamp, type Domain, scale, unscale } from '../../plot/scale';

/** How far one press of + or − goes. */
export const zoomFactor = 2;
/** The narrowest zoom, as a share of the whole axis. */
const leastShare = 1 / 256;

/**
 * The shown part after zooming by `factor` (above 1: closer) with the place of `centre` kept, inside `full`. Null when
 * that is everything again.
 */
export function zoomAround(shown: Domain, full: Domain, centre: number, factor: number, log: boolean): Domain | null {
  // On shares of the whole axis both kinds are linear.
  const share = scale(full, 0, 1, log);
  const value = unscale(full, 0, 1, log);
  const [from, to, middle] = [share(shown.min), share(shown.max), clamp(share(centre), 0, 1)];
  const width = Math.max(leastShare, (to - from) / factor);
  if (width >= 1 - 1e-9) return null;
  const before = clamp((middle - from) / (to - from), 0, 1);
  const start = clamp(middle - before * width, 0, 1 - width);
  return { min: value(start), max: value(start + width) };
}

/** What a drag between two pixels asks for, in tokens; null when it is too narrow to mean it. */
export function dragged(from: number, to: number, tokensAt: (pixel: number) => number, leastPixels = 8): Range | null {
  if (Math.abs(to - from) < leastPixels) return null;
  return { from: tokensAt(Math.min(from, to)), to: tokensAt(Math.max(from, to)) };
}

/** The range after one key, around the tokens of the cursor or else the middle. */
export function zoomedByKey(axis: XAxis, centre: number | null, factor: number): Range | null {
  const { domain, full, log, at, tokensAt } = axis;
  const middle = unscale(domain, 0, 1, log)(0.5);
  const next = zoomAround(domain, full, centre === null ? middle : at(centre), factor, log);
  return next && { from: tokensAt(next.min), to: tokensAt(next.max) };
}
