// `run --weights`: goes on from a file of weights exactly as from the stage that wrote it, and refuses what does not fit.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SavedResults } from '../../src/experiment/saved';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder, ...path);
const file = at('tiny.json');
const base = at('base', 'model.safetensors');

const run = (out: string, ...more: string[]) => lab(['run', file, '--engine', 'reference', '--out', at(out), ...more]);

beforeAll(async () => {
  jsonFile(folder, 'tiny.json', tiny);
  expect((await run('whole')).code).toBe(0);
  const exported = ['--arm', 'replay', '--seed', '1', '--at', 'base', '--to', at('base')];
  expect((await lab(['export', at('whole'), ...exported])).code).toBe(0);
});

const results = (name: string): SavedResults => JSON.parse(readFileSync(at(name, 'results.json'), 'utf8'));

describe('run --weights', () => {
  it('trains what came after the weights, to the same numbers, and its checkpoints export again', async () => {
    expect((await run('on', '--weights', base)).code).toBe(0);
    const after = (of: SavedResults, stageIndex: number) =>
      of.parts[0]?.records
        .filter((record) => record.seed === 1 && record.stageIndex === stageIndex)
        .map(({ arms, final, evaluations }) => ({ arms, final, evaluations }));
    expect(after(results('on'), 0)).toEqual(after(results('whole'), 1));
    const init = ['--arm', 'replay', '--seed', '1', '--at', 'init', '--to', at('again')];
    expect((await lab(['export', at('on'), ...init])).code).toBe(0);
    expect(readFileSync(at('again', 'model.safetensors'))).toEqual(readFileSync(base));
  });

  it('shows what was forgotten since, and trains again without the file from what it keeps', async () => {
    const { code, stdout } = await lab(['show', at('on')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/forgetting = D0 loss now - of the weights at first/);
    const [record] =
      results('on').parts[0]?.records.filter(({ arms, seed }) => arms[0] === 'replay' && seed === 1) ?? [];
    const [first, last] = [record?.evaluations[0]?.values[0] ?? 0, record?.evaluations.at(-1)?.values[0] ?? 0];
    const forgotten = last - first;
    const row = stdout.split('\n').find((line) => /^replay +1 /.test(line)) ?? '';
    expect(row.split(/ +/)[4]).toBe(`${forgotten < 0 ? '' : '+'}${forgotten.toFixed(4)}`);
    jsonFile(folder, 'on.json', results('on').parts[0]?.experiment);
    const again = await lab(['run', at('on.json'), '--engine', 'reference', '--out', at('on')]);
    expect(again.code).toBe(0);
    const elsewhere = await lab(['run', at('on.json'), '--engine', 'reference', '--out', at('elsewhere')]);
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toMatch(/Runs start from the weights \w{12} of a file\. Give it: --weights/);
  });
});

describe('run --weights refuses', () => {
  const refused = async (path: string, ...more: string[]) => {
    const { code, stderr } = await run('refused', '--weights', path, ...more);
    expect(code).toBe(2);
    return stderr;
  };

  it('a file that is not there, or is none', async () => {
    expect(await refused(at('nothing'))).toMatch(/There is no file .*nothing\. Give a model\.safetensors/);
    expect(await refused(file)).toMatch(/tiny\.json cannot be started from\. /);
  });

  it('one whose configuration is another, damaged or not there', async () => {
    mkdirSync(at('odd'));
    const odd = at('odd', 'model.safetensors');
    copyFileSync(base, odd);
    expect(await refused(odd)).toMatch(/Give config\.json together with these weights/);
    writeFileSync(at('odd', 'config.json'), '{');
    expect(await refused(odd)).toMatch(/config\.json is not valid JSON/);
    const config = JSON.parse(readFileSync(at('base', 'config.json'), 'utf8'));
    jsonFile(at('odd'), 'config.json', { ...config, num_attention_heads: 2 * config.num_attention_heads });
    expect(await refused(odd)).toMatch(/of a model of another size than arm|cannot be trained/);
    rmSync(at('odd'), { recursive: true });
  });

  it('a preset of another size', async () => {
    const { code, stderr } = await lab(['run', 'weak', '--scale', 'XS', '--out', at('refused'), '--weights', base]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/of a model of another size than arm "floor"/)]);
  });
});
