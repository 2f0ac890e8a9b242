// `run` on real text with the reference engine: results, resuming, damage, failure and Ctrl-C.

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import type { Experiment } from '../../src/experiment/spec';
import type { Results } from '../../src/train/results';
import { jsonFile, lab, type Outcome, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const file = jsonFile(folder, 'tiny.json', tiny);
const run = (out: string, experiment = file, stopAt?: string) =>
  lab(['run', experiment, '--engine', 'reference', '--out', out], stopAt);
const resultsOf = (out: string): Results => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
const stageIds = plan(tiny).nodes.map((node) => node.id);
const checkpoint = (out: string, stage: number, ending: string) =>
  join(out, 'checkpoints', `${stageIds[stage]}.${ending}`);

/** A finished run that no test changes. */
const finished = join(folder, 'finished');
let outcome: Outcome;
beforeAll(async () => {
  outcome = await run(finished);
});

function copyOfFinished(name: string): string {
  const out = join(folder, name);
  cpSync(finished, out, { recursive: true });
  return out;
}

describe('a run', () => {
  it('ends well and says what it did', () => {
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain('Adapter: JavaScript on one CPU core');
    expect(outcome.stderr).toContain(
      `Tiny: 2 arms, 1 seed, 576 training tokens, 4,984 parameters. Writing to ${finished}.`,
    );
    expect(outcome.stderr).toMatch(/ \d+ % .* d0: floor, replay \(seed 1\)\n/);
    expect(outcome.stderr).toMatch(/ \d+ % .* tokens\/s .* left {2}d1: floor, replay \(seed 1\)\n/);
    expect(outcome.stderr).toContain(`Wrote ${join(finished, 'results.json')}`);
  });

  it('writes results.json as documented', () => {
    const { v, experiment, version, adapter, corpora, arms } = resultsOf(finished);
    expect(v).toBe(1);
    expect(parseExperiment(experiment)).toEqual(tiny);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(adapter.kind).toBe('reference');
    expect(corpora.map(({ name }) => name).sort()).toEqual(['literature', 'speeches']);
    for (const corpus of corpora) expect(corpus.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(arms.map(({ id, seed }) => [id, seed])).toEqual([
      ['floor', 1],
      ['replay', 1],
    ]);
    for (const { evaluations, final, stages } of arms) {
      expect(stages).toHaveLength(2);
      expect(evaluations.at(-1)).toMatchObject({ stage: 'd1', step: 4, tokens: 384 });
      expect(final?.d0).toBeGreaterThan(0);
    }
    expect(arms[0]?.final).not.toEqual(arms[1]?.final);
  });

  it('prints the same losses as a table', () => {
    const base: { record: { final: { d0: number; d1: number } } } = JSON.parse(
      readFileSync(checkpoint(finished, 0, 'json'), 'utf8'),
    );
    const before = base.record.final;
    for (const { id, final } of resultsOf(finished).arms) {
      const line = outcome.stdout.split('\n').find((row) => row.startsWith(`${id} `));
      const [, seed, ...numbers] = (line ?? '').split(/ +/);
      const { d0, d1 } = final ?? { d0: 0, d1: 0 };
      expect(seed).toBe('1');
      const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(4);
      expect(numbers).toEqual([d0.toFixed(4), d1.toFixed(4), signed(d0 - before.d0), signed(before.d1 - d1)]);
    }
  });

  it('leaves no half-written files', () => {
    expect(readdirSync(join(finished, 'checkpoints')).sort()).toEqual(
      stageIds.flatMap((id) => [`${id}.bin`, `${id}.json`]).sort(),
    );
    expect(readdirSync(finished).sort()).toEqual(['checkpoints', 'results.json']);
  });
});

describe('the same run again', () => {
  it('reads every stage', async () => {
    const out = copyOfFinished('again');
    const again = await run(out);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('3 of 3 stages had been trained before and were read.');
    expect(again.stdout).toBe(outcome.stdout);
    expect(resultsOf(out)).toEqual(resultsOf(finished));
  });

  it.each<[string, (out: string) => void, string]>([
    ['a missing stage', (out) => rmSync(checkpoint(out, 1, 'json')), ''],
    ['weights that are missing', (out) => rmSync(checkpoint(out, 1, 'bin')), 'its .bin file is missing'],
    ['a flipped bit', (out) => change(checkpoint(out, 1, 'bin'), (bytes) => flip(bytes, 5001)), 'it is damaged'],
    ['a cut file', (out) => change(checkpoint(out, 1, 'bin'), (bytes) => bytes.subarray(0, 4000)), 'it is damaged'],
    ['no JSON', (out) => change(checkpoint(out, 1, 'json'), (bytes) => bytes.subarray(0, 50)), 'it is damaged'],
    ['JSON of something else', (out) => writeFileSync(checkpoint(out, 1, 'json'), 'null'), 'it is damaged'],
    ['a loss that was edited', (out) => change(checkpoint(out, 1, 'json'), edited), 'it is damaged'],
    [
      'another stage under this name',
      (out) => {
        for (const ending of ['bin', 'json']) cpSync(checkpoint(out, 2, ending), checkpoint(out, 1, ending));
      },
      'it belongs to another stage',
    ],
  ])('trains again after %s, to the same numbers', async (_, damage, sentence) => {
    const out = copyOfFinished(`damaged by ${_}`);
    damage(out);
    const again = await run(out);
    expect(again.stderr).toContain('2 of 3 stages had been trained before');
    if (sentence !== '') {
      expect(again.stderr).toContain(
        `${checkpoint(out, 1, 'json')} cannot be used: ${sentence}. Its stage is trained again.`,
      );
    }
    expect(resultsOf(out)).toEqual(resultsOf(finished));
    expect(readFileSync(checkpoint(out, 1, 'bin'))).toEqual(readFileSync(checkpoint(finished, 1, 'bin')));
  });

  it('keeps the results of another experiment', async () => {
    const out = copyOfFinished('other');
    const before = readFileSync(join(out, 'results.json'), 'utf8');
    const { code, stderr } = await lab(['run', file, '--steps', '2', '--engine', 'reference', '--out', out]);
    expect(code).toBe(0);
    const aside = readdirSync(out).find((name) => /^results-[0-9a-f]{8}\.json$/.test(name)) ?? '';
    expect(stderr).toContain(`held the results of another experiment; it is now ${aside}`);
    expect(readFileSync(join(out, aside), 'utf8')).toBe(before);
    expect(resultsOf(out).arms[0]?.stages[0]?.steps).toBe(2);
  });
});

describe('several seeds', () => {
  it('adds a mean and shares what is trained', async () => {
    const out = copyOfFinished('seeds');
    const { code, stdout, stderr } = await lab(['run', file, '--seeds', '1,7', '--engine', 'reference', '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toContain('3 of 6 stages had been trained before');
    const rows = stdout.split('\n').map((line) => line.split(/ +/).slice(0, 2));
    expect(rows.slice(1, 7)).toEqual([
      ['floor', '1'],
      ['floor', '7'],
      ['floor', 'mean'],
      ['replay', '1'],
      ['replay', '7'],
      ['replay', 'mean'],
    ]);
  });
});

describe('an arm that fails', () => {
  const [first, second] = tiny.arms;
  const withSecond = (change: object): Experiment => {
    if (!first || !second) throw new Error('tiny has two arms');
    const stages = second.stages.map((stage, i) => (i === 1 ? { ...stage, ...change } : stage));
    return { ...tiny, arms: [first, { ...second, stages }] };
  };

  it.each<[string, Experiment, RegExp]>([
    [
      'unknown text',
      withSecond({ mixture: { corpus: 'klingon', replay: null } }),
      /arms\[1\]\.stages\[1\]\.mixture\.corpus: There is no corpus called "klingon"\. Known: .*german/,
    ],
    [
      'a learning rate far too high',
      withSecond({ steps: 40, schedule: { kind: 'constant', warmup: 0, peak: 1000 } }),
      /'replay', stage d1 stopped in step \d+ of 40: its \w+ was not a number/,
    ],
  ])('%s: the others finish, the table says it, exit code 1', async (name, experiment, message) => {
    const out = join(folder, name);
    const { code, stdout, stderr } = await run(out, jsonFile(folder, 'failing.json', experiment));
    expect(stderr).toMatch(message);
    expect(stdout).toMatch(/^replay +1 +- +- +- +- +failed$/m);
    expect(stdout).toMatch(/^floor +1 +\d\.\d{4} /m);
    expect(code).toBe(1);
    const { arms } = resultsOf(out);
    expect(arms[0]?.final).toEqual(resultsOf(finished).arms[0]?.final);
    expect(arms[1]).toMatchObject({ final: null, failure: { stage: 'd1' } });
  });
});

describe('Ctrl-C', () => {
  it('keeps finished stages and is gone on from', async () => {
    const out = join(folder, 'stopped');
    const stopped = await run(out, file, ' d1: ');
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain(`Stopped. The finished stages are kept in ${out}`);
    expect(stopped.stdout).toMatch(/^floor +1 .*not finished$/m);
    const again = await run(out);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/1 of 3 stages had been trained before/);
    expect(again.stdout).toBe(outcome.stdout);
    expect(resultsOf(out)).toEqual(resultsOf(finished));
  });
});

function change(path: string, edit: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(path, edit(readFileSync(path)));
}

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

function edited(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('utf8').replace(/"d0": \d/, '"d0": 1'));
}
