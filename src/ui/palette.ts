// Colour, dash and marker of an arm, by its slot: six solid colours, then the same colours dashed.

import type { Appearance, Marker } from './charts/types';

const markers: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'plus', 'cross'];
const dashes = ['', '7 3', '2 3'] as const;

/** The training that all arms share. */
export const baseAppearance: Appearance = { colour: 'var(--base)', dash: '', marker: 'circle' };

export function appearance(slot: number): Appearance {
  const turn = Math.floor(slot / markers.length);
  return {
    colour: `var(--arm-${slot % markers.length})`,
    dash: dashes[turn % dashes.length] ?? '',
    marker: markers[(slot + turn) % markers.length] ?? 'circle',
  };
}
