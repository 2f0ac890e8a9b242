// layernorm.wgsl against its twin with weight 1 and bias 0: the affine part is fold.wgsl's.

import { describe, expect, test } from 'vitest';
import { plainForms, uniformForms } from '../../src/engine/forms/forms';
import {
  layernormBackward as backwardDispatch,
  layernormForward as forwardDispatch,
} from '../../src/engine/gpu/kernels/layernorm';
import { layernormBackward, layernormForward } from '../../src/engine/reference/layernorm';
import { EPS, eachRun, expectWithin, noise, ofRun, play, shapes } from './play';
import { DIVISION, Expected, expectSame, INVERSE_SQRT } from './tolerance';

const mean = (values: Float32Array, f: (value: number, i: number) => number): number =>
  values.reduce((sum, value, i) => sum + f(value, i), 0) / values.length;

describe.each(shapes)('layernorm, $name', ({ name, sizes }) => {
  const { R, N, C, L } = sizes;
  const rows = R * N;
  const ones = new Float64Array(C).fill(1);
  const zeros = new Float64Array(Math.max(N, C));

  test('forward', async () => {
    const x = noise(rows * C, 1, 3);
    x.fill(3.7, 0, C); // a constant row, whose variance is 0
    x.set(
      noise(C, 2, 1e-3).map((v) => v + 50),
      (rows - 1) * C,
    ); // a mean far larger than the deviation
    const place = L - 1;
    const out = await play(sizes, [forwardDispatch(sizes, place)], { x }, [`xhat.${place}`, `rstd.${place}`]);
    const twins = Array.from({ length: R }, (_, r) => layernormForward(ofRun(x, N * C, r), ones, zeros, N, C));
    const rstd = eachRun(R, (r) => twins[r]!.rstd);
    const xhat = eachRun(R, (r) => twins[r]!.y);
    // mean: C - 1 additions and a division. Its error d changes the variance by d^2 only, since centred numbers sum to
    // zero. Variance: (C - 1) + 3 roundings of squares, division, + epsilon (a rounded constant), half of it in rstd.
    const meanErrors = rstd.map((_, n) => (C - 1 + DIVISION) * EPS * mean(ofRun(x, C, n), Math.abs));
    const relative = rstd.map(
      (r, n) => EPS * ((C + 2 + DIVISION + 2) / 2 + INVERSE_SQRT) + (meanErrors[n]! * r) ** 2 / 2,
    );
    expectWithin(
      `layernorm.forward ${name} rstd`,
      out[`rstd.${place}`]!,
      rstd,
      rstd.map((r, n) => r * relative[n]!),
    );
    // xhat: the mean's error, the rounding of x - mean, rstd's error and the last product.
    const tolerances = xhat.map((u, i) => {
      const n = Math.floor(i / C);
      return rstd[n]! * meanErrors[n]! + Math.abs(u) * (relative[n]! + 2 * EPS);
    });
    expectWithin(`layernorm.forward ${name} xhat`, out[`xhat.${place}`]!, xhat, tolerances);
  });

  test.each([
    { place: L - 1, does: 'adds to dx' },
    { place: 'final' as const, does: 'starts dx' },
  ])('backward $does', async ({ place }) => {
    const xhat = noise(rows * C, 3, 2);
    const rstd = noise(rows, 4).map((v) => 1.5 + v);
    const dxhat = noise(rows * C, 5);
    const before = noise(rows * C, 6);
    const inputs = { [`xhat.${place}`]: xhat, [`rstd.${place}`]: rstd, dxhat, dx: before };
    const { dx } = await play(sizes, [backwardDispatch(sizes, place)], inputs, ['dx']);
    // The twin normalises x itself: x = xhat / rstd with mean 0 makes it see the xhat that the kernel reads.
    const x = Float64Array.from(xhat, (u, i) => u / rstd[Math.floor(i / C)]!);
    const old = (i: number) => (place === 'final' ? 0 : before[i]!);
    const twin = eachRun(R, (r) => {
      const part = x.subarray(r * N * C, (r + 1) * N * C);
      return layernormBackward(ofRun(dxhat, N * C, r), part, ones, zeros, ofRun(rstd, N, r), N, C).dx;
    }).map((d, i) => d + old(i));
    // Two averages of C terms (C - 1 additions, one product, a division), u * slope, two subtractions, * rstd, and +=.
    const tolerances = new Float64Array(rows * C);
    for (let n = 0; n < rows; n++) {
      const [g, u] = [ofRun(dxhat, C, n), ofRun(xhat, C, n)];
      const [average, along] = [mean(g, Math.abs), mean(g, (v, c) => Math.abs(v * u[c]!))];
      for (let c = 0; c < C; c++) {
        const size = rstd[n]! * (Math.abs(g[c]!) + average + Math.abs(u[c]!) * along);
        const i = n * C + c;
        tolerances[i] = EPS * ((C + DIVISION + 4) * size + Math.abs(twin[i]!));
      }
    }
    new Expected().put(0, twin, tolerances).check(`layernorm.backward ${name} ${place}`, dx);
  });

  test('eight threads a row give the bits of one', async () => {
    const spread = { ...sizes, forms: uniformForms('tiles 32x32', plainForms.attention) };
    const inputs = { x: noise(rows * C, 1, 3), dxhat: noise(rows * C, 5) };
    const names = ['xhat.final', 'rstd.final', 'dx'] as const;
    const both = (of: typeof sizes) => [forwardDispatch(of, 'final'), backwardDispatch(of, 'final')];
    expect(both(spread).map(({ overrides }) => overrides.LANES)).toEqual([8, 8]);
    const plain = await play(sizes, both(sizes), inputs, names);
    const wide = await play(sizes, both(spread), inputs, names);
    for (const one of names) expectSame(`layernorm ${name} ${one}`, wide[one], plain[one]);
  });
});
