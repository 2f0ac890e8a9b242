// weight_gradient.wgsl against its twins: slices alone, their sum alone, and both for several numbers of slices.

import { describe, test } from 'vitest';
import type { Dispatch } from '../../src/engine/dispatch';
import { type GradientOf, weightGradient } from '../../src/engine/kernels/weight_gradient';
import { parameterLayout, tensorOffset } from '../../src/engine/model';
import { linearBackwardBias, linearBackwardWeight } from '../../src/engine/reference/linear';
import { EPS, noise, ofRun, play, shapes, withWorkgroup } from './play';
import { abs, budget, Expected, expectSame } from './tolerance';

describe.each(shapes)('weight gradient, $name', ({ name, shape, sizes, workgroups }) => {
  const { R, N, C, V, P, F, L } = sizes;
  const layout = parameterLayout(shape.model);
  const layer = L - 1;
  const at = (tensor: string) => tensorOffset(layout, tensor, layer);
  // The same numbers stand for every matrix: out_proj has two biases, head's lies behind the parameters.
  const out = { M: C, K: 5 * C, weight: at('out_proj.weight'), bias: at('attention.bias'), biasToo: at('mlp.bias') };
  const head = { M: V, K: C, weight: tensorOffset(layout, 'embed_out', null), bias: P, biasToo: P };
  const matrices: readonly GradientOf[] = [
    { label: 'out_proj', product: 'out_proj.gradient', dy: 'dx', x: `mix.${layer}`, ...out },
    { label: 'head', product: 'head.gradient', dy: 'logits', x: 'xhat.final', ...head },
  ];

  /** Both dispatches of a matrix with S slices instead of its own number. */
  function sliced(of: GradientOf, S: number): [Dispatch, Dispatch] {
    const [partial, combine] = weightGradient(sizes, of) as [Dispatch, Dispatch];
    const [x, y] = partial.grid;
    return [
      { ...partial, overrides: { ...partial.overrides, S }, grid: [x, y, R * S] },
      { ...combine, overrides: { ...combine.overrides, S } },
    ];
  }

  const inputsOf = ({ dy, x, M, K }: GradientOf) => ({ [dy]: noise(R * N * M, 1), [x]: noise(R * N * K, 2) });

  test.each(matrices)('$label: every slice sums its own rows', async (of) => {
    const { label, M, K } = of;
    const S = 5;
    const stride = M * K + M;
    const inputs = inputsOf(of);
    const { partial } = await play(sizes, [sliced(of, S)[0]], inputs, ['partial'], { partial: R * S * stride });
    const expected = new Expected();
    const rowsOfSlice = 4 * Math.ceil(Math.ceil(N / S) / 4);
    for (let i = 0; i < R * S; i++) {
      const begin = Math.min(N, (i % S) * rowsOfSlice);
      const rows = Math.min(N, begin + rowsOfSlice) - begin;
      const r = Math.floor(i / S);
      const dy = ofRun(inputs[of.dy]!, N * M, r, begin * M, rows * M);
      const x = ofRun(inputs[of.x]!, N * K, r, begin * K, rows * K);
      // Sums over the slice's rows.
      const size = linearBackwardWeight(abs(dy), abs(x), rows, K, M);
      expected.put(i * stride, linearBackwardWeight(dy, x, rows, K, M), budget(rows * EPS, size));
      const biasSize = linearBackwardBias(abs(dy), rows, M);
      expected.put(i * stride + M * K, linearBackwardBias(dy, rows, M), budget(rows * EPS, biasSize));
    }
    expected.check(`weight_gradient.partial ${name} ${label}`, partial);
  });

  test.each(matrices)('$label: combine adds the slices', async (of) => {
    const { label, M, K, weight, bias, biasToo } = of;
    const S = 5;
    const stride = M * K + M;
    const partial = noise(R * S * stride, 3);
    const before = noise(R * F, 4);
    const inputs = { partial, gradient: before };
    const { gradient } = await play(sizes, [sliced(of, S)[1]], inputs, ['gradient'], { partial: partial.length });
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      const slices = ofRun(partial, S * stride, r);
      const sum = linearBackwardBias(slices, S, stride);
      const tolerances = budget(S * EPS, linearBackwardBias(abs(slices), S, stride));
      expected.put(r * F + weight, sum.subarray(0, M * K), tolerances.subarray(0, M * K));
      for (const place of new Set([bias, biasToo])) {
        expected.put(r * F + place, sum.subarray(M * K), tolerances.subarray(M * K));
      }
    }
    expected.check(`weight_gradient.combine ${name} ${label}`, gradient, before);
  });

  test.each([1, 2, 5])('%i slices give the gradient of all rows, the same bits every time', async (S) => {
    const of = matrices[0]!;
    const { M, K, weight, bias, biasToo } = of;
    const given = inputsOf(of);
    const before = noise(R * F, 4);
    const inputs = { ...given, gradient: before };
    const partial = R * S * (M * K + M);
    const { gradient } = await play(sizes, sliced(of, S), inputs, ['gradient'], { partial });
    const again = await play(sizes, sliced(of, S), inputs, ['gradient'], { partial });
    expectSame(`${S} slices again`, again.gradient, gradient);
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      const [dy, x] = [ofRun(given[of.dy]!, N * M, r), ofRun(given[of.x]!, N * K, r)];
      // Sums over N rows, in whatever slices.
      const size = linearBackwardWeight(abs(dy), abs(x), N, K, M);
      expected.put(r * F + weight, linearBackwardWeight(dy, x, N, K, M), budget(N * EPS, size));
      const tolerances = budget(N * EPS, linearBackwardBias(abs(dy), N, M));
      for (const place of [bias, biasToo]) expected.put(r * F + place, linearBackwardBias(dy, N, M), tolerances);
    }
    expected.check(`weight_gradient ${name} in ${S} slices`, gradient, before);
  });

  test.each(workgroups)('workgroup %i x %i gives the same bits', async (...workgroup) => {
    const of = matrices[0]!;
    const lengths = { partial: R * 2 * (of.M * of.K + of.M) };
    const [usual] = sliced(of, 2);
    const { partial } = await play(sizes, [usual], inputsOf(of), ['partial'], lengths);
    const other = await play(sizes, [withWorkgroup(usual, workgroup, of.M, of.K)], inputsOf(of), ['partial'], lengths);
    expectSame(`partial of ${workgroup}`, other.partial, partial);
  });
});
