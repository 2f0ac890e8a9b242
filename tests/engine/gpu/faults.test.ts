// What the engine says when the machine cannot do what is asked.

import { describe, expect, it } from 'vitest';
import { type Engine, EngineError } from '../../../src/engine/engine';
import type { Dispatch } from '../../../src/engine/gpu/dispatch';
import { PipelineCache } from '../../../src/engine/gpu/pipeline';
import { watchDevice } from '../../../src/engine/gpu/watch';
import { createWebGpuEngine } from '../../../src/engine/webgpu';
import { nullGpu, testAdapter, testGpu } from '../../adapter';
import { lockstepShape, oddModel, openRuns, stepInputs, webGpuEngine } from '../engines';

async function faultOf(work: Promise<unknown>): Promise<EngineError> {
  const outcome = await work.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof EngineError) return outcome;
  throw new Error(`not an EngineError: ${String(outcome)}`);
}

describe('no adapter', () => {
  it.each([
    ['null', () => Promise.resolve(null)],
    ['an exception', () => Promise.reject(new Error('blocklisted'))],
  ])('%s is a plain sentence', async (_, requestAdapter) => {
    const fault = await faultOf(createWebGpuEngine({ requestAdapter } as unknown as GPU));
    expect(fault.fault).toBe('no-adapter');
    expect(fault.message).toContain('found no usable graphics card');
  });
});

describe('a shape that does not fit', () => {
  it('names the wrong number of the model', async () => {
    const shape = lockstepShape({ ...oddModel, width: 30 }, 1, 2);
    const fault = await faultOf((await webGpuEngine()).open(shape));
    expect(fault).toMatchObject({ fault: 'limits', message: 'width must be a multiple of 4, not 30.' });
  });

  it('says in numbers what is needed and what is allowed', async () => {
    const shape = lockstepShape({ ...oddModel, vocabulary: 4096, context: 4096 }, 8, 64);
    const fault = await faultOf((await webGpuEngine()).open(shape));
    expect(fault.fault).toBe('limits');
    expect(fault.message).toMatch(/need a buffer of \d+ MB \(\w+\); this GPU allows \d+ MB/);
  });
});

describe('a device that is lost', () => {
  it('rejects what is waiting and says so once', async () => {
    const adapter = await testAdapter();
    let device: GPUDevice | undefined;
    const requestDevice = async (descriptor: GPUDeviceDescriptor) => {
      device = await adapter.requestDevice(descriptor);
      return device;
    };
    const { limits, info, features } = adapter;
    const gpu = { requestAdapter: async () => ({ limits, info, features, requestDevice }) } as unknown as GPU;
    const engine: Engine = await createWebGpuEngine(gpu);
    const shape = lockstepShape(oddModel, 1, 2);
    const lockstep = await openRuns(engine, shape, [1]);
    await lockstep.train(stepInputs(shape, [1], 0, 2));
    const training = faultOf(lockstep.train(stepInputs(shape, [1], 2, 200)));
    device?.destroy();
    expect((await training).fault).toBe('device-lost');
    expect(await engine.lost).toContain('reset the GPU');
    expect((await faultOf(lockstep.read(0))).fault).toBe('device-lost');
  });
});

describe("a wait that fails in the browser's own words", () => {
  it('is the loss that caused it, even when the news of it comes later', async () => {
    const device = await (await testAdapter()).requestDevice();
    const watch = watchDevice(device, 60);
    const raw = Promise.reject(new DOMException('mapAsync was aborted', 'AbortError'));
    const waiting = faultOf(watch.guard(raw));
    device.destroy();
    expect(await waiting).toMatchObject({ fault: 'device-lost', message: await watch.lost });
  });

  it('is a fault of the machine with those words where there is no loss', async () => {
    const device = await (await testAdapter()).requestDevice();
    const fault = await faultOf(watchDevice(device, 60).guard(Promise.reject(new Error('refused'))));
    expect(fault).toMatchObject({ fault: 'device-lost', message: 'The GPU gave up its work: refused' });
  });
});

describe('a GPU that never answers', () => {
  it('counts as stalled after the time given', async () => {
    const device = await (await testAdapter()).requestDevice();
    const fault = await faultOf(watchDevice(device, 0.05).guard(new Promise(() => {})));
    expect(fault).toMatchObject({ fault: 'stalled', message: 'The GPU has not answered for 0.05 seconds.' });
  });

  it('is not blamed for the time that the machine slept', async () => {
    const device = await (await testAdapter()).requestDevice();
    const waiting = watchDevice(device, 0.4).guard(new Promise((done) => setTimeout(() => done('answered'), 650)));
    // Nothing of this process runs for longer than the silence that is allowed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    expect(await waiting).toBe('answered');
  });
});

describe('a kernel that does not compile', () => {
  it("is named with the adapter's reason", async () => {
    const device = await ((await nullGpu().requestAdapter()) as GPUAdapter).requestDevice();
    const dispatch: Dispatch = {
      label: 'none',
      shader: 'adamw',
      entry: 'no_such_entry',
      overrides: {},
      bindings: {},
      uniform: null,
      grid: [1, 1, 1],
      flops: 0,
      bytes: 0,
    };
    const fault = await faultOf(new PipelineCache(device).pipeline(dispatch));
    expect(fault.fault).toBe('shader');
    expect(fault.message).toContain('The kernel adamw.no_such_entry does not compile on this adapter');
  });
});

it('reports the adapter in words', async () => {
  const { adapter } = await webGpuEngine();
  expect(adapter.kind).toBe('webgpu');
  expect(adapter.isFallback).toBe(true);
  expect(adapter.description.length).toBeGreaterThan(3);
  expect(testGpu()).toBeDefined();
});
