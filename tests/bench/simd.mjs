// What the engine in WebAssembly SIMD reaches on one core: a probe that only multiplies and adds in registers, the model's
// products, a whole step. Of what takes less than some milliseconds the quickest tenth counts, of a step processor time:
// other work on the machine only makes it slower.
//   node tests/bench/simd.mjs [XS,S]

import { resolve } from 'node:path';
import { createServer } from 'vite';

const server = await createServer({
  root: resolve(import.meta.dirname, '../..'),
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
});
/** @param {string} path */
const load = (path) => server.ssrLoadModule(`/${path}`);
const simd = await load('src/engine/simd/engine.ts');
const { scales } = await load('src/experiment/scales.ts');
const { paperAdamW } = await load('src/engine/optimizer.ts');
const { initialState } = await load('src/train/initialize.ts');

/**
 * Seconds that the quickest tenth of `times` calls of `work` do not exceed.
 * @param {() => unknown} work
 * @param {number} times
 */
async function quick(work, times) {
  const seconds = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(times / 10)] ?? 0;
}

/**
 * Seconds that the processor was at work for one of `times` calls, whatever else it did between.
 * @param {() => unknown} work
 * @param {number} times
 */
async function processorTime(work, times) {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / times;
}

/** @param {number} value */
const shown = (value) => value.toFixed(1).padStart(7);

for (const name of (process.argv[2] ?? 'XS,S').split(',')) {
  const { model: spec, batch } = scales[name];
  const model = { ...spec, vocabulary: 256 };
  const shape = { model, batch, runs: 1, optimizer: paperAdamW };
  const { kernels: k, places: p } = await simd.prepareModel(shape);
  const { C, V, T, L } = p.sizes;
  const N = batch * T;
  const probed = 100_000;
  const probe = (96 * probed) / (await quick(() => k.probe(probed), 101)) / 1e9;
  console.log(`${name}  register-only multiply-adds ${shown(probe)} GFLOP/s`);
  let best = 0;
  for (const [what, depth, columns] of [
    ['in_proj', C, 4 * C],
    ['out_proj', 5 * C, C],
    ['in_proj back', 7 * C, C],
    ['head', C, V],
  ]) {
    const rows = p.layers[0];
    const forward = () =>
      k.product(rows.mix, 4 * depth, p.headPanels, p.dy, 4 * columns, p.zeros, 0, N, depth, columns);
    const back = () =>
      k.weightGradient(p.dy, 4 * columns, rows.mix, 4 * depth, p.gradient, 4 * depth, N, columns, depth);
    for (const [kind, work] of [
      ['product', forward],
      ['gradient', back],
    ]) {
      const rate = (2 * N * depth * columns) / (await quick(work, 61)) / 1e9;
      best = Math.max(best, rate);
      console.log(
        `    ${what} ${kind} ${N} x ${depth} x ${columns}: ${shown(rate)} GFLOP/s, ${(rate / probe).toFixed(2)} of the probe`,
      );
    }
  }
  const engine = simd.createSimdEngine();
  const lockstep = await engine.open(shape);
  lockstep.write(0, initialState(model, 1));
  const windows = Uint8Array.from({ length: batch * (T + 1) }, (_, i) => (i * 7919) % 251);
  const input = { windows, learningRates: Float64Array.of(1e-3) };
  await quick(() => lockstep.train([input]), 20);
  const seconds = await processorTime(() => lockstep.train([input]), name === 'XS' ? 300 : 40);
  // Products and attention, forward and back twice, as in the lab's own bench: a head's scores and mixture, half of them.
  const flops = 6 * N * (12 * L * C * C + C * V) + 6 * L * N * T * C;
  const evaluation = await processorTime(() => lockstep.evaluate(windows), 40);
  console.log(
    `    step ${(1000 * seconds).toFixed(2)} ms, ${Math.round(N / seconds)} tokens/s, ${shown(flops / seconds / 1e9)} GFLOP/s, ` +
      `${(flops / seconds / 1e9 / best).toFixed(2)} of the best product; evaluation ${(1000 * evaluation).toFixed(2)} ms`,
  );
  engine.destroy();
}
await server.close();
