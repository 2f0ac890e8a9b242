// Linear warmup and cosine decay to `floor` (Ibrahim et al. 2024, equations 1 and 2; the values of table 13).

import type { Entry, Multiple, Rate, Warmed } from './entry';
import { fallCosine, floor, floorHandle, only, paper, peak, peakHandle, share, usualFloor, warmup } from './numbers';

export interface CosineSchedule<R = Rate> extends Warmed<R> {
  readonly kind: 'cosine';
  readonly floor: R;
}

/** The authors' schedule to a peak. */
export function cosine(peak: Multiple, warmup: number = paper.warmup): CosineSchedule<Multiple> {
  return { kind: 'cosine', warmup, peak, floor: usualFloor(peak) };
}

export const cosineEntry = {
  id: 'cosine',
  fixed: { kind: 'cosine' },
  label: 'cosine',
  spoken: 'cosine: warmup, then down to the lowest rate',
  name: () => ({ full: 'cosine', short: 'cos' }),
  numbers: {
    warmup: { ...warmup, tested: () => ({ min: 0, max: 0.02 }) },
    peak: { ...peak, tested: () => ({ min: 0.5, max: 2 }) },
    floor: {
      ...floor,
      zero: true,
      usual: ({ peak }) => usualFloor(peak),
      tested: ({ peak }) => only(usualFloor(peak)),
    },
  },
  bounds: [['floor', 'peak']],
  handles: [peakHandle, floorHandle],
  // Stages that figures and the Lab have left are known by the bare product, a floor of 0.0006000000000000001 at XS.
  bare: true,
  rate: ({ warmup, peak, floor }, step, steps) => fallCosine(peak, floor, share(step, warmup * steps, steps)),
  phases: ({ warmup }) => [{ name: 'decay', start: warmup, end: 1 }],
  from: ({ peak, warmup, floor = usualFloor(peak) }) => ({ kind: 'cosine', warmup, peak, floor }),
} as const satisfies Entry<CosineSchedule<number>>;
