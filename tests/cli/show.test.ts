// `show`: results that were saved, printed and drawn again from the file alone, and files that are refused. That it prints
// what `run` and `figure` printed is tested where these are: run.test.ts, figure.test.ts, results.test.ts.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/arguments';
import type { Records } from '../../src/experiment/evidence/record';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { savedResults } from '../../src/experiment/saved';
import type { Experiment } from '../../src/experiment/spec';
import { jsonFile, lab, madeUp, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();

function recordsOf(experiments: readonly Experiment[]): Records {
  const all = experiments.map((experiment) => plan(experiment));
  return new Map(all.flatMap((whole) => whole.nodes.map((node) => [node.id, madeUp(whole, node).record])));
}

const own = savedResults('0.2.0', null, [ownPart(tiny)], recordsOf([tiny]));
const ownFile = jsonFile(folder, 'own.json', own);
/** What is drawn and written of any results. */
const files = ['curves.csv', 'figure.svg', 'figure.tex', 'metrics.csv', 'metrics.jsonl', 'page.html', 'table.csv'];
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

describe('show', () => {
  it('reads its arguments', () => {
    expect(parseCommand(['show', 'there'])).toEqual({ verb: 'show', place: 'there', to: null });
    expect(parseCommand(['show', 'a.json', '--to', 'b'])).toEqual({ verb: 'show', place: 'a.json', to: 'b' });
  });

  it('prints the table of a run, of a file and of the folder that holds it, and writes nothing', async () => {
    const place = join(folder, 'own');
    mkdirSync(place);
    writeFileSync(join(place, 'results.json'), JSON.stringify(own));
    const [ofFile, ofFolder] = [await lab(['show', ownFile]), await lab(['show', place])];
    expect(ofFile).toEqual({ code: 0, stdout: ofFolder.stdout, stderr: '' });
    const lines = ofFile.stdout.split('\n');
    expect(lines[0]).toBe('arm     seed  D0 loss  D1 loss  forgetting  learned');
    expect(lines[1]).toMatch(/^floor {6}1 {3}\d\.\d{4} {3}\d\.\d{4} {5}[+-]\d\.\d{4} {2}[+-]\d\.\d{4}$/);
    expect(readdirSync(place)).toEqual(['results.json']);
  });

  it('draws the charts and the table of a run', async () => {
    const to = join(folder, 'drawn', 'own');
    const { code, stderr } = await lab(['show', ownFile, '--to', to]);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `Wrote table.csv, figure.svg, metrics.csv, curves.csv, metrics.jsonl, figure.tex, page.html to ${to}.\n`,
    );
    expect(readdirSync(to).sort()).toEqual(files);
    // Verdicts of what was drawn there before are not of this table.
    writeFileSync(join(to, 'verdicts.json'), '{}');
    await lab(['show', ownFile, '--to', to]);
    expect(readdirSync(to).sort()).toEqual(files);
    const [head, ...rows] = read('drawn', 'own', 'table.csv').trim().split('\n');
    expect(head).toMatch(/^part,arm,label,n,d0,d1,average,forgetting,learned,/);
    expect(rows.map((row) => row.split(',').slice(0, 4))).toEqual([
      ['own', 'floor', '"floor"', '1'],
      ['own', 'replay', '"replay"', '1'],
    ]);
    const svg = read('drawn', 'own', 'figure.svg');
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).toContain('made up · Rewarm 0.2.0');
    // What other programs read says who wrote it, and has the losses of the file to the last bit.
    const metrics = read('drawn', 'own', 'metrics.csv');
    expect(metrics).toMatch(/^# Written by Rewarm \d/);
    const final = own.parts[0]?.records.at(-1)?.final ?? [];
    const ends = metrics.split('\n').filter((line) => line.startsWith('"own/replay/seed-1","replay",1,8,384,'));
    expect(ends.filter((line) => line.includes(',val_full,')).map((line) => Number(line.split(',').at(-1)))).toEqual(
      final,
    );
    const lines = read('drawn', 'own', 'metrics.jsonl').trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ run: 'own/replay/seed-1', 'val_full/d1/loss': final[1] });
    // There is no paper that an experiment of one's own comes after.
    expect(svg).not.toMatch(/After ,|thousands of times smaller/);
  });

  it('judges and draws a figure whose parts and arms are in another order', async () => {
    const parts = figures['5'].parts({ scale: 'XS', seeds: [1, 2], budget: 0.01 });
    const records = recordsOf(parts.map(({ experiment }) => experiment));
    const turned = parts.toReversed().map((part) => ({
      ...part,
      experiment: { ...part.experiment, arms: part.experiment.arms.toReversed() },
    }));
    const outcomes = [];
    for (const [name, some] of Object.entries({ straight: parts, turned })) {
      const file = jsonFile(folder, `${name}.json`, savedResults('0.2.0', '5', some, records));
      outcomes.push(await lab(['show', file, '--to', join(folder, name)]));
      expect(readdirSync(join(folder, name)).sort()).toEqual([...files, 'verdicts.json']);
    }
    const [straight, other] = outcomes;
    expect([straight?.code, other?.code]).toEqual([0, 0]);
    for (const claim of figures['5'].claims) expect(straight?.stdout).toContain(` ${claim}  `);
    expect(other?.stdout).toBe(straight?.stdout);
    for (const name of [...files, 'verdicts.json']) {
      expect(read('turned', name)).toBe(read('straight', name));
    }
    expect(read('straight', 'figure.svg')).toContain('After Ibrahim et al. 2024, Figure 5 and Table 2, thousands of');
  });
});

describe('what show refuses', () => {
  const [part] = own.parts;
  const text = JSON.stringify(own);
  const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;

  it.each<[string, string, RegExp]>([
    ['an empty file', '', / is not valid JSON: .*\.$/],
    ['rubbish', 'rubbish', / is not valid JSON: /],
    ['a file that is cut off', text.slice(0, -10), / is not valid JSON: /],
    ['something else', JSON.stringify(tiny), / does not hold results of Rewarm: v is not as it should be\.$/],
    [
      'version 1',
      '{"v": 1, "plan": "ff", "arms": []}',
      / has the first format of results, which is not read any more\. Run it again: /,
    ],
    ['a newer version', '{"v": 3, "parts": []}', / was written by a newer version of Rewarm\.$/],
    ['a prototype', '{"__proto__": {"v": 2}, "constructor": 1}', / does not hold results of Rewarm: it is another /],
    ['a tower', deep(50_000), / does not hold results of Rewarm: /],
    [
      'a wrong experiment',
      JSON.stringify({ ...own, parts: [{ ...part, experiment: { ...tiny, batch: 0 } }] }),
      /batch/,
    ],
    [
      'a huge experiment',
      JSON.stringify({ ...own, parts: [{ ...part, experiment: Array(50_000).fill(0) }] }),
      / far larger/,
    ],
    [
      'a prototype as experiment',
      text.replace('"experiment":{', '"experiment":{"__proto__":{},'),
      /experiment|__proto__/,
    ],
    ['an inherited figure', JSON.stringify({ ...own, figure: 'constructor' }), /: figure is not as it should be\.$/],
  ])('%s', async (name, content, sentence) => {
    const file = jsonFile(folder, 'refused.json', content);
    const to = join(folder, `refused ${name}`);
    const { code, stdout, stderr } = await lab(['show', file, '--to', to]);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.startsWith(file)).toBe(true);
    expect(stderr).not.toMatch(/unexpected error|\n +at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain(`refused ${name}`);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each<[string[], RegExp, number]>([
    [['show'], /^Wrong input: missing required argument 'dir\|file\|link'/, 2],
    [['show', join(folder, 'nowhere')], /^There are no results in .*nowhere\. Give a folder that /, 2],
    [['show', temporaryFolder()], /^There are no results in /, 2],
    [['show', ownFile, '--to', join(ownFile, 'below')], /^Could not write .*: a file is in the way\.$/m, 1],
  ])('%j', async (args, sentence, code) => {
    const refused = await lab(args);
    expect(refused.stderr).toMatch(sentence);
    expect(refused.code).toBe(code);
  });
});
