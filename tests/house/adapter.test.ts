// The machine must offer the software adapter that every GPU test computes on.

import { expect, test } from 'vitest';
import { nullGpu, testAdapter } from '../adapter';

test('an adapter computes', async () => {
  const device = await (await testAdapter()).requestDevice({ label: 'adapter.test' });
  const buffer = device.createBuffer({
    label: 'adapter.test',
    size: 4,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const module = device.createShaderModule({
    label: 'adapter.test',
    code: '@group(0) @binding(0) var<storage, read_write> x: array<u32>; @compute @workgroup_size(1) fn main() { x[0] = 6u * 7u; }',
  });
  const pipeline = device.createComputePipeline({
    label: 'adapter.test',
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });
  const read = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(buffer, 0, read, 0, 4);
  device.queue.submit([encoder.finish()]);
  await read.mapAsync(GPUMapMode.READ);
  expect(new Uint32Array(read.getMappedRange())[0]).toBe(42);
  device.destroy();
});

test('the null device validates', async () => {
  const adapter = await nullGpu().requestAdapter();
  const device = await adapter?.requestDevice();
  device?.pushErrorScope('validation');
  const module = device?.createShaderModule({ label: 'broken', code: 'fn main() { let x: u32 = 1.5; }' });
  const info = await module?.getCompilationInfo();
  await device?.popErrorScope();
  expect(info?.messages.filter((message) => message.type === 'error')).toHaveLength(1);
});
