// Constant at `peak` after the warmup: at the lowest rate what staying low means, at the peak re-warming without decay
// (Ibrahim et al. 2024, section 6.1).

import type { Entry, Multiple, Rate, Warmed } from './entry';
import { paper, peak, peakHandle, warmup } from './numbers';

export interface ConstantSchedule<R = Rate> extends Warmed<R> {
  readonly kind: 'constant';
}

export function constant(peak: Multiple, warmup: number): ConstantSchedule<Multiple> {
  return { kind: 'constant', warmup, peak };
}

export const constantEntry = {
  id: 'constant',
  fixed: { kind: 'constant' },
  label: 'constant',
  spoken: 'constant: warmup, then one rate',
  name: () => ({ full: 'constant', short: 'const' }),
  numbers: {
    warmup: { ...warmup, tested: () => ({ min: 0, max: paper.warmup }) },
    peak: { ...peak, tested: () => ({ min: paper.floorShare, max: 1 }) },
  },
  bounds: [],
  handles: [peakHandle],
  rate: ({ peak }) => peak,
  phases: ({ warmup }) => [{ name: 'constant', start: warmup, end: 1 }],
  from: ({ peak, warmup }) => constant(peak, warmup),
} as const satisfies Entry<ConstantSchedule<number>>;
