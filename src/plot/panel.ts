// What stands round the curves of a panel: the phases as faint bands with their names, the axes, and the planned learning
// rate. None of it changes while a run goes on.

import { pixelOf, type XAxis } from './axis';
import type { Frame } from './frame';
import { clipped, linePath, type Mark, rect, stroke, text } from './marks';
import { clamp, type Domain, scale } from './scale';
import { placeTicks, textWidth, tickDecimals, tickLabels, tokenTicks } from './ticks';
import type { Band, Phases, RateLine } from './types';

/** Base line of the words over the plot. */
export const captionLine = 15;

interface VisibleBand extends Band {
  readonly left: number;
  readonly right: number;
  /** The phase begins inside the view, not at or before its edge. */
  readonly begins: boolean;
}

function visibleBands({ end, bands }: Phases, axis: XAxis, frame: Frame): VisibleBand[] {
  const x = pixelOf(axis, frame);
  const inside = (tokens: number) => clamp(x(axis.at(tokens)), frame.left, frame.right);
  return bands
    .map((band, i) => {
      const left = inside(band.start);
      return { ...band, left, right: inside(bands[i + 1]?.start ?? end), begins: i > 0 && left > frame.left };
    })
    .filter(({ left, right }) => right > left);
}

/** The phases, and over the y axis its unit. */
export function backdropMarks(frame: Frame, axis: XAxis, phases: Phases, unit: string): Mark[] {
  const bands = visibleBands(phases, axis, frame).flatMap(({ name, shaded, left, right, begins }) => {
    const indent = begins || shaded ? 8 : 0;
    const marks: Mark[] = [];
    const box = { left, top: 0, width: right - left, height: frame.stripBottom };
    if (shaded) marks.push(rect('band', box, 'var(--band)'));
    if (begins) marks.push(stroke('axis', `M${left.toFixed(1)} 0V${frame.stripBottom}`, 'var(--hair)'));
    if (indent + textWidth(name) <= right - left) marks.push(text('axis', left + indent, captionLine, name));
    return marks;
  });
  return [...bands, text('axis', frame.left - 8, captionLine, unit, { anchor: 'end' })];
}

/** The grid and the numbers of the y axis, where recharts does not draw them. */
export function lossAxisMarks(frame: Frame, domain: Domain, ticks: readonly number[]): Mark[] {
  const y = scale(domain, frame.plotBottom, frame.plotTop);
  const decimals = tickDecimals(ticks);
  return ticks.flatMap((value) => [
    stroke('grid', `M${frame.left} ${y(value).toFixed(1)}H${frame.right}`, 'var(--grid)'),
    text('axis', frame.left - 8, y(value) + 4, value.toFixed(decimals), { anchor: 'end' }),
  ]);
}

/** The points of a log axis: instead of zero tokens, where the axis begins. */
function fromPositive(points: RateLine['points'], begin: number): RateLine['points'] {
  const [first, second] = points;
  if (!first || !second || first.tokens > 0) return points;
  const rate = first.rate + ((second.rate - first.rate) * begin) / second.tokens;
  return begin < second.tokens ? [{ tokens: begin, rate }, ...points.slice(1)] : points.slice(1);
}

export function highestRate(rates: readonly Pick<RateLine, 'points'>[]): number {
  const all = rates.flatMap(({ points }) => points.map(({ rate }) => rate)).filter(Number.isFinite);
  return Math.max(...all, Number.MIN_VALUE);
}

/** The learning rate and the x axis; `word` is what the axis counts. */
export function stripMarks(frame: Frame, axis: XAxis, rates: readonly RateLine[], word: string): Mark[] {
  const { left, right, height, stripTop, stripBottom } = frame;
  const x = pixelOf(axis, frame);
  const y = scale({ min: 0, max: highestRate(rates) }, stripBottom - 1, stripTop + 2);
  const lines = rates.map(({ points, appearance }) => {
    const drawn = axis.log ? fromPositive(points, axis.tokensAt(axis.full.min)) : points;
    const d = linePath(drawn.map(({ tokens, rate }) => [x(axis.at(tokens)), y(rate)]));
    return stroke('rate', d, appearance.colour, { strokeWidth: 1.5, strokeDasharray: appearance.dash });
  });
  const values = tokenTicks(axis.domain, axis.log, right - left);
  const placed = placeTicks(values, tickLabels(values, axis.log), word, x, frame);
  return [
    stroke('axis', `M${left} ${stripBottom}H${right}`, 'var(--hair)'),
    text('axis', left - 8, stripTop + 11, 'lr', { anchor: 'end' }),
    clipped({ left: left - 1, top: 0, width: right - left + 2, height }, lines),
    ...placed.map((tick) => text('axis', tick.x, height - 5, tick.text, { anchor: 'middle' })),
  ];
}
