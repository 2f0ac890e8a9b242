// Runs the suites, fastest first, and ends with one line: `N passed, N failed`. Every static check counts as
// one, every test as one. A test that is skipped and a suite that cannot run count as failed.
//   node tests/run.mjs [suite ...]

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { useDriver } from './driver.mjs';
import { installPackages, prepareMachine } from './setup.mjs';

const root = resolve(import.meta.dirname, '..');
const results = join(root, 'build/test-results');
const minutes = 60_000;
const biome = 'tests/node_modules/@biomejs/biome/bin/biome';
const vite = 'node_modules/vite/bin/vite.js';

/**
 * @typedef {{ passed: number, failed: number, output: string }} Tally
 * @typedef {{ name: string, gpu?: boolean, run: () => Promise<Tally> }} Suite
 */

/** @type {number | null} process group of the command that runs now */
let running = null;

function endRunning() {
  if (running === null) return;
  try {
    process.kill(process.platform === 'win32' ? running : -running, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endRunning();
    process.exit(130);
  });
}

/**
 * Runs a Node script in the project's root.
 * @param {string[]} argv
 * @param {number} timeout milliseconds
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function node(argv, timeout = 5 * minutes) {
  return new Promise((done) => {
    // A group of its own, so that its workers and browsers end with it.
    const child = spawn(process.execPath, argv, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, NO_COLOR: '1' },
    });
    running = child.pid ?? null;
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    const timer = setTimeout(() => {
      output += `\nStopped after ${timeout / minutes} minutes.\n`;
      endRunning();
    }, timeout);
    child.on('close', (code) => {
      clearTimeout(timer);
      running = null;
      done({ ok: code === 0, output });
    });
  });
}

/**
 * Static checks: each command counts as one.
 * @param {string[][]} commands
 * @returns {Promise<Tally>}
 */
async function checks(...commands) {
  const runs = [];
  for (const argv of commands) runs.push(await node(argv));
  const failures = runs.filter((run) => !run.ok);
  return {
    passed: runs.length - failures.length,
    failed: failures.length,
    output: failures.map((run) => run.output).join('\n'),
  };
}

/** @param {string} path of Vitest's JSON report */
function countTests(path) {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults;
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + skipped + broken.length, skipped };
}

/**
 * One project of vitest.config.ts.
 * @param {string} project
 * @param {number} timeout milliseconds
 * @returns {Promise<Tally>}
 */
async function vitest(project, timeout) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const run = await node(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      // A snapshot that is missing is a failure, not written anew.
      '--update=none',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    timeout,
  );
  const log = join(results, `${project}.log`);
  writeFileSync(log, run.output);
  // The tests that passed have printed their tolerances; what failed comes after them.
  const failures = run.output.slice(Math.max(0, run.output.search(/^.*⎯ *(Failed|Startup|Unhandled)/mu)));
  try {
    const { passed, failed, skipped } = countTests(report);
    const note = skipped > 0 ? `\n${skipped} tests were skipped, which counts as failed here.` : '';
    // Vitest also fails for errors outside any test.
    return { passed, failed: run.ok ? failed : Math.max(failed, 1), output: `${failures}${note}\nAll output: ${log}` };
  } catch {
    return { passed: 0, failed: 1, output: failures };
  }
}

const tsc = 'node_modules/typescript/bin/tsc';
const realms = ['pure', 'worker', 'ui', 'node', 'kernels'].map((realm) => [tsc, '-p', `tsconfig.${realm}.json`]);

/** @type {Suite[]} */
const suites = [
  { name: 'types', run: () => checks(...realms, [tsc, '-p', 'tsconfig.json']) },
  { name: 'lint', run: () => checks([biome, 'check', '--error-on-warnings', '.']) },
  { name: 'dead', run: () => checks(['tests/node_modules/knip/bin/knip.js']) },
  { name: 'shaders', run: () => vitest('shaders', 2 * minutes) },
  { name: 'unit', gpu: true, run: () => vitest('unit', 20 * minutes) },
  { name: 'naga', gpu: true, run: () => vitest('naga', 8 * minutes) },
  { name: 'build', run: () => checks([vite, 'build'], ['src/cli/launch.mjs', '--build-only']) },
  { name: 'size', run: () => checks(['tests/size.mjs']) },
  { name: 'e2e', gpu: true, run: () => vitest('e2e', 25 * minutes) },
];

/**
 * @param {Suite} suite
 * @param {string | null} problem why it cannot run
 */
async function runSuite(suite, problem) {
  const start = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`${suite.name} ...\r`);
  const tally = problem ? { passed: 0, failed: 1, output: problem } : await suite.run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const counts = `${tally.passed} passed${tally.failed > 0 ? `, ${tally.failed} FAILED` : ''}`;
  console.log(`${suite.name.padEnd(8)} ${counts.padEnd(24)} ${seconds.padStart(6)} s`);
  if (tally.failed > 0) console.log(`${tally.output.trimEnd()}\n`);
  return tally;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. Suites: ${suites.map((suite) => suite.name).join(', ')}.`);
  process.exit(2);
}
const chosen = wanted.length > 0 ? suites.filter((suite) => wanted.includes(suite.name)) : suites;

mkdirSync(results, { recursive: true });
const noTools = installPackages();
const noMachine = chosen.some((suite) => suite.gpu) ? prepareMachine() : null;
useDriver();

let passed = 0;
let failed = 0;
for (const suite of chosen) {
  const tally = await runSuite(suite, noTools ?? (suite.gpu ? noMachine : null));
  passed += tally.passed;
  failed += tally.failed;
}
const summary = `${passed} passed, ${failed} failed`;
writeFileSync(join(results, 'summary.txt'), `${summary}\n`);
console.log(summary);
// Not process.exit: it would cut off output that a pipe has not taken yet.
process.exitCode = failed > 0 ? 1 : 0;
