// One chart of figure.svg: grid, phases, bands over seeds, curves, references with their labels, and the learning rate under
// it on the same x axis.

import type { FigureAxis, FigureLine, FigureRates, FigureReference } from '../experiment/figures/lines';
import { placeLabels } from '../plot/labels';
import { type Domain, scale } from '../plot/scale';
import { tickDecimals, tickLabels, ticks } from '../plot/ticks';

export const panelWidth = 604;
export const panelHeight = 380;

export interface Look {
  readonly colour: string;
  /** SVG dash pattern; empty for a solid line. */
  readonly dash: string;
}

type Looking<T> = T & { readonly look: Look };

export interface PanelDrawing {
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly title: string;
  /** Tokens at the right edge. */
  readonly end: number;
  readonly bands: FigureAxis['bands'];
  /** Tokens from which on the y axis must hold every value. */
  readonly from: number;
  readonly lines: readonly Looking<FigureLine>[];
  readonly references: readonly Looking<FigureReference>[];
  readonly rates: readonly Looking<FigureRates>[];
}

/** Places inside the panel. */
const box = { left: 44, top: 30, bottom: 280, stripTop: 296, stripBottom: 346 } as const;
/** Room for the labels at the lines' ends. */
const labelWidth = 214;

function rightOf({ width }: PanelDrawing): number {
  return width - labelWidth;
}
const labelGap = 15;
const faint = '#6b727b';

interface TextStyle {
  readonly size: number;
  readonly colour?: string;
  readonly weight?: number;
  readonly family?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export function text(x: number, y: number, content: string, style: TextStyle): string {
  const { size, colour = '#15181c', weight = 400, family, anchor = 'start' } = style;
  const font = family === undefined ? '' : ` font-family="${escaped(family)}"`;
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}"${font}>${escaped(content)}</text>`;
}

/** Values that the y axis must hold. */
function valuesOf({ lines, references, from, end }: PanelDrawing): number[] {
  const inside = lines.flatMap((line) =>
    line.points.filter(({ tokens }) => tokens >= from && tokens <= end).flatMap(({ low, high }) => [low, high]),
  );
  return [...inside, ...references.map(({ value }) => value.mean)].filter(Number.isFinite);
}

export function panelSvg(panel: PanelDrawing): string {
  const values = valuesOf(panel);
  const title = text(0, 14, panel.title, { size: 14, weight: 600 });
  const body =
    values.length === 0 ? text(box.left, 120, 'Nothing has been trained yet.', { size: 14 }) : plot(panel, values);
  return `<g transform="translate(${panel.x} ${panel.y})">${title}${body}</g>`;
}

function plot(panel: PanelDrawing, values: readonly number[]): string {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0.02, (max - min) * 0.06);
  const domain = { min: min - pad, max: max + pad };
  const right = rightOf(panel);
  const x = scale({ min: 0, max: panel.end }, box.left, right);
  const y = scale(domain, box.bottom, box.top);
  const clip = `clip-${panel.x}-${panel.y}`;
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${a.toFixed(1)} ${b.toFixed(1)}`).join('');
  const curves = panel.lines.map(({ points, singles, look }) => {
    const band =
      singles.length > 1
        ? [
            ...points.map((p) => [x(p.tokens), y(p.high)] as const),
            ...points.toReversed().map((p) => [x(p.tokens), y(p.low)] as const),
          ]
        : [];
    const thin = singles.map(
      (single) =>
        `<path d="${path(single.map((p) => [x(p.tokens), y(p.value)]))}" fill="none" stroke="${look.colour}" stroke-width="0.7" stroke-opacity="0.45"/>`,
    );
    const area = band.length > 0 ? `<path d="${path(band)}Z" fill="${look.colour}" fill-opacity="0.14"/>` : '';
    return `${area}${thin.join('')}<path d="${path(points.map((p) => [x(p.tokens), y(p.mean)]))}" fill="none" stroke="${look.colour}" stroke-width="2" stroke-linejoin="round" stroke-dasharray="${look.dash}"/>`;
  });
  const references = panel.references.map(
    ({ value, look }) =>
      `<path d="M${box.left} ${y(value.mean).toFixed(1)}H${right}" stroke="${look.colour}" stroke-width="1.4" stroke-dasharray="${look.dash}"/>`,
  );
  return [
    `<clipPath id="${clip}"><rect x="${box.left}" y="${box.top}" width="${right - box.left}" height="${box.bottom - box.top}"/></clipPath>`,
    ...backdrop(panel, x),
    text(box.left - 6, box.top - 2, 'nats', { size: 12, colour: faint, anchor: 'end' }),
    ...yAxis(domain, y, right),
    `<g clip-path="url(#${clip})">${curves.join('')}${references.join('')}</g>`,
    ...labels(panel, domain, y),
    ...strip(panel, x, path),
  ].join('');
}

function backdrop({ bands, end }: PanelDrawing, x: (value: number) => number): string[] {
  return bands.flatMap(({ start, name, shaded }, i) => {
    const stop = Math.min(end, bands[i + 1]?.start ?? end);
    if (start >= end) return [];
    const rect = `<rect x="${x(start).toFixed(1)}" y="${box.top - 8}" width="${(x(stop) - x(start)).toFixed(1)}" height="${box.stripBottom - box.top + 8}" fill="${shaded ? '#f7f6f2' : '#ffffff'}"/>`;
    return [rect, text(x(start) + 6, box.top + 4, name, { size: 12, colour: faint })];
  });
}

function yAxis(domain: Domain, y: (value: number) => number, right: number): string[] {
  const values = ticks(domain, 5);
  const decimals = tickDecimals(values);
  return values.map(
    (value) =>
      `<path d="M${box.left} ${y(value).toFixed(1)}H${right}" stroke="#ecece8"/>${text(box.left - 6, y(value) + 4, value.toFixed(decimals), { size: 12, colour: faint, anchor: 'end' })}`,
  );
}

/** Names where the lines end, none on top of another. */
function labels(panel: PanelDrawing, domain: Domain, y: (value: number) => number): string[] {
  const { lines, references, end } = panel;
  const right = rightOf(panel);
  const inside = (value: number) =>
    Math.max(box.top, Math.min(box.bottom, y(Math.max(domain.min, Math.min(domain.max, value)))));
  const ends = [
    ...lines.flatMap(({ arm, label, points, look, n }) => {
      const last = points.findLast(({ tokens }) => tokens <= end);
      return last ? [{ key: arm, label: n > 1 ? `${label} (n=${n})` : label, y: inside(last.mean), look }] : [];
    }),
    ...references.map(({ arm, label, value, look }) => ({
      key: arm,
      label: `${label} ${value.mean.toFixed(3)}`,
      y: inside(value.mean),
      look,
    })),
  ];
  const places = placeLabels(ends, labelGap, box.top + 4, box.bottom - 2);
  return ends.map(({ key, label, y: at, look }) =>
    text(right + 8, (places.get(key) ?? at) + 4, label, { size: 12, colour: look.colour }),
  );
}

/** The learning rate and the x axis. */
function strip(
  panel: PanelDrawing,
  x: (value: number) => number,
  path: (points: readonly (readonly [number, number])[]) => string,
): string[] {
  const { rates, end } = panel;
  const highest = Math.max(Number.MIN_VALUE, ...rates.flatMap(({ points }) => points.map(({ rate }) => rate)));
  const y = scale({ min: 0, max: highest }, box.stripBottom - 1, box.stripTop + 2);
  const curves = rates.map(({ points, look }) => {
    const inside = points.filter(({ tokens }) => tokens <= end);
    return `<path d="${path(inside.map(({ tokens, rate }) => [x(tokens), y(rate)]))}" fill="none" stroke="${look.colour}" stroke-width="1.3" stroke-dasharray="${look.dash}"/>`;
  });
  const places = ticks({ min: 0, max: end }, 4);
  const marks = tickLabels(places, false).map((label, i) =>
    text(x(places[i] ?? 0), box.stripBottom + 18, i === 0 ? `${label} tokens` : label, {
      size: 12,
      colour: faint,
      anchor: i === 0 ? 'start' : 'middle',
    }),
  );
  const axis = `<path d="M${box.left} ${box.stripBottom}H${rightOf(panel)}" stroke="#e0e1de"/>`;
  return [
    axis,
    text(box.left - 6, box.stripTop + 11, 'lr', { size: 12, colour: faint, anchor: 'end' }),
    ...curves,
    ...marks,
  ];
}
