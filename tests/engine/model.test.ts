// The whole decoder against its twin in float64: on the GPU loss and every gradient (tests/simd/ has those of SIMD), on
// every engine ten training steps, evaluation, logits.

import { describe, expect, it } from 'vitest';
import { rotaryTable } from '../../src/engine/gpu/buffers';
import { packRates } from '../../src/engine/gpu/kernels/adamw';
import { batchLength, packBatch } from '../../src/engine/gpu/kernels/embedding';
import { trainPass } from '../../src/engine/gpu/passes';
import { sizesOf } from '../../src/engine/gpu/sizes';
import { parameterLayout } from '../../src/engine/model';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { forwardBackward, forwardLogits, forwardLosses } from '../../src/engine/reference/model';
import { EPS, expectWithin, play, shapes } from '../kernels/play';
import { engines, lockstepShape, oddModel, openRuns, randomWindows, stepInputs } from './engines';
import { livelyParameters } from './lively';

describe.each(shapes)('one step, $name', ({ shape }) => {
  it('has the loss and every gradient of the twin', async () => {
    const sizes = sizesOf(shape);
    const layout = parameterLayout(shape.model);
    const { R, B, T, P, F, L, N } = sizes;
    const parameters = new Float32Array(R * P);
    for (let r = 0; r < R; r++) parameters.set(livelyParameters(shape.model, r + 1), r * P);
    const windows = randomWindows(shape.model, R * B, 5);
    const batch = new Uint32Array(R * batchLength(sizes));
    const rates = new Float32Array(R * 4);
    for (let r = 0; r < R; r++) {
      packBatch(sizes, windows, r * B * (T + 1), batch, r * batchLength(sizes));
      packRates(shape.optimizer, 1e-3, 1, rates, r * 4);
    }
    const zero = new Float32Array(R * P);
    const rotary = rotaryTable(shape.model);
    const inputs = { parameters, batch, rates, rotary, first_moment: zero, second_moment: zero };
    const { gradient, stats } = await play(sizes, trainPass(sizes, shape.optimizer), inputs, ['gradient', 'stats']);
    if (!gradient || !stats) throw new Error('play returned nothing');

    // Each of the L + 2 products on a path rounds about sqrt(N) times at random, gradients are sums over N rows, and
    // the twin's largest gradient of the tensor sets the scale: 32 EPS sqrt(N) (L + 2) of it.
    const relative = 32 * EPS * Math.sqrt(N) * (L + 2);
    for (let r = 0; r < R; r++) {
      const own = windows.subarray(r * B * (T + 1), (r + 1) * B * (T + 1));
      const twin = forwardBackward(shape.model, parameters.subarray(r * P, (r + 1) * P), own);
      expectWithin(`run ${r} loss`, [stats[4 * r] as number], [twin.loss], relative * twin.loss);
      for (const { name, layer, offset, shape: dims } of layout.tensors) {
        const length = dims.reduce((a, b) => a * b, 1);
        const expected = twin.gradients.subarray(offset, offset + length);
        const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        const actual = gradient.subarray(r * F + offset, r * F + offset + length);
        expectWithin(`run ${r} ${layer ?? ''} ${name}`, actual, expected, relative * largest);
      }
    }
  });
});

describe.each(engines)('ten training steps, $name', ({ engine }) => {
  it.each(shapes)("have the twin's losses within 1e-4 relative, $name", async ({ shape }) => {
    const inputs = stepInputs(shape, [1, 2], 0, 10);
    const lockstep = await openRuns(await engine(), shape, [1, 2]);
    const cpu = await openRuns(createReferenceEngine(), shape, [1, 2]);
    const actual = await lockstep.train(inputs);
    const expected = await cpu.train(inputs);
    for (const [i, { losses, gradientNorms }] of expected.entries()) {
      expectWithin(`step ${i}`, actual[i]?.losses ?? [], losses, (r) => 1e-4 * (losses[r] ?? 0));
      expectWithin(`norm ${i}`, actual[i]?.gradientNorms ?? [], gradientNorms, (r) => 1e-3 * (gradientNorms[r] ?? 0));
    }
    lockstep.destroy();
    cpu.destroy();
  });
});

describe.each(engines)('evaluation, $name', ({ engine }) => {
  const shape = lockstepShape(oddModel, 2, 5);

  it("has the twin's loss of every window, for any number of windows", async () => {
    const lockstep = await openRuns(await engine(), shape, [1, 2]);
    const states = [await lockstep.read(0), await lockstep.read(1)];
    for (const n of [1, 5, 23]) {
      const windows = randomWindows(oddModel, n, n);
      const actual = await lockstep.evaluate(windows);
      const expected = states.flatMap(({ parameters }) => [...forwardLosses(oddModel, parameters, windows)]);
      expectWithin(`${n} windows`, actual, expected, 64 * EPS * Math.log(oddModel.vocabulary));
    }
    lockstep.destroy();
  });

  it('does not depend on the batch that a window is in', async () => {
    const lockstep = await openRuns(await engine(), shape, [1]);
    const windows = randomWindows(oddModel, 12, 3);
    const together = await lockstep.evaluate(windows);
    const alone = await lockstep.evaluate(windows.subarray(7 * (oddModel.context + 1), 8 * (oddModel.context + 1)));
    expect(alone[0]).toBe(together[7]);
    lockstep.destroy();
  });

  it('leaves training as it was', async () => {
    const inputs = stepInputs(shape, [1], 0, 4);
    const plain = await openRuns(await engine(), shape, [1]);
    const disturbed = await openRuns(await engine(), shape, [1]);
    const expected = await plain.train(inputs);
    const actual = [];
    for (const input of inputs) {
      await disturbed.evaluate(randomWindows(oddModel, 7, 9));
      actual.push(...(await disturbed.train([input])));
    }
    expect(actual).toEqual(expected);
    plain.destroy();
    disturbed.destroy();
  });

  it("gives the twin's logits at any position", async () => {
    const lockstep = await openRuns(await engine(), shape, [3, 4]);
    const { parameters } = await lockstep.read(1);
    const T = oddModel.context;
    const tokens = randomWindows(oddModel, 3, 8).subarray(0, 3 * T);
    const positions = [0, 7, T - 1];
    const actual = await lockstep.logits(1, tokens, positions);
    const all = forwardLogits(oddModel, parameters, tokens);
    const V = oddModel.vocabulary;
    const expected = positions.flatMap((t, i) => [...all.subarray((i * T + t) * V, (i * T + t + 1) * V)]);
    const scale = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expectWithin('logits', actual, expected, 64 * EPS * oddModel.layers * scale);
    lockstep.destroy();
  });
});
