// The exported files alone are enough to evaluate the weights and to repeat the training, bit for bit on the same
// engine. Nothing here reads the checkpoints.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Lockstep, RunState } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { createSimdEngine } from '../../src/engine/simd/engine';
import { createWebGpuEngine } from '../../src/engine/webgpu';
import type { SavedResults } from '../../src/experiment/saved';
import type { AuditDescription } from '../../src/train/audit';
import { fromHuggingFace } from '../../src/train/huggingface';
import { withFreshOptimizer } from '../../src/train/initialize';
import { readSafetensors } from '../../src/train/safetensors';
import { mean } from '../../src/train/validation';
import { testGpu } from '../adapter';
import { jsonFile, lab, temporaryFolder, tiny } from './lab';

const engines: ['reference' | 'cpu' | 'webgpu', () => Promise<Engine>][] = [
  ['reference', async () => createReferenceEngine()],
  ['cpu', async () => createSimdEngine()],
  ['webgpu', () => createWebGpuEngine(testGpu())],
];

describe.each(engines)('on the %s engine', (kind, createEngine) => {
  const folder = temporaryFolder();
  const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  let engine: Engine;

  beforeAll(async () => {
    engine = await createEngine();
    const run = join(folder, 'run');
    const file = jsonFile(folder, 'tiny.json', tiny);
    const ran = await lab(['run', file, '--engine', kind, '--out', run]);
    expect(ran.code, ran.stderr).toBe(0);
    for (const at of ['init', 'base', 'final']) {
      const args = ['--arm', 'replay', '--seed', '1', '--at', at, '--to', join(folder, at), '--audit'];
      const exported = await lab(['export', run, ...args]);
      expect(exported.code, exported.stderr).toBe(0);
    }
  });
  afterAll(() => engine.destroy());

  function weights(place: string, name: string): Float32Array {
    const { model } = json<AuditDescription>(place, 'audit.json');
    const { tensors, metadata } = readSafetensors(readFileSync(join(folder, place, name)));
    expect(metadata).toEqual({ format: 'pt' });
    return fromHuggingFace(model, tensors);
  }

  async function opened(place: string): Promise<Lockstep> {
    const { model, batches, optimizer } = json<AuditDescription>(place, 'audit.json');
    return engine.open({ model, runs: 1, batch: batches.shape[1] ?? 0, optimizer });
  }

  function withState(lockstep: Lockstep, state: RunState): Lockstep {
    lockstep.write(0, state);
    return lockstep;
  }

  /** Losses of exported weights on the exported windows of each corpus. */
  async function validated(place: string, name: string, windows?: number): Promise<number[]> {
    const { validation } = json<AuditDescription>(place, 'audit.json');
    const lockstep = withState(await opened(place), withFreshOptimizer(weights(place, name)));
    const losses: number[] = [];
    for (const { file, shape } of validation) {
      const bytes = readFileSync(join(folder, place, file));
      expect(bytes.length).toBe((shape[0] ?? 0) * (shape[1] ?? 0));
      losses.push(mean(await lockstep.evaluate(bytes.subarray(0, (windows ?? shape[0] ?? 0) * (shape[1] ?? 0)))));
    }
    return losses;
  }

  describe('exported weights', () => {
    it('give the recorded final losses bit for bit', async () => {
      const { stages } = json<AuditDescription>('final', 'audit.json');
      const [part] = json<SavedResults>('run', 'results.json').parts;
      const recorded = part?.records.find(({ arms, stageIndex }) => stageIndex === 1 && arms.includes('replay'))?.final;
      expect(recorded).toHaveLength(2);
      expect(stages.at(-1)?.final).toEqual(recorded);
      expect(await validated('final', 'model.safetensors')).toEqual(recorded);
    });

    it('of the base too, and on the shorter sets of the curve', async () => {
      const { stages, curveWindows } = json<AuditDescription>('base', 'audit.json');
      expect(stages).toHaveLength(1);
      expect(await validated('base', 'model.safetensors')).toEqual(stages[0]?.final);
      const { step, values } = stages[0]?.evaluations.at(-1) ?? { step: 0, values: [] };
      expect(step).toBe(stages[0]?.steps);
      expect(await validated('base', 'model.safetensors', curveWindows)).toEqual(values);
    });

    it('before the first step are the initial weights', () => {
      expect(weights('init', 'model.safetensors')).toEqual(weights('final', 'init.safetensors'));
      expect(weights('init', 'model.safetensors')).toEqual(weights('base', 'init.safetensors'));
      const { batches, stages, learningRates } = json<AuditDescription>('init', 'audit.json');
      expect({ batches: batches.shape[0], stages, learningRates }).toEqual({
        batches: 0,
        stages: [],
        learningRates: [],
      });
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

    it('has the windows of each corpus in the order of the values', () => {
      const { v, validation, curveWindows } = json<AuditDescription>('final', 'audit.json');
      expect(v).toBe(2);
      expect(curveWindows).toBe(4);
      expect(validation).toEqual([
        { corpus: 'literature', file: 'validation-literature.bin', type: 'uint8', shape: [10, 17] },
        { corpus: 'speeches', file: 'validation-speeches.bin', type: 'uint8', shape: [10, 17] },
      ]);
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
});
