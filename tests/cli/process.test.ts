// The built command line as a process of its own, as `npm run lab` starts it: exit codes, streams, Ctrl-C.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonFile, temporaryFolder, tiny } from './lab';

const root = resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function launch(
  args: readonly string[],
  hear: (child: ChildProcess, stderr: string) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['src/cli/launch.mjs', ...args], { cwd: root });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => {
    stderr += data;
    hear(child, stderr);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

describe('npm run lab', () => {
  it('prints help to stdout', async () => {
    const { code, stdout } = await launch(['--help']);
    expect(stdout).toContain('npm run lab -- run EXPERIMENT');
    expect(code).toBe(0);
  });

  it('ends with 2 for wrong input', async () => {
    const { code, stdout, stderr } = await launch(['run', 'weak', '--scale', 'huge']);
    expect(stderr).toContain('Unknown --scale "huge". Choose XS, S, M or L.');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('stops at Ctrl-C with 130 and writes what is finished', async () => {
    const out = join(folder, 'stopped');
    const stages = tiny.arms[0]?.stages.map((stage, i) => (i === 1 ? { ...stage, steps: 100_000 } : stage));
    const long = jsonFile(folder, 'long.json', { ...tiny, arms: [{ ...tiny.arms[0], stages }] });
    let pressed = false;
    const { code, stdout, stderr } = await launch(
      ['run', long, '--engine', 'reference', '--out', out],
      (child, text) => {
        if (!pressed && text.includes(' d1: ')) pressed = child.kill('SIGINT');
      },
    );
    expect(stderr).toContain('Stopped. The finished stages are kept in');
    expect(stdout).toMatch(/^floor +1 .* not finished$/m);
    expect(existsSync(join(out, 'results.json'))).toBe(true);
    expect(code).toBe(130);
  });
});
