// `figure` on real text with the reference engine: its files, its verdicts, what it reuses, and what it refuses.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { figures } from '../../src/experiment/figures';
import type { SavedResults } from '../../src/experiment/saved';
import { lab, type Outcome, temporaryFolder } from './lab';

const folder = temporaryFolder();
const checkpoints = join(folder, 'checkpoints');
const budget = ['--budget', '0.02', '--engine', 'reference', '--checkpoints', checkpoints];
const out = join(folder, 'six');
const files = (name: string) => readFileSync(join(out, name), 'utf8');

/** Figure 6 in six steps a stage, two of its arms. */
const six = ['figure', '6', '--shift', 'weak', '--arms', 'rewarm,scratch', '--out', out, ...budget];
let outcome: Outcome;
beforeAll(async () => {
  outcome = await lab(six);
}, 120_000);

describe('a figure', () => {
  it('ends well, with the table of the part and a verdict for each claim', () => {
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain(figures['6'].question);
    expect(outcome.stdout).toMatch(/^rewarm +1 +\d\.\d{3} +\d\.\d{3} /m);
    expect(outcome.stdout).toMatch(/^scratch +1 .* 2\.510 +2\.530 /m);
    for (const claim of figures['6'].claims) expect(outcome.stdout).toContain(` ${claim}  `);
    expect(outcome.stderr).toMatch(/\d+ % of the time went into measuring\./);
  });

  it('writes results of every part with each arm and stage', () => {
    const { v, figure, parts }: SavedResults = JSON.parse(files('results.json'));
    const [weak] = parts;
    expect([v, figure, parts.length, weak?.key, weak?.references]).toEqual([2, '6', 1, 'weak', []]);
    const finals = (arm: string) => weak?.records.filter(({ arms, final }) => arms.includes(arm) && final).length;
    expect(weak?.experiment.arms.map(({ id }) => [id, finals(id)])).toEqual([
      ['scratch', 1],
      ['rewarm', 2],
    ]);
  });

  it('judges nothing from one seed, and says why', () => {
    const { verdicts } = JSON.parse(files('verdicts.json'));
    expect(verdicts.map((one: { id: string }) => one.id)).toEqual(figures['6'].claims);
    for (const one of verdicts) {
      expect(one).toMatchObject({
        margin: expect.any(Number),
        paper: expect.any(String),
        sentence: expect.any(String),
      });
    }
    const transfer = verdicts.find((one: { id: string }) => one.id === 'I6a');
    expect(transfer).toMatchObject({ outcome: 'cannot-tell', n: 1, interval: null });
    expect(transfer.sentence).toMatch(/seed/i);
  });

  it('writes the table as CSV and a drawing that is well-formed', () => {
    const [head, ...rows] = files('table.csv').trim().split('\n');
    expect(head).toMatch(/^part,arm,label,n,d0,d1,average,forgetting,removed,cost,/);
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['weak', 'scratch'],
      ['weak', 'rewarm'],
    ]);
    expect(rows.every((row) => /"[^"]*"/.test(row))).toBe(true);
    const svg = files('figure.svg');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const opened = [...svg.matchAll(/<(\w+)(?:\s[^>]*)?(?<!\/)>/g)].map((match) => match[1]);
    const closed = [...svg.matchAll(/<\/(\w+)>/g)].map((match) => match[1]);
    expect(opened.sort()).toEqual(closed.sort());
  });

  it('is shown again from its file alone, to the same bytes', async () => {
    const to = join(folder, 'shown');
    const shown = await lab(['show', join(out, 'results.json'), '--to', to]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toBe(outcome.stdout);
    expect(readdirSync(to).sort()).toEqual([
      ...[
        'curves.csv',
        'figure.svg',
        'figure.tex',
        'metrics.csv',
        'metrics.jsonl',
        'page.html',
        'table.csv',
        'verdicts.json',
      ],
    ]);
    for (const name of readdirSync(to)) expect(readFileSync(join(to, name), 'utf8')).toBe(files(name));
  });

  it('finds what another figure has trained', async () => {
    const other = await lab([
      'figure',
      '5',
      '--shift',
      'weak',
      '--arms',
      'rewarm',
      '--out',
      join(folder, 'five'),
      ...budget,
    ]);
    expect(other.code).toBe(0);
    expect(other.stderr).toContain('2 of 2 stages had been trained before and were read.');
  });

  it('stopped by Ctrl-C before there is a number writes no verdict, and goes on later', async () => {
    const other = join(folder, 'stopped');
    const args = ['figure', '9', '--arms', 'cosine-inf', '--out', other, ...budget];
    const stopped = await lab(args, 'Adapter:');
    expect(stopped.code).toBe(130);
    expect(existsSync(join(other, 'verdicts.json'))).toBe(false);
    expect((await lab(args)).code).toBe(0);
    expect(existsSync(join(other, 'verdicts.json'))).toBe(true);
  });
});

describe('what figure refuses, with a way out', () => {
  it.each([
    [['figure'], "missing required argument '3|4|5|6|7|8|9|10|gupta-5'"],
    [
      ['figure', '2'],
      "'2' is invalid for argument '3|4|5|6|7|8|9|10|gupta-5'. Allowed choices are 3, 4, 5, 6, 7, 8, 9, 10, gupta-5.",
    ],
    [['figure', '5', '--shift', 'none'], 'Figure 5 has no part "none". Choose weak or strong.'],
    [['figure', '7', '--shift', 'weak'], 'Figure 7 has no part "weak". Choose small or large.'],
    [
      ['figure', '9', '--arms', 'replay-5'],
      'Figure 9 has no arm "replay-5". Choose scratch, cosine-inf or invsqrt-inf.',
    ],
    [
      ['figure', '5', '--budget', '0'],
      "option '--budget <x>' argument '0' is invalid. Give a number from 0.000001 to 1.",
    ],
    [['figure', '5', '--seeds', '1,1'], "option '--seeds <list>' argument '1,1' is invalid. It names 1 twice."],
    [['figure', '5', '--steps', '3'], "unknown option '--steps'"],
  ])('%j', async (args, message) => {
    const refused = await lab(args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(message);
  });
});
