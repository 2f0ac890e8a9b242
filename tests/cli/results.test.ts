// Figures that are trained bit by bit into one folder: parts, arms and seeds add up, everything else is set aside, and nothing
// is lost. All stages and what their models write are made up, so that nothing is trained.

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import type { PlanNode } from '../../src/experiment/plan';
import type { SavedResults } from '../../src/experiment/saved';
import { exportNames } from '../../src/export/files';
import type { CheckpointStore } from '../../src/train/checkpoints';
import { keepMadeUp, lab, type Outcome, temporaryFolder } from './lab';

vi.mock('../../src/train/samples', () => ({
  async *writtenBy(nodes: PlanNode[], prompts: string[], _: unknown, store: CheckpointStore) {
    for (const { id } of nodes) {
      yield { node: id, texts: (await store.get(id)) && prompts.map((_prompt, i) => `text ${i} of ${id}`) };
    }
  },
}));

const folder = temporaryFolder();
const checkpoints = join(folder, 'checkpoints');
const budget = 0.01;
const figure = (out: string, options: Readonly<Record<string, string>>, stopAt?: string) => {
  const all = { budget: String(budget), engine: 'reference', checkpoints, out: join(folder, out), ...options };
  return lab(['figure', '5', ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])], stopAt);
};
const show = (out: string) => lab(['show', join(folder, out)]);
const file = (out: string, name: string) => readFileSync(join(folder, out, name), 'utf8');
const resultsOf = (out: string, name = 'results.json'): SavedResults => JSON.parse(file(out, name));
const asides = (out: string) =>
  readdirSync(join(folder, out)).filter((name) => /^results-[0-9a-f]{8}\.json$/.test(name));
// The page holds the results as they lie in the file, in the order in which they were trained.
const drawn = exportNames.filter((name) => name !== 'results.json' && name !== 'page.html');
const written = [...drawn, 'page.html', 'results.json', 'samples.txt'].sort();

/** Of the whole figure with two seeds, trained by one command. */
let atOnce: Outcome;
beforeAll(async () => {
  const parts = (share: number, seeds: number[]) => figures['5'].parts({ scale: 'XS', seeds, budget: share });
  const all = [...parts(budget, [1, 2]), ...parts(2 * budget, [1])];
  await keepMadeUp(
    checkpoints,
    all.map(({ experiment }) => experiment),
  );
  atOnce = await figure('at once', { seeds: '1,2' });
});

/** What the folder must hold once the whole figure is in it: the same as after one command for all. */
async function expectWhole(out: string) {
  expect(resultsOf(out)).toEqual(resultsOf('at once'));
  for (const name of drawn) expect(file(out, name)).toBe(file('at once', name));
  expect((await show(out)).stdout).toBe(atOnce.stdout);
  expect(readdirSync(join(folder, out)).sort()).toEqual(written);
}

it('a figure trained by one command judges both shifts and seeds', () => {
  expect(atOnce.code, atOnce.stderr).toBe(0);
  expect(atOnce.stderr.match(/(\d+) of \1 stages had been trained before and were read/g)).toHaveLength(2);
  expect(atOnce.stdout).toMatch(/^rewarm +2 /m);
  expect(resultsOf('at once').parts.map(({ key, experiment }) => [key, experiment.seeds])).toEqual([
    ['weak', [1, 2]],
    ['strong', [1, 2]],
  ]);
  expect(atOnce.stdout).toContain('Weak shift, ');
  expect(atOnce.stdout).toContain('Strong shift, ');
});

describe('what adds up', () => {
  it('one shift after the other, in either order', async () => {
    for (const [out, order] of [
      ['weak first', ['weak', 'strong']],
      ['strong first', ['strong', 'weak']],
    ] as const) {
      const outcomes = [];
      for (const shift of order) outcomes.push(await figure(out, { shift, seeds: '1,2' }));
      expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
      expect(outcomes[1]?.stdout).toBe(atOnce.stdout);
      expect(outcomes[0]?.stdout).not.toBe(atOnce.stdout);
      await expectWhole(out);
    }
  });

  it('the texts that the models of each shift wrote', async () => {
    const titles = (out: string) => file(out, 'samples.txt').match(/^\S.* shift(?= \()/gm);
    expect(titles('at once')).toEqual(['Weak shift', 'Strong shift']);
    expect(titles('weak first')).toEqual(['Weak shift', 'Strong shift']);
  });

  it('one seed after the other', async () => {
    const first = await figure('seeds', { seeds: '2' });
    expect(first.stdout).toMatch(/^rewarm +1 /m);
    const second = await figure('seeds', { seeds: '1' });
    expect(second.stderr).not.toContain('held other results');
    expect(second.stdout).toBe(atOnce.stdout);
    await expectWhole('seeds');
  });

  it('some arms after the others', async () => {
    await figure('arms', { arms: 'replay-5,union', seeds: '1,2' });
    const rest = 'rewarm,replay-0p5,replay-1,replay-10,replay-25,replay-50';
    const second = await figure('arms', { arms: rest, seeds: '1,2' });
    expect(second.stdout).toBe(atOnce.stdout);
    await expectWhole('arms');
  });

  it('the same again, to the same file', async () => {
    cpSync(join(folder, 'at once'), join(folder, 'again'), { recursive: true });
    expect((await figure('again', { seeds: '1,2' })).stdout).toBe(atOnce.stdout);
    await expectWhole('again');
    expect(file('again', 'samples.txt')).toBe(file('at once', 'samples.txt'));
  });
});

describe('what is set aside', () => {
  async function expectSetAside(out: string, options: Readonly<Record<string, string>>): Promise<void> {
    const before = file(out, 'results.json');
    const { code, stderr } = await figure(out, options);
    expect(code).toBe(0);
    const [aside = '', ...more] = asides(out);
    expect(more).toEqual([]);
    expect(stderr).toContain(`${join(folder, out, 'results.json')} held other results; it is now ${aside}.`);
    expect(file(out, aside)).toBe(before);
  }

  it('another budget', async () => {
    await figure('budget', { shift: 'weak', arms: 'rewarm' });
    await expectSetAside('budget', { shift: 'weak', arms: 'rewarm', budget: String(2 * budget) });
    const [aside = ''] = asides('budget');
    const steps = (name: string) => resultsOf('budget', name).parts[0]?.experiment.arms[0]?.stages[0]?.steps;
    expect([steps(aside), steps('results.json')]).toEqual([3, 6]);
    expect((await lab(['show', join(folder, 'budget', aside)])).stdout).toMatch(/^rewarm +1 /m);
  });

  it('another budget of the other shift', async () => {
    await figure('mixed', { shift: 'weak', arms: 'rewarm' });
    await expectSetAside('mixed', { shift: 'strong', arms: 'rewarm', budget: String(2 * budget) });
    expect(resultsOf('mixed').parts.map(({ key }) => key)).toEqual(['strong']);
  });

  it.each<[string, string]>([
    ['rubbish', 'rubbish'],
    ['version 1', '{"v": 1, "figure": "5", "parts": []}'],
    ['nothing', ''],
  ])('%s', async (name, content) => {
    cpSync(join(folder, 'at once'), join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'results.json'), content);
    await expectSetAside(name, { shift: 'weak', arms: 'rewarm' });
  });
});

describe('Ctrl-C', () => {
  it('before the first stage changes nothing that was finished', async () => {
    cpSync(join(folder, 'at once'), join(folder, 'stopped'), { recursive: true });
    const stopped = await figure('stopped', { seeds: '1,2' }, 'Adapter:');
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toMatch(/^rewarm +2 +\d\.\d{3} /m);
    await expectWhole('stopped');
    expect(file('stopped', 'samples.txt')).toBe(file('at once', 'samples.txt'));
  });

  it('in the second part keeps that of before, its texts too', async () => {
    cpSync(join(folder, 'at once'), join(folder, 'stopped later'), { recursive: true });
    const stopped = await figure('stopped later', { seeds: '1,2' }, 'Strong shift: ');
    expect(stopped.code).toBe(130);
    await expectWhole('stopped later');
    expect(file('stopped later', 'samples.txt')).toBe(file('at once', 'samples.txt'));
  });

  it('in an empty folder writes and prints nothing of nothing', async () => {
    const stopped = await figure('stopped first', {}, 'Adapter:');
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toBe('');
    expect(stopped.stderr).toContain('Stopped before the first stage was finished, so there is nothing to keep.');
    expect(readdirSync(join(folder, 'stopped first'))).toEqual([]);
    expect((await show('stopped first')).stderr).toContain('There are no results in ');
  });
});
