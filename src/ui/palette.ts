// Colour, dash and marker of an arm, by its slot: six solid colours, then the same colours dashed. The Lab hands out slots as
// arms are added; the arms of the figures have theirs for life, so that a run looks the same wherever it is shown.

import { kinOf } from '../experiment/figures/kin';
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

/** Six colours are all there are: arms that share one are never on the same chart, or their dashes say how they belong together. */
const slots: Readonly<Record<string, number>> = {
  rewarm: 0,
  floor: 1,
  peak: 2,
  'rewarm-half': 3,
  'rewarm-double': 4,
  scratch: 5,
  'warmup-0': 1,
  'warmup-0p5': 2,
  'warmup-2': 3,
  'replay-0p5': 1,
  'replay-1': 2,
  'replay-5': 3,
  'replay-10': 4,
  'replay-25': 7,
  'replay-50': 5,
  'cosine-repeat': 0,
  'cosine-inf': 3,
  'invsqrt-inf': 2,
  'from-7': 1,
  'from-19': 2,
};

/** Runs that only compare: grey, and never solid. */
const compared: Readonly<Record<string, Appearance>> = {
  union: { colour: 'var(--base)', dash: '7 3', marker: 'square' },
  base: { colour: 'var(--base)', dash: '2 3', marker: 'circle' },
};

/** Of an arm of the figures; a branch is the dashed twin of the run that it leaves, like a run on the same data. */
export function studyAppearance(arm: string): Appearance {
  const kin = kinOf(arm);
  return compared[arm] ?? appearance((slots[kin] ?? 0) + (kin === arm ? 0 : markers.length));
}
