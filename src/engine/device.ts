// The WebGPU engine: finds an adapter, asks it for a device, opens locksteps on it.

import { type AdapterReport, type Engine, EngineError } from './engine';
import { type LockstepHost, openLockstep } from './lockstep';
import { PipelineCache } from './pipeline';
import { watchDevice } from './watch';

export interface WebGpuOptions {
  /** Milliseconds; only used to keep submissions short. */
  readonly clock?: () => number;
  /** How long the GPU may be silent before it counts as hung. */
  readonly stallSeconds?: number;
}

/** The adapter's own description of itself. */
function reportAdapter(adapter: GPUAdapter): AdapterReport {
  const { vendor, architecture, description, device, isFallbackAdapter } = adapter.info;
  return { kind: 'webgpu', vendor, architecture, description: description || device, isFallback: isFallbackAdapter };
}

async function requestAdapter(gpu: GPU): Promise<GPUAdapter> {
  let reason = '';
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter) return adapter;
  } catch (error) {
    reason = error instanceof Error ? ` (${error.message})` : '';
  }
  throw new EngineError('no-adapter', `WebGPU is here but found no usable graphics card${reason}.`);
}

/** What the kernels can use of an adapter: its largest buffers, and subgroups where it has them. */
export function deviceNeeds({ limits, features }: Pick<GPUAdapter, 'limits' | 'features'>): GPUDeviceDescriptor {
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  return {
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    requiredFeatures: features.has('subgroups') ? ['subgroups'] : [],
  };
}

/** The machine's WebGPU device and what works on it. */
export interface WebGpuHost extends LockstepHost {
  readonly adapter: AdapterReport;
}

/**
 * Opens the machine's WebGPU device with the largest buffers it allows.
 * @throws EngineError when there is no adapter or it gives no device
 */
export async function openHost(gpu: GPU, options: WebGpuOptions = {}): Promise<WebGpuHost> {
  const adapter = await requestAdapter(gpu);
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice(deviceNeeds(adapter));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('no-adapter', `The graphics card gave no WebGPU device: ${reason}`);
  }
  const watch = watchDevice(device, options.stallSeconds ?? 120);
  const clock = options.clock ?? (() => performance.now());
  return { adapter: reportAdapter(adapter), device, cache: new PipelineCache(device), watch, clock };
}

/** The engine on the machine's WebGPU device; throws as `openHost` does. */
export async function createWebGpuEngine(gpu: GPU, options: WebGpuOptions = {}): Promise<Engine> {
  const host = await openHost(gpu, options);
  return {
    adapter: host.adapter,
    lost: host.watch.lost,
    open: (shape, progress) => openLockstep(host, shape, progress),
    destroy() {
      host.watch.close();
      host.device.destroy();
    },
  };
}
