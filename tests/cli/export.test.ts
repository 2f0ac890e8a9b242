// `export` and `sample`: what they write, and what they say where they cannot. See reload.test.ts for the numbers.

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileCheckpoints } from '../../src/cli/checkpoints';
import { parameterCount } from '../../src/engine/model';
import { figures } from '../../src/experiment/figures';
import { plan } from '../../src/experiment/plan';
import { type SavedResults, savedResults } from '../../src/experiment/saved';
import { exportNames } from '../../src/export/files';
import { modelShape } from '../../src/train/shape';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const strange = temporaryFolder();
const runs = join(folder, 'run');
const exporting = (to: string, ...more: string[]) =>
  lab(['export', runs, '--arm', 'replay', '--seed', '1', '--to', join(folder, to), ...more]);
const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

beforeAll(async () => {
  const file = jsonFile(folder, 'tiny.json', tiny);
  expect((await lab(['run', file, '--engine', 'reference', '--out', runs])).code).toBe(0);
});

it('leaves no audit of other weights, and no file of others goes', async () => {
  const to = join(folder, 'twice');
  expect((await exporting('twice', '--audit')).code).toBe(0);
  expect(readdirSync(to)).toContain('batches.bin');
  expect((await exporting('twice', '--at', 'base')).code).toBe(0);
  expect(readdirSync(to).sort()).toEqual(['config.json', 'lab.json', 'model.safetensors']);
  writeFileSync(join(to, 'validation-own.bin'), 'somebody else');
  expect((await exporting('twice')).code).toBe(0);
  expect(readFileSync(join(to, 'validation-own.bin'), 'utf8')).toBe('somebody else');
});

describe('without --audit', () => {
  it('writes three files that say where the weights come from', async () => {
    const { code, stdout } = await exporting('plain');
    expect(code).toBe(0);
    expect(stdout).toBe(`Wrote model.safetensors, config.json, lab.json to ${join(folder, 'plain')}\n`);
    expect(readdirSync(join(folder, 'plain')).sort()).toEqual(['config.json', 'lab.json', 'model.safetensors']);
    const { records } = json<SavedResults>('run', 'results.json').parts[0] ?? { records: [] };
    const corpora = records.find(({ arms, stageIndex }) => stageIndex === 1 && arms.includes('replay'))?.corpora;
    expect(corpora?.map(({ name }) => name).sort()).toEqual(['literature', 'speeches']);
    const adapter = 'JavaScript on one CPU core, float64';
    expect(json('plain', 'lab.json')).toMatchObject({
      experiment: tiny,
      arm: 'replay',
      seed: 1,
      at: 'final',
      stage: 'd1',
      step: 8,
      tokens: 8 * tiny.batch * tiny.model.context,
      adapters: [
        { stage: 'd0', adapter },
        { stage: 'd1', adapter },
      ],
      corpora,
    });
    expect(json('plain', 'config.json')).toMatchObject({ hidden_size: 8, rotary_pct: 0.5, vocab_size: 256 });
  });
});

describe('what cannot be exported', () => {
  it.each([
    ['--arm', 'rewarm', 2, 'There is no arm "rewarm" here. Choose floor or replay.'],
    ['--seed', '2', 2, 'Seed 2 was not run here. Choose 1.'],
  ])('%s %s', async (flag, value, code, sentence) => {
    const chosen = { '--arm': 'floor', '--seed': '1', [flag]: value };
    const outcome = await lab(['export', runs, ...Object.entries(chosen).flat(), '--to', join(folder, 'no')]);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.code).toBe(code);
  });

  it('a checkpoint that is damaged or gone', async () => {
    const damaged = join(folder, 'damaged');
    const file = jsonFile(folder, 'tiny.json', tiny);
    await lab(['run', file, '--engine', 'reference', '--out', damaged]);
    const id = plan(tiny).nodes.find(({ stageIndex, arms }) => stageIndex === 1 && arms.includes('floor'))?.id ?? '';
    const bin = join(damaged, 'checkpoints', `${id}.bin`);
    const args = ['export', damaged, '--arm', 'floor', '--seed', '1', '--to', join(folder, 'no')];
    writeFileSync(bin, readFileSync(bin).subarray(1));
    const cut = await lab(args);
    expect(cut.stderr).toContain(`checkpoints/${id}.json cannot be used: it is damaged. Run the experiment again`);
    expect(cut.code).toBe(1);
    rmSync(join(damaged, 'checkpoints'), { recursive: true });
    const gone = await lab(args);
    expect(gone.stderr).toContain('There is no checkpoint of stage d0 of arm floor, seed 1. It was not finished');
    expect(gone.code).toBe(1);
    expect((await lab([...args, '--at', 'init'])).code).toBe(0);
  });

  it('batches of a text that has changed since', async () => {
    const changed = join(folder, 'changed');
    await lab(['run', jsonFile(folder, 'tiny.json', tiny), '--engine', 'reference', '--out', changed]);
    const checkpoints = join(changed, 'checkpoints');
    const parameters = parameterCount(modelShape(tiny.model));
    const store = fileCheckpoints({
      folder: checkpoints,
      parameters: () => parameters,
      adapter: 'test',
      report: () => {},
    });
    for (const { id } of plan(tiny).nodes) {
      const result = await store.get(id);
      if (!result) throw new Error('the run has ended');
      const corpora = [{ name: 'speeches', bytes: 1, sha256: '0'.repeat(64) }];
      await store.put({ ...result, record: { ...result.record, corpora } }, tiny);
    }
    const args = ['export', changed, '--arm', 'floor', '--seed', '1', '--to', join(folder, 'no')];
    const { code, stderr } = await lab([...args, '--audit']);
    expect(stderr).toContain('The text "speeches" has changed since the training');
    expect(code).toBe(1);
    expect((await lab(args)).code).toBe(0);
  });

  it("a figure's folder, and names the run that was there before", async () => {
    const shared = join(folder, 'shared');
    cpSync(runs, shared, { recursive: true });
    const aside = join(shared, 'results-0123abcd.json');
    renameSync(join(shared, 'results.json'), aside);
    const parts = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 1 });
    jsonFile(shared, 'results.json', savedResults('0.2.0', '5', parts, new Map()));
    const args = ['--arm', 'floor', '--seed', '1', '--to', join(folder, 'of the run')];
    const refused = await lab(['export', shared, ...args]);
    expect(refused.stderr).toContain(
      `was written by "figure", which keeps its checkpoints together. Earlier results are in ${aside}`,
    );
    expect(refused.code).toBe(2);
    expect((await lab(['export', aside, ...args])).code).toBe(0);
  });

  it('results that are none', async () => {
    jsonFile(strange, 'results.json', '{"experiment": 7}');
    const { code, stderr } = await lab(['export', strange, '--arm', 'a', '--seed', '1', '--to', join(folder, 'no')]);
    expect(stderr).toContain(
      `${join(strange, 'results.json')} does not hold results of Rewarm: it is another kind of file.`,
    );
    expect(code).toBe(2);
  });

  it('a place that cannot be written', async () => {
    const { code, stderr } = await exporting('run/results.json/there');
    expect(stderr).toMatch(/^Could not write .*: a file is in the way\.\n$/);
    expect(code).toBe(1);
  });
});

describe('sample', () => {
  const sampling = (...more: string[]) =>
    lab(['sample', runs, '--arm', 'replay', '--seed', '1', '--engine', 'reference', '--length', '20', ...more]);

  it('continues the prompt, the same way each time', async () => {
    const [first, again, other] = [
      await sampling('--prompt', 'The'),
      await sampling('--prompt', 'The'),
      await sampling('--prompt', 'The', '--sample-seed', '2'),
    ];
    expect(first.code).toBe(0);
    expect(first.stdout.startsWith('The')).toBe(true);
    expect(first.stdout.length).toBeGreaterThan(8);
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });
});

describe('without an arm', () => {
  it('writes the results and all that follows from them, which show and export read again', async () => {
    const { code, stdout } = await lab(['export', runs, '--to', join(folder, 'all')]);
    expect(code).toBe(0);
    const names = exportNames.filter((name) => name !== 'verdicts.json');
    expect(stdout).toBe(`Wrote ${names.join(', ')} to ${join(folder, 'all')}\n`);
    expect(readdirSync(join(folder, 'all')).sort()).toEqual([...names].sort());
    const table = await lab(['show', runs]);
    expect((await lab(['show', join(folder, 'all', 'page.html')])).stdout).toBe(table.stdout);
    const again = await lab(['export', join(folder, 'all', 'page.html'), '--to', join(folder, 'more')]);
    expect(again.code).toBe(0);
    for (const name of names) {
      expect(readFileSync(join(folder, 'more', name), 'utf8')).toBe(readFileSync(join(folder, 'all', name), 'utf8'));
    }
  });
});
