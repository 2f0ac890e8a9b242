// Geometry of the charts: scales, ticks, the vertical view that hides no bump, labels that do not collide.

import { describe, expect, test } from 'vitest';
import { createCursor, nearest } from '../../src/ui/charts/cursor';
import { frameOf, scale, tickDecimals, ticks, verticalView } from '../../src/ui/charts/geometry';
import { placeLabels } from '../../src/ui/charts/labels';
import { appearance } from '../../src/ui/palette';

describe('frame', () => {
  test('loss plot and strip share their sides and do not overlap', () => {
    const frame = frameOf({ width: 440, height: 500, labels: 80, strip: 70 });
    expect(frame.right).toBe(360);
    expect(frame.plotTop).toBeLessThan(frame.plotBottom);
    expect(frame.plotBottom).toBeLessThan(frame.stripTop);
    expect(frame.stripBottom).toBeLessThan(frame.height);
  });

  test('a scale maps ends to ends', () => {
    const y = scale({ min: 1.6, max: 2.4 }, 300, 10);
    expect(y(1.6)).toBe(300);
    expect(y(2.4)).toBeCloseTo(10, 9);
  });
});

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
});

describe('vertical view', () => {
  const point = (tokens: number, value: number) => ({ tokens, low: value, high: value });
  const falling = [point(0, 5.5), point(10, 3.5), point(30, 2.6), point(50, 2.3), point(100, 2.2)];

  test('is null without a value', () => {
    expect(verticalView([point(0, Number.NaN)], 100, 200, false)).toBeNull();
  });

  test('leaves the steep first drop above and says after which share all is seen', () => {
    const view = verticalView(falling, 100, 200, false);
    expect(view?.domain.max).toBeLessThan(3);
    expect(view?.domain.min).toBeLessThan(2.2);
    expect(view?.cutShare).toBe(10 / 200);
  });

  test('never cuts a bump after the switch', () => {
    const view = verticalView([...falling, point(101, 4.9), point(200, 2.4)], 100, 200, false);
    expect(view?.domain.max).toBeGreaterThan(4.9);
    expect(view?.cutShare).toBe(0);
  });

  test('shows all when asked, and while there is only the drop', () => {
    expect(verticalView(falling, 100, 200, true)).toMatchObject({ cutShare: 0 });
    expect(verticalView(falling.slice(0, 2), 100, 200, false)?.domain.max).toBeGreaterThan(5.5);
  });

  test('is not forced to zero', () => {
    expect(verticalView(falling, 100, 200, false)?.domain.min).toBeGreaterThan(2);
  });
});

describe('labels', () => {
  const anchors = (...ys: number[]) => ys.map((y, i) => ({ key: String(i), y }));
  const placed = (ys: number[], gap = 15, min = 0, max = 300) => {
    const places = placeLabels(anchors(...ys), gap, min, max);
    return ys.map((_, i) => places.get(String(i)) ?? Number.NaN);
  };

  test('stay on their lines when there is room', () => {
    expect(placed([10, 100, 200])).toEqual([10, 100, 200]);
  });

  test('spread around the middle of lines that meet', () => {
    expect(placed([100, 100, 100])).toEqual([85, 100, 115]);
  });

  test('stay inside the plot', () => {
    expect(placed([299, 300, 300])).toEqual([270, 285, 300]);
    expect(placed([0, 0])).toEqual([0, 15]);
  });

  test('keep order and distance for many line ends', () => {
    const ys = Array.from({ length: 12 }, (_, i) => 120 + ((i * 37) % 60));
    const order = ys.map((_, i) => i).sort((a, b) => (ys[a] ?? 0) - (ys[b] ?? 0));
    const at = placed(ys);
    for (let i = 1; i < order.length; i++) {
      const gap = (at[order[i] ?? 0] ?? 0) - (at[order[i - 1] ?? 0] ?? 0);
      expect(gap).toBeGreaterThanOrEqual(15 - 1e-9);
    }
  });

  test('every slot of the first dozen looks different', () => {
    const looks = Array.from({ length: 12 }, (_, slot) => JSON.stringify(appearance(slot)));
    expect(new Set(looks).size).toBe(12);
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
