// adamw.wgsl against its twin, and what it must leave alone.

import { describe, expect, test } from 'vitest';
import { adamw, packRates, RATES } from '../../src/engine/gpu/kernels/adamw';
import { biasCorrections } from '../../src/engine/optimizer';
import { adamwUpdate } from '../../src/engine/reference/adamw';
import { EPS, noise, ofRun, play, shapes } from './play';
import { DIVISION, Expected, expectSame, SQRT } from './tolerance';

const names = ['parameters', 'first_moment', 'second_moment'] as const;

describe.each(shapes)('adamw, $name', ({ name, shape, sizes }) => {
  const { R, P, F, decayed } = sizes;
  const { optimizer } = shape;
  const dispatches = [adamw(sizes, optimizer)];
  const learningRate = (r: number) => 3e-3 / (r + 1);
  const step = (r: number) => 1 + 7 * r;
  const rates = new Float32Array(R * RATES);
  for (let r = 0; r < R; r++) packRates(optimizer, learningRate(r), step(r), rates, r * RATES);

  /** stats (R,4) with these factors and flags for the gradient. */
  const statsOf = (row: (r: number) => [factor: number, flag: number]) =>
    Float32Array.from(Array.from({ length: R }, (_, r) => [3, 2, ...row(r)]).flat());

  const world = () => ({
    parameters: noise(R * P, 1),
    first_moment: noise(R * P, 2, 0.1),
    second_moment: noise(R * P, 3, 0.01).map(Math.abs),
    gradient: noise(R * F, 4),
    rates,
  });

  test('an update', async () => {
    const given = world();
    const factor = (r: number) => Math.fround(1 / (r + 1.3));
    const stats = statsOf((r) => [factor(r), 1]);
    const out = await play(sizes, dispatches, { ...given, stats }, names);
    const [p, m, v] = names.map((n) => Float64Array.from(given[n])) as [Float64Array, Float64Array, Float64Array];
    const expected = [new Expected(), new Expected(), new Expected()] as const;
    const { beta1, beta2, epsilon, weightDecay } = optimizer;
    // beta is a rounded constant, and 1 - beta carries that rounding.
    const [off1, off2] = [Math.abs(Math.fround(beta1) - beta1), Math.abs(Math.fround(beta2) - beta2)];
    for (let r = 0; r < R; r++) {
      const g = ofRun(given.gradient, F, r, 0, P);
      const range = (x: Float64Array) => x.subarray(r * P, (r + 1) * P);
      const options = { optimizer, learningRate: learningRate(r), t: step(r), scale: factor(r) };
      for (const [begin, end, decay] of [
        [0, decayed, true],
        [decayed, P, false],
      ] as const) {
        adamwUpdate(range(p), g, range(m), range(v), begin, end, { ...options, decay });
      }
      const { first, second } = biasCorrections(optimizer, step(r));
      const tolerances = [0, 1, 2].map(() => new Float64Array(P)) as [Float64Array, Float64Array, Float64Array];
      for (let i = 0; i < P; i++) {
        const at = r * P + i;
        const scaled = Math.abs(g[i]! * factor(r));
        const [oldM, oldV] = [Math.abs(given.first_moment[at]!), given.second_moment[at]!];
        // m: a product; g * factor, 1 - beta and a product; a sum. v: the same with a square of g * factor.
        const mError = off1 * (oldM + scaled) + EPS * (beta1 * oldM + 3 * (1 - beta1) * scaled + Math.abs(m[at]!));
        const vError = off2 * (oldV + scaled ** 2) + EPS * (beta2 * oldV + 5 * (1 - beta2) * scaled ** 2 + v[at]!);
        const denominator = Math.sqrt(v[at]! / second) + epsilon;
        const update = Math.abs(((learningRate(r) / first) * m[at]!) / denominator);
        // lr/c1 and a product; sqrt v (half of v's relative error), 1/sqrt(c2), a product, epsilon, a sum; a division.
        const updateError =
          (learningRate(r) / first / denominator) * mError +
          update * ((0.5 * vError) / v[at]! + EPS * (2 + SQRT + 2 + 2 + DIVISION));
        const kept = Math.abs(given.parameters[at]!) * (1 - (i < decayed ? learningRate(r) * weightDecay : 0));
        tolerances[0][i] = updateError + EPS * ((i < decayed ? 2 * kept : 0) + Math.abs(p[at]!));
        tolerances[1][i] = mError;
        tolerances[2][i] = vError;
      }
      for (const [k, x] of [p, m, v].entries()) expected[k]!.put(r * P, range(x), tolerances[k]!);
    }
    for (const [k, n] of names.entries()) expected[k]!.check(`adamw ${name} ${n}`, out[n], given[n]);
  });

  test('a run whose flag is 0 keeps every bit', async () => {
    const given = world();
    const stopped = R - 1;
    given.gradient.fill(Number.NaN, stopped * F);
    const stats = statsOf((r) => (r === stopped ? [0, 0] : [1, 1]));
    const out = await play(sizes, dispatches, { ...given, stats }, names);
    for (const n of names) {
      expectSame(`${n} of the stopped run`, ofRun(out[n], P, stopped), ofRun(given[n], P, stopped));
      expect(ofRun(out[n], P, 0).some((x, i) => x !== given[n][i])).toBe(true);
      expect(ofRun(out[n], P, 0).every(Number.isFinite)).toBe(true);
    }
  });

  test('without a gradient, matrices decay and the rest stays', async () => {
    const nothing = new Float32Array(R * P);
    const given = { ...world(), first_moment: nothing, second_moment: nothing, gradient: new Float32Array(R * F) };
    const out = await play(sizes, dispatches, { ...given, stats: statsOf(() => [1, 1]) }, names);
    // One product and a subtraction of 0, so the result is the product rounded once.
    const kept = given.parameters.map((p, i) => (i % P < decayed ? p * rates[Math.floor(i / P) * RATES]! : p));
    expectSame('parameters', out.parameters, kept);
    expect(kept.some((p, i) => p !== given.parameters[i])).toBe(true);
    for (const n of ['first_moment', 'second_moment'] as const) expectSame(n, out[n], nothing);
  });
});
