// The kernels under two WebGPU implementations: Dawn (Chrome), with its compiler Tint, and wgpu (Firefox), with naga.
// Both compute on the same driver and must agree with each other and with the reference engine.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { parameterCount } from '../../src/engine/model';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { createWebGpuEngine } from '../../src/engine/webgpu';
import { testGpu } from '../adapter';
import { batch, model, rates, type Trained, trainShortly } from './training';

const root = resolve(import.meta.dirname, '../..');

function trainUnderDeno(): Trained {
  const deno = resolve(root, 'tests/node_modules/.bin/deno');
  const run = spawnSync(deno, ['run', '--unstable-webgpu', '--allow-all', 'build/naga/main.js'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 240_000,
  });
  if (run.error) throw new Error(`Deno did not start (${run.error.message}). Type: npm ci --prefix tests`);
  if (run.status !== 0) throw new Error(`The kernels failed under wgpu:\n${run.stderr}`);
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
}

let naga: Trained;
let dawn: Trained;
let reference: Trained;

beforeAll(async () => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'tests/naga/main.ts', outDir: 'build/naga', target: 'esnext', minify: false, copyPublicDir: false },
  });
  testGpu();
  naga = trainUnderDeno();
  dawn = await trainShortly(await createWebGpuEngine(testGpu()));
  reference = await trainShortly(createReferenceEngine());
  console.log(`wgpu on ${naga.adapter}; Dawn on ${dawn.adapter}`);
});

// Rounding: each of K additions in a row is off by up to u = 2^-24 of the sum, now up, now down, so that the whole is
// off by about sqrt(K) u; four times that is allowed. K here is every reduction that a loss has behind it: per block
// the products (C, 5C), attention (D and T) and LayerNorm (3C), then the last LayerNorm, the head (C) and softmax (V).
const { width: C, context: T, layers: L, heads: H, vocabulary: V } = model;
const K = L * (C + 5 * C + C / H + T + 3 * C) + 3 * C + C + V;
const rounding = 4 * Math.sqrt(K) * 2 ** -24;

/**
 * Largest difference of the losses before step `t`, nats. Each earlier step moved every weight by at most the
 * learning rate, with the gradient's rounding as relative error, which changes the loss by at most
 * rate * |gradient|_1 <= rate * sqrt(P) * |gradient|_2 times that error.
 */
function lossTolerance({ losses, gradientNorms }: Trained, t: number, run: number): number {
  const drift = t * (rates[run] ?? 0) * Math.sqrt(parameterCount(model)) * (gradientNorms[t]?.[run] ?? 0);
  return rounding * ((losses[t]?.[run] ?? 0) + drift);
}

/** The gradient has the forward pass behind it twice, and sums over the rows of the batch. */
const normTolerance = 4 * Math.sqrt(2 * K + batch * T) * 2 ** -24;

function worstShare(one: Trained, other: Trained): number {
  const shares = one.losses.flatMap((losses, t) =>
    losses.map((loss, run) => Math.abs(loss - (other.losses[t]?.[run] ?? Number.NaN)) / lossTolerance(other, t, run)),
  );
  return Math.max(...shares);
}

const pairs: [string, () => [Trained, Trained]][] = [
  ['wgpu and the reference engine', () => [naga, reference]],
  ['Dawn and the reference engine', () => [dawn, reference]],
  ['wgpu and Dawn', () => [naga, dawn]],
];

test.each(pairs)('%s train to the same losses', (name, pair) => {
  const [one, other] = pair();
  const share = worstShare(one, other);
  console.log(`${name}: the worst loss uses ${(100 * share).toFixed(2)} % of its tolerance`);
  expect(one.losses.length).toBe(other.losses.length);
  expect(share).toBeLessThanOrEqual(1);
});

test.each(pairs)('%s find the same first gradient', (_, pair) => {
  const [one, other] = pair();
  one.gradientNorms[0]?.forEach((norm, run) => {
    const expected = other.gradientNorms[0]?.[run] ?? Number.NaN;
    expect(Math.abs(norm - expected) / expected).toBeLessThanOrEqual(normTolerance);
  });
});

test.each(pairs)('%s evaluate alike after the last step', (_, pair) => {
  const [one, other] = pair();
  const last = other.losses.length - 1;
  const tolerance = Math.max(...rates.map((__, run) => lossTolerance(other, last, run)));
  one.evaluation.forEach((loss, i) => {
    expect(Math.abs(loss - (other.evaluation[i] ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
  });
});

test('the losses fall, so there was something to agree on', () => {
  expect(naga.losses.at(-1)?.[1]).toBeLessThan((naga.losses[0]?.[1] ?? 0) - 0.5);
});
