// What must hold for every form that the tuner may pick: the same bits when repeated, in company and after a checkpoint,
// and the bits of the plain form where only the products differ.

import { describe, expect, it } from 'vitest';
import { type AttentionForm, type KernelForms, plainForms, uniformForms } from '../../../src/engine/forms/forms';
import { availableAttention, availableProducts } from '../../../src/engine/gpu/capable';
import { openBench } from '../../kernels/play';
import { bits, lockstepShape, oddModel, openRuns, stepInputs, webGpuEngine } from '../engines';

const STEPS = 4;
const { device } = await openBench();
const products = availableProducts(device);
const attention = availableAttention(device);
const choices = products.map((product, i): [string, KernelForms] => {
  const form = attention[i % attention.length] as AttentionForm;
  return [`${product}, attention ${form}`, uniformForms(product, form)];
});

it('tries every form of attention', () => {
  expect(new Set(choices.map(([, kernels]) => kernels.attention)).size).toBe(attention.length);
});

describe.each(choices)('%s', (_, kernels) => {
  const shape = { ...lockstepShape(oddModel, 1, 5), kernels };

  it('repeats its bits, alone, in company and after a checkpoint', async () => {
    const engine = await webGpuEngine();
    const alone = await openRuns(engine, shape, [1]);
    expect(alone.kernels).toEqual(kernels);
    const outputs = await alone.train(stepInputs(shape, [1], 0, 2 * STEPS));
    const final = bits(await alone.read(0));
    alone.destroy();
    const group = await openRuns(engine, shape, [3, 1, 2]);
    const first = await group.train(stepInputs(shape, [3, 1, 2], 0, STEPS));
    const checkpoint = structuredClone(await group.read(1));
    group.destroy();
    const resumed = await openRuns(engine, shape, [9]);
    resumed.write(0, checkpoint);
    const rest = await resumed.train(stepInputs(shape, [1], STEPS, 2 * STEPS));
    expect([...first.map(({ losses }) => losses[1]), ...rest.map(({ losses }) => losses[0])]).toEqual(
      outputs.map(({ losses }) => losses[0]),
    );
    expect(bits(await resumed.read(0))).toEqual(final);
    resumed.destroy();
  });

  it('has the bits of the plain products', async () => {
    const results = [];
    for (const form of [kernels, { ...plainForms, attention: kernels.attention }]) {
      const lockstep = await openRuns(await webGpuEngine(), { ...shape, kernels: form }, [4]);
      await lockstep.train(stepInputs(shape, [4], 0, STEPS));
      results.push(bits(await lockstep.read(0)));
      lockstep.destroy();
    }
    expect(results[0]).toEqual(results[1]);
  });
});
