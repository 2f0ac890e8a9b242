// Smoothing that admits what it hides, zooming, pins, solo and the cursor.

import { describe, expect, test } from 'vitest';
import { xAxis } from '../../src/plot/axis';
import { appearance } from '../../src/plot/palette';
import { corners, freest } from '../../src/plot/room';
import { ema, hiddenBump, smoothed } from '../../src/plot/smoothing';
import type { ChartLine } from '../../src/plot/types';
import { createCursor, nearest } from '../../src/ui/charts/cursor';
import { deltas, togglePin, valueAt } from '../../src/ui/charts/pins';
import { soloToggles } from '../../src/ui/charts/solo';
import { dragged, zoomAround, zoomedByKey } from '../../src/ui/charts/zoom';

function line(key: string, values: readonly (readonly [number, number])[], after?: string): ChartLine {
  const points = values.map(([tokens, mean]) => ({ tokens, mean, low: mean, high: mean }));
  return {
    key,
    name: key,
    label: key,
    appearance: appearance(0),
    points,
    seeds: [1],
    singles: [],
    ...(after && { after }),
  };
}

describe('smoothing', () => {
  test('is the moving average by hand', () => {
    expect(ema([4, 2, 2], 0.5)).toEqual([4, 3, 2.5]);
  });

  test('without weight it changes nothing', () => {
    expect(ema([4, 2, 3], 0)).toEqual([4, 2, 3]);
  });

  test('what is not a number spoils nothing after it', () => {
    expect(ema([4, Number.NaN, 2], 0.5)).toEqual([4, Number.NaN, 3]);
  });

  // A rise of 0.3 at the switch that is gone after three evaluations.
  const bump = line('arm', [
    [100, 2],
    [101, 2.3],
    [102, 2.15],
    [103, 2.05],
    [104, 2],
    [105, 2],
  ]);
  const hidden = (weight: number, start = 100, lines = [bump]) => hiddenBump(lines, smoothed(lines, weight), start);

  test('says how high the bump is that it hides, and where', () => {
    expect(hidden(0.8)).toMatchObject({ key: 'arm', tokens: 101, top: 2.3 });
    expect(hidden(0.8)?.height).toBeCloseTo(0.3, 9);
  });

  test('is silent while it leaves 70 % of it', () => {
    // By hand: the smoothed top is 2 + 0.3 (1 - w) right after the switch, and below 70 % from w = 0.3 on.
    expect(hidden(0.25)).toBeNull();
    expect(hidden(0.5)).not.toBeNull();
  });

  test('looks at the largest bump of all lines, after the start of the last phase', () => {
    const small = line('small', [
      [100, 2],
      [101, 2.05],
      [102, 2],
    ]);
    expect(hidden(0.9, 100, [small, bump])?.key).toBe('arm');
    expect(hidden(0.9, 104)).toBeNull();
  });

  test('a falling line has no bump', () => {
    const falling = line('arm', [
      [100, 3],
      [101, 2.5],
      [102, 2.4],
    ]);
    expect(hidden(0.95, 100, [falling])).toBeNull();
  });
});

describe('zoom', () => {
  const full = { min: 0, max: 800 };

  test('keeps the place under the cursor where it is', () => {
    const closer = zoomAround(full, full, 200, 2, false);
    expect(closer).toEqual({ min: 100, max: 500 });
  });

  test('closer and back is where it began', () => {
    const closer = zoomAround({ min: 100, max: 500 }, full, 300, 2, false) ?? full;
    expect(zoomAround(closer, full, 300, 0.5, false)).toEqual({ min: 100, max: 500 });
  });

  test('never leaves what there is, and everything is no zoom', () => {
    expect(zoomAround({ min: 600, max: 800 }, full, 800, 0.5, false)).toEqual({ min: 400, max: 800 });
    expect(zoomAround({ min: 100, max: 500 }, full, 300, 0.5, false)).toBeNull();
  });

  test('ends at a narrowest part', () => {
    let shown = full;
    for (let i = 0; i < 30; i++) shown = zoomAround(shown, full, 400, 2, false) ?? full;
    expect(shown.max - shown.min).toBeCloseTo(800 / 256, 6);
    expect(shown.min).toBeLessThanOrEqual(400);
  });

  test('is even on a log axis', () => {
    const closer = zoomAround({ min: 1, max: 10_000 }, { min: 1, max: 10_000 }, 100, 2, true);
    expect(closer?.min).toBeCloseTo(10, 6);
    expect(closer?.max).toBeCloseTo(1000, 6);
  });

  test('a drag either way is the same range; a twitch is none', () => {
    const tokensAt = (pixel: number) => 10 * pixel;
    expect(dragged(80, 40, tokensAt)).toEqual({ from: 400, to: 800 });
    expect(dragged(40, 80, tokensAt)).toEqual({ from: 400, to: 800 });
    expect(dragged(40, 44, tokensAt)).toBeNull();
  });

  test('the keys speak tokens whatever the axis counts', () => {
    const axis = xAxis({
      unit: 'steps',
      log: false,
      zoom: null,
      end: 800,
      tokensPerStep: 4,
      clock: null,
      firstTokens: 4,
    });
    expect(zoomedByKey(axis, 200, 2)).toEqual({ from: 100, to: 500 });
    expect(zoomedByKey(axis, null, 2)).toEqual({ from: 200, to: 600 });
    expect(zoomedByKey(axis, 200, 0.5)).toBeNull();
  });
});

describe('pins', () => {
  const base = line('base', [
    [0, 5],
    [50, 3],
    [100, 2],
  ]);
  const arm = line(
    'arm',
    [
      [100, 2],
      [150, 2.4],
      [200, 1.9],
    ],
    'base',
  );
  const lines = [base, arm];

  test('the second is compared with the first; a third replaces the second', () => {
    expect(togglePin([], 10)).toEqual([10]);
    expect(togglePin([10], 30)).toEqual([10, 30]);
    expect(togglePin([10, 30], 50)).toEqual([10, 50]);
  });

  test('the same place twice takes a pin away', () => {
    expect(togglePin([10], 10)).toEqual([]);
    expect(togglePin([10, 30], 30)).toEqual([10]);
    expect(togglePin([10, 30], 10)).toEqual([30]);
  });

  test('the change is later minus earlier, in whichever order they were pinned', () => {
    for (const pins of [[150, 200] as const, [200, 150] as const]) {
      const [only, ...others] = deltas(lines, pins);
      expect(others).toEqual([]);
      expect(only?.line.key).toBe('arm');
      expect(only?.change).toBeCloseTo(-0.5, 9);
    }
  });

  test('across the switch an arm is compared with the line it goes on from', () => {
    expect(deltas(lines, [50, 200]).map(({ line: { key }, change }) => [key, change])).toEqual([['arm', 1.9 - 3]]);
    expect(valueAt(arm, lines, 120)).toBeNull();
    expect(valueAt(base, lines, 200)).toBeNull();
  });

  test('over the seeds that the arm has, where its beginning has more; not at all where it has fewer', () => {
    const single = (...values: number[]) => values.map((value, i) => ({ tokens: 50 * i, value }));
    const two = { ...base, seeds: [1, 2], singles: [single(5, 2.5, 1.5), single(5, 3.5, 2.5)] };
    // 1.9 - 2.5 with the arm's one seed, where the mean over both seeds is 3.
    expect(deltas([two, arm], [50, 200])[0]?.change).toBeCloseTo(1.9 - 2.5, 9);
    expect(deltas([{ ...two, seeds: [2, 3] }, arm], [50, 200])).toEqual([]);
  });
});

describe('room for a block', () => {
  const plot = { left: 0, top: 0, width: 400, height: 300 };
  const block = { width: 100, height: 50 };
  const places = corners(plot, block);
  const falling = Array.from({ length: 40 }, (_, i) => ({ x: 10 * i, y: 7 * i }));

  test('is the upper right corner when nothing is in the way', () => {
    expect(freest(places, block, [])).toEqual({ left: 300, top: 0 });
    expect(freest(places, block, falling)).toEqual({ left: 300, top: 0 });
  });

  test('is where the fewest points are covered', () => {
    const rising = falling.map(({ x, y }) => ({ x, y: 299 - y }));
    expect(freest(places, block, rising)).toEqual({ left: 300, top: 250 });
  });

  test('is off what is taken, whatever it covers instead', () => {
    const rising = falling.map(({ x, y }) => ({ x, y: 299 - y }));
    const right = { left: 290, top: 0, width: 100, height: 300 };
    expect(freest(places, block, [...falling, ...falling], [right])).toEqual({ left: 0, top: 250 });
    expect(freest(places, block, rising, [right])).toEqual({ left: 0, top: 0 });
  });
});

describe('solo', () => {
  const arms = (...hidden: boolean[]) => hidden.map((one, i) => ({ key: String(i), hidden: one }));

  test('hides the others and shows the one', () => {
    expect(soloToggles(arms(false, false, true), '0')).toEqual(['1']);
    expect(soloToggles(arms(false, false, true), '2')).toEqual(['0', '1', '2']);
  });

  test('again shows all', () => {
    expect(soloToggles(arms(true, false, true), '1')).toEqual(['0', '2']);
  });
});

describe('cursor', () => {
  test('finds the nearest stop', () => {
    expect(nearest([0, 10, 20], 14)).toBe(1);
    expect(nearest([0, 10, 20], 16)).toBe(2);
    expect(nearest([0, 10, 20], 99)).toBe(2);
    expect(nearest([], 3)).toBe(-1);
  });

  test('tells listeners only of a change, until they leave', () => {
    const cursor = createCursor();
    let heard = 0;
    const leave = cursor.subscribe(() => heard++);
    cursor.set(5);
    cursor.set(5);
    leave();
    cursor.set(6);
    expect(heard).toBe(1);
    expect(cursor.get()).toBe(6);
  });
});
