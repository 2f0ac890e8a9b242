// Runs the command line inside the test's process and keeps what it prints; a small experiment to run with it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { fileCheckpoints } from '../../src/cli/checkpoints';
import { main } from '../../src/cli/main';
import { parameterCount } from '../../src/engine/model';
import type { StageRecord } from '../../src/experiment/evidence/record';
import { type Plan, type PlanNode, plan } from '../../src/experiment/plan';
import type { Schedule } from '../../src/experiment/schedules';
import type { Arm, Experiment } from '../../src/experiment/spec';
import type { StageResult } from '../../src/train/checkpoints';
import { modelShape } from '../../src/train/shape';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param stopAt text on stderr at which Ctrl-C is pressed */
export async function lab(args: readonly string[], stopAt?: string): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const abort = new AbortController();
  const hear = (text: string) => {
    stderr += text;
    if (stopAt !== undefined && text.includes(stopAt)) abort.abort();
  };
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: hear },
    signal: abort.signal,
  });
  return { code, stdout, stderr };
}

/** A folder that is removed when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewarm-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const cosine: Schedule = { kind: 'cosine', warmup: 0.2, peak: 0.01, floor: 0.001 };

function arm(id: string, schedule: Schedule, replay: number): Arm {
  return {
    id,
    label: id,
    init: { kind: 'random' },
    stages: [
      { name: 'd0', mixture: { corpus: 'literature', replay: null }, steps: 4, schedule: cosine, optimizer: 'reset' },
      {
        name: 'd1',
        mixture: { corpus: 'speeches', replay: replay > 0 ? { corpus: 'literature', fraction: replay } : null },
        steps: 4,
        schedule,
        optimizer: 'reset',
      },
    ],
  };
}

/** Two arms of 8 steps with a shared beginning; less than a second on the reference engine. */
export const tiny: Experiment = {
  v: 1,
  name: 'Tiny',
  scale: 'custom',
  model: { width: 8, layers: 1, heads: 2, context: 16, rotaryFraction: 0.5 },
  batch: 3,
  seeds: [1],
  evaluation: { d0: 'literature', d1: 'speeches', curveTokens: 64, finalTokens: 160, denseSteps: 2, points: 2 },
  arms: [arm('floor', { kind: 'constant', warmup: 0, peak: 0.001 }, 0), arm('replay', cosine, 0.5)],
};

/** Writes a value, or text or bytes as they are, as a file of the folder and gives its path. */
export function jsonFile(folder: string, name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value));
  return path;
}

/** A finished stage as if it had been trained: losses that follow from its id, and weights that are all zero. */
export function madeUp({ readings }: Pick<Plan, 'readings'>, { id, model, stage, evaluateAt }: PlanNode): StageResult {
  const parameters = new Float32Array(parameterCount(modelShape(model)));
  const chance = Number.parseInt(id.slice(0, 8), 16) / 2 ** 32;
  const values = (share: number) =>
    readings.filter(({ set }) => set === 'curve').map((_, i) => 5 - 2 * share + 0.3 * i + 0.2 * chance);
  const record: StageRecord = {
    node: id,
    origin: 'trained',
    evaluations: evaluateAt.map((step) => ({
      step,
      trainLoss: step === 0 ? null : 3 + chance,
      values: values(step / stage.steps),
    })),
    final: values(1.01),
    failure: null,
    corpora: [],
    maker: { version: '0.2.0', engine: 'reference', adapter: 'made up', kernels: null },
  };
  const state = { parameters, firstMoment: parameters, secondMoment: parameters, step: stage.steps };
  return { record, state, losses: new Float32Array(stage.steps) };
}

/** Keeps made-up stages of experiments in a folder, so that nothing of them is trained. */
export async function keepMadeUp(folder: string, experiments: readonly Experiment[]): Promise<void> {
  const store = fileCheckpoints({ folder, parameters: () => 0, adapter: 'made up', report: () => {} });
  for (const experiment of experiments) {
    const whole = plan(experiment);
    for (const node of whole.nodes) await store.put(madeUp(whole, node), experiment);
  }
}
