// Devices that count what they are asked for, and may state smaller limits than they have.

import type { Limits } from '../../../src/engine/gpu/allocate';

/** What was asked for so far. */
interface Made {
  /** Buffers, bind groups, pipelines and shader modules. */
  objects: number;
  bytes: number;
  /** Bytes of the largest buffer. */
  largest: number;
  /** Bytes of the largest part of a buffer in a bind group. */
  widest: number;
}

const nothing = (): Made => ({ objects: 0, bytes: 0, largest: 0, widest: 0 });

const counted = new Set(['createBuffer', 'createBindGroup', 'createComputePipelineAsync', 'createShaderModule']);

/** `target` with `seen` told of every call, `wrap` around what promises of it bring, and `instead` in place of properties. */
function watched<T extends object>(
  target: T,
  seen: (name: string, argument: unknown) => void,
  wrap = (value: unknown) => value,
  instead: Partial<Record<string | symbol, unknown>> = {},
): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = instead[name] ?? Reflect.get(object, name, object);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        seen(String(name), args[0]);
        const result: unknown = Reflect.apply(value, object, args);
        return result instanceof Promise ? result.then(wrap) : result;
      };
    },
  });
}

function widestOf({ entries }: GPUBindGroupDescriptor): number {
  const parts = [...entries].map(({ resource }) => resource as GPUBufferBinding);
  return Math.max(...parts.map(({ buffer, offset = 0, size = buffer.size - offset }) => size));
}

/** @param limits stated by the device instead of its own */
export function watchedDevice(device: GPUDevice, limits?: Limits): { device: GPUDevice; made: Made } {
  const made = nothing();
  return { device: countedDevice(device, made, limits), made };
}

function countedDevice(device: GPUDevice, made: Made, limits?: Limits): GPUDevice {
  const seen = (name: string, argument: unknown) => {
    if (counted.has(name)) made.objects += 1;
    if (name === 'createBindGroup') made.widest = Math.max(made.widest, widestOf(argument as GPUBindGroupDescriptor));
    if (name !== 'createBuffer') return;
    const { size } = argument as GPUBufferDescriptor;
    made.bytes += size;
    made.largest = Math.max(made.largest, size);
  };
  return watched(device, seen, undefined, limits ? { limits } : {});
}

/** Counts for all its devices together. */
export function watchedGpu(gpu: GPU): { gpu: GPU; made: Made } {
  const made = nothing();
  const device = (value: unknown) => countedDevice(value as GPUDevice, made);
  const adapter = (value: unknown) => watched(value as GPUAdapter, () => {}, device);
  return { gpu: watched(gpu, () => {}, adapter), made };
}
