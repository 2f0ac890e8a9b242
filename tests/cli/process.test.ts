// The built command line as a process of its own, as `npm run lab` starts it: exit codes, streams, Ctrl-C.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
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

interface LaunchOptions {
  /** Hears stderr as it grows. */
  readonly hear?: (child: ChildProcess, stderr: string) => void;
  /** Files in place of pipes. */
  readonly stdout?: number;
  readonly stderr?: number;
  readonly env?: Readonly<Record<string, string>>;
}

function launch(
  args: readonly string[],
  { hear = () => {}, env = {}, stdout: out, stderr: err }: LaunchOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['src/cli/launch.mjs', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', out ?? 'pipe', err ?? 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => (stdout += data));
  child.stderr?.on('data', (data) => {
    stderr += data;
    hear(child, stderr);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
}

describe('npm run lab', () => {
  it('prints help to stdout', async () => {
    const { code, stdout } = await launch(['--help']);
    expect(stdout).toContain('npm run lab -- run --help');
    expect(code).toBe(0);
  });

  it('has stdout for itself when npm is told to be silent', () => {
    const args = ['run', '-s', 'bench', '--', '--help'];
    const stdout = execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
    expect(stdout).toMatch(/^Usage: npm run lab -- bench /);
  });

  it('ends with 2 for wrong input', async () => {
    const { code, stdout, stderr } = await launch(['run', 'weak', '--scale', 'huge']);
    expect(stderr).toContain("'huge' is invalid. Allowed choices are XS, S, M, L.");
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('asked to end', () => {
  const stages = tiny.arms[0]?.stages.map((stage, i) => (i === 1 ? { ...stage, steps: 100_000 } : stage));
  const long = jsonFile(folder, 'long.json', { ...tiny, arms: [{ ...tiny.arms[0], stages }] });
  const run = (out: string, hear: LaunchOptions['hear']) =>
    launch(['run', long, '--engine', 'reference', '--out', out], hear ? { hear } : {});

  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('by %s, as often as it likes, it ends once, in order, with %d', async (signal, expected) => {
    const out = join(folder, signal);
    let pressed = false;
    let over = false;
    const { code, stdout, stderr } = await run(out, (child, text) => {
      over ||= text.includes('Stopped.');
      if (pressed || !text.includes(' d1: ')) return;
      pressed = child.kill(signal) && child.kill(signal);
      // What has said its last word may be gone any moment, and its handlers with it.
      setTimeout(() => over || child.kill(signal), 50);
    });
    expect(stderr.match(/Stopped\. The finished stages are kept/g)).toHaveLength(1);
    expect(stdout).toMatch(/^floor +1 .* not finished$/m);
    expect(existsSync(join(out, 'results.json'))).toBe(true);
    expect(code).toBe(expected);
  });

  it('by the death of its launcher, it writes what is finished', async () => {
    const out = join(folder, 'orphaned');
    const { code } = await run(out, (child, text) => {
      if (text.includes(' d1: ')) child.kill('SIGKILL');
    });
    expect(code).toBeNull();
    await expect.poll(() => existsSync(join(out, 'results.json')), { timeout: 20_000 }).toBe(true);
  });
});

describe('a stream that nobody takes', () => {
  const short = jsonFile(folder, 'short.json', tiny);
  const run = (name: string, options: LaunchOptions) =>
    launch(['run', short, '--engine', 'reference', '--out', join(folder, name)], options);
  const results = (name: string) => existsSync(join(folder, name, 'results.json'));
  const full = () => openSync('/dev/full', 'w');

  it('is left: a reader that went away', async () => {
    const { code, stdout } = await run('closed', { hear: (child) => child.stderr?.destroy() });
    expect(stdout).toMatch(/^floor +1 +\d/m);
    expect([code, results('closed')]).toEqual([0, true]);
  });

  it('is left: remarks on a full disk', async () => {
    const { code, stdout } = await run('full remarks', { stderr: full() });
    expect(stdout).toMatch(/^floor +1 +\d/m);
    expect([code, results('full remarks')]).toEqual([0, true]);
  });

  it('is said where the table is lost', async () => {
    const { code, stderr } = await run('full table', { stdout: full() });
    expect(stderr).toContain('Could not write to standard output: the disk is full. "show" prints');
    expect([code, results('full table')]).toEqual([1, true]);
  });
});

it('sample stops at Ctrl-C between two bytes', async () => {
  const out = join(folder, 'sampled');
  expect(
    (await launch(['run', jsonFile(folder, 'short.json', tiny), '--engine', 'reference', '--out', out])).code,
  ).toBe(0);
  const args = ['sample', out, '--arm', 'floor', '--seed', '1', '--engine', 'reference', '--length', '100000'];
  let pressed = false;
  const hear: LaunchOptions['hear'] = (child, text) => {
    if (!pressed && text.includes('Adapter:')) pressed = child.kill('SIGINT');
  };
  const { code, stdout, stderr } = await launch(args, { hear });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Adapter: .*\nStopped: .*\n$/);
  expect(code).toBe(130);
});

describe('without a graphics adapter', () => {
  const env = { VK_ICD_FILENAMES: join(folder, 'no-driver.json') };

  it('small models train on the reference engine, and it is said', async () => {
    const file = jsonFile(folder, 'tiny.json', tiny);
    const { code, stderr } = await launch(['run', file, '--out', join(folder, 'tiny')], { env });
    expect(stderr).toContain(`No adapter with ${env.VK_ICD_FILENAMES}.`);
    expect(stderr).toContain('No graphics adapter was found, so plain JavaScript trains on one core');
    expect(code).toBe(0);
  });

  it.each<[string[], string]>([
    [['--scale', 'S'], 'this model (232,832 parameters) is too large for plain JavaScript. '],
    [['--engine', 'webgpu'], 'No graphics adapter was found. '],
  ])('%j ends with the cure and 1', async (args, sentence) => {
    const { code, stdout, stderr } = await launch(['run', 'weak', '--out', join(folder, 'none'), ...args], { env });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/(Install|Update) .*driver/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
