// Buffers from a device that may have no memory for them: all that are asked for, or none and a sentence in numbers.

import { EngineError } from '../engine';

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}

/** @throws EngineError `out-of-memory` when the GPU refuses; nothing is held then */
export async function grantBuffers(device: GPUDevice, wanted: readonly GPUBufferDescriptor[]): Promise<GPUBuffer[]> {
  device.pushErrorScope('out-of-memory');
  const buffers = wanted.map((descriptor) => device.createBuffer(descriptor));
  const refused = await device.popErrorScope();
  if (!refused) return buffers;
  for (const buffer of buffers) buffer.destroy();
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  throw new EngineError(
    'out-of-memory',
    `The GPU could not give ${megabytes(total)}. Train fewer runs at once or a smaller model.`,
  );
}
