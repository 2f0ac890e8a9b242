// norm.wgsl against its twins: sums of squares, loss, norm and factor, and the flag of runs that may not be updated.

import { describe, expect, test } from 'vitest';
import { NORM_PARTIALS, norm } from '../../src/engine/gpu/kernels/norm';
import { clipScale, globalNorm } from '../../src/engine/reference/clip';
import { EPS, eachRun, noise, ofRun, play, shapes } from './play';
import { budget, DIVISION, Expected, SQRT } from './tolerance';

const [MEAN_LOSS, NORM, FACTOR, FINITE] = [0, 1, 2, 3] as const;

describe.each(shapes)('norm, $name', ({ name, sizes }) => {
  const { R, N, P, F } = sizes;
  const clip = 1;
  const both = norm(sizes, clip);
  const [squares, finish] = both;
  // Terms of one sign: a square and an addition each in one of four sums, then two levels of additions.
  const squaresError = (Math.ceil(P / (4 * NORM_PARTIALS)) + 1 + 2) * EPS;

  /** A gradient of the given norm; what lies behind the P parameters does not count, and is huge. */
  function gradientOf(norms: readonly number[]) {
    const gradient = noise(R * F, 1);
    for (let r = 0; r < R; r++) {
      const own = ofRun(gradient, F, r);
      const scale = norms[r % norms.length]! / globalNorm(own.subarray(0, P));
      own.set(own.subarray(0, P).map((g) => g * scale));
      own.fill(1e30, P);
    }
    return gradient;
  }

  const meanOf = (losses: Float32Array) => losses.reduce((a, b) => a + b, 0) / N;

  test('squares: strided sums', async () => {
    const gradient = gradientOf([1, 3]);
    const { norm_partial } = await play(sizes, [squares!], { gradient }, ['norm_partial']);
    const twin = eachRun(R, (r) => {
      const own = ofRun(gradient, F, r, 0, P);
      const terms = Array.from({ length: NORM_PARTIALS }, (): number[] => []);
      for (const [i, g] of own.entries()) terms[Math.floor(i / 4) % NORM_PARTIALS]!.push(g);
      return terms.map((t) => globalNorm(t) ** 2);
    });
    new Expected().put(0, twin, budget(squaresError, twin)).check(`norm.squares ${name}`, norm_partial);
  });

  test('finish: loss, norm, factor, flag', async () => {
    const norm_partial = noise(R * NORM_PARTIALS, 2).map((v, i) => (v + 1.01) * (i < NORM_PARTIALS ? 1 : 1e-5));
    const row_loss = noise(R * N, 3).map((v) => 3 + 3 * v);
    const { stats } = await play(sizes, [finish!], { norm_partial, row_loss }, ['stats']);
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      const size = Math.sqrt(ofRun(norm_partial, NORM_PARTIALS, r).reduce((a, b) => a + b, 0));
      const loss = meanOf(ofRun(row_loss, N, r));
      // 64 threads add every 64th number, then a tree of six levels; all terms are positive.
      const lossError = EPS * (Math.ceil(N / 64) + 6 + DIVISION) * loss;
      const normError = EPS * ((NORM_PARTIALS / 64 + 6) / 2 + SQRT);
      // + 1e-6 (a constant), division; a factor of 1 is exact.
      const factor = clipScale(size, clip);
      const factorError = factor === 1 ? 0 : factor * (normError + EPS * (2 + DIVISION));
      expected.put(4 * r, [loss, size, factor, 1], [lossError, size * normError, factorError, 0]);
    }
    expected.check(`norm.finish ${name}`, stats);
  });

  test.each([0.25, 0.999, 1.001, 40])('both, gradient norm %f', async (size) => {
    const gradient = gradientOf([size, 2 * size]);
    const row_loss = noise(R * N, 3).map((v) => 3 + v);
    const { stats } = await play(sizes, both, { gradient, row_loss }, ['stats']);
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      const twin = globalNorm(ofRun(gradient, F, r, 0, P));
      const loss = meanOf(ofRun(row_loss, N, r));
      const factor = clipScale(twin, clip);
      const normError = (squaresError + EPS * (NORM_PARTIALS / 64 + 6)) / 2 + EPS * SQRT;
      const lossError = EPS * (Math.ceil(N / 64) + 6 + DIVISION) * loss;
      const factorError = factor === 1 ? 0 : factor * (normError + EPS * (2 + DIVISION));
      expected.put(4 * r, [loss, twin, factor, 1], [lossError, twin * normError, factorError, 0]);
      if (twin < clip) expect(stats[4 * r + FACTOR]).toBe(1);
    }
    expected.check(`norm ${name} at ${size}`, stats);
  });

  const broken = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  test.each([...broken, 1e30])('%f in a gradient stops that run alone', async (value) => {
    for (const run of [0, R - 1]) {
      const gradient = gradientOf([0.5]);
      gradient[run * F + P - 1] = value;
      const row_loss = noise(R * N, 3).map((v) => 3 + v);
      const { stats } = await play(sizes, both, { gradient, row_loss }, ['stats']);
      for (let r = 0; r < R; r++) {
        const own = ofRun(stats, 4, r);
        expect([own[FACTOR], own[FINITE]]).toEqual(r === run ? [0, 0] : [1, 1]);
        expect(Number.isFinite(own[NORM])).toBe(r !== run);
        expect(Number.isFinite(own[MEAN_LOSS])).toBe(true);
      }
    }
  });

  test.each(broken)('%f in a row loss stops that run alone', async (value) => {
    for (const run of [0, R - 1]) {
      const row_loss = noise(R * N, 3).map((v) => 3 + v);
      row_loss[run * N + N - 1] = value;
      const { stats } = await play(sizes, both, { gradient: gradientOf([0.5]), row_loss }, ['stats']);
      for (let r = 0; r < R; r++) {
        const own = ofRun(stats, 4, r);
        expect([own[FACTOR], own[FINITE]]).toEqual(r === run ? [0, 0] : [1, 1]);
        expect(Number.isFinite(own[MEAN_LOSS])).toBe(r !== run);
      }
    }
  });
});
