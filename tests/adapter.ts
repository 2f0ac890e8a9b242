// The GPU of the tests: Dawn for Node on a software driver (see driver.mjs).

import { create, globals } from 'webgpu';
import { installCommand, useDriver } from './driver.mjs';

declare global {
  // Dawn's instances must stay reachable: once collected, every later call on their objects crashes the process.
  var rewarmTestGpu: GPU | undefined;
  var rewarmNullGpu: GPU | undefined;
}

/** WebGPU for Node with its globals (GPUBufferUsage and the like) installed; one instance a process. */
export function testGpu(): GPU {
  if (globalThis.rewarmTestGpu) return globalThis.rewarmTestGpu;
  if (useDriver() === undefined) throw new Error(`No Vulkan driver was found. Install one: ${installCommand}`);
  Object.assign(globalThis, globals);
  globalThis.rewarmTestGpu = create([]);
  return globalThis.rewarmTestGpu;
}

/** The adapter of the tests; fails with one sentence where there is none. */
export async function testAdapter(): Promise<GPUAdapter> {
  const adapter = await testGpu().requestAdapter();
  if (adapter) return adapter;
  const driver = process.env['VK_ICD_FILENAMES'] ?? "the machine's own";
  throw new Error(`No GPU adapter was found (Vulkan driver: ${driver}). Install one: ${installCommand}`);
}

/** Dawn's null device: validates shaders and pipelines in milliseconds, needs no driver and runs nothing. */
export function nullGpu(): GPU {
  Object.assign(globalThis, globals);
  globalThis.rewarmNullGpu ??= create(['backend=null']);
  return globalThis.rewarmNullGpu;
}
