// The curves of a panel: seeds, their spread, their means, level lines to compare with, and at the ends of all of them a
// marker and a name. On the page recharts draws the curves, in the strokes that stand here.

import { isShown, pixelOf, placeOf, type XAxis } from './axis';
import type { Frame } from './frame';
import { placeApart } from './labels';
import { area, clipped, linePath, type Mark, marker, type Point, stroke, text } from './marks';
import type { Appearance } from './palette';
import { clamp, type Domain, scale } from './scale';
import { textWidth } from './ticks';
import type { ChartLine, Reference } from './types';

/** Where the curves of a panel are. */
export interface Plot {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly domain: Domain;
  readonly logY: boolean;
}

export const seedStroke = { strokeWidth: 0.75, strokeOpacity: 0.45 } as const;
export const spreadOpacity = 0.15;

/** Of a mean. Round ends would close the gaps between dashes. */
export function meanStroke({ dash }: Appearance) {
  return { strokeWidth: 2, strokeDasharray: dash, strokeLinecap: dash === '' ? 'round' : 'butt' } as const;
}

function pixelsOf({ frame, axis, domain, logY }: Plot) {
  return { x: pixelOf(axis, frame), y: scale(domain, frame.plotBottom, frame.plotTop, logY) };
}

function inDomain({ min, max }: Domain, value: number): boolean {
  return value >= min && value <= max;
}

/** All curves, cut to the plot. */
export function curveMarks(plot: Plot, lines: readonly ChartLine[]): Mark[] {
  const { frame, axis } = plot;
  const { x, y } = pixelsOf(plot);
  const curves = lines.flatMap(({ points, singles, appearance }): Mark[] => {
    const at = (point: ChartLine['points'][number], value: number): Point => [x(placeOf(axis, point)), y(value)];
    const mean = linePath(points.map((point) => at(point, point.mean)));
    const front = stroke('curve', mean, appearance.colour, meanStroke(appearance));
    if (singles.length < 2) return [front];
    const measured = points.filter(({ low, high }) => Number.isFinite(low + high));
    const edge = [
      ...measured.map((point) => at(point, point.high)),
      ...measured.toReversed().map((point) => at(point, point.low)),
    ];
    const seeds = singles.map((single) => {
      const d = linePath(single.map(({ tokens, value }) => [x(axis.at(tokens)), y(value)]));
      return stroke('seed', d, appearance.colour, seedStroke);
    });
    return [area('spread', linePath(edge), appearance.colour, spreadOpacity), ...seeds, front];
  });
  const { left, right, plotTop: top, plotBottom } = frame;
  return [clipped({ left, top, width: right - left, height: plotBottom - top }, curves)];
}

/** The lines to compare with, as far as they are in the view. */
export function levelMarks({ frame, domain, logY }: Omit<Plot, 'axis'>, references: readonly Reference[]): Mark[] {
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  return references
    .filter(({ value }) => inDomain(domain, value))
    .map(({ value, appearance }) => {
      const d = `M${frame.left} ${y(value).toFixed(1)}H${frame.right}`;
      return stroke('level', d, appearance.colour, { strokeDasharray: appearance.dash || '5 4' });
    });
}

interface EndOptions extends Plot {
  readonly lines: readonly ChartLine[];
  /** What is drawn in front instead of the means, by key. */
  readonly smooth?: ReadonlyMap<string, readonly number[]> | null;
  readonly references: readonly Reference[];
  readonly formatValue: (value: number) => string;
  /** Of the names' letters. */
  readonly weight?: number;
}

interface End {
  readonly key: string;
  readonly words: string | null;
  readonly appearance: Appearance;
  readonly x: number;
  readonly y: number;
  readonly marked: boolean;
}

const labelGap = 15;
/** From a line's end to its name. */
const labelIndent = 9;

/** A line without a label is marked only while it is the one that grows. */
function isMarked(line: ChartLine, lines: readonly ChartLine[]): boolean {
  const last = line.points.at(-1)?.tokens ?? 0;
  return line.label !== null || lines.every((other) => (other.points.at(-1)?.tokens ?? 0) <= last);
}

/** Where a line ends, or leaves the view on the right. */
function tipOf(options: EndOptions, line: ChartLine) {
  const { frame, axis, smooth } = options;
  const { x, y } = pixelsOf(options);
  const pixels = line.points
    .map((point, i) => ({ at: placeOf(axis, point), value: smooth?.get(line.key)?.[i] ?? point.mean }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ at, value }) => ({ at, x: x(at), y: y(value) }));
  const last = pixels.findLastIndex(({ at }) => isShown(axis, at));
  const [tip, next] = [pixels[last], pixels[last + 1]];
  if (!tip || !next || !(next.x > tip.x)) return tip;
  return { x: frame.right, y: tip.y + ((next.y - tip.y) * (frame.right - tip.x)) / (next.x - tip.x) };
}

function endsOf(options: EndOptions): End[] {
  const { frame, domain, lines, references, formatValue } = options;
  const { y } = pixelsOf(options);
  const ends = lines.flatMap((line): End[] => {
    const tip = tipOf(options, line);
    if (!tip || !isMarked(line, lines)) return [];
    const { key, label: words, appearance } = line;
    return [{ key, words, appearance, x: tip.x, y: clamp(tip.y, frame.plotTop, frame.plotBottom), marked: true }];
  });
  const levels = references
    .filter(({ value }) => inDomain(domain, value))
    .map(({ key, label, value, appearance }): End => {
      const words = `${label} ${formatValue(value)}`;
      return { key: `reference ${key}`, words, appearance, x: frame.right, y: y(value), marked: false };
    });
  return [...ends, ...levels];
}

/** Markers and names where the lines end, and the names of the lines to compare with. */
export function endMarks(options: EndOptions): Mark[] {
  const { plotTop, plotBottom } = options.frame;
  const { weight = 560 } = options;
  const ends = endsOf(options);
  const anchors = ends.map(({ key, y, x, words }) => ({
    key,
    y,
    left: x,
    width: textWidth(words ?? '') + 2 * labelIndent,
  }));
  const places = placeApart(anchors, labelGap, plotTop + 6, plotBottom - 4);
  return ends.flatMap(({ key, words, appearance, x, y, marked }) => {
    const style = { fill: appearance.colour, weight, halo: true };
    return [
      ...(marked ? [marker(appearance, x, y)] : []),
      ...(words === null ? [] : [text('label', x + labelIndent, (places.get(key) ?? y) + 4, words, style)]),
    ];
  });
}
