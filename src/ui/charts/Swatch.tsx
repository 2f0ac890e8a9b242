// A short piece of an arm's line with its marker, for lists and tables.

import { MarkerShape } from './MarkerShape';
import type { Appearance } from './types';

export function Swatch({ appearance }: { readonly appearance: Appearance }) {
  const { colour, dash, marker } = appearance;
  return (
    <svg width="22" height="12" aria-hidden="true" style={{ flex: 'none' }}>
      <line x1="0" x2="22" y1="6" y2="6" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
      <MarkerShape marker={marker} x={11} y={6} colour={colour} />
    </svg>
  );
}
