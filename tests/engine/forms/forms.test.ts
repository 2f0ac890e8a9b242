// What must hold for every form that the tuner may pick. Products: each gives the bits of the plain one, which has its own
// tests against the twins. Steps: the same bits when repeated, in company and after a checkpoint, and those of plain
// products. Compiling for software adapters is slow, so both share a device and a size that is a multiple of no tile.

import { describe, expect, test } from 'vitest';
import type { Engine, LockstepShape } from '../../../src/engine/engine';
import {
  type AttentionForm,
  type KernelForms,
  type ProductForm,
  plainForms,
  productForms,
  uniformForms,
} from '../../../src/engine/forms/forms';
import { bufferWords } from '../../../src/engine/gpu/buffers';
import { availableAttention, availableProducts } from '../../../src/engine/gpu/capable';
import type { Dispatch } from '../../../src/engine/gpu/dispatch';
import { openLockstep } from '../../../src/engine/gpu/open_lockstep';
import { trainPass } from '../../../src/engine/gpu/passes';
import { type Sizes, sizesOf } from '../../../src/engine/gpu/sizes';
import { noise, openBench, play, shapes } from '../../kernels/play';
import { expectSame } from '../../kernels/tolerance';
import { bits, lockstepShape, oddModel, openRuns, stepInputs } from '../engines';

const bench = await openBench();
const products = availableProducts(bench.device);
const attention = availableAttention(bench.device);
const BATCH = 5;

test('the software adapters of the tests have every form that their subgroups are wide enough for', () => {
  const wide = (bench.device.adapterInfo.subgroupMinSize ?? 1) >= 8;
  const every = Object.keys(productForms) as ProductForm[];
  expect(products).toEqual(wide ? every : every.filter((form) => form !== 'subgroups/8 16x4'));
});

/** The products of a step's last block and head, each once, with the dispatch that finishes a gradient. */
function productsOf(sizes: Sizes, shape: LockstepShape, form: ProductForm): Dispatch[] {
  const forms = uniformForms(form, plainForms.attention);
  const all = trainPass({ ...sizes, forms }, shape.optimizer);
  const seen = new Map<string, Dispatch>();
  for (const dispatch of all.filter(({ shader }) => /^(in_proj|out_proj|head|weight_gradient)$/.test(shader))) {
    seen.set(dispatch.label.replace(/^\d+\./, ''), dispatch);
  }
  return [...seen.values()];
}

// One size that cuts tiles everywhere, one where most are whole: a form decides between the two when it is compiled.
const odd = lockstepShape(oddModel, 2, BATCH);
const whole = shapes.filter(({ name }) => name === 'XS');
const others = products.filter((form) => form !== 'registers 8x8');

describe.each([{ name: 'odd', shape: odd, sizes: sizesOf(odd) }, ...whole])('products, $name', ({ shape, sizes }) => {
  test.each(others)('%s gives the bits of the plain form', async (form) => {
    const words = bufferWords(sizes);
    const plain = productsOf(sizes, shape, 'registers 8x8');
    for (const [i, dispatch] of productsOf(sizes, shape, form).entries()) {
      const usual = plain[i] as Dispatch;
      const outputs = Object.values(dispatch.bindings);
      const inputs = Object.fromEntries(outputs.map((name) => [name, noise(words.get(name) ?? 0, i)]));
      const expected = await play(sizes, [usual], inputs, outputs);
      const actual = await play(sizes, [dispatch], inputs, outputs);
      for (const name of outputs) expectSame(`${dispatch.label} ${name}`, actual[name]!, expected[name]!);
    }
  });
});

const STEPS = 4;
const choices = products.map((product, i): [string, KernelForms] => {
  const form = attention[i % attention.length] as AttentionForm;
  return [`${product}, attention ${form}`, uniformForms(product, form)];
});

/** On the device of the products above, with what is compiled there. */
const engine: Pick<Engine, 'open'> = {
  open: (shape) => openLockstep({ ...bench, clock: () => performance.now(), choose: async () => plainForms }, shape),
};

test('tries every form of attention', () => {
  expect(new Set(choices.map(([, kernels]) => kernels.attention)).size).toBe(attention.length);
});

describe.each(choices)('steps, %s', (_, kernels) => {
  const shape = { ...lockstepShape(oddModel, 1, BATCH), kernels };

  test('repeat their bits, alone, in company and after a checkpoint', async () => {
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

  test('have the bits of the plain products', async () => {
    const results = [];
    for (const form of [kernels, { ...plainForms, attention: kernels.attention }]) {
      const lockstep = await openRuns(engine, { ...shape, kernels: form }, [4]);
      await lockstep.train(stepInputs(shape, [4], 0, STEPS));
      results.push(bits(await lockstep.read(0)));
      lockstep.destroy();
    }
    expect(results[0]).toEqual(results[1]);
  });
});
