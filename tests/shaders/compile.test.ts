// Every kernel compiles: its complete text, shared parts in front, passes Dawn's compiler without a message, and
// every pipeline of a training step builds with the constants it gets, at each scale and at an odd size.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  type AttentionForm,
  attentionForms,
  type KernelForms,
  type ProductForm,
  productForms,
  uniformForms,
} from '../../src/engine/forms/forms';
import type { Dispatch } from '../../src/engine/gpu/dispatch';
import { lossPass, trainPass } from '../../src/engine/gpu/passes';
import { shaderSource, shaderTexts } from '../../src/engine/gpu/shaders';
import { sizesOf } from '../../src/engine/gpu/sizes';
import type { ModelShape } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { scales } from '../../src/experiment/scales';
import { nullGpu } from '../adapter';

const folder = resolve(import.meta.dirname, '../../shaders');
let device: GPUDevice;

beforeAll(async () => {
  const adapter = await nullGpu().requestAdapter();
  if (!adapter) throw new Error('The null backend of Dawn gave no adapter: the npm package webgpu is broken here.');
  device = await adapter.requestDevice({ label: 'compile.test', requiredFeatures: ['subgroups'] });
});

test('every file of shaders/ is a kernel and the other way round', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wgsl'));
  const shaders = new Set(shaderTexts.map(({ shader }) => shader));
  expect([...shaders].sort()).toEqual(files.map((name) => name.replace('.wgsl', '')).sort());
});

test.each(shaderTexts)('$shader $form compiles', async (wanted) => {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: wanted.shader, code: shaderSource(wanted) });
  const { messages } = await module.getCompilationInfo();
  const fault = await device.popErrorScope();
  expect(messages.map((message) => `${message.lineNum}:${message.linePos} ${message.message}`)).toEqual([]);
  expect(fault?.message).toBeUndefined();
});

const odd = { vocabulary: 44, rotaryFraction: 0.25, width: 24, layers: 3, heads: 2, context: 37 };
const shapes: [string, ModelShape, number][] = [
  ...Object.values(scales).map(({ name, model, batch }): [string, ModelShape, number] => [
    name,
    { ...model, vocabulary: 256 },
    batch,
  ]),
  ['odd', odd, 3],
];

function pipelinesOf(model: ModelShape, batch: number, kernels: KernelForms): Dispatch[] {
  const sizes = sizesOf({ model, runs: 2, batch, optimizer: paperAdamW, kernels });
  const all = [...trainPass(sizes, paperAdamW), ...lossPass(sizes)];
  const key = ({ shader, form, entry, overrides }: Dispatch) => JSON.stringify([shader, form, entry, overrides]);
  return [...new Map(all.map((dispatch) => [key(dispatch), dispatch])).values()];
}

test.each(shapes)('every pipeline of %s builds', async (_, model, batch) => {
  const problems: string[] = [];
  const attention = Object.keys(attentionForms) as AttentionForm[];
  for (const [i, product] of (Object.keys(productForms) as ProductForm[]).entries()) {
    const kernels = uniformForms(product, attention[i % attention.length] as AttentionForm);
    for (const dispatch of pipelinesOf(model, batch, kernels)) {
      const { label, shader, entry, overrides } = dispatch;
      const module = device.createShaderModule({ label: shader, code: shaderSource(dispatch) });
      const compute = { module, entryPoint: entry, constants: overrides };
      await device.createComputePipelineAsync({ label, layout: 'auto', compute }).catch((error: Error) => {
        problems.push(`${label} (${product}, ${shader}.${entry} ${JSON.stringify(overrides)}): ${error.message}`);
      });
    }
  }
  expect(problems).toEqual([]);
});
