// in_proj.wgsl against its twins: a product with rotary and GELU behind it, and the product backward.

import { describe, test } from 'vitest';
import { rotaryTable } from '../../src/engine/gpu/buffers';
import type { Dispatch } from '../../src/engine/gpu/dispatch';
import { inProjBackward, inProjForward } from '../../src/engine/gpu/kernels/in_proj';
import { parameterLayout, rotaryDimensions, tensorOffset } from '../../src/engine/model';
import { geluBackward, geluForward } from '../../src/engine/reference/gelu';
import { linearBackwardInput, linearForward } from '../../src/engine/reference/linear';
import { rotaryForward } from '../../src/engine/reference/rotary';
import { columns, EPS, eachRun, noise, ofRun, play, shapes, slopePlaces, withWorkgroup } from './play';
import { abs, budget, Expected, expectSame, geluBudgets, turned } from './tolerance';

describe.each(shapes)('in_proj, $name', ({ name, shape, sizes, workgroups }) => {
  const { R, B, T, N, C, H, D, L, F } = sizes;
  const layout = parameterLayout(shape.model);
  const layer = L - 1;
  const folded = noise(R * F, 1);
  const weightOf = (r: number) => ofRun(folded, F, r, tensorOffset(layout, 'in_proj.weight', layer), 7 * C * C);
  const biasOf = (r: number) => ofRun(folded, F, r, tensorOffset(layout, 'in_proj.bias', layer), 7 * C);
  // Biases that drive GELU far to both sides, where its exponent is clamped.
  for (let r = 0; r < R; r++) biasOf(r).set([-40, -9, -6, 6, 9, 40], 3 * C + 4);
  const xhat = noise(R * N * C, 2);
  const rotary = rotaryTable(shape.model);
  const [qkv, slope, mix] = [`qkv.${layer}`, `slope.${layer}`, `mix.${layer}`] as const;
  const forward = inProjForward(sizes, layer);
  const forwardInputs = { folded, rotary, [`xhat.${layer}`]: xhat };

  test('forward', async () => {
    const out = await play(sizes, forward, forwardInputs, [qkv, slope, mix]);
    const product = eachRun(R, (r) => linearForward(ofRun(xhat, N * C, r), weightOf(r), biasOf(r), N, C, 7 * C));
    const sizesOfSums = eachRun(R, (r) =>
      linearForward(abs(ofRun(xhat, N * C, r)), abs(weightOf(r)), abs(biasOf(r)), N, C, 7 * C),
    );
    // A product over C, and + b'.
    const errors = budget((C + 1) * EPS, sizesOfSums);
    const part = (x: Float64Array, begin: number, end: number) => columns(x, 7 * C, begin * C, end * C);
    const rot = rotaryDimensions(shape.model);
    const turn = (x: Float64Array) => rotaryForward(x, R * B, T, H, D, rot);
    const place = `in_proj.forward ${name}`;
    const projected = new Expected();
    for (const i of [0, 1]) {
      const [y, e] = [part(product, i, i + 1), part(errors, i, i + 1)];
      projected.putColumns(3 * C, i * C, C, turn(y), turned(e, y));
    }
    projected.putColumns(3 * C, 2 * C, C, part(product, 2, 3), part(errors, 2, 3));
    projected.check(`${place} qkv`, out[qkv]!);
    const [hidden, hiddenErrors] = [part(product, 3, 7), part(errors, 3, 7)];
    // |gelu''| <= 0.8 (at 0) carries the product's error on; then the slope's own roundings.
    const slopes = geluBackward(new Float64Array(hidden.length).fill(1), hidden);
    const slopeErrors = hidden.map((x, i) => 0.8 * hiddenErrors[i]! + geluBudgets(x).slope);
    new Expected().putAt(slopePlaces(sizes), slopes, slopeErrors).check(`${place} slope`, out[slope]!);
    // |gelu'| <= 1.13 carries the product's error on; then gelu's own roundings.
    const geluErrors = hidden.map((x, i) => 1.13 * hiddenErrors[i]! + geluBudgets(x).value);
    new Expected().putColumns(5 * C, C, 4 * C, geluForward(hidden), geluErrors).check(`${place} mix`, out[mix]!);
  });

  const dy = noise(R * N * 7 * C, 3);
  const backward = inProjBackward(sizes, layer);

  test('backward', async () => {
    const { dxhat } = await play(sizes, [backward], { folded, dy }, ['dxhat']);
    const of = (r: number) => ofRun(dy, N * 7 * C, r);
    const twin = eachRun(R, (r) => linearBackwardInput(of(r), weightOf(r), N, C, 7 * C));
    const size = eachRun(R, (r) => linearBackwardInput(abs(of(r)), abs(weightOf(r)), N, C, 7 * C));
    // A product over 7C.
    new Expected().put(0, twin, budget(7 * C * EPS, size)).check(`in_proj.backward ${name}`, dxhat);
  });

  test.each(workgroups)('workgroup %i x %i gives the same bits', async (...workgroup) => {
    const [attention, mlp] = forward as [Dispatch, Dispatch];
    const parts = [withWorkgroup(attention, workgroup, N, 3 * C), withWorkgroup(mlp, workgroup, N, 4 * C)];
    const usual = await play(sizes, forward, forwardInputs, [qkv, slope, mix]);
    const other = await play(sizes, parts, forwardInputs, [qkv, slope, mix]);
    for (const buffer of [qkv, slope, mix]) expectSame(`${buffer} of ${workgroup}`, other[buffer]!, usual[buffer]!);
    const { dxhat } = await play(sizes, [backward], { folded, dy }, ['dxhat']);
    const back = await play(sizes, [withWorkgroup(backward, workgroup, N, C)], { folded, dy }, ['dxhat']);
    expectSame(`dxhat of ${workgroup}`, back.dxhat, dxhat);
  });
});
