// Files for GPT-NeoX: every argument is one that it knows, of its type, for every experiment that ships; and what it cannot
// express is said, never approximated.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { paperAdamW } from '../../src/engine/optimizer';
import { figureIds, figures } from '../../src/experiment/figures';
import { preset } from '../../src/experiment/presets';
import { learningRate, type Schedule } from '../../src/experiment/schedules';
import type { Experiment, Stage } from '../../src/experiment/spec';
import { neoxFiles } from '../../src/neox/files';
import { type ShapeName, shapeNames } from '../../src/neox/shapes';
import { tiny } from '../cli/lab';

type Values = Readonly<Record<string, unknown>>;

const known = new Map(
  readFileSync(join(import.meta.dirname, '../fixtures/neox_arguments.txt'), 'utf8')
    .split('\n')
    .filter((line) => /^\w/.test(line))
    .map((line): [string, string] => {
      const [name = '', type = ''] = line.split(': ');
      return [name, type];
    }),
);

const shipped: [string, Experiment][] = [
  ...(['weak', 'strong', 'none'] as const).map((name): [string, Experiment] => [
    name,
    preset(name, { scale: 'XS', seeds: [1, 2] }),
  ]),
  ...figureIds.flatMap((id) =>
    figures[id]
      .parts({ scale: 'S', seeds: [1], budget: 1 })
      .map(({ key, experiment }): [string, Experiment] => [`figure ${id} ${key}`, experiment]),
  ),
];

function configs(experiment: Experiment, shape: ShapeName) {
  const files = neoxFiles(experiment, shape, paperAdamW).filter(({ name }) => name.endsWith('.yml'));
  return files.map(({ name, text }) => ({ name, text, values: (parse(text, { version: '1.1' }) ?? {}) as Values }));
}

function isOf(value: unknown, type: string): boolean {
  switch (type) {
    case 'int':
      return Number.isInteger(value);
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'str':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value);
    case 'dict':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === 'string' && type.split('|').includes(value);
  }
}

describe.each(shapeNames)('%s', (shape) => {
  it.each(shipped)('%s has only arguments that GPT-NeoX knows, of their types', (_, experiment) => {
    const all = configs(experiment, shape);
    expect(all.length).toBeGreaterThan(0);
    for (const { name, text, values } of all) {
      const wrong = Object.entries(values).filter(([key, value]) => {
        const type = known.get(key.replaceAll('-', '_'));
        return type === undefined || !isOf(value, type);
      });
      // The one value that is refused is meant to be, and says so.
      const refused = text.includes('NOT IN GPT-NeoX') ? ['lr-decay-style'] : [];
      expect([name, wrong.map(([key]) => key)]).toEqual([name, refused]);
      // PyYAML reads a number with an exponent and no point as a text.
      expect(text).not.toMatch(/[ [:]\d+e-/);
    }
  });
});

it('has the numbers of the paper for 405 M and 10 B', () => {
  const [small, large] = (['405m', '10b'] as const).map((shape) =>
    configs(preset('strong', { scale: 'XS', seeds: [1] }), shape),
  );
  const [base, floor, , replay] = small?.map(({ values }) => values) ?? [];
  expect(base).toMatchObject({ 'num-layers': 24, 'hidden-size': 1024, 'num-attention-heads': 16, 'seq-length': 2048 });
  expect(base).toMatchObject({ 'train-iters': 132_366, train_batch_size: 1104, warmup: 0.01, min_lr: 3e-5 });
  expect(base?.['optimizer']).toEqual({ type: 'Adam', params: { lr: 3e-4, betas: [0.9, 0.95], eps: 1e-8 } });
  expect(base).toMatchObject({ 'weight-decay': 0.1, gradient_clipping: 1 });
  expect(base?.['finetune']).toBeUndefined();
  expect(floor).toMatchObject({ 'lr-decay-style': 'constant', warmup: 0, finetune: true, load: base?.['save'] });
  expect(floor?.['optimizer']).toMatchObject({ params: { lr: 3e-5 } });
  expect(replay).toMatchObject({
    'train-data-paths': ['data/german_text_document', 'data/literature_text_document'],
    'train-data-weights': [0.75, 0.25],
    'valid-data-paths': ['data/literature-valid_text_document'],
    'test-data-paths': ['data/german-valid_text_document'],
  });
  expect(large?.[0]?.values).toMatchObject({
    'num-layers': 36,
    'hidden-size': 4608,
    'num-attention-heads': 36,
    min_lr: 1.2e-5,
  });
  expect(large?.[0]?.values['optimizer']).toMatchObject({ params: { lr: 1.2e-4 } });
});

/** The formula of GPT-NeoX's main branch. */
function neoxRate(values: Values, step: number): number {
  const { lr } = (values['optimizer'] as { params: { lr: number } }).params;
  const [iterations, floor] = [Number(values['lr-decay-iters']), Number(values['min_lr'])];
  const warm = Number(values['warmup']) * iterations;
  if (warm > 0 && step <= warm) return (lr * step) / warm;
  if (values['lr-decay-style'] === 'constant') return lr;
  return floor + ((lr - floor) / 2) * (Math.cos((Math.PI * (step - warm)) / (iterations - warm)) + 1);
}

const second = (change: Partial<Stage>): Experiment => ({
  ...tiny,
  arms: tiny.arms.slice(0, 1).map((arm) => ({
    ...arm,
    stages: arm.stages.map((stage, i) => (i === 1 ? { ...stage, ...change } : stage)),
  })),
});

const infinite = {
  kind: 'infinite',
  cooldown: 'inverse-sqrt',
  warmup: 0,
  peak: 0.01,
  constant: 0.006,
  floor: 0.001,
  cooldownEnd: 0,
  constantEnd: 1,
  alpha: 10,
} as const;

it.each<[string, Partial<Stage> & { schedule: Schedule }]>([
  ['cosine', { schedule: { kind: 'cosine', warmup: 0.1, peak: 0.01, floor: 0.002 } }],
  ['cosine, left early', { schedule: { kind: 'cosine', warmup: 0.1, peak: 0.01, floor: 0 }, scheduleSteps: 9 }],
  ['constant', { schedule: { kind: 'constant', warmup: 0.25, peak: 0.003 } }],
  ['infinite, held', { schedule: infinite }],
])('gives the rate of every step of a schedule: %s', (_, change) => {
  const values = configs(second(change), 'as-is')[1]?.values ?? {};
  for (let step = 0; step < 4; step++) {
    const own = learningRate(change.schedule, step, change.scheduleSteps ?? 4);
    expect(neoxRate(values, step)).toBeCloseTo(own, 12);
  }
});

it('says what it cannot express, and lets nothing else train in its place', () => {
  const annealed = second({ schedule: { ...infinite, constantEnd: 0.5 } });
  const [, anneal] = configs(annealed, 'as-is');
  expect(anneal?.values['lr-decay-style']).toBe('infinite_inv_sqrt');
  expect(anneal?.text).toContain('pull request 1194');
  const [, kept] = configs(second({ optimizer: 'keep' }), 'as-is');
  expect(kept?.values).toEqual({});
  expect(kept?.text).toContain('NOT EXPRESSIBLE');
  const [run] = neoxFiles(annealed, 'as-is', paperAdamW).filter(({ name }) => name === 'run.sh');
  expect(run?.text).toMatch(/^cannot seed-1\/02-floor-d1\.yml "infinite/m);
  const skipped = second({ mixture: { corpus: 'speeches', replay: null, skip: 12 } });
  expect(configs(skipped, 'as-is')[1]?.values['train-data-paths']).toEqual(['data/speeches-from-12_text_document']);
});

it('keeps words of a file inside their comment', () => {
  const [config] = configs({ ...tiny, name: 'a\u2028seed: 7\ud800' }, 'as-is');
  expect(config?.text).toMatch(/^# a seed: 7 : stage d0/);
});

const folder = mkdtempSync(join(tmpdir(), 'rewarm-neox-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('runs the stages in order, and none whose beginning is not there', () => {
  for (const { name, text } of neoxFiles(tiny, 'as-is', paperAdamW)) {
    mkdirSync(dirname(join(folder, 'files', name)), { recursive: true });
    writeFileSync(join(folder, 'files', name), text);
  }
  const python = join(folder, 'python');
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  const run = () => spawnSync('sh', ['files/run.sh', 'hosts.yml'], { cwd: folder, env, encoding: 'utf8' });
  writeFileSync(python, '#!/bin/sh\necho "$3 $4"\n');
  chmodSync(python, 0o755);
  const first = run();
  expect(first.stdout.trim().split('\n')).toHaveLength(1);
  expect(first.stderr).toContain(
    'Left out: seed-1/02-floor-d1.yml begins from checkpoints/seed-1/01-floor-d0/global_step4',
  );
  expect(first.status).toBe(1);
  mkdirSync(join(folder, 'checkpoints/seed-1/01-floor-d0/global_step4'), { recursive: true });
  const whole = run();
  expect(whole.status).toBe(0);
  expect(whole.stdout.replaceAll(`${folder}/files/`, '')).toBe(
    ['01-floor-d0', '02-floor-d1', '03-replay-d1'].map((name) => `seed-1/${name}.yml hosts.yml\n`).join(''),
  );
});
