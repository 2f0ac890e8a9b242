// Products, panels, folding, sums and LayerNorm of the SIMD engine against their twins, at sizes that are no multiple of a
// tile. A sum of n products has at most n + 2 roundings of each term's size, whatever its order: (n + 2) EPS sum |terms|.

import { describe, expect, it } from 'vitest';
import { layernormBackward, layernormForward } from '../../src/engine/reference/layernorm';
import {
  linearBackwardBias,
  linearBackwardInput,
  linearBackwardWeight,
  linearForward,
} from '../../src/engine/reference/linear';
import { EPS, expectWithin, noise } from '../kernels/play';
import { abs, budget, expectSame } from '../kernels/tolerance';
import { openMemory } from './memory';

const ones = (count: number) => new Float32Array(count).fill(1);
const up = (n: number, to: number) => to * Math.ceil(n / to);

describe.each([
  [33, 12, 20],
  [1, 4, 4],
  [70, 60, 84],
  [130, 20, 36],
])('N %i, K %i, M %i', (N, K, M) => {
  const x = noise((N + 3) * K, 1);
  const w = noise(M * K, 2);
  const dy = noise((N + 3) * M, 3);
  const bias = noise(up(M, 8), 4);
  const used = x.subarray(0, N * K);
  const usedDy = dy.subarray(0, N * M);

  it('has the product of the twin, with gain and shift folded in', async () => {
    const { kernels: k, put, room, get } = await openMemory();
    const [gain, shift] = [noise(K, 5), noise(K, 6)];
    const [atW, atGain, panels, out] = [put(w), put(gain), room(up(M, 8) * K), room(up(N, 4) * M)];
    const folded = room(up(M, 8));
    k.packRows(atW, 4 * K, M, K, atGain, panels);
    k.foldBias(atW, M, K, put(shift), put(bias), folded);
    k.product(put(x), 4 * K, panels, out, 4 * M, folded, 0, N, K, M);
    const inner = Float64Array.from(used, (v, i) => v * gain[i % K]! + shift[i % K]!);
    const size = Float64Array.from(used, (v, i) => Math.abs(v * gain[i % K]!) + Math.abs(shift[i % K]!));
    const expected = linearForward(inner, w, bias, N, K, M);
    const magnitudes = linearForward(size, abs(w), abs(bias), N, K, M);
    expectWithin('product', get(out, N * M), expected, budget((2 * K + 5) * EPS, magnitudes));
    expect(get(out + 4 * up(N, 4) * M, 4)).toEqual(new Float32Array(4).fill(Math.fround(12345.678)));
  });

  it("has the twin's derivative by the input, of a matrix in two parts of a panel", async () => {
    const { kernels: k, put, room, get } = await openMemory();
    const gain = noise(K, 7);
    const half = 4 * Math.floor(M / 8);
    const [atW, atGain, panels, out] = [put(w), put(gain), room(up(K, 8) * M), room(up(N, 4) * K)];
    k.packColumns(atW, 4 * K, half, K, atGain, panels, 32 * M);
    k.packColumns(atW + 4 * half * K, 4 * K, M - half, K, atGain, panels + 32 * half, 32 * M);
    k.product(put(dy), 4 * M, panels, out, 4 * K, put(new Float32Array(up(K, 8))), 0, N, M, K);
    const scaled = Float64Array.from(w, (v, i) => v * gain[i % K]!);
    const expected = linearBackwardInput(usedDy, scaled, N, K, M);
    const magnitudes = linearBackwardInput(abs(usedDy), abs(scaled), N, K, M);
    expectWithin('input', get(out, N * K), expected, budget((M + 2) * EPS, magnitudes));
  });

  it("has the twin's weight gradient and sums, added to what is there", async () => {
    const { kernels: k, put, get, room } = await openMemory();
    const before = noise(M * K, 8);
    const [atDy, out, sums] = [put(dy), put(before), room(M)];
    k.weightGradient(atDy, 4 * M, put(x), 4 * K, out, 4 * K, N, M, K);
    k.columnSums(atDy, 4 * M, N, M, sums);
    const expected = linearBackwardWeight(usedDy, used, N, K, M).map((v, i) => v + before[i]!);
    const magnitudes = linearBackwardWeight(abs(usedDy), abs(used), N, K, M).map((v, i) => v + Math.abs(before[i]!));
    expectWithin('weight', get(out, M * K), expected, budget((N + 2) * EPS, magnitudes));
    const total = linearBackwardBias(usedDy, N, M);
    expectWithin('sums', get(sums, M), total, budget(N * EPS, linearBackwardBias(abs(usedDy), N, M)));
  });

  it('unfolds a gradient', async () => {
    const { kernels: k, put, get } = await openMemory();
    const [dw, db, gain, shift] = [noise(M * K, 9), noise(M, 10), noise(K, 11), noise(K, 12)];
    const at = { dw: put(dw), dgain: put(new Float32Array(K)), dshift: put(new Float32Array(K)) };
    k.unfold(at.dw, put(w), M, K, put(db), put(gain), put(shift), at.dgain, at.dshift);
    const product = Float64Array.from(dw, (v, i) => v * w[i]!);
    const shifted = Float64Array.from(w, (v, i) => v * db[Math.floor(i / K)]!);
    const whole = Float64Array.from(dw, (v, i) => v * gain[i % K]! + db[Math.floor(i / K)]! * shift[i % K]!);
    const size = Float64Array.from(
      dw,
      (v, i) => Math.abs(v * gain[i % K]!) + Math.abs(db[Math.floor(i / K)]! * shift[i % K]!),
    );
    expectWithin('dW', get(at.dw, M * K), whole, budget(2 * EPS, size));
    const sum = (v: ArrayLike<number>) => linearBackwardBias(v, M, K);
    expectWithin('dgain', get(at.dgain, K), sum(product), budget((M + 1) * EPS, sum(abs(product))));
    expectWithin('dshift', get(at.dshift, K), sum(shifted), budget((M + 1) * EPS, sum(abs(shifted))));
  });
});

it('a product goes on from what its target holds', async () => {
  const { kernels: k, put, room, get } = await openMemory();
  const [N, K, M] = [8, 4, 8];
  const [x, w, y] = [noise(N * K, 1), noise(M * K, 2), noise(N * M, 3)];
  const [panels, out, plain] = [room(M * K), put(y), room(N * M)];
  k.packRows(put(w), 4 * K, M, K, put(ones(K)), panels);
  const at = put(x);
  k.product(at, 4 * K, panels, out, 4 * M, out, 4 * M, N, K, M);
  k.product(at, 4 * K, panels, plain, 4 * M, put(y), 4 * M, N, K, M);
  expectSame('in place', get(out, N * M), get(plain, N * M));
});

describe.each([
  [7, 12],
  [5, 64],
  [3, 4],
])('LayerNorm of %i rows of %i', (N, C) => {
  const x = noise(N * C, 1, 3);
  const d = noise(N * C, 2);
  const plain = { gain: ones(C), shift: new Float32Array(C) };

  it('is that of the twin, forward and back', async () => {
    const { kernels: k, put, room, get } = await openMemory();
    const at = { x: put(x), xhat: room(N * C), rstd: room(N), dx: put(noise(N * C, 3)) };
    k.layernormForward(at.x, at.xhat, at.rstd, N, C);
    const { y, mean, rstd } = layernormForward(x, plain.gain, plain.shift, N, C);
    // The mean's error, C / 4 + 3 roundings of sums of |x|, comes through rstd; the square root halves that of the variance.
    const most = Math.max(...abs(x));
    const scale = (n: number) => most * rstd[n]! + 1;
    const rows = Float64Array.from(y, (_, i) => (C / 2 + 16) * EPS * scale(Math.floor(i / C)) ** 2);
    expectWithin('xhat', get(at.xhat, N * C), y, rows);
    expectWithin(
      'rstd',
      get(at.rstd, N),
      rstd,
      rstd.map((r, n) => (C / 2 + 16) * EPS * r * scale(n)),
    );
    k.layernormBackward(put(d), at.xhat, at.rstd, at.dx, N, C);
    const { dx } = layernormBackward(d, x, plain.gain, mean, rstd, N, C);
    const before = noise(N * C, 3);
    // Three terms of at most 1, 1 and |xhat|^2 times d, each with the errors above.
    const bound = rows.map((r, i) => (4 * r + 8 * EPS) * rstd[Math.floor(i / C)]! * scale(Math.floor(i / C)) + EPS);
    expectWithin(
      'dx',
      get(at.dx, N * C),
      dx.map((v, i) => v + before[i]!),
      bound,
    );
  });
});
