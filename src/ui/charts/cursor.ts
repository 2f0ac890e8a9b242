// The position that all charts point at together: tokens, or null. A tiny store so that moving it renders no chart.

export interface Cursor {
  get(): number | null;
  set(tokens: number | null): void;
  subscribe(listener: () => void): () => void;
}

export function createCursor(): Cursor {
  let position: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => position,
    set: (tokens) => {
      if (tokens === position) return;
      position = tokens;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

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
