// From dispatch values to what an encoder plays: compiled pipelines, bind groups and uniforms, all made in advance.

import { EngineError } from '../engine';
import type { Dispatch } from './dispatch';
import { grantBuffers } from './grant';
import { shaderSource } from './shaders';

/** A dispatch with everything it needs, ready to be encoded any number of times. */
export interface Captured {
  readonly dispatch: Dispatch;
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
}

function moduleKey({ shader, form }: Dispatch): string {
  return form ? `${shader} (${form})` : shader;
}

function pipelineKey(dispatch: Dispatch): string {
  return `${moduleKey(dispatch)} ${dispatch.entry} ${JSON.stringify(dispatch.overrides)}`;
}

/** Compiles each different pipeline once and keeps it for the life of the device. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #modules = new Map<string, Promise<GPUShaderModule>>();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Compiles what `dispatches` need, all at once; `progress` hears how many of them are done. */
  async compile(dispatches: readonly Dispatch[], progress?: (done: number, total: number) => void): Promise<void> {
    const wanted = new Map(dispatches.map((d) => [pipelineKey(d), d]));
    let done = 0;
    progress?.(done, wanted.size);
    await Promise.all(
      [...wanted.values()].map(async (dispatch) => {
        await this.pipeline(dispatch);
        done += 1;
        progress?.(done, wanted.size);
      }),
    );
  }

  pipeline(dispatch: Dispatch): Promise<GPUComputePipeline> {
    const key = pipelineKey(dispatch);
    const known = this.#pipelines.get(key);
    if (known) return known;
    const made = this.#make(dispatch);
    this.#pipelines.set(key, made);
    return made;
  }

  async #make(dispatch: Dispatch): Promise<GPUComputePipeline> {
    const module = await this.#module(dispatch);
    const label = `${dispatch.shader}.${dispatch.entry}`;
    try {
      return await this.#device.createComputePipelineAsync({
        label,
        layout: 'auto',
        compute: { module, entryPoint: dispatch.entry, constants: { ...dispatch.overrides } },
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new EngineError('shader', `The kernel ${label} does not compile on this adapter: ${reason}`);
    }
  }

  #module(dispatch: Dispatch): Promise<GPUShaderModule> {
    const key = moduleKey(dispatch);
    const known = this.#modules.get(key);
    if (known) return known;
    const made = this.#makeModule(dispatch);
    this.#modules.set(key, made);
    return made;
  }

  async #makeModule(dispatch: Dispatch): Promise<GPUShaderModule> {
    const { shader } = dispatch;
    const module = this.#device.createShaderModule({ label: moduleKey(dispatch), code: shaderSource(dispatch) });
    const { messages } = await module.getCompilationInfo();
    const error = messages.find((m) => m.type === 'error');
    if (error) {
      const place = `${shader}.wgsl, line ${error.lineNum} (with its shared text)`;
      throw new EngineError('shader', `The kernel ${place} does not compile on this adapter: ${error.message}`);
    }
    return module;
  }
}

/** Bytes between two uniform structs: the largest offset alignment that a device may ask for. */
const UNIFORM_STRIDE = 256;

/** Bytes of the uniforms of so many dispatches that are captured together. */
export function uniformBytes(dispatches: number): number {
  return UNIFORM_STRIDE * Math.max(1, dispatches);
}

/**
 * Bind groups and uniforms of `dispatches`, whose pipelines must have been compiled; `places` is where names lie.
 * @throws EngineError `out-of-memory` when the GPU refuses; whatever is thrown, nothing is held then
 */
export async function capture(
  device: GPUDevice,
  cache: PipelineCache,
  dispatches: readonly Dispatch[],
  places: ReadonlyMap<string, GPUBufferBinding>,
): Promise<{ captured: Captured[]; uniforms: GPUBuffer }> {
  const words = new Uint32Array(uniformBytes(dispatches.length) / 4);
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const [uniforms] = (await grantBuffers(device, [{ label: 'uniforms', size: words.byteLength, usage }])) as [
    GPUBuffer,
  ];
  try {
    const captured: Captured[] = [];
    for (const [i, dispatch] of dispatches.entries()) {
      const pipeline = await cache.pipeline(dispatch);
      const entries = entriesOf(dispatch, places);
      if (dispatch.uniform) {
        words.set(dispatch.uniform, (UNIFORM_STRIDE / 4) * i);
        const size = Math.ceil(dispatch.uniform.length / 4) * 16;
        entries.push({ binding: 0, resource: { buffer: uniforms, offset: UNIFORM_STRIDE * i, size } });
      }
      const group = device.createBindGroup({ label: dispatch.label, layout: pipeline.getBindGroupLayout(0), entries });
      captured.push({ dispatch, pipeline, group });
    }
    device.queue.writeBuffer(uniforms, 0, words);
    return { captured, uniforms };
  } catch (error) {
    uniforms.destroy();
    throw error;
  }
}

function entriesOf({ label, bindings }: Dispatch, places: ReadonlyMap<string, GPUBufferBinding>): GPUBindGroupEntry[] {
  return Object.entries(bindings).map(([binding, name]) => {
    const resource = places.get(name);
    if (!resource) throw new RangeError(`${label} binds ${name}, which does not exist.`);
    return { binding: Number(binding), resource };
  });
}
