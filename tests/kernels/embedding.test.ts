// embedding.wgsl against its twin: a copy forward, sums of rows backward.

import { describe, expect, test } from 'vitest';
import {
  embeddingBackward as backwardDispatch,
  embeddingForward as forwardDispatch,
} from '../../src/engine/gpu/kernels/embedding';
import { embeddingBackward, embeddingForward } from '../../src/engine/reference/embedding';
import { batchOf, EPS, eachRun, noise, ofRun, play, shapes } from './play';
import { abs, Expected, expectSame } from './tolerance';

describe.each(shapes)('embedding, $name', ({ name, sizes }) => {
  const { R, N, C, V, P, F } = sizes;

  test('forward copies rows of the table exactly', async () => {
    const { batch, inputs } = batchOf(sizes, 1);
    const parameters = noise(R * P, 2);
    const { x } = await play(sizes, [forwardDispatch(sizes)], { batch, parameters }, ['x']);
    const twin = eachRun(R, (r) =>
      embeddingForward(inputs.subarray(r * N, (r + 1) * N), ofRun(parameters, P, r), N, C),
    );
    expectSame(`embedding.forward ${name}`, x, Float32Array.from(twin));
  });

  test('backward sums the rows of each token and gives 0 for a token that never occurs', async () => {
    const absent = Math.floor(V / 2);
    const { batch, inputs } = batchOf(sizes, 3, absent);
    const dx = noise(R * N * C, 4);
    const before = noise(R * F, 5);
    const dispatches = [backwardDispatch(sizes)];
    const { gradient } = await play(sizes, dispatches, { batch, dx, gradient: before }, ['gradient']);
    const expected = new Expected();
    for (let r = 0; r < R; r++) {
      const tokens = inputs.subarray(r * N, (r + 1) * N);
      const [d, size] = [ofRun(dx, N * C, r), abs(ofRun(dx, N * C, r))];
      // A sum of n rows that starts at zero rounds at most n times.
      const counts = embeddingBackward(new Float64Array(N).fill(1), tokens, N, V, 1);
      const tolerances = embeddingBackward(size, tokens, N, V, C).map((m, i) => counts[Math.floor(i / C)]! * EPS * m);
      expected.put(r * F, embeddingBackward(d, tokens, N, V, C), tolerances);
      expect(counts.subarray(absent).every((n) => n === 0)).toBe(true);
      expectSame(
        `embedding.backward ${name}, absent tokens of run ${r}`,
        ofRun(gradient, F, r, absent * C, (V - absent) * C),
        new Float32Array((V - absent) * C),
      );
    }
    expected.check(`embedding.backward ${name}`, gradient, before);
  });
});
