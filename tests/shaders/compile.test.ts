// Every kernel compiles: its complete text, shared parts in front, passes Dawn's compiler without a message, and
// every pipeline of a training step builds with the constants it gets, at each scale and at an odd size.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Dispatch, ShaderName } from '../../src/engine/dispatch';
import { type ModelShape, parameterLayout } from '../../src/engine/model';
import { paperAdamW } from '../../src/engine/optimizer';
import { lossPass, trainPass } from '../../src/engine/passes';
import { shaderSources } from '../../src/engine/shaders';
import { sizesOf } from '../../src/engine/sizes';
import { scales } from '../../src/experiment/scales';
import { nullGpu } from '../adapter';

const folder = resolve(import.meta.dirname, '../../shaders');
let device: GPUDevice;

beforeAll(async () => {
  const adapter = await nullGpu().requestAdapter();
  if (!adapter) throw new Error('The null backend of Dawn gave no adapter: the npm package webgpu is broken here.');
  device = await adapter.requestDevice({ label: 'compile.test' });
});

test('every file of shaders/ is a kernel and the other way round', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wgsl'));
  expect(Object.keys(shaderSources).sort()).toEqual(files.map((name) => name.replace('.wgsl', '')).sort());
});

test.each(Object.keys(shaderSources) as ShaderName[])('%s compiles', async (name) => {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: name, code: shaderSources[name] });
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

function pipelinesOf(model: ModelShape, batch: number): Dispatch[] {
  const sizes = sizesOf({ model, runs: 2, batch, optimizer: paperAdamW });
  const layout = parameterLayout(model);
  const all = [...trainPass(sizes, layout, paperAdamW), ...lossPass(sizes)];
  const key = ({ shader, entry, overrides }: Dispatch) => JSON.stringify([shader, entry, overrides]);
  return [...new Map(all.map((dispatch) => [key(dispatch), dispatch])).values()];
}

test.each(shapes)('every pipeline of %s builds', async (_, model, batch) => {
  const problems: string[] = [];
  for (const { label, shader, entry, overrides } of pipelinesOf(model, batch)) {
    const module = device.createShaderModule({ label: shader, code: shaderSources[shader] });
    const compute = { module, entryPoint: entry, constants: overrides };
    await device.createComputePipelineAsync({ label, layout: 'auto', compute }).catch((error: Error) => {
      problems.push(`${label} (${shader}.${entry} ${JSON.stringify(overrides)}): ${error.message}`);
    });
  }
  expect(problems).toEqual([]);
});
