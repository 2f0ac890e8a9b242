// `neox`: where an experiment comes from, and what is written of it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { savedResults } from '../../src/experiment/saved';
import { viewAddress } from '../../src/link/address';
import { resultsLink } from '../../src/link/results';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const out = (name: string) => join(folder, 'out', name);
const file = jsonFile(folder, 'tiny.json', tiny);
const results = { version: '0.2.0', figure: null, parts: [ownPart(tiny)], records: new Map() };
const saved = jsonFile(folder, 'results.json', savedResults('0.2.0', null, results.parts, results.records));
const stages = ['01-floor-d0.yml', '02-floor-d1.yml', '03-replay-d1.yml'];

it.each([
  ['an experiment', file],
  ['a file of results', saved],
  ['a folder with results', folder],
  ['a link', `https://example.org/${viewAddress(resultsLink(results))}`],
])('writes %s', async (name, place) => {
  const to = out(name);
  const { code, stdout, stderr } = await lab(['neox', place, '--to', to]);
  expect(stderr).toBe(`Wrote 5 files to ${to}. Begin with README.md.\n`);
  expect([code, stdout]).toEqual([0, '']);
  expect(readdirSync(to).sort()).toEqual(['README.md', 'run.sh', 'seed-1']);
  expect(readdirSync(join(to, 'seed-1')).sort()).toEqual(stages);
});

it('writes a preset at a shape of the paper', async () => {
  expect((await lab(['neox', 'weak', '--to', out('weak'), '--shape', '10b'])).code).toBe(0);
  expect(readFileSync(join(out('weak'), 'seed-1/01-floor-d0.yml'), 'utf8')).toContain('"hidden-size": 4608\n');
});

it('writes each part of a figure into a folder of its own', async () => {
  const parts = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 1 });
  const place = jsonFile(folder, 'figure.json', savedResults('0.2.0', '5', parts, new Map()));
  expect((await lab(['neox', place, '--to', out('figure')])).code).toBe(0);
  expect(readdirSync(out('figure')).sort()).toEqual(['strong', 'weak']);
});

it.each<[string[], number, string]>([
  [['neox', 'weak'], 2, "required option '--to <dir>' not specified"],
  [['neox', 'weak', '--to', out('no'), '--shape', '7b'], 2, 'Allowed choices are as-is, 405m, 10b.'],
  [['neox', join(folder, 'nowhere'), '--to', out('no')], 2, 'There is no preset and no file'],
  [['neox', jsonFile(folder, 'broken.json', '{'), '--to', out('no')], 2, 'is not valid JSON'],
  [['neox', jsonFile(folder, 'wrong.json', { v: 1 }), '--to', out('no')], 2, 'The experiment is not right'],
  [['neox', 'https://example.org/#/view?r=1.AAAA', '--to', out('no')], 2, 'This link was cut off on the way.'],
  [['neox', 'weak', '--to', join(file, 'in')], 1, 'a file is in the way'],
])('%j is refused', async (args, expected, sentence) => {
  const { code, stdout, stderr } = await lab(args);
  expect(stderr).toContain(sentence);
  expect([code, stdout]).toEqual([expected, '']);
  expect(existsSync(out('no'))).toBe(false);
});
