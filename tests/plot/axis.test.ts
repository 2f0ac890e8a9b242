// Ticks that read well, the vertical view that hides no bump, and the x axis in its units.

import { describe, expect, test } from 'vitest';
import { clockOf, firstTokens, hasSeconds, isShown, placeOf, xAxis } from '../../src/plot/axis';
import { fitView } from '../../src/plot/fit';
import { logTicks, placeTicks, tickDecimals, tickLabels, ticks } from '../../src/plot/ticks';

describe('ticks', () => {
  test.each([
    [{ min: 1.58, max: 2.23 }, 4, [1.6, 1.8, 2, 2.2]],
    [{ min: 0, max: 614_400 }, 4, [0, 200_000, 400_000, 600_000]],
    [{ min: 0, max: 4_096_000 }, 4, [0, 2_000_000, 4_000_000]],
  ])('round numbers inside %o', (domain, count, expected) => {
    expect(ticks(domain, count)).toEqual(expected);
  });

  test('a domain without extent has none', () => {
    expect(ticks({ min: 2, max: 2 }, 4)).toEqual([]);
  });

  test('as many decimals as tell neighbours apart', () => {
    expect(tickDecimals([1.6, 1.8])).toBe(1);
    expect(tickDecimals([2.15, 2.2])).toBe(2);
    expect(tickDecimals([2, 4])).toBe(0);
  });

  test.each([
    [{ min: 4_800, max: 614_400 }, 6, [5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]],
    [{ min: 4_800, max: 614_400 }, 4, [10_000, 30_000, 100_000, 300_000]],
    [{ min: 4_800, max: 614_400 }, 2, [10_000, 100_000]],
    [{ min: 1, max: 1e4 }, 2, [1, 10, 100, 1e3, 1e4]],
  ])('log ticks inside %o, about %i', (domain, count, expected) => {
    expect(logTicks(domain, count)).toEqual(expected);
  });

  test('a narrow log axis has evenly spaced numbers', () => {
    expect(logTicks({ min: 2.05, max: 2.42 }, 4)).toEqual(ticks({ min: 2.05, max: 2.42 }, 4));
  });

  test('no ticks for what has no logarithm', () => {
    expect(logTicks({ min: 0, max: 10 }, 4)).toEqual([]);
  });

  test('labels share a unit and tell neighbours apart, also in a zoom', () => {
    expect(tickLabels([0, 200_000, 400_000], false)).toEqual(['0', '200 k', '400 k']);
    expect(tickLabels([0, 500_000, 1_000_000], false)).toEqual(['0', '0.5 M', '1.0 M']);
    expect(tickLabels([1_200_000, 1_220_000, 1_240_000], false)).toEqual(['1.20 M', '1.22 M', '1.24 M']);
    expect(tickLabels([5_000, 50_000, 1_500_000], true)).toEqual(['5 k', '50 k', '1.5 M']);
  });

  test('labels that would touch are left out, and none leaves the frame', () => {
    const placed = placeTicks([0, 10, 100], ['0', '10', '100'], 'tokens', (value) => 40 + value, {
      left: 40,
      right: 300,
    });
    expect(placed.map(({ text }) => text)).toEqual(['0 tokens', '100']);
    expect(placed[0]?.x).toBeGreaterThan(40 + 20);
  });
});

describe('vertical view', () => {
  type Point = { tokens: number; mean: number; low: number; high: number };
  const point = (tokens: number, mean: number): Point => ({ tokens, mean, low: mean, high: mean });
  const falling = [point(0, 5.5), point(10, 3.5), point(30, 2.6), point(50, 2.3), point(100, 2.2)];
  const twoPhases = {
    end: 200,
    bands: [
      { start: 0, name: 'old', shaded: false },
      { start: 100, name: 'new', shaded: true },
    ],
  };
  const view = (lines: readonly Point[][], change: Partial<Parameters<typeof fitView>[0]> = {}) =>
    fitView({
      lines: lines.map((points) => ({ points, singles: [] })),
      phases: twoPhases,
      references: [],
      showAll: false,
      zoom: null,
      log: false,
      weight: null,
      ...change,
    });

  test('is null without a value', () => {
    expect(view([[point(0, Number.NaN)]])).toBeNull();
  });

  test('leaves the steep first drop above and says after which share all is seen', () => {
    const fitted = view([falling]);
    expect(fitted?.domain.max).toBeLessThan(3);
    expect(fitted?.domain.min).toBeLessThan(2.2);
    expect(fitted?.cutShare).toBe(10 / 200);
  });

  test('never cuts a bump after the switch', () => {
    const fitted = view([falling, [point(100, 2.2), point(101, 4.9), point(200, 2.4)]]);
    expect(fitted?.domain.max).toBeGreaterThan(4.9);
    expect(fitted?.cutShare).toBe(0);
  });

  test('never cuts a bump at the very beginning, as where only the second stage is shown', () => {
    const phases = { end: 200, bands: [{ start: 0, name: 'new', shaded: true }] };
    const bump = [point(0, 2.2), point(2, 3.1), point(40, 2.5), point(200, 2.3)];
    expect(view([bump], { phases })?.domain.max).toBeGreaterThan(3.1);
  });

  test('shows all when asked, and while there is only the drop', () => {
    expect(view([falling], { showAll: true })?.cutShare).toBe(0);
    expect(view([falling.slice(0, 2)])?.domain.max).toBeGreaterThan(5.5);
  });

  test('is not forced to zero', () => {
    expect(view([falling])?.domain.min).toBeGreaterThan(2);
  });

  test('holds reference lines and single seeds', () => {
    expect(view([falling], { references: [{ value: 1.4 }] })?.domain.min).toBeLessThan(1.4);
    const seeded = [{ points: [point(100, 2)], singles: [[{ tokens: 100, value: 2.9 }]] }];
    expect(view([], { lines: seeded })?.domain.max).toBeGreaterThan(2.9);
  });

  test('a zoom shows all of its range and nothing else, whatever was cut before', () => {
    const fitted = view([falling], { zoom: { from: 0, to: 20 }, references: [{ value: 1.4 }] });
    expect(fitted?.domain.max).toBeGreaterThan(5.5);
    expect(fitted?.domain.min).toBeGreaterThan(2.8);
    expect(view([falling], { zoom: { from: 150, to: 180 } })).toEqual(view([falling]));
  });

  test('a zoom between points shows the curve up to its edges', () => {
    const zoomed = view([falling], { zoom: { from: 20, to: 40 } })?.domain;
    // By hand: (3.5 + 2.6) / 2 = 3.05 at 20 and (2.6 + 2.3) / 2 = 2.45 at 40, with 6 % of air.
    expect(zoomed?.max).toBeCloseTo(3.05 + 0.06 * 0.6, 9);
    expect(zoomed?.min).toBeCloseTo(2.45 - 0.06 * 0.6, 9);
  });

  test('a zoom holds the moving average that lags above the raw values', () => {
    const zoom = { from: 50, to: 100 };
    expect(view([falling], { zoom })?.domain.max).toBeLessThan(2.5);
    expect(view([falling], { zoom, weight: 0.9 })?.domain.max).toBeGreaterThan(4);
  });

  test('is positive on a log scale', () => {
    const near = [point(100, 0.01), point(200, 3), point(210, 0)];
    expect(view([near], { log: true })?.domain.min).toBeGreaterThan(0);
    expect(view([near], { log: true })?.domain.max).toBeGreaterThan(3);
  });
});

describe('x axis', () => {
  const points = (seconds?: (tokens: number) => number) =>
    [0, 100, 200, 400].map((tokens) => {
      const plain = { tokens, mean: 2, low: 2, high: 2 };
      return seconds ? { ...plain, seconds: seconds(tokens) } : plain;
    });
  const options = {
    unit: 'tokens',
    log: false,
    zoom: null,
    end: 400,
    tokensPerStep: 20,
    clock: null,
    firstTokens: 100,
  } as const;

  test('steps are tokens by the size of a batch', () => {
    const axis = xAxis({ ...options, unit: 'steps' });
    expect(axis.domain).toEqual({ min: 0, max: 20 });
    expect(axis.tokensAt(axis.at(120))).toBe(120);
  });

  test('seconds follow the lines, between and beyond their points', () => {
    const clock = clockOf([{ points: points((tokens) => (tokens <= 200 ? tokens / 10 : 20 + (tokens - 200) / 5)) }]);
    const axis = xAxis({ ...options, unit: 'seconds', clock, end: 800 });
    expect(axis.at(50)).toBeCloseTo(5, 9);
    expect(axis.at(300)).toBeCloseTo(40, 9);
    expect(axis.domain.max).toBeCloseTo(60 + (400 * 60) / 400, 9);
    for (const tokens of [50, 300, 700]) expect(axis.tokensAt(axis.at(tokens))).toBeCloseTo(tokens, 6);
  });

  test('a line lies by its own clock, the mean clock carries what is shared', () => {
    const [fast, slow] = [points((tokens) => tokens / 100), points((tokens) => tokens / 50)];
    const clock = clockOf([{ points: fast }, { points: slow }]);
    const axis = xAxis({ ...options, unit: 'seconds', clock });
    expect(axis.at(100)).toBeCloseTo(1.5, 9);
    expect(placeOf(axis, slow[1] ?? { tokens: 0 })).toBe(2);
  });

  test('one line without seconds is enough to have no such axis', () => {
    const lines = [{ points: points((tokens) => tokens) }, { points: points() }];
    expect(hasSeconds(lines)).toBe(false);
    expect(clockOf(lines)).toBeNull();
    expect(xAxis({ ...options, unit: 'seconds' }).unit).toBe('tokens');
  });

  test('a log axis begins at the first tokens above zero and shows no zero', () => {
    const axis = xAxis({ ...options, log: true, firstTokens: firstTokens([{ points: points() }], 20) });
    expect(axis.domain).toEqual({ min: 100, max: 400 });
    expect(isShown(axis, 0)).toBe(false);
    expect(isShown(axis, 100)).toBe(true);
    expect(firstTokens([], 20)).toBe(20);
  });

  test('a zoom is kept in tokens and cut to what there is', () => {
    expect(xAxis({ ...options, unit: 'steps', zoom: { from: 100, to: 900 } }).domain).toEqual({ min: 5, max: 20 });
    expect(xAxis({ ...options, zoom: { from: 500, to: 900 } }).domain).toEqual({ min: 0, max: 400 });
  });
});
