// Compiles pipelines for a graphics card that is not there: starts the process that does it and cuts up what the driver
// printed. Both ends are files: one is never full and never out of order when the driver writes to it, and never empty
// for a moment when the process reads its orders, as a pipe is.

import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../../engine/engine';
import { childVariable, markerLine, type PipelineText } from './child';
import type { FamilyName } from './families';
import { buildLayer, findRadv, missing } from './layer';
import { type CompiledKernel, parseCompiled } from './parse';

interface Ended {
  readonly stdout: string;
  /** What the driver printed. */
  readonly text: string;
  readonly code: number | null;
}

/** @returns one result for each pipeline, in their order; rejects with EngineError, also when `signal` fires */
export async function compileFor(
  family: FamilyName,
  pipelines: readonly PipelineText[],
  signal: AbortSignal,
): Promise<CompiledKernel[]> {
  const driver = findRadv();
  const folder = mkdtempSync(join(tmpdir(), 'rewarm-isa-'));
  try {
    const env = {
      ...buildLayer(folder),
      [childVariable]: family,
      VK_ICD_FILENAMES: driver,
      VK_DRIVER_FILES: driver,
      RADV_FORCE_FAMILY: family,
      RADV_DEBUG: 'asm,shaderstats,nocache',
    };
    const { stdout, text, code } = await runChild(folder, env, JSON.stringify(pipelines), signal);
    const sections = splitSections(text);
    if (code !== 0) {
      const reason = stdout || reasonIn(text);
      if (sections.size === 0) throw missing(`AMD's driver does not start for ${family} (${reason})`);
      const { label } = pipelines[sections.size - 1] ?? { label: 'an unknown kernel' };
      throw new EngineError('shader', `The compiler for ${family} failed at ${label} (code ${code}): ${reason}`);
    }
    return pipelines.map((_, index) => parseCompiled(sections.get(index) ?? ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that tells most of what a process printed before it ended: its exception, else the last one. */
export function reasonIn(text: string): string | undefined {
  const lines = text.trimEnd().split('\n');
  return lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines.at(-1);
}

/** What the driver printed of each pipeline, by its number. */
export function splitSections(text: string): Map<number, string> {
  const [, ...parts] = text.split(new RegExp(markerLine, 'm'));
  const sections = new Map<number, string>();
  // A marker's number, then the text under it.
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const index = Number(parts[i]);
    sections.set(index, (sections.get(index) ?? '') + parts[i + 1]);
  }
  return sections;
}

/** Runs this program once more, with `input` to read and its stderr in a file of `folder`. */
function runChild(
  folder: string,
  env: Readonly<Record<string, string>>,
  input: string,
  signal: AbortSignal,
): Promise<Ended> {
  const entry = process.argv[1];
  if (entry === undefined) throw new EngineError('shader', 'Start this with "npm run bench -- --isa".');
  const orders = join(folder, 'pipelines.json');
  const printed = join(folder, 'driver.txt');
  writeFileSync(orders, input);
  const [stdin, stderr] = [openSync(orders, 'r'), openSync(printed, 'w')];
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, ...env },
    stdio: [stdin, 'pipe', stderr],
    signal,
  });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      closeSync(stdin);
      closeSync(stderr);
      done({ stdout, text: readFileSync(printed, 'utf8'), code });
    });
  });
}
