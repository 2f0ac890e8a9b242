// Makes a lockstep's buffers, or says in numbers why this GPU cannot hold them.

import { EngineError } from '../engine';
import { type MemoryPlan, memoryPlan, type Range, RING } from './buffers';
import { grantBuffers, megabytes } from './grant';
import { evaluationPass } from './passes';
import type { Sizes } from './sizes';

/** What of a device's limits decides how much is done at once. */
export type Limits = Pick<
  GPUSupportedLimits,
  'maxBufferSize' | 'maxStorageBufferBindingSize' | 'maxComputeWorkgroupsPerDimension'
>;

/** What of a plan is largest beside its limit: a buffer, or the part of one that is bound at once. */
function tightest({ buffers, training, evaluation }: MemoryPlan, limits: Limits) {
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  const bound = [...training, ...evaluation].map(([name, { words }]: [string, Range]) => ({
    name,
    bytes: 4 * words,
    limit: Math.min(maxStorageBufferBindingSize, maxBufferSize),
  }));
  const whole = [...buffers].map(([name, words]) => ({ name, bytes: 4 * words, limit: maxBufferSize }));
  return [...bound, ...whole].reduce((a, b) => (b.bytes / b.limit > a.bytes / a.limit ? b : a));
}

/** @throws EngineError `limits` when a buffer would be larger than the device allows */
export function checkLimits(device: GPUDevice, sizes: Sizes): void {
  const { name, bytes, limit } = tightest(memoryPlan(sizes, 1), device.limits);
  if (bytes > limit) {
    const need = `${sizes.R} runs of this model need a buffer of ${megabytes(bytes)} (${name})`;
    throw new EngineError(
      'limits',
      `${need}; this GPU allows ${megabytes(limit)}. Train fewer runs at once or a smaller model.`,
    );
  }
}

function evaluationFits(sizes: Sizes, E: number, limits: Limits): boolean {
  const { bytes, limit } = tightest(memoryPlan(sizes, E), limits);
  const groups = evaluationPass(sizes, E * sizes.B).flatMap(({ grid }) => grid);
  return bytes <= limit && Math.max(...groups) <= limits.maxComputeWorkgroupsPerDimension;
}

/**
 * E: evaluation takes E B sequences at once. As many as the layers' memory holds, and no more than the rings, while every
 * buffer stays within the limits, if there are any. No loss depends on it.
 */
export function evaluationFactor(sizes: Sizes, limits?: Limits): number {
  let E = Math.min(sizes.L, RING);
  while (limits && E > 1 && !evaluationFits(sizes, E, limits)) E -= 1;
  return E;
}

/** A lockstep's buffers by label, and where in them lie the names that dispatches bind. */
export interface Allocated {
  readonly buffers: ReadonlyMap<string, GPUBuffer>;
  readonly training: ReadonlyMap<string, GPUBufferBinding>;
  readonly evaluation: ReadonlyMap<string, GPUBufferBinding>;
}

function placesIn(buffers: ReadonlyMap<string, GPUBuffer>, ranges: MemoryPlan['training']) {
  const places = new Map<string, GPUBufferBinding>();
  for (const [name, { buffer: label, first, words }] of ranges) {
    const buffer = buffers.get(label);
    if (buffer) places.set(name, { buffer, offset: 4 * first, size: 4 * words });
  }
  return places;
}

/**
 * All buffers of `memoryPlan`.
 * @throws EngineError as `checkLimits` does, and `out-of-memory` when the GPU refuses
 */
export async function allocate(device: GPUDevice, sizes: Sizes, E: number): Promise<Allocated> {
  checkLimits(device, sizes);
  const plan = memoryPlan(sizes, E);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const wanted = [...plan.buffers].map(([label, words]) => ({ label, size: 4 * words, usage }));
  const buffers = new Map((await grantBuffers(device, wanted)).map((buffer) => [buffer.label, buffer]));
  return { buffers, training: placesIn(buffers, plan.training), evaluation: placesIn(buffers, plan.evaluation) };
}
