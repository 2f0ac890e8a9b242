// `run` on real text with the reference engine: results, resuming, damage, failure and Ctrl-C.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readResults, writeResults } from '../../src/cli/results';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import type { SavedPart, SavedResults } from '../../src/experiment/saved';
import type { Experiment } from '../../src/experiment/spec';
import { jsonFile, lab, type Outcome, temporaryFolder, tiny } from './lab';

const folder = temporaryFolder();
const file = jsonFile(folder, 'tiny.json', tiny);
const run = (out: string, experiment = file, stopAt?: string) =>
  lab(['run', experiment, '--engine', 'reference', '--out', out], stopAt);
const resultsOf = (out: string): SavedResults => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
/** The only part of what `run` wrote. */
const ownOf = (out: string): SavedPart => {
  const [part] = resultsOf(out).parts;
  if (!part) throw new Error('results.json has no part');
  return part;
};
const recordOf = (out: string, stageIndex: number, arm: string, seed = 1) =>
  ownOf(out).records.find((one) => one.stageIndex === stageIndex && one.arms.includes(arm) && one.seed === seed);
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
    const { v, version, figure, parts } = resultsOf(finished);
    expect([v, figure, parts.length]).toEqual([2, null, 1]);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const { key, title, references, experiment, readings, records } = ownOf(finished);
    expect([key, title, references]).toEqual(['own', 'Tiny', []]);
    expect(parseExperiment(experiment)).toEqual(tiny);
    expect(readings).toEqual([
      { weights: 'trained', corpus: 'literature', set: 'curve' },
      { weights: 'trained', corpus: 'speeches', set: 'curve' },
      { weights: 'trained', corpus: 'literature', set: 'final' },
      { weights: 'trained', corpus: 'speeches', set: 'final' },
    ]);
    expect(records.map(({ node, arms, seed, stageIndex }) => [node, arms, seed, stageIndex])).toEqual([
      [stageIds[0], ['floor', 'replay'], 1, 0],
      [stageIds[1], ['floor'], 1, 1],
      [stageIds[2], ['replay'], 1, 1],
    ]);
    for (const { evaluations, final, failure, corpora, maker, tokensBefore, stageIndex } of records) {
      expect(maker).toEqual({
        version,
        engine: 'reference',
        adapter: 'JavaScript on one CPU core, float64',
        kernels: null,
      });
      expect(corpora.map(({ name }) => name).sort()).toEqual(['literature', 'speeches']);
      for (const corpus of corpora) expect(corpus.sha256).toMatch(/^[0-9a-f]{64}$/);
      const { step, values } = evaluations.at(-1) ?? { step: 0, values: [] };
      expect([step, values.length]).toEqual([4, 2]);
      expect(tokensBefore + step * tiny.batch * tiny.model.context).toBe(stageIndex === 0 ? 192 : 384);
      expect(evaluations[0]).toMatchObject({ step: 0, trainLoss: null });
      expect(final).toHaveLength(2);
      expect(final?.[0]).toBeGreaterThan(0);
      expect(failure).toBeNull();
    }
    expect(recordOf(finished, 1, 'floor')?.final).not.toEqual(recordOf(finished, 1, 'replay')?.final);
  });

  it('prints the same losses as a table', () => {
    const base: { record: { record: { final: [number, number] } } } = JSON.parse(
      readFileSync(checkpoint(finished, 0, 'json'), 'utf8'),
    );
    const [before0, before1] = base.record.record.final;
    for (const id of ['floor', 'replay']) {
      const line = outcome.stdout.split('\n').find((row) => row.startsWith(`${id} `));
      const [, seed, ...numbers] = (line ?? '').split(/ +/);
      const [d0 = 0, d1 = 0] = recordOf(finished, 1, id)?.final ?? [];
      expect(seed).toBe('1');
      const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(4);
      expect(numbers).toEqual([d0.toFixed(4), d1.toFixed(4), signed(d0 - before0), signed(before1 - d1)]);
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
    expect(stderr).toContain(`held other results; it is now ${aside}`);
    expect(readFileSync(join(out, aside), 'utf8')).toBe(before);
    expect(ownOf(out).experiment.arms[0]?.stages[0]?.steps).toBe(2);
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
    expect((await lab(['show', out])).stdout).toBe(stdout);
  });

  it('add up over several runs into one folder', async () => {
    const out = copyOfFinished('added seed');
    const { code, stderr } = await lab(['run', file, '--seeds', '7', '--engine', 'reference', '--out', out]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('held other results');
    expect(readdirSync(out).sort()).toEqual(['checkpoints', 'results.json']);
    const { experiment, records } = ownOf(out);
    expect(experiment.seeds).toEqual([1, 7]);
    expect(records).toHaveLength(6);
    for (const arm of ['floor', 'replay']) {
      expect(recordOf(out, 1, arm)?.final).toEqual(recordOf(finished, 1, arm)?.final);
      expect(recordOf(out, 1, arm, 7)?.final).toHaveLength(2);
    }
    const both = join(folder, 'both seeds');
    cpSync(join(out, 'checkpoints'), join(both, 'checkpoints'), { recursive: true });
    const at = await lab(['run', file, '--seeds', '1,7', '--engine', 'reference', '--out', both]);
    expect(resultsOf(both)).toEqual(resultsOf(out));
    expect((await lab(['show', out])).stdout).toBe(at.stdout);
  });
});

it('what another run has written meanwhile is added to, not replaced', async () => {
  const [out, apart] = [copyOfFinished('at once'), join(folder, 'at once, apart')];
  await lab(['run', file, '--seeds', '2', '--engine', 'reference', '--out', apart]);
  const other = await readResults(apart);
  if (!other) throw new Error('the run has ended');
  // As a run does that began when the folder was empty.
  await writeResults(out, other);
  expect(ownOf(out).experiment.seeds.toSorted()).toEqual([1, 2]);
  for (const seed of [1, 2]) expect(recordOf(out, 1, 'floor', seed)?.final).toHaveLength(2);
});

describe('other arms', () => {
  it('add up, and an arm that means something else now does not', async () => {
    const out = copyOfFinished('added arm');
    const [first, second] = tiny.arms;
    if (!first || !second) throw new Error('tiny has two arms');
    const third = { ...second, id: 'other', label: 'other', stages: second.stages.slice(0, 1) };
    const only = jsonFile(folder, 'third.json', { ...tiny, name: 'Third', arms: [third] });
    expect((await run(out, only)).stderr).toContain('1 of 1 stages had been trained before');
    expect(ownOf(out).experiment.arms.map(({ id }) => id)).toEqual(['other', 'floor', 'replay']);
    expect(ownOf(out).records).toHaveLength(3);
    expect(recordOf(out, 1, 'replay')?.final).toEqual(recordOf(finished, 1, 'replay')?.final);
    const before = readFileSync(join(out, 'results.json'), 'utf8');
    const changed = jsonFile(folder, 'changed.json', { ...tiny, arms: [{ ...third, id: 'replay' }] });
    expect((await run(out, changed)).stderr).toContain('held other results; it is now ');
    const aside = readdirSync(out).find((name) => /^results-[0-9a-f]{8}\.json$/.test(name)) ?? '';
    expect(readFileSync(join(out, aside), 'utf8')).toBe(before);
    expect(ownOf(out).experiment.arms.map(({ id }) => id)).toEqual(['replay']);
    expect((await lab(['show', join(out, aside)])).stdout).toMatch(/^replay +1 +\d\.\d{4} /m);
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
    expect(recordOf(out, 1, 'floor')?.final).toEqual(recordOf(finished, 1, 'floor')?.final);
    expect(ownOf(out).experiment.arms[1]?.stages[1]?.name).toBe('d1');
    expect(recordOf(out, 1, 'replay')).toMatchObject({
      final: null,
      failure: { message: expect.stringMatching(message) },
    });
    expect((await lab(['show', out])).stdout).toBe(stdout);
  });
});

describe('a place that cannot be written', () => {
  it.each(['a file', 'below a file'])('%s is found before training', async (name) => {
    const out = join(folder, 'occupied');
    writeFileSync(out, 'something else');
    const { code, stdout, stderr } = await run(name === 'a file' ? out : join(out, 'below'));
    expect(stderr).toMatch(/\nCould not write .*occupied.*: a file is in the way\.\n$/);
    expect(stderr).not.toContain(' d0: ');
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('something else');
  });

  it.each<[string, RegExp]>([
    ['/proc/rewarm', /Could not write \/proc\/rewarm\/.*: it does not exist\./],
    [join(folder, 'x'.repeat(256)), /: the name is too long\.\n$/],
  ])('%s is found before training', async (out, message) => {
    const { code, stderr } = await run(out);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it('during training costs the checkpoint alone, and is said', async () => {
    const out = join(folder, 'full');
    // Renaming onto a folder that is not empty fails, as writing does on a full disk.
    mkdirSync(join(checkpoint(out, 0, 'bin'), 'in the way'), { recursive: true });
    const { code, stdout, stderr } = await run(out);
    expect(stderr).toMatch(/Could not write .*: it is a folder\. Training goes on without it\.\n/);
    expect(stderr).toContain('\nNot saved: 1 checkpoint. A later run trains those stages again.\n');
    expect(stderr).toMatch(/\nWrote .*results\.json\.\n$/);
    expect(stdout).toBe(outcome.stdout);
    expect(code).toBe(1);
    expect(resultsOf(out)).toEqual(resultsOf(finished));
  });

  it('at the end costs the results alone: the table is printed, and the next run has all stages', async () => {
    const out = join(folder, 'full at the end');
    const part = join(out, `results.json.${process.pid}.part`);
    mkdirSync(join(part, 'in the way'), { recursive: true });
    const { code, stdout, stderr } = await run(out);
    expect(stdout).toBe(outcome.stdout);
    expect(stderr).toMatch(/\nNot saved: Could not write .*results\.json: it is a folder\.\n$/);
    expect(code).toBe(1);
    rmSync(part, { recursive: true });
    const again = await run(out);
    expect(again.stderr).toContain('3 of 3 stages had been trained before');
    expect(resultsOf(out)).toEqual(resultsOf(finished));
  });
});

describe('Ctrl-C', () => {
  it('keeps finished stages and is gone on from', async () => {
    const out = join(folder, 'stopped');
    const stopped = await run(out, file, ' d1: ');
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopped. The finished stages are kept: give the same command to go on');
    expect(stopped.stdout).toMatch(/^floor +1 .*not finished$/m);
    const again = await run(out);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/1 of 3 stages had been trained before/);
    expect(again.stdout).toBe(outcome.stdout);
    expect(resultsOf(out)).toEqual(resultsOf(finished));
  });

  it('in a second run keeps the results of the first', async () => {
    const out = copyOfFinished('stopped again');
    const before = readFileSync(join(out, 'results.json'), 'utf8');
    rmSync(join(out, 'checkpoints'), { recursive: true });
    const early = await run(out, file, 'Adapter:');
    expect(early.code).toBe(130);
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(before);
    const late = await run(out, file, ' d1: ');
    expect(late.code).toBe(130);
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(before);
    expect((await lab(['show', out])).stdout).toBe(outcome.stdout);
    expect(readdirSync(out).sort()).toEqual(['checkpoints', 'results.json']);
  });

  it('in a run of other seeds keeps both what was and what is', async () => {
    const out = copyOfFinished('stopped seeds');
    const args = ['run', file, '--seeds', '7', '--engine', 'reference', '--out', out];
    expect((await lab(args, ' d1: ')).code).toBe(130);
    expect(ownOf(out).experiment.seeds).toEqual([1, 7]);
    expect(recordOf(out, 1, 'floor')?.final).toEqual(recordOf(finished, 1, 'floor')?.final);
    expect(recordOf(out, 0, 'floor', 7)?.final).toHaveLength(2);
    expect(recordOf(out, 1, 'floor', 7)?.final ?? null).toBeNull();
    const shown = await lab(['show', out]);
    expect(shown.stdout).toMatch(/^floor +7 .*not finished$/m);
    expect(shown.stdout).toMatch(/^floor +1 +\d\.\d{4} /m);
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
  return Buffer.from(bytes.toString('utf8').replace(/(?<="values": \[\s*)\d/, '1'));
}
