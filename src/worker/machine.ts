// Finds out what this machine can train with: WebGPU if it answers, else the processor. Nothing here waits for ever.

import { type Engine, EngineError } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/engine';
import type { TuningStore } from '../engine/tuning/store';
import { createWebGpuEngine } from '../engine/webgpu';
import { memoryOf } from './memory';
import type { Device, Machine, Obstacle } from './protocol';

export interface OpenMachine {
  readonly engine: Engine;
  readonly machine: Machine;
}

/** How long a browser may take to find an adapter and a device. */
export const patienceMs = 10_000;

const reportedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Settles within `ms`, whatever `work` does. */
export function withPatience<T>(work: Promise<T>, ms: number, sentence: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineError('no-adapter', sentence)), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, impatience]).finally(() => clearTimeout(timer));
}

/** What WebGPU needs of the surroundings; handed in so that every rung of the ladder can be tested. */
export interface Surroundings {
  readonly secure: boolean;
  readonly gpu: GPU | undefined;
  readonly tunings?: TuningStore;
  readonly device: Device;
}

function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof EngineError)) return 'other';
  switch (error.fault) {
    case 'no-webgpu':
    case 'no-adapter':
    case 'shader':
    case 'limits':
      return error.fault;
    case 'device-lost':
    case 'out-of-memory':
    case 'stalled':
      return 'other';
    default:
      return error.fault satisfies never;
  }
}

/** The processor, and why. */
export function openReference(obstacle: Obstacle, detail: string | null, device: Device): OpenMachine {
  const engine = createReferenceEngine();
  return { engine, machine: { adapter: engine.adapter, obstacle, detail, limits: {}, memory: memoryOf(device) } };
}

/** Empty when there is no adapter; why, the engine's own request will say. */
async function limitsOf(gpu: GPU): Promise<Machine['limits']> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return {};
  return Object.fromEntries(reportedLimits.map((name) => [name, adapter.limits[name]]));
}

/** WebGPU or a rejection. */
export async function openWebGpu(gpu: GPU, { tunings, device }: Surroundings): Promise<OpenMachine> {
  const sentence = `The browser did not answer within ${patienceMs / 1000} seconds when asked for a graphics card.`;
  const limits = await withPatience(limitsOf(gpu), patienceMs, sentence);
  const engine = await withPatience(createWebGpuEngine(gpu, tunings ? { tunings } : {}), patienceMs, sentence);
  const memory = memoryOf(device);
  return { engine, machine: { adapter: engine.adapter, obstacle: null, detail: null, limits, memory } };
}

/** The best this machine has. Never rejects. */
export async function openMachine(surroundings: Surroundings): Promise<OpenMachine> {
  const { secure, gpu, device } = surroundings;
  if (!secure) return openReference('insecure', null, device);
  if (!gpu) return openReference('no-webgpu', null, device);
  try {
    return await openWebGpu(gpu, surroundings);
  } catch (error) {
    return openReference(obstacleOf(error), error instanceof Error ? error.message : String(error), device);
  }
}
