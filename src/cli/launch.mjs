// `npm run lab`: builds the command line (lab.ts) when a source is newer than the last build, then runs it.
//   node src/cli/launch.mjs [--build-only | arguments of the lab ...]

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
const built = join(root, 'build/cli/lab.js');
const sources = ['src', 'shaders', 'package-lock.json', 'vite.config.ts'];

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

const stale = !existsSync(built) || sources.some((name) => lastChange(join(root, name)) > statSync(built).mtimeMs);
const buildOnly = process.argv[2] === '--build-only';
if (stale || buildOnly) {
  await build({
    root,
    logLevel: 'error',
    build: { ssr: 'src/cli/lab.ts', outDir: 'build/cli', copyPublicDir: false, target: 'node20', minify: false },
  });
}
if (!buildOnly) {
  // A process that starts itself again must start the same code, not build what was edited since.
  process.argv[1] = built;
  await import(pathToFileURL(built).href);
}
