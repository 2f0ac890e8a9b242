// Values that all charts share and that change with every move of a hand: each a tiny store of its own, so that a change
// renders what listens and no chart.

import type { Pins } from './pins';

export interface Cell<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** The position that all charts point at together: tokens, or null. */
export type Cursor = Cell<number | null>;

function createCell<T>(initial: T): Cell<T> {
  let held = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => held,
    set: (value) => {
      if (value === held) return;
      held = value;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const createCursor = (): Cursor => createCell<number | null>(null);
export const createPins = (): Cell<Pins> => createCell<Pins>([]);

/** Index of the value nearest to `wanted` in ascending `values`; -1 when there is none. */
export function nearest(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return Math.abs((values[low] ?? 0) - wanted) <= Math.abs((values[high] ?? 0) - wanted) ? low : high;
}
