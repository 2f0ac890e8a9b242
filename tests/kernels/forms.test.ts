// Every form of every matrix product gives the bits of the plain one, which has its own tests against the twins: the
// order of a sum belongs to the shape, not to the way it is spread over threads. Sizes are multiples of no tile.

import { describe, expect, test } from 'vitest';
import type { LockstepShape } from '../../src/engine/engine';
import { type ProductForm, plainForms, productForms, uniformForms } from '../../src/engine/forms/forms';
import { bufferWords } from '../../src/engine/gpu/buffers';
import { availableProducts } from '../../src/engine/gpu/capable';
import type { Dispatch } from '../../src/engine/gpu/dispatch';
import { trainPass } from '../../src/engine/gpu/passes';
import type { Sizes } from '../../src/engine/gpu/sizes';
import { noise, openBench, play, shapes } from './play';
import { expectSame } from './tolerance';

const productShaders = ['in_proj', 'out_proj', 'head', 'weight_gradient'];

/** The products of a step's last block and head, each once, with the dispatch that finishes a gradient. */
function productsOf(sizes: Sizes, shape: LockstepShape, form: ProductForm): Dispatch[] {
  const forms = uniformForms(form, plainForms.attention);
  const all = trainPass({ ...sizes, forms }, shape.optimizer);
  const seen = new Map<string, Dispatch>();
  for (const dispatch of all.filter(({ shader }) => productShaders.includes(shader))) {
    seen.set(dispatch.label.replace(/^\d+\./, ''), dispatch);
  }
  return [...seen.values()];
}

test('the software adapters of the tests have every form', async () => {
  const { device } = await openBench();
  const available = availableProducts(device);
  expect(available).toContain('registers 8x8');
  expect(available).toContain('subgroups/4 16x4');
  expect(available).toContain('tiles 64x64');
});

describe.each(shapes)('products, $name', ({ shape, sizes }) => {
  test.each(Object.keys(productForms) as ProductForm[])('%s gives the bits of the plain form', async (form) => {
    const { device } = await openBench();
    if (!availableProducts(device).includes(form)) {
      // Eight lanes need subgroups of eight, which SwiftShader has not: there it must not be offered.
      expect(form.startsWith('subgroups/8')).toBe(true);
      expect(device.adapterInfo.subgroupMinSize).toBeLessThan(8);
      return;
    }
    const words = bufferWords(sizes);
    const plain = productsOf(sizes, shape, 'registers 8x8');
    const other = productsOf(sizes, shape, form);
    for (const [i, dispatch] of other.entries()) {
      const usual = plain[i] as Dispatch;
      const inputs: Record<string, Float32Array<ArrayBuffer>> = {};
      const outputs = Object.values(dispatch.bindings);
      for (const name of outputs) inputs[name] = noise(words.get(name) ?? 0, i);
      const expected = await play(sizes, [usual], inputs, outputs);
      const actual = await play(sizes, [dispatch], inputs, outputs);
      for (const name of outputs) expectSame(`${dispatch.label} ${name}`, actual[name]!, expected[name]!);
    }
  });
});
