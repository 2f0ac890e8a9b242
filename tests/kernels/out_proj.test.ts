// out_proj.wgsl against its twins: the product that joins both branches to the residual stream, and its backward pass
// through GELU.

import { describe, test } from 'vitest';
import type { Dispatch } from '../../src/engine/gpu/dispatch';
import { outProjBackward, outProjForward } from '../../src/engine/gpu/kernels/out_proj';
import { parameterLayout, tensorOffset } from '../../src/engine/model';
import { linearBackwardInput, linearForward } from '../../src/engine/reference/linear';
import { columns, EPS, eachRun, noise, ofRun, play, shapes, slopePlaces, withWorkgroup } from './play';
import { abs, budget, Expected, expectSame } from './tolerance';

describe.each(shapes)('out_proj, $name', ({ name, shape, sizes, workgroups }) => {
  const { R, N, C, L, P } = sizes;
  const layout = parameterLayout(shape.model);
  const layer = L - 1;
  const parameters = noise(R * P, 1);
  const tensor = (r: number, tensorName: string, length: number) =>
    ofRun(parameters, P, r, tensorOffset(layout, tensorName, layer), length);
  const weightOf = (r: number) => tensor(r, 'out_proj.weight', 5 * C * C);
  const biasesOf = (r: number) => [tensor(r, 'attention.bias', C), tensor(r, 'mlp.bias', C)] as const;
  const mix = noise(R * N * 5 * C, 2);
  const x = noise(R * N * C, 3, 3);
  const forward = outProjForward(sizes, layer);
  const forwardInputs = { parameters, [`mix.${layer}`]: mix, x };

  test('forward adds to x', async () => {
    const out = await play(sizes, [forward], forwardInputs, ['x']);
    const twin = eachRun(R, (r) => {
      const [a, b] = biasesOf(r);
      const bias = Float64Array.from(a, (v, c) => v + b[c]!);
      return linearForward(ofRun(mix, N * 5 * C, r), weightOf(r), bias, N, 5 * C, C);
    }).map((y, i) => y + x[i]!);
    const size = eachRun(R, (r) => {
      const [a, b] = biasesOf(r);
      const bias = Float64Array.from(a, (v, c) => Math.abs(v) + Math.abs(b[c]!));
      return linearForward(abs(ofRun(mix, N * 5 * C, r)), abs(weightOf(r)), bias, N, 5 * C, C);
    });
    // A product over 5C, the sum of the biases, + biases; then x +=.
    const errors = size.map((s, i) => EPS * ((5 * C + 2) * s + Math.abs(twin[i]!)));
    new Expected().put(0, twin, errors).check(`out_proj.forward ${name}`, out.x, x);
  });

  const dx = noise(R * N * C, 4);
  const places = slopePlaces(sizes);
  const slope = noise(R * Math.ceil(N / 4) * 4 * 4 * C, 5, 1.13);
  const backward = outProjBackward(sizes, layer);
  const backwardInputs = { parameters, dx, [`slope.${layer}`]: slope };

  test('backward', async () => {
    const { da, dy } = await play(sizes, backward, backwardInputs, ['da', 'dy']);
    const of = (r: number) => ofRun(dx, N * C, r);
    const product = eachRun(R, (r) => linearBackwardInput(of(r), weightOf(r), N, 5 * C, C));
    const size = eachRun(R, (r) => linearBackwardInput(abs(of(r)), abs(weightOf(r)), N, 5 * C, C));
    // A product over C.
    const errors = budget(C * EPS, size);
    const attention = (all: Float64Array) => columns(all, 5 * C, 0, C);
    new Expected().put(0, attention(product), attention(errors)).check(`out_proj.backward ${name} da`, da);
    const hidden = columns(product, 5 * C, C, 5 * C);
    const hiddenErrors = columns(errors, 5 * C, C, 5 * C);
    const twin = hidden.map((y, i) => y * slope[places[i]!]!);
    // The slope carries the product's error on; then one rounding of the last product.
    const tolerances = twin.map((t, i) => Math.abs(slope[places[i]!]!) * hiddenErrors[i]! + EPS * Math.abs(t));
    new Expected().putColumns(7 * C, 3 * C, 4 * C, twin, tolerances).check(`out_proj.backward ${name} dy`, dy);
  });

  test.each(workgroups)('workgroup %i x %i gives the same bits', async (...workgroup) => {
    const { x: usual } = await play(sizes, [forward], forwardInputs, ['x']);
    const other = await play(sizes, [withWorkgroup(forward, workgroup, N, C)], forwardInputs, ['x']);
    expectSame(`x of ${workgroup}`, other.x, usual);
    const { da, dy } = await play(sizes, backward, backwardInputs, ['da', 'dy']);
    const [attention, mlp] = backward as [Dispatch, Dispatch];
    const parts = [withWorkgroup(attention, workgroup, N, C), withWorkgroup(mlp, workgroup, N, 4 * C)];
    const back = await play(sizes, parts, backwardInputs, ['da', 'dy']);
    expectSame(`da of ${workgroup}`, back.da, da);
    expectSame(`dy of ${workgroup}`, back.dy, dy);
  });
});
