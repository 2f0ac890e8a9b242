// The whole model and its optimizer against PyTorch, written and computed apart (tests/fixtures/torch_witness.py).
//
// Both sides calculate in float64 from the same float32 weights and differ in the order of their sums. About 600
// roundings follow each other through two blocks forward and backward, at most 600 * 2^-53 = 7e-14 of the numbers
// they meet; LayerNorm may enlarge an error by 1 / standard deviation, here below 10. Hence 1e-12 of the largest
// number of a tensor.

import { describe, expect, test } from 'vitest';
import { parameterLayout } from '../../src/engine/model';
import { adamwUpdate } from '../../src/engine/reference/adamw';
import { clipScale, globalNorm } from '../../src/engine/reference/clip';
import { createReferenceEngine } from '../../src/engine/reference/engine';
import { forwardBackward, forwardLogits, forwardLosses } from '../../src/engine/reference/model';
import { readTorchFixture } from '../fixtures/torch';

const fixture = readTorchFixture();
const { model, optimizer, batch, weights, learningRates, windows } = fixture;
const layout = parameterLayout(model);
const first = windows[0]!;
const sameFormula = 1e-12;

/** Fails with the worst element when a difference exceeds `tolerance` times the largest expected number. */
function expectClose(name: string, found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length, name).toBe(expected.length);
  const budget = tolerance * Math.max(...Array.from(expected, Math.abs));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i]! - expected[i]!) <= Math.abs(found[worst]! - expected[worst]!))) worst = i;
  }
  const share = Math.abs(found[worst]! - expected[worst]!) / budget;
  expect(share, `${name}[${worst}]: ${found[worst]} but PyTorch ${expected[worst]}, share of budget`).toBeLessThan(1);
}

describe('one batch', () => {
  const tokens = first.filter((_, i) => i % (model.context + 1) < model.context);
  const { loss, rowLosses, gradients } = forwardBackward(model, weights, first);

  test('logits', () => {
    expectClose('logits', forwardLogits(model, weights, tokens), fixture.logits, sameFormula);
  });

  test('loss, by the training pass and by the evaluation pass', () => {
    const perWindow = forwardLosses(model, weights, first);
    expect(perWindow.length).toBe(batch);
    expectClose('loss', [loss], [fixture.loss], sameFormula);
    for (const losses of [perWindow, rowLosses]) {
      expectClose('mean', [losses.reduce((a, b) => a + b) / losses.length], [fixture.loss], sameFormula);
    }
  });

  test.each(layout.tensors.map((tensor) => [`${tensor.name} of layer ${tensor.layer}`, tensor] as const))(
    'gradient of %s',
    (name, { offset, shape }) => {
      const end = offset + shape.reduce((a, b) => a * b, 1);
      const expected = fixture.gradients.subarray(offset, end);
      expect(expected.some((value) => value !== 0)).toBe(true);
      expectClose(name, gradients.subarray(offset, end), expected, sameFormula);
    },
  );
});

test('twenty steps of AdamW in float64', () => {
  const parameters = Float64Array.from(weights);
  const firstMoment = new Float64Array(layout.size);
  const secondMoment = new Float64Array(layout.size);
  const losses: number[] = [];
  const gradientNorms: number[] = [];
  for (const [step, learningRate] of learningRates.entries()) {
    const { loss, gradients } = forwardBackward(model, parameters, windows[step]!);
    const norm = globalNorm(gradients);
    losses.push(loss);
    gradientNorms.push(norm);
    const common = { optimizer, learningRate, t: step + 1, scale: clipScale(norm, optimizer.clip) };
    const arrays = [parameters, gradients, firstMoment, secondMoment] as const;
    adamwUpdate(...arrays, 0, layout.decayed, { ...common, decay: true });
    adamwUpdate(...arrays, layout.decayed, layout.size, { ...common, decay: false });
  }
  const curve = fixture.curves.float64;
  expectClose('losses', losses, curve.losses, sameFormula);
  expectClose('norms', gradientNorms, curve.gradientNorms, sameFormula);
  expect(Math.min(...gradientNorms), 'one step below the clipping norm').toBeLessThan(optimizer.clip);
  // Gradients that cancel to zero (parts of the key bias do) are noise of 2^-52 beside clipped gradients of 1.
  // AdamW divides it by no less than epsilon, so each step may move such a weight by 2^-52 / epsilon learning rates.
  const noise = (learningRates.reduce((a, b) => a + b) * 2 ** -52) / optimizer.epsilon;
  const largest = Math.max(...fixture.trained.map(Math.abs));
  expectClose('trained weights', parameters, fixture.trained, noise / largest);
});

test('twenty steps of the engine, whose state is float32', async () => {
  const engine = createReferenceEngine();
  const lockstep = await engine.open({ model, runs: 1, batch, optimizer });
  const zeros = new Float32Array(layout.size);
  lockstep.write(0, { parameters: weights, firstMoment: zeros, secondMoment: zeros, step: 0 });
  const steps = learningRates.map((rate, step) => ({ windows: windows[step]!, learningRates: Float64Array.of(rate) }));
  const outputs = await lockstep.train(steps);
  // Each step rounds each weight by at most 2^-24 of itself; a loss moves by at most |gradient| |change of weights|.
  const { losses, gradientNorms } = fixture.curves.float64;
  const change = steps.length * 2 ** -24 * globalNorm(weights);
  for (const [step, output] of outputs.entries()) {
    const difference = Math.abs(output.losses[0]! - losses[step]!);
    expect(difference, `loss of step ${step}`).toBeLessThan(Math.max(...gradientNorms) * change);
  }
  expect(outputs[0]!.losses[0]).toBe(forwardBackward(model, weights, first).loss);
  engine.destroy();
});
