// The bench's probes compile, and every form that is timed is one of their entry points.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { copyForms, fmaForms } from '../../src/engine/bench/probes';
import { nullGpu } from '../adapter';

const folder = resolve(import.meta.dirname, '../../shaders/bench');
const forms: Readonly<Record<string, readonly string[]>> = {
  'copy.wgsl': Object.keys(copyForms),
  'fma.wgsl': fmaForms.map(({ entry }) => entry),
};

test('every file is a probe and the other way round', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(forms).sort());
});

test.each(Object.keys(forms))('%s compiles', async (file) => {
  const code = readFileSync(join(folder, file), 'utf8');
  const device = await (await nullGpu().requestAdapter())?.requestDevice();
  if (!device) throw new Error('The null backend of Dawn gave no device: the npm package webgpu is broken here.');
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: file, code });
  expect((await module.getCompilationInfo()).messages.map(({ message }) => message)).toEqual([]);
  const entries = [...code.matchAll(/^fn (\w+)\(@builtin/gm)].map(([, name]) => name);
  expect(entries.sort()).toEqual([...(forms[file] ?? [])].sort());
  for (const entryPoint of entries) {
    await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: entryPoint ?? '' } });
  }
  expect((await device.popErrorScope())?.message).toBeUndefined();
});
