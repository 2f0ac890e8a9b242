// What `figure` prints, and the table as CSV, where runs have different seeds: pairs are compared, and how many is said.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeShown } from '../../src/cli/figure_files';
import { figureReport } from '../../src/cli/figure_report';
import { figureSvg } from '../../src/drawing/figure_svg';
import { figures } from '../../src/experiment/figures';
import type { ShownResults } from '../../src/experiment/shown';
import { evidenceOf } from '../experiment/evidence';
import { temporaryFolder } from './lab';

const part = figures['5'].parts({ scale: 'XS', seeds: [1, 2, 3], budget: 0.1 })[0];
if (!part) throw new Error('figure 5 has no part');
const base = { old: 2.2, new: 2.9 };
const run = (seed: number, old: number, fresh: number) => ({ seed, finals: [base, { old, new: fresh }] });
const evidence = evidenceOf(part, {
  rewarm: [run(1, 2.4, 2)],
  // Beside seed 1 without replay a half is gone at a cost of 0.1; the mean of all three seeds would say 1.6 and -0.2.
  'replay-5': [run(1, 2.3, 2.1), run(2, 2, 1.7), run(3, 1.9, 1.6)],
  union: [{ seed: 1, finals: [{ old: 2.1, new: 2 }] }],
});
const shown: ShownResults = { figure: '5', of: figures['5'], parts: [part], records: new Map(), evidence };

test('the printed table compares pairs of seeds and says how many', () => {
  const row = figureReport(shown).match(/^replay-5 .*$/m)?.[0];
  expect(row).toMatch(/^replay-5 +3 .* 50 % \(n=1\) +\+0\.100 \(n=1\) /);
  expect(figureReport(shown)).toMatch(/^rewarm +1 .* 0 % +\+0\.000 +2\.440 /m);
});

test('the CSV has the same numbers with their pairs', async () => {
  const folder = temporaryFolder();
  await writeShown(folder, shown);
  const [head = '', ...rows] = readFileSync(join(folder, 'table.csv'), 'utf8').split('\n');
  const names = head.split(',');
  const cells = rows.find((row) => row.includes('replay-5,'))?.split(',') ?? [];
  const cell = (name: string) => cells[names.indexOf(name)];
  expect(['n', 'removed', 'cost', 'paired_n'].map(cell)).toEqual(['3', '0.50000', '0.10000', '1']);
});

test('the drawing says the seeds of a level line too', () => {
  const svg = figureSvg(shown);
  expect(svg).toContain('5 % replay (n=3)');
  expect(svg).toContain('union, from scratch (n=1) ');
});

test('from five seeds on the band is the standard deviation, and is called that', () => {
  const seeds = [1, 2, 3, 4, 5].map((seed) => run(seed, 2.4 + 0.01 * seed, 2));
  const five = { ...shown, evidence: evidenceOf(part, { rewarm: seeds }) };
  expect(figureSvg(five)).toContain('n = 5 seeds: mean, each seed, and their standard deviation');
  const two = { ...shown, evidence: evidenceOf(part, { rewarm: seeds.slice(0, 2) }) };
  expect(figureSvg(two)).toContain('n = 2 seeds: mean, each seed, and their range');
});
