// `npm run lab`: builds the command line (lab.ts) when a source is newer than the last build, then runs it as a process
// of its own. What graphics drivers print by themselves, straight to stderr, is held back here, and shown where the
// process was ended by a fault.
//   node src/cli/launch.mjs [--build-only | arguments of the lab ...]

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const built = join(root, 'build/cli/lab.js');
const sources = ['src', 'shaders', 'package-lock.json', 'vite.config.ts'];
/** Characters of the driver's last lines that are kept. */
const mostHeld = 20_000;
const endings = /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM']);

/**
 * Time of the last change under a file or folder.
 * @param {string} path
 * @returns {number}
 */
function lastChange(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}

async function build() {
  const vite = await import('vite');
  await vite.build({
    root,
    logLevel: 'error',
    build: { ssr: 'src/cli/lab.ts', outDir: 'build/cli', copyPublicDir: false, target: 'node20', minify: false },
  });
}

/**
 * Runs the lab; its exit code becomes this process's.
 * @param {readonly string[]} args
 */
function run(args) {
  const show = process.env['REWARM_DRIVER_LINES'] === '1';
  // Number 3 is this process's stderr, for the lab's own remarks. The channel tells the lab when this process is gone.
  const child = spawn(process.execPath, [...process.execArgv, built, ...args], {
    stdio: ['inherit', 'inherit', show ? 'inherit' : 'pipe', 2, 'ipc'],
  });
  let held = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    held = (held + text).slice(-mostHeld);
  });
  /** @type {number | null} */
  let asked = null;
  for (const name of endings) {
    process.on(name, () => {
      asked ??= constants.signals[name];
      child.kill(name);
    });
  }
  process.stderr.on('error', () => {});
  child.on('close', (code, signal) => {
    process.exitCode = code ?? (asked === null ? 1 : 128 + asked);
    const lines = held.split('\n').filter((line) => line.trim() !== '').length;
    if (code !== null && lines > 0) {
      process.stderr.write(
        `The graphics driver printed ${lines} lines of its own; REWARM_DRIVER_LINES=1 shows them.\n`,
      );
    }
    if (code === null && asked === null) {
      process.stderr.write(
        `${held}\nThe command was ended by ${signal}; what stands above is the last that was heard of it. ` +
          'Finished stages are kept: give the same command to go on after them.\n',
      );
    }
  });
}

const stale = !existsSync(built) || sources.some((name) => lastChange(join(root, name)) > statSync(built).mtimeMs);
const buildOnly = process.argv[2] === '--build-only';
if (stale || buildOnly) await build();
if (!buildOnly) run(process.argv.slice(2));
