// weight_gradient.wgsl against its twins: the slices of a matrix alone, the sums of all alone, and both for several numbers
// of slices.

import { describe, expect, test } from 'vitest';
import {
  combineGradients,
  type GradientProduct,
  gradientOf,
  gradientPlaces,
  partialLength,
  type Slices,
  weightGradient,
} from '../../src/engine/gpu/kernels/weight_gradient';
import { linearBackwardBias, linearBackwardWeight } from '../../src/engine/reference/linear';
import { EPS, noise, ofRun, play, shapes, withWorkgroup } from './play';
import { abs, budget, Expected, expectSame } from './tolerance';

const products = ['in_proj.gradient', 'out_proj.gradient', 'head.gradient'] as const;

interface Numbers {
  readonly values: Float64Array;
  readonly tolerances: Float64Array;
}

const zeros = (length: number): Numbers => ({
  values: new Float64Array(length),
  tolerances: new Float64Array(length),
});

function slicesOf(inProj: number, outProj: number, head: number): Slices {
  return { 'in_proj.gradient': inProj, 'out_proj.gradient': outProj, 'head.gradient': head };
}

/** Rows `share`, `share` + 4 and so on of a matrix of M columns. */
function everyFourthRow(matrix: Float32Array<ArrayBuffer>, M: number, share: number): Float32Array<ArrayBuffer> {
  return matrix.filter((_, i) => Math.floor(i / M) % 4 === share);
}

describe.each(shapes)('weight gradient, $name', ({ name, sizes, workgroups }) => {
  const { R, N, F, L } = sizes;
  const layer = L - 1;
  // The same numbers stand for every matrix but in_proj: out_proj has two biases, the head's lies behind the parameters.
  const parts: readonly GradientProduct[] = ['out_proj.gradient', 'head.gradient'];

  function inputsOf(product: GradientProduct) {
    const { dy, x, M, K } = gradientOf(sizes, product, layer);
    return { dy: noise(R * N * M, 1), x: noise(R * N * K, 2), M, K, names: [dy, x] as const };
  }

  const inputsBy = ({ dy, x, names }: ReturnType<typeof inputsOf>) => ({ [names[0]]: dy, [names[1]]: x });

  /** Where the slices of each matrix begin in a run's partials, as the head of the shader says. */
  function slicePlaces(slices: Slices) {
    let next = 0;
    const place = (product: GradientProduct, l: number) => {
      const { M, K } = gradientOf(sizes, product, l);
      const first = next;
      const stride = M * K + 4 * M;
      next += slices[product] * stride;
      return { product, l, first, S: slices[product], M, K, stride };
    };
    const blocks = Array.from({ length: L }, (_, l) => [place(products[0], l), place(products[1], l)]);
    const all = [...blocks.flat(), place(products[2], 0)];
    return { all, total: next };
  }

  test.each(parts)('%s: every slice sums its own rows', async (product) => {
    const slices = slicesOf(2, 5, 5);
    const given = inputsOf(product);
    const { M, K } = given;
    const lengths = { partial: R * partialLength(sizes, slices) };
    const dispatches = [weightGradient(sizes, product, layer, slices)];
    const { partial } = await play(sizes, dispatches, inputsBy(given), ['partial'], lengths);
    const { all, total } = slicePlaces(slices);
    expect(R * total).toBe(lengths.partial);
    const { first, S, stride } = all.find(
      (one) => one.product === product && (one.l === layer || product === products[2]),
    )!;
    const expected = new Expected();
    const rowsOfSlice = 4 * Math.ceil(Math.ceil(N / S) / 4);
    for (let i = 0; i < R * S; i++) {
      const begin = Math.min(N, (i % S) * rowsOfSlice);
      const rows = Math.min(N, begin + rowsOfSlice) - begin;
      const r = Math.floor(i / S);
      const dy = ofRun(given.dy, N * M, r, begin * M, rows * M);
      const x = ofRun(given.x, N * K, r, begin * K, rows * K);
      const at = r * total + first + (i % S) * stride;
      // Sums over the slice's rows.
      const size = linearBackwardWeight(abs(dy), abs(x), rows, K, M);
      expected.put(at, linearBackwardWeight(dy, x, rows, K, M), budget(rows * EPS, size));
      for (let share = 0; share < 4; share++) {
        const own = everyFourthRow(dy, M, share);
        const biasSize = linearBackwardBias(abs(own), own.length / M, M);
        expected.put(at + M * K + share * M, linearBackwardBias(own, own.length / M, M), budget(rows * EPS, biasSize));
      }
    }
    expected.check(`weight_gradient.partial ${name} ${product}`, partial);
  });

  test('combine adds the slices of every matrix', async () => {
    const slices = slicesOf(2, 5, 3);
    const partial = noise(R * partialLength(sizes, slices), 3);
    const before = noise(R * F, 4);
    const lengths = { partial: partial.length };
    const dispatches = [combineGradients(sizes, slices)];
    const { gradient } = await play(sizes, dispatches, { partial, gradient: before }, ['gradient'], lengths);
    const { all, total } = slicePlaces(slices);
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      for (const { product, l, first, S, M, K, stride } of all) {
        const own = ofRun(partial, total, r, first, S * stride);
        // dW, then four shares of db, which are one more sum.
        const sum = linearBackwardBias(own, S, stride);
        const sizeOf = linearBackwardBias(abs(own), S, stride);
        const ofWeight = budget(S * EPS, sizeOf.subarray(0, M * K));
        const ofBias = budget((S + 4) * EPS, linearBackwardBias(sizeOf.subarray(M * K), 4, M));
        const { weight, biases } = gradientPlaces(sizes, product, l);
        expected.put(r * F + weight, sum.subarray(0, M * K), ofWeight);
        for (const place of biases) expected.put(r * F + place, linearBackwardBias(sum.subarray(M * K), 4, M), ofBias);
      }
    }
    expected.check(`weight_gradient.combine ${name}`, gradient, before);
  });

  test.each([1, 2, 5])('%i slices give the gradient of all rows, the same bits every time', async (S) => {
    const product = 'out_proj.gradient';
    const slices = slicesOf(1, S, 1);
    const given = inputsOf(product);
    const { M, K } = given;
    const lengths = { partial: R * partialLength(sizes, slices) };
    const before = noise(R * F, 4);
    // The slices of all other matrices are zero.
    const inputs = { ...inputsBy(given), gradient: before, partial: new Float32Array(lengths.partial) };
    const dispatches = [weightGradient(sizes, product, layer, slices), combineGradients(sizes, slices)];
    const { gradient } = await play(sizes, dispatches, inputs, ['gradient'], lengths);
    const again = await play(sizes, dispatches, inputs, ['gradient'], lengths);
    expectSame(`${S} slices again`, again.gradient, gradient);
    const expected = new Expected();
    const put = (r: number, matrix: readonly [GradientProduct, number], dW: Numbers, db: Numbers) => {
      const { weight, biases } = gradientPlaces(sizes, ...matrix);
      expected.put(r * F + weight, dW.values, dW.tolerances);
      for (const place of biases) expected.put(r * F + place, db.values, db.tolerances);
    };
    for (let r = 0; r < R; r++) {
      for (const one of slicePlaces(slices).all) {
        if (one.product === product && one.l === layer) continue;
        put(r, [one.product, one.l], zeros(one.M * one.K), zeros(one.M));
      }
      const [dy, x] = [ofRun(given.dy, N * M, r), ofRun(given.x, N * K, r)];
      // Sums over N rows, in whatever slices.
      const sizeOfWeight = linearBackwardWeight(abs(dy), abs(x), N, K, M);
      const sizeOfBias = linearBackwardBias(abs(dy), N, M);
      const dW = { values: linearBackwardWeight(dy, x, N, K, M), tolerances: budget(N * EPS, sizeOfWeight) };
      const db = { values: linearBackwardBias(dy, N, M), tolerances: budget(N * EPS, sizeOfBias) };
      put(r, [product, layer], dW, db);
    }
    expected.check(`weight_gradient ${name} in ${S} slices`, gradient, before);
  });

  test.each(workgroups)('workgroup %i x %i gives the same bits', async (...workgroup) => {
    const product = 'out_proj.gradient';
    const slices = slicesOf(1, 2, 1);
    const given = inputsOf(product);
    const lengths = { partial: R * partialLength(sizes, slices) };
    const usual = weightGradient(sizes, product, layer, slices);
    const { partial } = await play(sizes, [usual], inputsBy(given), ['partial'], lengths);
    const others = [withWorkgroup(usual, workgroup, given.M, given.K)];
    const other = await play(sizes, others, inputsBy(given), ['partial'], lengths);
    expectSame(`partial of ${workgroup}`, other.partial, partial);
  });
});
