// The size of submissions on machines of different speeds, with a clock and a GPU made up for the purpose.

import { describe, expect, it } from 'vitest';
import { RING } from '../../../src/engine/gpu/buffers';
import { Pace } from '../../../src/engine/gpu/run';

interface Machine {
  /** Milliseconds of GPU time a step, after `taken` steps. */
  readonly stepMs: (taken: number) => number;
  /** Finished work is noticed only at multiples of this. */
  readonly pollMs: number;
}

/** Sizes of 60 submissions, two on their way at a time. */
function sizes({ stepMs, pollMs }: Machine): number[] {
  let now = 0;
  let gpuFree = 0;
  let taken = 0;
  const pace = new Pace(RING, () => now);
  const waiting: { done: number; arrived: () => void }[] = [];
  const chosen: number[] = [];
  for (let i = 0; i < 60; i++) {
    if (waiting.length === 2) {
      const first = waiting.shift();
      now = Math.max(now, Math.ceil((first?.done ?? 0) / pollMs) * pollMs);
      first?.arrived();
    }
    const steps = pace.steps;
    chosen.push(steps);
    gpuFree = Math.max(now, gpuFree) + steps * stepMs(taken);
    taken += steps;
    waiting.push({ done: gpuFree, arrived: pace.submitted(steps) });
  }
  return chosen;
}

const settled = (machine: Machine) => sizes(machine).slice(40);

describe('submissions', () => {
  it.each([
    ['a fast GPU takes all it may', 0.5, RING, RING],
    ['3 ms a step', 3, 8, 12],
    ['8 ms a step', 8, 3, 6],
    ['20 ms a step', 20, 1, 2],
    ['a software adapter, 300 ms a step, takes single steps', 300, 1, 1],
  ])('%s', (_, ms, least, most) => {
    for (const steps of settled({ stepMs: () => ms, pollMs: 0.1 })) {
      expect(steps).toBeGreaterThanOrEqual(least);
      expect(steps).toBeLessThanOrEqual(most);
    }
  });

  it('become long where finished work is only noticed every 100 ms', () => {
    expect(settled({ stepMs: () => 1, pollMs: 100 })).toEqual(new Array(20).fill(RING));
  });

  it('become short again when the machine slows down', () => {
    const late = settled({ stepMs: (taken) => (taken < 200 ? 1 : 40), pollMs: 0.1 });
    expect(Math.max(...late.slice(-10))).toBeLessThanOrEqual(3);
  });
});
