// Marks: no coordinate that is not a number, whatever was measured; names that do not collide; text that is valid XML.

import { describe, expect, test } from 'vitest';
import { xAxis } from '../../src/plot/axis';
import { curveMarks, endMarks, levelMarks } from '../../src/plot/curves';
import { frameOf } from '../../src/plot/frame';
import { group, linePath, type Mark, marker, rect, text } from '../../src/plot/marks';
import { appearance } from '../../src/plot/palette';
import { backdropMarks, lossAxisMarks, stripMarks } from '../../src/plot/panel';
import { svgFile } from '../../src/plot/svg';
import { thumbnailMarks } from '../../src/plot/thumbnail';
import { textWidth, ticks } from '../../src/plot/ticks';
import type { ChartLine } from '../../src/plot/types';

const frame = frameOf({ width: 500, height: 380, labels: 100, strip: 56 });
const domain = { min: 2, max: 3 };
const tokens = { unit: 'tokens', log: false, zoom: null, tokensPerStep: 1, clock: null, firstTokens: 1 } as const;
const plotTo = (end: number) => ({ frame, axis: xAxis({ ...tokens, end }), domain, logY: false });

function line(key: string, values: readonly (readonly [number, number])[], seeds = 1): ChartLine {
  const points = values.map(([at, mean]) => ({ tokens: at, mean, low: mean - 0.1, high: mean + 0.1 }));
  const single = values.map(([at, value]) => ({ tokens: at, value }));
  const singles = seeds > 1 ? Array.from({ length: seeds }, () => single) : [];
  return {
    key,
    name: key,
    label: key,
    appearance: appearance(0),
    points,
    seeds: singles.map((_, i) => i + 1),
    singles,
  };
}

/** A panel with everything on it. */
function panel(lines: readonly ChartLine[], end = 100): Mark[] {
  const plot = plotTo(end);
  const phases = { end, bands: [{ start: 0, name: 'new data', shaded: true }] };
  const rates = lines.map(({ key, appearance: look, points }) => ({
    key,
    appearance: look,
    points: points.map((point) => ({ tokens: point.tokens, rate: point.mean })),
  }));
  const references = [2.5, Number.NaN].map((value, i) => ({
    key: `level ${i}`,
    label: 'level',
    value,
    appearance: appearance(1),
  }));
  return [
    ...backdropMarks(frame, plot.axis, phases, 'nats'),
    ...lossAxisMarks(frame, domain, ticks(domain, 5)),
    ...levelMarks(plot, references),
    ...curveMarks(plot, lines),
    ...stripMarks(frame, plot.axis, rates, 'tokens'),
    ...endMarks({ ...plot, lines, references, formatValue: (value) => value.toFixed(3) }),
  ];
}

const all = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...(typeof mark.children === 'object' ? all(mark.children) : [])]);
const withRole = (marks: readonly Mark[], role: Mark['role']) => all(marks).filter((mark) => mark.role === role);
const wrong = (marks: readonly Mark[]) =>
  all(marks).flatMap(({ attributes }) =>
    Object.values(attributes).filter((one) => /NaN|Infinity|undefined/.test(`${one}`)),
  );

describe('a line', () => {
  test('goes through its points, and what is not a number leaves a gap', () => {
    expect(linePath([])).toBe('');
    expect(linePath([[1, 2]])).toBe('M1.0 2.0');
    const [a, b] = [
      [1, 2],
      [3, 4.25],
    ] as const;
    expect(linePath([a, b])).toBe('M1.0 2.0L3.0 4.3');
    expect(linePath([a, [2, Number.NaN], b, a])).toBe('M1.0 2.0M3.0 4.3L1.0 2.0');
  });
});

const cases: Readonly<Record<string, readonly ChartLine[]>> = {
  nothing: [],
  'a line without points': [line('a', [])],
  'one point': [line('a', [[0, 2.5]], 3)],
  'values that are not numbers': [
    line(
      'a',
      [
        [0, 2.5],
        [50, Number.NaN],
        [100, Number.POSITIVE_INFINITY],
      ],
      3,
    ),
    line('b', [[0, Number.NaN]]),
  ],
};

describe.each(Object.entries(cases))('a panel of %s', (_, lines) => {
  test('has no coordinate that is not a number', () => {
    expect(wrong(panel(lines))).toEqual([]);
    expect(wrong(panel(lines, 0))).toEqual([]);
  });

  test('and neither has it in small', () => {
    const paths = lines.map(({ appearance: look, points }) => ({
      appearance: look,
      from: 0,
      points: points.map((point) => [point.tokens, point.mean] as const),
    }));
    const mixtures = [{ appearance: appearance(0), old: 0.25 }];
    for (const kind of ['losses', 'rates'] as const) {
      expect(wrong(thumbnailMarks({ paths, end: 100, kind, mixtures }))).toEqual([]);
    }
  });
});

describe('line ends', () => {
  test('a run that broke is marked where it last had a value', () => {
    const marks = panel(cases['values that are not numbers'] ?? []);
    expect(withRole(marks, 'marker')).toEqual([
      marker(appearance(0), frame.left, (frame.plotTop + frame.plotBottom) / 2),
    ]);
  });

  test('eight runs that end alike have eight names, none on another', () => {
    const lines = Array.from({ length: 8 }, (_, i) =>
      line(`run ${i}`, [
        [0, 2.4],
        [100, 2.5 + 0.001 * i],
      ]),
    );
    const ys = withRole(panel(lines), 'label')
      .map(({ attributes }) => Number(attributes['y']))
      .sort((a, b) => a - b);
    expect(ys).toHaveLength(9);
    expect(Math.min(...ys.slice(1).map((y, i) => y - ys[i]!))).toBeGreaterThanOrEqual(15 - 1e-9);
  });

  test('a name far to the left does not move those at the right', () => {
    const early = line('early', [
      [0, 2.4],
      [20, 2.5],
    ]);
    const late = line('late', [
      [0, 2.4],
      [100, 2.5],
    ]);
    const [one, other] = withRole(panel([early, late]), 'label');
    const middle = (frame.plotTop + frame.plotBottom) / 2 + 4;
    expect(one?.attributes['y']).toBeCloseTo(middle, 6);
    // The level's name is at the right too.
    expect(Math.abs(Number(other?.attributes['y']) - middle)).toBeCloseTo(7.5, 6);
    expect(Number(one?.attributes['x']) + textWidth('early')).toBeLessThan(Number(other?.attributes['x']));
  });
});

describe('as text', () => {
  const print = (...marks: Mark[]) => svgFile({ width: 10, height: 20, title: 'a < b & "c"', marks });

  test('colours are values, names are those of SVG, words are escaped', () => {
    const svg = print(
      rect('paper', { left: 0, top: 0, width: 10, height: 20 }, 'var(--paper)'),
      group(1, 2, [text('label', 1, 2.3456, '5 % <x> & "y"', { anchor: 'end', weight: 500, fill: 'var(--arm-0)' })]),
    );
    expect(svg).toContain('<title>a &lt; b &amp; &quot;c&quot;</title>');
    expect(svg).toContain('<rect class="paper" x="0" y="0" width="10" height="20" fill="#ffffff"/>');
    expect(svg).toContain(
      '<text class="label" x="1" y="2.35" fill="#c24e00" font-size="12" text-anchor="end" font-weight="500">5 % &lt;x&gt; &amp; &quot;y&quot;</text>',
    );
    expect(svg).not.toContain('var(');
  });

  test('a panel has the same places as on the page', () => {
    const marks = panel([
      line('a', [
        [0, 2.2],
        [100, 2.8],
      ]),
    ]);
    const d = withRole(marks, 'curve').map(({ attributes }) => attributes['d']);
    expect(d).toHaveLength(1);
    expect(print(...marks)).toContain(`d="${d[0]}"`);
  });
});
