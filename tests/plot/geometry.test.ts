// Geometry of the charts: scales there and back, labels that do not collide.

import { describe, expect, test } from 'vitest';
import { frameOf } from '../../src/plot/frame';
import { placeLabels } from '../../src/plot/labels';
import { scale, unscale } from '../../src/plot/scale';

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

  test('a log scale gives every factor of ten the same room, and zero none', () => {
    const x = scale({ min: 10, max: 1000 }, 0, 200, true);
    expect(x(10)).toBe(0);
    expect(x(100)).toBeCloseTo(100, 9);
    expect(x(1000)).toBeCloseTo(200, 9);
    expect(x(0)).toBe(0);
  });

  test.each([true, false])('pixels lead back to values, log %s', (log) => {
    const domain = { min: 2, max: 600 };
    const [x, back] = [scale(domain, 40, 360, log), unscale(domain, 40, 360, log)];
    for (const value of [2, 7, 300, 600]) expect(back(x(value))).toBeCloseTo(value, 6);
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
});
