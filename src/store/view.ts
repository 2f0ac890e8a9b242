// How the charts are looked at: axes, smoothing and the zoomed range. One state for all charts of a page, so that they
// stay comparable.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Range, XUnit } from '../plot/axis';

export interface ChartView {
  readonly logX: boolean;
  readonly logY: boolean;
  readonly xUnit: XUnit;
  readonly smooth: boolean;
  /** Weight of the past in the moving average, used while `smooth`. */
  readonly weight: number;
  /** Null shows everything. */
  readonly zoom: Range | null;
  /** Also the steep first drop of training, which is left above the view otherwise. */
  readonly showAll: boolean;
}

export const weightLimits = { min: 0, max: 0.97 } as const;

export const plainView: ChartView = {
  logX: false,
  logY: false,
  xUnit: 'tokens',
  smooth: false,
  weight: 0.6,
  zoom: null,
  showAll: false,
};

/** True when `refit` would change what is in sight. */
export function isMoved({ zoom, showAll }: Pick<ChartView, 'zoom' | 'showAll'>): boolean {
  return zoom !== null || showAll;
}

export interface ViewStore extends StoreApi<ChartView> {
  /** A weight outside its limits is brought inside; an empty range is none. */
  change(change: Partial<ChartView>): void;
  toggle(what: 'logX' | 'logY' | 'smooth' | 'showAll'): void;
  /** Everything in sight again; axes and smoothing stay. */
  refit(): void;
}

export function createViewStore(begin: Partial<ChartView> = {}): ViewStore {
  const store = createStore<ChartView>()(() => ({ ...plainView, ...begin }));
  const { setState } = store;
  return {
    ...store,
    change: (change) =>
      setState((state) => {
        const next = { ...state, ...change };
        const weight = Math.max(weightLimits.min, Math.min(weightLimits.max, next.weight));
        return { ...next, weight, zoom: next.zoom && next.zoom.to > next.zoom.from ? next.zoom : null };
      }),
    toggle: (what) => setState((state) => ({ [what]: !state[what] })),
    refit: () => setState({ zoom: null, showAll: false }),
  };
}
