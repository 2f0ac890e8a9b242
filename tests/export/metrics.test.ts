// metrics.csv, metrics.jsonl and curves.csv, read back: the numbers are those of the records, whatever the labels say.

import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/experiment/evidence/evidence';
import { figures } from '../../src/experiment/figures';
import { csvComment, csvText } from '../../src/export/csv';
import { curvesCsv } from '../../src/export/curves';
import { metricsCsv, metricsJsonl } from '../../src/export/metrics';
import { madeUpResults } from '../link/made_up';
import { readCsv, readTable } from './csv';
import { awkward, results, whole } from './results';

const evidence = evidenceOf([{ key: 'own', plan: whole }], results.records);
const table = readTable(metricsCsv(results));
const runs = ['floor', 'replay'].flatMap((arm) => evidence('own', arm).map((run) => ({ arm, ...run })));
const comments = (file: string) => file.split('\n').filter((line) => line.startsWith('#'));
/** Tokens and losses of a run, old then new, the start of a later stage left out: there its weights are the end before. */
const curve = ({ stages }: (typeof runs)[number]) =>
  stages.flatMap(({ evaluations }, i) => (i === 0 ? evaluations : evaluations.slice(1)));

describe('metrics.csv', () => {
  it('has every loss of the evidence, to the last bit', () => {
    expect(runs.map(({ arm, seed }) => [arm, seed])).toEqual([
      ['floor', 1],
      ['floor', 2],
      ['replay', 1],
      ['replay', 2],
    ]);
    for (const run of runs) {
      const own = table.filter(({ run_id }) => run_id === `own/${run.arm}/seed-${run.seed}`);
      expect(own.every(({ arm, seed }) => arm === run.arm && seed === String(run.seed))).toBe(true);
      for (const [dataset, measure] of [
        ['d0', 'old'],
        ['d1', 'new'],
      ] as const) {
        const of = (split: string) => own.filter((row) => row['dataset'] === dataset && row['split'] === split);
        const read = of('val').map(({ tokens, value }) => [Number(tokens), Number(value)]);
        expect(read).toEqual(curve(run).map((one) => [one.tokens, one[measure]]));
        const ends = run.stages.flatMap(({ final }) => (final ? [final[measure]] : []));
        expect(of('val_full').map(({ value }) => Number(value))).toEqual(ends);
      }
    }
  });

  it('counts steps on from the stage before, with the rate and loss of the last step', () => {
    const train = table.filter(({ run_id, split }) => run_id === 'own/replay/seed-1' && split === 'train');
    const rates = train.filter(({ metric }) => metric === 'learning_rate');
    expect(rates.map(({ step, dataset }) => [step, dataset])).toEqual(
      ['1', '2', '4', '5', '6', '8'].map((step) => [step, '']),
    );
    // Warmup is the first 0.8 of four steps: the first has rate 0, the second is past the peak.
    expect(Number(rates[0]?.['value'])).toBe(0);
    expect(rates[3]?.['value']).toBe(rates[0]?.['value']);
    expect(train.filter(({ metric }) => metric === 'loss')).toHaveLength(6);
  });

  it('says what was done, by whom, and what ended early', () => {
    const head = comments(metricsCsv(results));
    expect(head).toContain('# Written by Rewarm 9.9.9');
    expect(head).toContain('# Trained by Rewarm 0.2.0 on made up (engine reference)');
    expect(head).toContain('# own/replay/seed-2 stopped after step 7: Its loss =1+1 was not a number.');
    expect(head).toContain('# +name quoted : scale custom - d0 is literature and d1 is speeches');
  });

  it('has as many columns in every row', () => {
    for (const row of readCsv(metricsCsv(results))) expect(row).toHaveLength(9);
    expect(readCsv(metricsCsv({ ...results, records: new Map() }))).toHaveLength(1);
  });
});

it('metrics.jsonl has an object a step, whose numbers are those of the table', () => {
  const lines: Record<string, unknown>[] = metricsJsonl(results)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const last = lines.find((line) => line['run'] === 'own/floor/seed-1' && line['_step'] === 8);
  expect(Object.keys(last ?? {})).toEqual([
    ...['run', '_step', 'tokens', 'lr', 'train/loss'],
    ...['val/d0/loss', 'val/d1/loss', 'val_full/d0/loss', 'val_full/d1/loss'],
  ]);
  const named = (line: Record<string, unknown>) =>
    Object.entries(line).filter(([key]) => !['run', '_step', 'tokens'].includes(key));
  const values = lines.flatMap((line) => named(line).map(([, value]) => value));
  expect(values).toEqual(table.map(({ value }) => Number(value)));
  // Trackers refuse a step before or at the last one.
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before?.['run'] === line['run']) expect(Number(line['_step'])).toBeGreaterThan(Number(before?.['_step']));
  }
});

describe('curves.csv', () => {
  const rows = readTable(curvesCsv(results));
  const safe = `'${awkward[0]}`;

  it('has the mean, deviation and number of the seeds of each arm', () => {
    const end = rows.at(-1) ?? {};
    const ends = runs.filter(({ arm }) => arm === 'floor').map((run) => curve(run).at(-1)?.old ?? Number.NaN);
    const [a = 0, b = 0] = ends;
    expect(end['tokens']).toBe(String(8 * 3 * 16));
    expect(Number(end[`${safe} D0 mean`])).toBeCloseTo((a + b) / 2, 12);
    expect(Number(end[`${safe} D0 sd`])).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
    expect(end[`${safe} D0 n`]).toBe('2');
  });

  it('counts the seeds that have come so far, and leaves an arm without any empty', () => {
    const end = rows.at(-1) ?? {};
    expect([end[`${awkward[1]} D1 sd`], end[`${awkward[1]} D1 n`]]).toEqual(['', '1']);
    for (const row of rows) {
      expect(['mean', 'sd', 'n'].map((name) => row[`${awkward[2]} D0 ${name}`])).toEqual(['', '', '']);
    }
  });

  it('names the part where there are several, and no two columns alike', () => {
    const parts = figures['5'].parts({ scale: 'XS', seeds: [1, 2], budget: 0.05 });
    const made = madeUpResults('5', parts, { noise: 0.1, seed: 3, done: 0.6 });
    const [head = [], ...others] = readCsv(curvesCsv(made));
    expect(new Set(head).size).toBe(head.length);
    expect(head.some((name) => name.startsWith('Strong shift: '))).toBe(true);
    for (const row of others) expect(row).toHaveLength(head.length);
    const ids = new Set(readTable(metricsCsv(made)).map(({ run_id }) => run_id?.split('/')[0]));
    expect([...ids]).toEqual(['fig5-weak', 'fig5-strong']);
  });
});

describe('text in a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(1)'])('%s is no formula', (text) => {
    expect(csvText(text)).toBe(`"'${text}"`);
  });

  it('is quoted, and stays what it is otherwise', () => {
    expect(csvText('a "b", c = d')).toBe('"a ""b"", c = d"');
  });

  it('is one cell and one line in a comment, whichever separator is in use', () => {
    expect(csvComment('a,=1\n=2\r=3;=4\t=5"')).toBe('# a =1 =2 =3 =4 =5 ');
  });
});
