// Attention, GELU, cross-entropy, embedding, AdamW and the norm of the SIMD engine against their twins.

import { describe, expect, it } from 'vitest';
import { biasCorrections, paperAdamW } from '../../src/engine/optimizer';
import { adamwUpdate } from '../../src/engine/reference/adamw';
import { attentionBackward, attentionForward } from '../../src/engine/reference/attention';
import { globalNorm } from '../../src/engine/reference/clip';
import { crossEntropyBackward, crossEntropyForward } from '../../src/engine/reference/cross_entropy';
import { embeddingBackward, embeddingForward } from '../../src/engine/reference/embedding';
import { geluBackward, geluForward } from '../../src/engine/reference/gelu';
import { rotaryForward, rotaryInverse } from '../../src/engine/reference/rotary';
import { attentionBudgets } from '../kernels/attention';
import { columns, EPS, expectWithin, noise } from '../kernels/play';
import { abs, budget, geluBudgets, turned } from '../kernels/tolerance';
import { openMemory } from './memory';

/** Rotary's tables (T,D) as the engine lays them out. */
function tables(T: number, D: number, rot: number) {
  const cosines = new Float32Array(T * D).fill(1);
  const sines = new Float32Array(T * D);
  for (let t = 0; t < T; t++) {
    for (let d = 0; d < rot; d += 2) {
      const angle = t * 10_000 ** (-d / rot);
      cosines.fill(Math.cos(angle), t * D + d, t * D + d + 2);
      sines.set([-Math.sin(angle), Math.sin(angle)], t * D + d);
    }
  }
  return { cosines, sines };
}

describe.each([
  { B: 3, T: 11, H: 3, D: 4, rot: 2 },
  { B: 2, T: 27, H: 1, D: 20, rot: 20 },
  { B: 1, T: 1, H: 2, D: 8, rot: 8 },
  { B: 2, T: 64, H: 2, D: 16, rot: 4 },
  { B: 1, T: 70, H: 1, D: 64, rot: 64 },
])('attention, B $B, T $T, H $H, D $D', ({ B, T, H, D, rot }) => {
  const C = H * D;
  const N = B * T;
  const qkv = noise(N * 3 * C, 1, 2);
  const dy = noise(N * C, 2);
  const part = (i: number) => columns(qkv, 3 * C, i * C, (i + 1) * C);
  const [q, k] = [part(0), part(1)].map((x) => rotaryForward(x, B, T, H, D, rot));
  const v = part(2);
  const twin = attentionForward(q!, k!, v, B, T, H, D);
  // The budgets of WebGPU's kernels, twice: queries and keys are turned here, and scaled before they meet, which are 8 more
  // roundings of a score where D + 5 >= 9 are counted.
  const world = { q: q!, k: k!, v, y: twin.y, lse: twin.logSumExp, da: dy };
  const budgets = attentionBudgets(world, B, T, H, D);
  const twice = (x: Float64Array) => x.map((e) => 2 * e);

  it('is that of the twin, forward and back', async () => {
    const { kernels, put, room, get } = await openMemory();
    const { cosines, sines } = tables(T, D, rot);
    const wide = 5 * C;
    const at = { y: room(N * wide), dqkv: room(N * 7 * C), stats: room(2 * N * H) };
    const args = [put(qkv), B, T, H, D, put(cosines), put(sines), at.y, 4 * wide, at.stats] as const;
    const scratch = room(kernels.attentionScratch(T, D) / 4);
    kernels.attentionForward(...args, scratch);
    const out = get(at.y, N * wide);
    expectWithin('y', columns(out, wide, 0, C), twin.y, twice(budgets.y));
    expect(new Set(columns(out, wide, C, wide))).toEqual(new Set([Math.fround(12345.678)]));
    kernels.attentionBackward(...args, scratch, put(dy), at.dqkv, 28 * C);
    const d = attentionBackward(dy, q!, k!, v, twin.y, twin.logSumExp, B, T, H, D);
    const actual = get(at.dqkv, N * 7 * C);
    const back = (x: Float64Array) => rotaryInverse(x, B, T, H, D, rot);
    const [dq, dk] = [back(d.dq), back(d.dk)];
    expectWithin('dq', columns(actual, 7 * C, 0, C), dq, turned(twice(budgets.dq), dq));
    expectWithin('dk', columns(actual, 7 * C, C, 2 * C), dk, turned(twice(budgets.dk), dk));
    expectWithin('dv', columns(actual, 7 * C, 2 * C, 3 * C), d.dv, twice(budgets.dv));
  });
});

it('GELU and its slope are those of the twin', async () => {
  const { kernels, put, room, get } = await openMemory();
  const x = Float32Array.from([...noise(400, 1, 4), ...noise(396, 2, 40), 0, -0, 100, -100]);
  const d = noise(800, 3);
  const at = { x: put(x), slope: room(800), d: put(d) };
  kernels.geluForward(at.x, 80, at.slope, 80, 40, 20);
  kernels.geluBackward(at.d, 80, at.slope, 80, 40, 20);
  const bounds = Array.from(x, geluBudgets);
  expectWithin(
    'gelu',
    get(at.x, 800),
    geluForward(x),
    bounds.map((b) => b.value + 1e-26),
  );
  const slopes = geluBackward(d, x);
  expectWithin(
    'slope',
    get(at.d, 800),
    slopes,
    bounds.map((b, i) => b.slope + EPS * Math.abs(slopes[i]!) + 1e-25),
  );
});

it('cross-entropy and its derivative are those of the twin', async () => {
  const { kernels, put, putBytes, get } = await openMemory();
  const [N, V] = [13, 20];
  const logits = noise(N * V, 1, 9);
  const targets = Uint8Array.from(noise(N, 2), (v) => Math.floor(((v + 1) / 2) * V));
  const at = put(logits);
  const total = kernels.crossEntropy(at, putBytes(targets), N, V, N);
  const { losses, logSumExp } = crossEntropyForward(logits, targets, N, V);
  // Each exponential has 18 EPS from the rounding of x - max (at most 18) and exp's 1.5 (1 + 18 / 90) EPS; the sum V / 4 + 3.
  const relative = EPS * (18 + 2 + V / 4 + 3);
  expectWithin('loss', [total], [losses.reduce((a, b) => a + b, 0)], N * relative);
  const expected = crossEntropyBackward(logits, targets, logSumExp, N, V);
  expectWithin(
    'logits',
    get(at, N * V),
    expected,
    expected.map(() => (2 * relative + 5 * EPS) / N),
  );
});

it('the embedding is copied, and its gradient summed in order', async () => {
  const { kernels, put, putBytes, room, get } = await openMemory();
  const [N, V, C] = [50, 20, 12];
  const [table, dx] = [noise(V * C, 1), noise(N * C, 2)];
  const tokens = Uint8Array.from(noise(N, 3), (v) => Math.floor(((v + 1) / 2) * V));
  const at = { tokens: putBytes(tokens), x: room(N * C), d: put(new Float32Array(V * C)) };
  kernels.embeddingForward(at.tokens, put(table), at.x, N, C);
  expect(Float64Array.from(get(at.x, N * C))).toEqual(embeddingForward(tokens, table, N, C));
  kernels.embeddingBackward(at.tokens, put(dx), at.d, N, C);
  const magnitudes = embeddingBackward(abs(dx), tokens, N, V, C);
  expectWithin('gradient', get(at.d, V * C), embeddingBackward(dx, tokens, N, V, C), budget(N * EPS, magnitudes));
});

it('AdamW and the norm are those of the twin', async () => {
  const { kernels, put, get } = await openMemory();
  const count = 200;
  const [p, g, m] = [noise(count, 1), noise(count, 2), noise(count, 3, 0.1)];
  const v = noise(count, 4, 0.1).map(Math.abs);
  const { beta1, beta2, epsilon, weightDecay } = paperAdamW;
  const [rate, t, scale] = [1e-3, 7, 0.5];
  const { first, second } = biasCorrections(paperAdamW, t);
  const at = { p: put(p), g: put(g), m: put(m), v: put(v) };
  const norm = globalNorm(g);
  expect(Math.abs(Math.sqrt(kernels.squares(at.g, count)) - norm)).toBeLessThan(1e-13 * norm);
  const factors = [
    scale,
    beta1,
    1 - beta1,
    beta2,
    1 - beta2,
    second,
    epsilon,
    rate / first,
    rate * weightDecay,
  ] as const;
  kernels.adamw(at.p, at.g, at.m, at.v, count, ...factors);
  const twin = { p: Float64Array.from(p), m: Float64Array.from(m), v: Float64Array.from(v) };
  const common = { optimizer: paperAdamW, learningRate: rate, t, scale, decay: true };
  adamwUpdate(twin.p, g, twin.m, twin.v, 0, count, common);
  expectWithin(
    'm',
    get(at.m, count),
    twin.m,
    twin.m.map((_, i) => EPS * (3 * Math.abs(m[i]!) + 4 * Math.abs(g[i]!))),
  );
  expectWithin(
    'v',
    get(at.v, count),
    twin.v,
    twin.v.map((x) => 7 * EPS * x),
  );
  // The step: m's error over the root, and eight roundings of the quotient; two of the weight.
  const step = twin.p.map(
    (_, i) => ((rate / first) * (Math.abs(m[i]!) + Math.abs(g[i]!))) / Math.sqrt(twin.v[i]! / second),
  );
  expectWithin(
    'p',
    get(at.p, count),
    twin.p,
    twin.p.map((x, i) => EPS * (3 * Math.abs(x) + 14 * step[i]!)),
  );
});

it('moments end at zero, not as denormal numbers', async () => {
  const { kernels, put, get } = await openMemory();
  const at = [
    put([1, 1, 1, 1]),
    put(new Float32Array(4)),
    put(new Float32Array(4).fill(1e-30)),
    put(new Float32Array(4).fill(8e-31)),
  ] as const;
  kernels.adamw(...at, 4, 1, 0.5, 0.5, 0.5, 0.5, 1, 1e-8, 1e-3, 0);
  expect([get(at[2], 4), get(at[3], 4)]).toEqual([new Float32Array(4), new Float32Array(4)]);
});
