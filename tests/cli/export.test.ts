// `export`: the files alone are enough to evaluate the weights and to repeat the training, bit for bit on the same
// engine. Nothing here reads the checkpoints.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lockstep, RunState } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { plan } from '../../src/experiment/plan';
import type { AuditDescription } from '../../src/train/audit';
import { fromHuggingFace } from '../../src/train/huggingface';
import { withFreshOptimizer } from '../../src/train/initialize';
import type { Results } from '../../src/train/results';
import { readSafetensors } from '../../src/train/safetensors';
import { mean } from '../../src/train/validation';
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
  for (const place of ['init', 'base', 'final']) {
    expect((await exporting(place, '--at', place, '--audit')).code).toBe(0);
  }
});

function weights(place: string, name: string): Float32Array {
  const { model } = json<AuditDescription>(place, 'audit.json');
  const { tensors, metadata } = readSafetensors(readFileSync(join(folder, place, name)));
  expect(metadata).toEqual({ format: 'pt' });
  return fromHuggingFace(model, tensors);
}

async function opened(place: string): Promise<Lockstep> {
  const { model, batches, optimizer } = json<AuditDescription>(place, 'audit.json');
  return createReferenceEngine().open({ model, runs: 1, batch: batches.shape[1] ?? 0, optimizer });
}

function withState(lockstep: Lockstep, state: RunState): Lockstep {
  lockstep.write(0, state);
  return lockstep;
}

/** Losses of exported weights on the exported windows. */
async function validated(place: string, name: string, windows?: number): Promise<{ d0: number; d1: number }> {
  const { validation } = json<AuditDescription>(place, 'audit.json');
  const lockstep = withState(await opened(place), withFreshOptimizer(weights(place, name)));
  const loss = async (set: 'd0' | 'd1') => {
    const { file, shape } = validation[set];
    const bytes = readFileSync(join(folder, place, file));
    expect(bytes.length).toBe((shape[0] ?? 0) * (shape[1] ?? 0));
    return mean(await lockstep.evaluate(bytes.subarray(0, (windows ?? shape[0] ?? 0) * (shape[1] ?? 0))));
  };
  return { d0: await loss('d0'), d1: await loss('d1') };
}

describe('exported weights', () => {
  it('give the recorded final losses bit for bit', async () => {
    const { stages } = json<AuditDescription>('final', 'audit.json');
    const { arms } = json<Results>('run', 'results.json');
    const recorded = arms.find(({ id }) => id === 'replay')?.final;
    expect(stages.at(-1)?.final).toEqual(recorded);
    expect(await validated('final', 'model.safetensors')).toEqual(recorded);
  });

  it('of the base too, and on the shorter sets of the curve', async () => {
    const { stages, validation } = json<AuditDescription>('base', 'audit.json');
    expect(stages).toHaveLength(1);
    expect(await validated('base', 'model.safetensors')).toEqual(stages[0]?.final);
    const { step, ...losses } = stages[0]?.evaluations.at(-1) ?? { step: 0 };
    expect(step).toBe(stages[0]?.steps);
    expect(await validated('base', 'model.safetensors', validation.curveWindows)).toEqual(losses);
  });

  it('before the first step are the initial weights', () => {
    expect(weights('init', 'model.safetensors')).toEqual(weights('final', 'init.safetensors'));
    expect(weights('init', 'model.safetensors')).toEqual(weights('base', 'init.safetensors'));
    const { batches, stages, learningRates } = json<AuditDescription>('init', 'audit.json');
    expect({ batches: batches.shape[0], stages, learningRates }).toEqual({ batches: 0, stages: [], learningRates: [] });
  });
});

describe('the audit', () => {
  it('repeats the training to the same losses and weights', async () => {
    const { batches, learningRates, optimizer, trainLosses } = json<AuditDescription>('final', 'audit.json');
    const [steps = 0, batch = 0, window = 0] = batches.shape;
    const tokens = readFileSync(join(folder, 'final', batches.file));
    expect([steps, batch, window]).toEqual([8, tiny.batch, tiny.model.context + 1]);
    expect(tokens.length).toBe(steps * batch * window);
    expect(optimizer.resetBefore).toEqual([0, 4]);
    const lockstep = withState(await opened('final'), withFreshOptimizer(weights('final', 'init.safetensors')));
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      if (optimizer.resetBefore.includes(step)) {
        lockstep.write(0, withFreshOptimizer((await lockstep.read(0)).parameters));
      }
      const windows = tokens.subarray(step * batch * window, (step + 1) * batch * window);
      const outputs = await lockstep.train([{ windows, learningRates: Float64Array.of(learningRates[step] ?? 0) }]);
      losses.push(Math.fround(outputs[0]?.losses[0] ?? Number.NaN));
      if (step === 3) expect((await lockstep.read(0)).parameters).toEqual(weights('base', 'model.safetensors'));
    }
    expect(losses).toEqual(trainLosses);
    expect((await lockstep.read(0)).parameters).toEqual(weights('final', 'model.safetensors'));
  });

  it('has the learning rates of both schedules', () => {
    const { learningRates } = json<AuditDescription>('final', 'audit.json');
    // warmup 0.2 of 4 steps, then cosine from 0.01 to 0.001
    const share = (step: number) => (step - 0.8) / 3.2;
    const fall = [1, 2, 3].map((step) => 0.001 + 0.0045 * (1 + Math.cos(Math.PI * share(step))));
    [0, ...fall, 0, ...fall].forEach((rate, step) => {
      expect(learningRates[step]).toBeCloseTo(rate, 15);
    });
  });

  it('names parameters as model.safetensors does', () => {
    const { optimizer, parameters } = json<AuditDescription>('final', 'audit.json');
    const { tensors } = readSafetensors(readFileSync(join(folder, 'final', 'model.safetensors')));
    for (const name of optimizer.decayed) expect(tensors.get(name)?.shape).toHaveLength(2);
    expect([...tensors.values()].filter(({ shape }) => shape.length === 2)).toHaveLength(optimizer.decayed.length);
    expect([...tensors.values()].reduce((sum, { data }) => sum + data.length, 0)).toBe(parameters);
  });
});

describe('without --audit', () => {
  it('writes three files that say where the weights come from', async () => {
    const { code, stdout } = await exporting('plain');
    expect(code).toBe(0);
    expect(stdout).toBe(`Wrote model.safetensors, config.json, lab.json to ${join(folder, 'plain')}\n`);
    expect(readdirSync(join(folder, 'plain')).sort()).toEqual(['config.json', 'lab.json', 'model.safetensors']);
    const corpora = json<Results>('run', 'results.json').corpora;
    expect(json('plain', 'lab.json')).toMatchObject({
      experiment: tiny,
      arm: 'replay',
      seed: 1,
      at: 'final',
      stage: 'd1',
      step: 8,
      tokens: 8 * tiny.batch * tiny.model.context,
      adapters: [{ stage: 'd0' }, { stage: 'd1' }],
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

  it('results that are none', async () => {
    jsonFile(strange, 'results.json', '{"experiment": 7}');
    const { code, stderr } = await lab(['export', strange, '--arm', 'a', '--seed', '1', '--to', join(folder, 'no')]);
    expect(stderr).toContain(`${join(strange, 'results.json')} does not hold the results of a run.`);
    expect(code).toBe(1);
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
