// The WebGPU engine: finds an adapter, asks it for a device, opens locksteps on it.

import { type AdapterReport, type Engine, EngineError, type LockstepShape } from './engine';
import { type KernelForms, plainForms, type Tuning } from './forms/forms';
import { canRun } from './gpu/capable';
import type { LockstepHost } from './gpu/lockstep';
import { openLockstep } from './gpu/open_lockstep';
import { PipelineCache } from './gpu/pipeline';
import { watchDevice } from './gpu/watch';
import { parseTuning, type TuningStore, tuningKey } from './tuning/store';
import { tune } from './tuning/tuner';

export interface WebGpuOptions {
  /** Milliseconds; only used to keep submissions short. */
  readonly clock?: () => number;
  /** How long the GPU may be silent before it counts as hung. */
  readonly stallSeconds?: number;
  /** Keeps what was measured from one start to the next. */
  readonly tunings?: TuningStore;
  /** Takes the form of each kernel that runs everywhere instead of measuring which is fastest. */
  readonly plain?: boolean;
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

/** What can be used of an adapter: its largest buffers, and where it has them subgroups and the clock of the bench. */
export function deviceNeeds({ limits, features }: Pick<GPUAdapter, 'limits' | 'features'>): GPUDeviceDescriptor {
  const { maxBufferSize, maxStorageBufferBindingSize } = limits;
  return {
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    requiredFeatures: (['subgroups', 'timestamp-query'] as const).filter((name) => features.has(name)),
  };
}

/** The machine's WebGPU device and what works on it. */
export interface WebGpuHost extends LockstepHost {
  readonly adapter: AdapterReport;
  /** Measured once a shape, or found in the store; `again` measures anew. Null where nothing is to be measured. */
  tuning(shape: LockstepShape, again?: boolean): Promise<Tuning | null>;
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
  const base = { adapter: reportAdapter(adapter), device, cache: new PipelineCache(device), watch, clock };
  const kept = new Map<string, Promise<Tuning>>();
  const tuning = async (shape: LockstepShape, again = false): Promise<Tuning | null> => {
    if (options.plain) return null;
    const key = tuningKey(base.adapter, shape, options.tunings?.software ?? '');
    const known = kept.get(key);
    if (known && !again) return known;
    const found = storedOrMeasured({ ...base, choose }, shape, key, options.tunings, again);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    return found;
  };
  const choose = async (shape: LockstepShape): Promise<KernelForms> => (await tuning(shape))?.kernels ?? plainForms;
  return { ...base, choose, tuning };
}

async function storedOrMeasured(
  host: LockstepHost & { readonly adapter: AdapterReport },
  shape: LockstepShape,
  key: string,
  store: TuningStore | undefined,
  again: boolean,
): Promise<Tuning> {
  // A store that fails costs two seconds, not the run.
  const stored = again ? null : await store?.get(key).catch(() => null);
  const tuning = parseTuning(stored, key);
  if (tuning && canRun(host.device, tuning.kernels)) return tuning;
  const measured = await host.watch.guard(tune(host, shape, key));
  await store?.put(measured).catch(() => {});
  return measured;
}

/** The engine on the machine's WebGPU device; throws as `openHost` does. */
export async function createWebGpuEngine(gpu: GPU, options: WebGpuOptions = {}): Promise<Engine> {
  const host = await openHost(gpu, options);
  return {
    adapter: host.adapter,
    lost: host.watch.lost,
    open: (shape, progress) => openLockstep(host, shape, progress),
    tuning: host.tuning,
    destroy() {
      host.watch.close();
      host.device.destroy();
    },
  };
}
