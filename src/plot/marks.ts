// A drawing as values: what ui/charts/Marks.tsx draws with React and svg.ts prints as text. Attributes have React's names.
// No coordinate that is not a number gets in.

import type { Appearance, Colour, Marker } from './palette';
import type { Box } from './room';

/** What a mark is on its drawing; the class of its element. */
export type Role =
  | 'paper'
  | 'title'
  | 'note'
  | 'band'
  | 'grid'
  | 'axis'
  | 'level'
  | 'spread'
  | 'seed'
  | 'curve'
  | 'rate'
  | 'marker'
  | 'label'
  | 'group';

export interface Mark {
  readonly tag: 'rect' | 'path' | 'text' | 'g' | 'svg';
  readonly role: Role;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Marks inside it, or the words of a text. */
  readonly children?: readonly Mark[] | string;
}

export type Point = readonly [x: number, y: number];

/** The `d` of a line through points; what is not a number leaves a gap. */
export function linePath(points: readonly Point[]): string {
  let pen = 'M';
  return points
    .map(([x, y]) => {
      const there = Number.isFinite(x) && Number.isFinite(y);
      const part = there ? `${pen}${x.toFixed(1)} ${y.toFixed(1)}` : '';
      pen = there ? 'L' : 'M';
      return part;
    })
    .join('');
}

export function rect(role: Role, { left, top, width, height }: Box, fill: Colour): Mark {
  return { tag: 'rect', role, attributes: { x: left, y: top, width, height, fill } };
}

interface Stroke {
  readonly strokeWidth?: number;
  readonly strokeOpacity?: number;
  readonly strokeDasharray?: string;
}

/** A line in one colour. */
export function stroke(role: Role, d: string, colour: Colour, style: Stroke = {}): Mark {
  return { tag: 'path', role, attributes: { d, fill: 'none', stroke: colour, strokeLinejoin: 'round', ...style } };
}

/** An area without an outline. */
export function area(role: Role, d: string, fill: Colour, fillOpacity: number): Mark {
  return { tag: 'path', role, attributes: { d, fill, fillOpacity } };
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: Colour;
  readonly size?: number;
  readonly weight?: number;
  readonly family?: string;
  /** Where it lies on lines: an edge of paper round the letters. */
  readonly halo?: boolean;
}

export function text(role: Role, x: number, y: number, words: string, style: TextStyle = {}): Mark {
  const { anchor = 'start', fill = 'var(--faint)', size = 12, weight, family, halo = false } = style;
  return {
    tag: 'text',
    role,
    attributes: {
      x,
      y,
      fill,
      fontSize: size,
      ...(anchor !== 'start' && { textAnchor: anchor }),
      ...(weight !== undefined && { fontWeight: weight }),
      ...(family !== undefined && { fontFamily: family }),
      ...(halo && { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 3, strokeLinejoin: 'round' }),
    },
    children: words,
  };
}

const outlines: Readonly<Record<Marker, string>> = {
  circle: 'M-3.7 0a3.7 3.7 0 1 0 7.4 0a3.7 3.7 0 1 0-7.4 0z',
  square: 'M-3.3-3.3h6.6v6.6h-6.6z',
  triangle: 'M0-4.4 4.2 3.2h-8.4z',
  diamond: 'M0-4.6 4.6 0 0 4.6-4.6 0z',
  plus: 'M-1.4-4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3z',
  cross: 'M-4-2.2-2.2-4 0-1.8 2.2-4 4-2.2 1.8 0 4 2.2 2.2 4 0 1.8-2.2 4-4 2.2-1.8 0z',
};

/** The shape that marks a run beside its colour, around a point. */
export function marker({ marker: shape, colour }: Pick<Appearance, 'marker' | 'colour'>, x: number, y: number): Mark {
  const transform = `translate(${x.toFixed(2)} ${y.toFixed(2)})`;
  return { tag: 'path', role: 'marker', attributes: { d: outlines[shape], transform, fill: colour } };
}

/** A short piece of a run's line with its marker, 22 by 12, for lists and tables. */
export function swatch(look: Appearance): Mark[] {
  return [stroke('curve', 'M0 6H22', look.colour, { strokeWidth: 2, strokeDasharray: look.dash }), marker(look, 11, 6)];
}

export function group(left: number, top: number, children: readonly Mark[]): Mark {
  return { tag: 'g', role: 'group', attributes: { transform: `translate(${left} ${top})` }, children };
}

/** Marks of which only what lies inside the box is seen; their places stay what they were. */
export function clipped({ left, top, width, height }: Box, children: readonly Mark[]): Mark {
  const viewBox = [left, top, width, height].join(' ');
  return { tag: 'svg', role: 'group', attributes: { x: left, y: top, width, height, viewBox }, children };
}
