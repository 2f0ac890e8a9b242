// The view store: what a person sees of the charts, kept within its limits.

import { describe, expect, test } from 'vitest';
import { createViewStore, isMoved, plainView, weightLimits } from '../../src/store/view';

describe('view', () => {
  test('begins plain: linear, tokens, raw, everything in sight', () => {
    const { logX, logY, xUnit, smooth, zoom } = createViewStore().getState();
    expect({ logX, logY, xUnit, smooth, zoom }).toEqual({
      logX: false,
      logY: false,
      xUnit: 'tokens',
      smooth: false,
      zoom: null,
    });
  });

  test('toggling twice is where it began', () => {
    const store = createViewStore();
    store.toggle('logY');
    expect(store.getState().logY).toBe(true);
    store.toggle('logY');
    expect(store.getState().logY).toBe(plainView.logY);
  });

  test('the weight stays within its limits and outlives smoothing', () => {
    const store = createViewStore();
    store.change({ weight: 1.5, smooth: true });
    expect(store.getState().weight).toBe(weightLimits.max);
    store.toggle('smooth');
    store.toggle('smooth');
    expect(store.getState().weight).toBe(weightLimits.max);
    store.change({ weight: -1 });
    expect(store.getState().weight).toBe(weightLimits.min);
  });

  test('an empty range is no zoom', () => {
    const store = createViewStore();
    store.change({ zoom: { from: 5, to: 5 } });
    expect(store.getState().zoom).toBeNull();
    store.change({ zoom: { from: 5, to: 9 } });
    expect(store.getState().zoom).toEqual({ from: 5, to: 9 });
  });

  test('fit brings everything back into sight and keeps the axes', () => {
    const store = createViewStore();
    store.change({ zoom: { from: 5, to: 9 }, showAll: true, logX: true, xUnit: 'steps' });
    expect(isMoved(store.getState())).toBe(true);
    store.refit();
    expect(isMoved(store.getState())).toBe(false);
    expect(store.getState()).toMatchObject({ logX: true, xUnit: 'steps' });
  });
});
