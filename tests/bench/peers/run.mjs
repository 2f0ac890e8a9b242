// Training speed of Rewarm and of other WebGPU trainers on one adapter, same shape, as JSON (see README.md).
//   node tests/bench/peers/run.mjs [--peer NAME] [--batch 4,32] [--vocabulary 256]
//                                  [--adapter swiftshader|lavapipe|system]

import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { installCommand, useDriver } from '../../driver.mjs';
import { optimizer, shapeOf } from './shape.mjs';

const here = import.meta.dirname;
const root = resolve(here, '../../..');
const install = 'npm ci --prefix tests/bench/peers';
/** A software adapter may need minutes to compile and seconds a step. */
const TIMEOUT_MS = 15 * 60_000;

/**
 * @typedef {{ name: string, module: string, packages: string[] }} Contestant
 * @typedef {{ description: string }} Adapter
 * @typedef {{ median: number, least: number, most: number }} Spread
 * @typedef {{ error?: string, adapter?: Adapter, tokensPerSecond?: Spread }} Answer what child.mjs sends
 * @typedef {{ trainer: string, batch: number, versions: Record<string, string> } & Answer} Result
 */

/** @type {Contestant} */
const rewarm = { name: 'rewarm', module: join(root, 'build/peers/rewarm.js'), packages: [] };
/** @type {Contestant[]} */
const peers = [
  { name: 'jax-js', module: join(here, 'jax.mjs'), packages: ['@jax-js/jax'] },
  {
    name: 'gpt-tfjs',
    module: join(here, 'tfjs.mjs'),
    packages: ['gpt-tfjs', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
  },
  { name: 'nanogpt', module: join(here, 'nanogpt.mjs'), packages: ['@genai-fi/nanogpt'] },
];

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** @param {string} folder @returns {string} */
const versionIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
const versionOf = (/** @type {string} */ name) => versionIn(join(here, 'node_modules', name));

function readArguments() {
  const text = { type: /** @type {const} */ ('string') };
  const { values } = parseArgs({ options: { peer: text, batch: text, vocabulary: text, adapter: text } });
  const batches = (values.batch ?? '4,32').split(',').map(Number);
  if (batches.some((batch) => !Number.isInteger(batch) || batch < 1)) refuse('--batch takes numbers like 4,32.');
  const vocabulary = Number(values.vocabulary ?? 256);
  if (!(vocabulary > 0 && vocabulary <= 256 && vocabulary % 4 === 0)) {
    refuse('--vocabulary takes a multiple of 4 up to 256.');
  }
  const chosen = values.peer === undefined ? peers : peers.filter(({ name }) => name === values.peer);
  if (chosen.length === 0) refuse(`--peer takes one of ${peers.map(({ name }) => name).join(', ')}.`);
  chooseAdapter(values.adapter);
  return { batches, vocabulary, chosen };
}

/** @param {string | undefined} name */
function chooseAdapter(name) {
  if (name !== undefined) {
    if (!['swiftshader', 'lavapipe', 'system'].includes(name)) {
      refuse('--adapter takes swiftshader, lavapipe or system.');
    }
    if (name !== 'system') delete process.env['VK_ICD_FILENAMES'];
    process.env['REWARM_TEST_DRIVER'] = name;
  }
  if (useDriver() === undefined) refuse(`No Vulkan driver was found. Install one: ${installCommand}`);
}

async function buildRewarm() {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'tests/bench/peers/rewarm.ts',
      outDir: 'build/peers',
      copyPublicDir: false,
      target: 'node20',
      minify: false,
    },
  });
}

/**
 * @param {Contestant} contestant
 * @param {number} batch
 * @param {number} vocabulary
 * @returns {Promise<Result>}
 */
function measured({ name, module, packages }, batch, vocabulary) {
  const versions = name === rewarm.name ? { rewarm: versionIn(root) } : {};
  for (const one of packages) Object.assign(versions, { [one]: versionOf(one) });
  return new Promise((done) => {
    const argv = [pathToFileURL(module).href, String(batch), String(vocabulary)];
    // What libraries print goes to stderr: stdout is for the JSON.
    const child = fork(join(here, 'child.mjs'), argv, { stdio: ['ignore', 2, 2, 'ipc'] });
    /** @type {Answer | null} */
    let answer = null;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, TIMEOUT_MS);
    child.on('message', (message) => {
      answer = /** @type {Answer} */ (message);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      const error = late ? `It did not end within ${TIMEOUT_MS / 60_000} minutes.` : `It ended with ${signal ?? code}.`;
      done({ trainer: name, batch, versions, ...(answer ?? { error }) });
    });
  });
}

/** @param {Result} result */
function say({ trainer, batch, error, tokensPerSecond }) {
  const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString('en');
  const { median, least, most } = tokensPerSecond ?? { median: 0, least: 0, most: 0 };
  console.error(`${trainer}, B ${batch}: ${error ?? `${whole(median)} tokens/s (${whole(least)}-${whole(most)})`}`);
}

/**
 * How many times faster Rewarm is: the mean of its medians before and after the peer, over the peer's median. The
 * extremes pair Rewarm's slowest sample with the peer's fastest, and the other way round.
 * @param {Result} before
 * @param {Result} peer
 * @param {Result} after
 */
function ratioOf(before, peer, after) {
  const head = { peer: peer.trainer, batch: peer.batch };
  const failed = [before, peer, after].find(({ error }) => error !== undefined);
  if (failed) return { ...head, error: `${failed.trainer}: ${failed.error}` };
  const [a, p, b] = [before, peer, after].map((one) => /** @type {Spread} */ (one.tokensPerSecond));
  if (!a || !p || !b) return { ...head, error: 'A speed is missing.' };
  if (new Set([before, peer, after].map(({ adapter }) => JSON.stringify(adapter))).size > 1) {
    return { ...head, error: 'The two did not run on the same adapter.' };
  }
  return {
    ...head,
    ratio: (a.median + b.median) / 2 / p.median,
    least: Math.min(a.least, b.least) / p.most,
    most: Math.max(a.most, b.most) / p.least,
    /** Rewarm after over before: what the machine itself changed in between. */
    drift: b.median / a.median,
  };
}

if (!existsSync(join(here, 'node_modules'))) refuse(`The peers are not installed. Type: ${install}`);
const { batches, vocabulary, chosen } = readArguments();
await buildRewarm();
/** @type {Result[]} */
const results = [];
const ratios = [];
const run = async (/** @type {Contestant} */ contestant, /** @type {number} */ batch) => {
  const result = await measured(contestant, batch, vocabulary);
  say(result);
  results.push(result);
  return result;
};
for (const batch of batches) {
  let before = await run(rewarm, batch);
  for (const peer of chosen) {
    const middle = await run(peer, batch);
    const after = await run(rewarm, batch);
    ratios.push(ratioOf(before, middle, after));
    before = after;
  }
}
const { batch: _, ...shape } = shapeOf(0, vocabulary);
const adapter = results.find((result) => result.adapter)?.adapter ?? null;
const platform = { node: process.version, webgpu: versionOf('webgpu') };
const report = { v: 1, adapter, platform, shape: { ...shape, batches }, optimizer, results, ratios };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
process.exitCode = ratios.some((ratio) => 'error' in ratio) ? 1 : 0;
