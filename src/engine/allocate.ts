// Makes a lockstep's buffers, or says in numbers why this GPU cannot hold them.

import { bufferWords } from './buffers';
import { EngineError } from './engine';
import type { Sizes } from './sizes';

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`;
}

/** @throws EngineError `limits` when a buffer would be larger than the device allows */
export function checkLimits(device: GPUDevice, sizes: Sizes): void {
  const words = bufferWords(sizes);
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const [largest, most] = [...words].reduce((a, b) => (b[1] > a[1] ? b : a));
  if (4 * most > limit) {
    const need = `${sizes.R} runs of this model need a buffer of ${megabytes(4 * most)} (${largest})`;
    throw new EngineError(
      'limits',
      `${need}; this GPU allows ${megabytes(limit)}. Train fewer runs at once or a smaller model.`,
    );
  }
}

/**
 * All buffers of `bufferWords` by name.
 * @throws EngineError as `checkLimits` does, and `out-of-memory` when the GPU refuses
 */
export async function allocate(device: GPUDevice, sizes: Sizes): Promise<Map<string, GPUBuffer>> {
  checkLimits(device, sizes);
  const words = bufferWords(sizes);
  device.pushErrorScope('out-of-memory');
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers = new Map(
    [...words].map(([label, size]) => [label, device.createBuffer({ label, size: 4 * size, usage })]),
  );
  const refused = await device.popErrorScope();
  if (refused) {
    for (const buffer of buffers.values()) buffer.destroy();
    const total = [...words.values()].reduce((a, b) => a + b, 0);
    throw new EngineError(
      'out-of-memory',
      `The GPU could not give ${megabytes(4 * total)}. Train fewer runs at once or a smaller model.`,
    );
  }
  return buffers;
}
