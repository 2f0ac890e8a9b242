// The palette: readable on its background, told apart without hues alone, and the same in the page's style sheet.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appearance, appearanceAt, baseAppearance, themes } from '../../src/plot/palette';
import { print } from '../../src/plot/svg';

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** CIE 1931 X, Y and Z of an sRGB colour, white being 0.9505, 1 and 1.089; Y is WCAG's relative luminance. */
function tristimulus(hex: string): [number, number, number] {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const sum = (x: number, y: number, z: number) => x * r + y * g + z * b;
  return [sum(0.4124, 0.3576, 0.1805), sum(0.2126, 0.7152, 0.0722), sum(0.0193, 0.1192, 0.9505)];
}

/** Distance in CIELAB (1976); 2 is just seen, 15 is seen at a glance. */
function distance(a: string, b: string): number {
  const [p, q] = [a, b].map((hex) => {
    const [x, y, z] = tristimulus(hex);
    const [fx, fy, fz] = [x / 0.9505, y, z / 1.089].map((v) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 4 / 29));
    return [116 * fy! - 16, 500 * (fx! - fy!), 200 * (fy! - fz!)];
  });
  return Math.hypot(...p!.map((value, i) => value - q![i]!));
}

function contrast(a: string, b: string): number {
  const [high, low] = [tristimulus(a)[1], tristimulus(b)[1]].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each(Object.entries({ ...themes, print }))('%s', (_, theme) => {
  const data = Object.entries(theme).filter(([name]) => /^arm-|^base$|^ink$|^soft$|^faint$/.test(name));

  test.each(data)('%s has a contrast of 4 with paper and band', (_name, colour) => {
    expect(contrast(colour, theme.paper)).toBeGreaterThanOrEqual(4);
    expect(contrast(colour, theme.band)).toBeGreaterThanOrEqual(4);
  });

  test('colours that are close have another dash and another marker', () => {
    const slots = [0, 1, 2, 3, 4, 5].map((slot) => ({
      ...appearance(slot),
      hex: theme[`arm-${slot}` as 'arm-0'],
    }));
    for (const a of slots) {
      for (const b of slots.filter((one) => one !== a)) {
        if (distance(a.hex, b.hex) > 15) continue;
        expect([a.dash, a.marker]).not.toContain(b.dash);
        expect([a.dash, a.marker]).not.toContain(b.marker);
      }
    }
  });
});

test('the two blues of light paper are such a pair', () => {
  expect(distance(themes.light['arm-1'], themes.light['arm-5'])).toBeLessThan(15);
  expect(distance('#ffffff', '#000000')).toBeCloseTo(100, 1);
});

test('the page has these colours', () => {
  const css = readFileSync(join(resolve(import.meta.dirname, '../..'), 'src/ui/styles/tokens.css'), 'utf8');
  const page = new Map([...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map((one) => [one[1], one]));
  for (const name of Object.keys(themes.light) as (keyof typeof themes.light)[]) {
    expect(page.get(name)?.slice(2), name).toEqual([themes.light[name], themes.dark[name]]);
  }
});

describe('looks', () => {
  test('every slot of the first dozen and a half is another', () => {
    const looks = Array.from({ length: 18 }, (_, slot) => JSON.stringify(appearance(slot)));
    expect(new Set(looks).size).toBe(18);
  });

  test('what only compares is grey and never solid; what has no place is grey', () => {
    for (const slot of [0, 1, 2, 3]) {
      const look = appearanceAt({ kind: 'compared', slot });
      expect(look.colour).toBe('var(--base)');
      expect(look.dash).not.toBe('');
    }
    expect(appearanceAt(undefined)).toEqual(baseAppearance);
  });
});
