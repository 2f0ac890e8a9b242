// The shape that marks an arm beside its colour, drawn around a point.

import type { Marker } from './types';

interface MarkerShapeProps {
  readonly marker: Marker;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

const outlines: Readonly<Record<Exclude<Marker, 'circle'>, string>> = {
  square: 'M-3.3-3.3h6.6v6.6h-6.6z',
  triangle: 'M0-4.4 4.2 3.2h-8.4z',
  diamond: 'M0-4.6 4.6 0 0 4.6-4.6 0z',
  plus: 'M-1.4-4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3z',
  cross: 'M-4-2.2-2.2-4 0-1.8 2.2-4 4-2.2 1.8 0 4 2.2 2.2 4 0 1.8-2.2 4-4 2.2-1.8 0z',
};

export function MarkerShape({ marker, x, y, colour }: MarkerShapeProps) {
  if (marker === 'circle') return <circle cx={x} cy={y} r={3.7} fill={colour} />;
  return <path d={outlines[marker]} transform={`translate(${x} ${y})`} fill={colour} />;
}
