// The whole decoder in WebAssembly SIMD against its twin in float64: loss and every gradient.

import { describe, expect, it } from 'vitest';
import type { LockstepShape } from '../../src/engine/engine';
import { parameterLayout } from '../../src/engine/model';
import { forwardBackward } from '../../src/engine/reference/model';
import { prepareModel } from '../../src/engine/simd/engine';
import { randomWindows } from '../engine/engines';
import { livelyParameters } from '../engine/lively';
import { EPS, expectWithin, shapes } from '../kernels/play';

const breathe = async () => {};

/** Gradient and loss of one run, its weights and windows as given. */
async function step(shape: LockstepShape, parameters: Float32Array, windows: Uint8Array) {
  const { kernels, places, model } = await prepareModel({ ...shape, runs: 1 });
  const { B, T, P } = places.sizes;
  const bytes = new Uint8Array(kernels.memory.buffer);
  for (let b = 0; b < B; b++) {
    bytes.set(windows.subarray(b * (T + 1), b * (T + 1) + T), places.tokens + b * T);
    bytes.set(windows.subarray(b * (T + 1) + 1, (b + 1) * (T + 1)), places.targets + b * T);
  }
  const floats = new Float32Array(kernels.memory.buffer);
  floats.set(parameters, places.runs[0]!.parameters / 4);
  model.pack(0, true);
  await model.forward(0, B, breathe);
  const loss = await model.backward(0, breathe);
  return { loss, gradient: floats.slice(places.gradient / 4, places.gradient / 4 + P) };
}

describe.each(shapes)('one step, $name', ({ shape }) => {
  it('has the loss and every gradient of the twin', async () => {
    const { model, batch } = shape;
    const layout = parameterLayout(model);
    const parameters = livelyParameters(model, 1);
    const windows = randomWindows(model, batch, 5);
    const { loss, gradient } = await step(shape, parameters, windows);
    const twin = forwardBackward(model, parameters, windows);
    // As for WebGPU (tests/engine/model.test.ts): 32 EPS sqrt(N) (L + 2) of the largest gradient of the tensor.
    const relative = 32 * EPS * Math.sqrt(batch * model.context) * (model.layers + 2);
    expectWithin('loss', [loss], [twin.loss], relative * twin.loss);
    for (const { name, layer, offset, shape: dims } of layout.tensors) {
      const length = dims.reduce((a, b) => a * b, 1);
      const expected = twin.gradients.subarray(offset, offset + length);
      const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      expectWithin(`${layer ?? ''} ${name}`, gradient.subarray(offset, offset + length), expected, relative * largest);
    }
    expect(gradient).toHaveLength(layout.size);
  });
});
