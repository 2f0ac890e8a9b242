// Gets what the tests need beyond `npm ci`: the packages of tests/package.json, a Chromium and a Vulkan driver.
// Installs the last two with apt where it may; otherwise says in one sentence what to type.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findChromium, findDriver, installCommand } from './driver.mjs';

const here = resolve(import.meta.dirname);

/**
 * Installs tests/package.json when it is missing or older than its lock file.
 * @returns {string | null} null when it is there, else the sentence that says what to do
 */
export function installPackages() {
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const stamp = join(here, 'node_modules', '.rewarm-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return null;
  console.log('Installing the tools of the tests (tests/package.json) ...');
  const run = spawnSync('npm', ['ci', '--prefix', here, '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) return 'The tools of the tests did not install. Type: npm ci --prefix tests';
  writeFileSync(stamp, lock);
  return null;
}

/** A process of its own, because a Vulkan driver once loaded cannot be exchanged. */
function hasAdapter() {
  const run = spawnSync(process.execPath, [join(here, 'probe.mjs')], { timeout: 60_000 });
  return run.status === 0;
}

/**
 * Finds or installs Chromium and the driver.
 * @returns {string | null} null when both are there, else the sentence that says what to do
 */
export function prepareMachine() {
  const named = process.env['CHROMIUM'];
  if (named && !existsSync(named)) return `CHROMIUM is set to ${named}, where there is no file.`;
  if (findChromium() && findDriver() !== undefined && hasAdapter()) return null;
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    console.log(`Installing Chromium and the Vulkan loader for the tests: ${installCommand}`);
    spawnSync('sh', ['-c', installCommand], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const missing = [];
  if (!findChromium()) missing.push('a Chromium (set CHROMIUM to its path if it has an unusual name)');
  if (findDriver() === undefined || !hasAdapter()) missing.push('a Vulkan driver that gives WebGPU an adapter');
  if (missing.length === 0) return null;
  return `The tests need ${missing.join(' and ')}. On Debian or Ubuntu type: sudo sh -c '${installCommand}'`;
}
