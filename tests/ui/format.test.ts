// Numbers as text, and the sentence that stands for a chart.

import { describe, expect, test } from 'vitest';
import { baseName } from '../../src/drawing/lines';
import { appearance, baseAppearance } from '../../src/plot/palette';
import { bytes, change, count, duration, loss, millions, percent, rate } from '../../src/ui/format';
import { summary } from '../../src/ui/view/summary';

describe('numbers', () => {
  test.each([
    [loss(1.6734), '1.673'],
    [loss(Number.NaN), 'not a number'],
    [change(0.369), '+0.369'],
    [change(-0.0121), '−0.012'],
    [change(-0.0001), '+0.000'],
    [rate(3e-3), '3 × 10⁻³'],
    [rate(1.2e-2), '1.2 × 10⁻²'],
    [rate(1.65e-4), '1.6 × 10⁻⁴'],
    [rate(0), '0'],
    [count(614_400), '614 k'],
    [count(2_048_000), '2.0 M'],
    [count(999_600), '1.0 M'],
    [count(512), '512'],
    [millions(41_000), '0.04 M'],
    [millions(1_230_000), '1.2 M'],
    [duration(0.2), 'a second'],
    [duration(40.4), '40 s'],
    [duration(180), '3 min'],
    [duration(4800), '1 h 20 min'],
    [duration(7200), '2 h'],
    [duration(Number.NaN), 'unknown'],
    [percent(0.427), '43 %'],
    [bytes(1_073_741_824), '1.1 GB'],
    [bytes(33_000), '33 kB'],
  ])('%s', (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe('summary', () => {
  const line = (name: string, ...values: [number, number][]) => ({
    key: name,
    name,
    label: name,
    appearance: name === baseName ? baseAppearance : appearance(0),
    points: values.map(([tokens, mean]) => ({ tokens, mean, low: mean, high: mean })),
    seeds: [1],
    singles: [],
  });
  const phases = { end: 200 };

  test('before a run says what to watch for', () => {
    expect(summary('old', [], phases)).toMatch(/There is no curve yet.*jumps/);
  });

  test('says where each line ends and how far it rose', () => {
    const lines = [line(baseName, [0, 5], [100, 2]), line('re-warm', [100, 2], [110, 2.5], [200, 2.3])];
    expect(summary('old', lines, phases)).toBe(
      'Old data (D0): what it forgets. Before the switch the loss comes down to 2.000. re-warm ends at 2.300, after a rise of 0.500 at the switch.',
    );
  });

  test('says how far a line is that has not ended', () => {
    expect(summary('new', [line('re-warm', [100, 2], [150, 1.9])], phases)).toContain('is at 150 tokens and 1.900');
  });
});
