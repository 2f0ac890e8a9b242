// Runs the command line inside the test's process and keeps what it prints; a small experiment to run with it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { main } from '../../src/cli/main';
import type { Schedule } from '../../src/experiment/schedules';
import type { Arm, Experiment } from '../../src/experiment/spec';

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

/** Writes a value as a file of the folder and gives its path. */
export function jsonFile(folder: string, name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}
