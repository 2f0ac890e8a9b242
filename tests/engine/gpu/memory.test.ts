// A GPU without memory: which buffer it refuses makes no difference to what is said, and nothing is left behind.

import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/engine';
import { watchDevice } from '../../../src/engine/gpu/watch';
import { createWebGpuEngine } from '../../../src/engine/webgpu';
import { testAdapter, testGpu } from '../../adapter';
import { lockstepShape, oddModel, openRuns, stepInputs } from '../engines';

/** A GPU whose device refuses every buffer whose label `refused` accepts, as the specification says: to the innermost scope. */
function poorGpu(refused: (label: string) => boolean) {
  const alive = new Set<string>();
  const requestDevice = async (adapter: GPUAdapter, descriptor: GPUDeviceDescriptor) => {
    const device = await adapter.requestDevice(descriptor);
    const scopes: { readonly filter: GPUErrorFilter; error: GPUError | null }[] = [];
    const create = device.createBuffer.bind(device);
    device.pushErrorScope = (filter) => void scopes.push({ filter, error: null });
    device.popErrorScope = async () => scopes.pop()?.error ?? null;
    device.createBuffer = (wanted) => {
      const buffer = create(wanted);
      const label = wanted.label ?? '';
      if (refused(label)) {
        const scope = scopes.findLast(({ filter }) => filter === 'out-of-memory');
        const error = new GPUOutOfMemoryError('no memory');
        if (scope) scope.error ??= error;
        else device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
      }
      const name = `${label} ${alive.size}`;
      alive.add(name);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        alive.delete(name);
        return destroy();
      };
      return buffer;
    };
    return device;
  };
  const requestAdapter = async () => {
    const adapter = await testAdapter();
    const { limits, info, features } = adapter;
    return { limits, info, features, requestDevice: (wanted: GPUDeviceDescriptor) => requestDevice(adapter, wanted) };
  };
  return { gpu: { requestAdapter } as unknown as GPU, alive };
}

const shape = lockstepShape(oddModel, 2, 2);

it('an opening that is refused memory holds none, and the engine goes on with what there is', async () => {
  let missing: string | null = null;
  const { gpu, alive } = poorGpu((label) => label === missing);
  const engine = await createWebGpuEngine(gpu, { plain: true });
  for (const label of ['parameters', 'uniforms', 'wide back', 'stats back 1']) {
    missing = label;
    const fault = await engine.open(shape).catch((error: unknown) => error);
    expect(fault, label).toBeInstanceOf(EngineError);
    expect(fault, label).toMatchObject({ fault: 'out-of-memory' });
    expect([...alive], label).toEqual([]);
  }
  missing = null;
  const lockstep = await openRuns(engine, shape, [1, 2]);
  expect(await lockstep.train(stepInputs(shape, [1, 2], 0, 1))).toHaveLength(1);
  lockstep.destroy();
  expect([...alive]).toEqual([]);
  engine.destroy();
});

describe('an error outside any scope', () => {
  const watched = async () => {
    testGpu();
    const device = await (await testAdapter()).requestDevice();
    const watch = watchDevice(device, 60);
    const fail = (error: GPUError) => device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    const outcome = (work: Promise<unknown>) => watch.guard(work).catch((error: unknown) => error);
    return { watch, fail, outcome };
  };
  const never = () => new Promise(() => {});

  it('of memory ends every wait of its time and no later one', async () => {
    const { watch, fail, outcome } = await watched();
    const waiting = [outcome(never()), outcome(never())];
    await Promise.resolve();
    fail(new GPUOutOfMemoryError('too much'));
    for (const one of waiting) expect(await one).toMatchObject({ fault: 'out-of-memory' });
    expect(() => watch.check()).not.toThrow();
    expect(await outcome(Promise.resolve('done'))).toBe('done');
    // While nobody waits, the next who asks hears of it, once.
    fail(new GPUOutOfMemoryError('too much'));
    expect(() => watch.check()).toThrow('The GPU has no memory left: too much');
    expect(await outcome(Promise.resolve('done'))).toBe('done');
  });

  it.each([
    [() => new GPUValidationError('wrong'), 'The GPU refused an operation: wrong'],
    [() => new GPUInternalError('wrong'), 'The graphics driver failed: wrong'],
  ])('of any other kind is for good', async (error, message) => {
    const { watch, fail, outcome } = await watched();
    fail(error());
    expect(await outcome(Promise.resolve('done'))).toMatchObject({ fault: 'shader', message });
    fail(new GPUOutOfMemoryError('too much'));
    expect(() => watch.check()).toThrow(message);
    expect(await outcome(never())).toMatchObject({ fault: 'shader', message });
  });
});
