// What `npm ci` does in a fresh clone: it asks nothing, and installs the same whatever the shell says.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** npm warns of a script that nobody has allowed or refused, and its later versions do not run it. */
test.each(['.', 'tests', 'tests/bench/peers'])('each install script is settled: %s', (folder) => {
  const packages: Record<string, { hasInstallScript?: true }> = read(folder, 'package-lock.json').packages;
  const withScripts = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript);
  const names = withScripts.map((path) => path.replace(/^.*node_modules\//, ''));
  expect(Object.keys(read(folder, 'package.json').allowScripts).sort()).toEqual(names.sort());
});

test.each([
  ['.', 'vite'],
  ['tests', 'knip'],
  ['tests/bench/peers', 'vite'],
])('NODE_ENV=production leaves no tool out: %s, %s', (folder, name) => {
  const env = { ...process.env, NODE_ENV: 'production' };
  const args = ['ls', name, '--package-lock-only', '--parseable', '--prefix', join(root, folder)];
  const listed = execFileSync('npm', args, { cwd: root, env, encoding: 'utf8', shell: process.platform === 'win32' });
  expect(listed.trim().split(/[/\\]/).at(-1)).toBe(name);
});
