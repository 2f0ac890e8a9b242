// head.wgsl against its twins: the product that makes logits, and the product backward.

import { describe, test } from 'vitest';
import { headBackward, headForward } from '../../src/engine/gpu/kernels/head';
import { parameterLayout, tensorOffset } from '../../src/engine/model';
import { linearBackwardInput, linearForward } from '../../src/engine/reference/linear';
import { EPS, eachRun, noise, ofRun, play, shapes, withWorkgroup } from './play';
import { abs, budget, Expected, expectSame } from './tolerance';

describe.each(shapes)('head, $name', ({ name, shape, sizes, workgroups }) => {
  const { R, N, C, V, P, F } = sizes;
  const layout = parameterLayout(shape.model);
  const folded = noise(R * F, 1);
  const weightOf = (r: number) => ofRun(folded, F, r, tensorOffset(layout, 'embed_out', null), V * C);
  const biasOf = (r: number) => ofRun(folded, F, r, P, V);
  const xhat = noise(R * N * C, 2);
  const forward = headForward(sizes);
  const forwardInputs = { folded, 'xhat.final': xhat };

  test('forward', async () => {
    const { logits } = await play(sizes, [forward], forwardInputs, ['logits']);
    const of = (r: number) => ofRun(xhat, N * C, r);
    const twin = eachRun(R, (r) => linearForward(of(r), weightOf(r), biasOf(r), N, C, V));
    const size = eachRun(R, (r) => linearForward(abs(of(r)), abs(weightOf(r)), abs(biasOf(r)), N, C, V));
    // A product over C, and + b'.
    new Expected().put(0, twin, budget((C + 1) * EPS, size)).check(`head.forward ${name}`, logits);
  });

  const dlogits = noise(R * N * V, 3);
  const backward = headBackward(sizes);
  const backwardInputs = { folded, logits: dlogits };

  test('backward', async () => {
    const { dxhat, logits } = await play(sizes, [backward], backwardInputs, ['dxhat', 'logits']);
    const of = (r: number) => ofRun(dlogits, N * V, r);
    const twin = eachRun(R, (r) => linearBackwardInput(of(r), weightOf(r), N, C, V));
    const size = eachRun(R, (r) => linearBackwardInput(abs(of(r)), abs(weightOf(r)), N, C, V));
    // A product over V.
    new Expected().put(0, twin, budget(V * EPS, size)).check(`head.backward ${name}`, dxhat);
    expectSame(`head.backward ${name} leaves the logits' gradient`, logits, dlogits);
  });

  test.each(workgroups)('workgroup %i x %i gives the same bits', async (...workgroup) => {
    const { logits } = await play(sizes, [forward], forwardInputs, ['logits']);
    const other = await play(sizes, [withWorkgroup(forward, workgroup, N, V)], forwardInputs, ['logits']);
    expectSame(`logits of ${workgroup}`, other.logits, logits);
    const { dxhat } = await play(sizes, [backward], backwardInputs, ['dxhat']);
    const back = await play(sizes, [withWorkgroup(backward, workgroup, N, C)], backwardInputs, ['dxhat']);
    expectSame(`dxhat of ${workgroup}`, back.dxhat, dxhat);
  });
});
