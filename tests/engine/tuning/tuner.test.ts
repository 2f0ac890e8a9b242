// The tuner: it tries what the adapter has, drops what computes wrongly, keeps what it measured, and never asks about R.

import { expect, it } from 'vitest';
import { parseForms, plainForms, productNames, type Tuning } from '../../../src/engine/forms/forms';
import { canRun } from '../../../src/engine/gpu/capable';
import { faultySentence, parseTuning, type TuningStore, tuningKey } from '../../../src/engine/tuning/store';
import { createWebGpuEngine, openHost } from '../../../src/engine/webgpu';
import { testAdapter, testGpu } from '../../adapter';
import { lockstepShape, oddModel, openRuns } from '../engines';

const shape = lockstepShape(oddModel, 1, 5);

/** A store that counts. */
function memoryTunings(): TuningStore & { readonly kept: Map<string, unknown>; asked: number } {
  const kept = new Map<string, unknown>();
  return {
    software: 'a browser 1',
    kept,
    asked: 0,
    async get(key) {
      this.asked += 1;
      return kept.get(key);
    },
    put: async (tuning) => void kept.set(tuning.key, structuredClone(tuning)),
  };
}

/** The test GPU with a compiler that changes the text of every kernel whose label `wanted` accepts. */
function brokenGpu(
  wanted: (label: string) => boolean,
  change: (code: string) => string,
  isFallbackAdapter = true,
): GPU {
  const requestAdapter = async () => {
    const adapter = await testAdapter();
    const { limits, features } = adapter;
    const { vendor, architecture, description, device: name } = adapter.info;
    const info = { vendor, architecture, description, device: name, isFallbackAdapter };
    const requestDevice = async (descriptor: GPUDeviceDescriptor) => {
      const device = await adapter.requestDevice(descriptor);
      const compile = device.createShaderModule.bind(device);
      device.createShaderModule = (given) => {
        const code = wanted(given.label ?? '') ? change(given.code) : given.code;
        return compile({ ...given, code });
      };
      return device;
    };
    return { limits, info, features, requestDevice };
  };
  return { requestAdapter } as unknown as GPU;
}

/** The test GPU as it is, but for what it says it is. */
function intactGpu(isFallbackAdapter: boolean): GPU {
  return brokenGpu(
    () => false,
    (code) => code,
    isFallbackAdapter,
  );
}

it('tries every kernel, finds each form right, and chooses what the adapter can run', async () => {
  const host = await openHost(testGpu());
  const tuning = (await host.tuning(shape)) as Tuning;
  expect(new Set(tuning.tried.map(({ kernel }) => kernel))).toEqual(new Set([...productNames, 'attention']));
  expect(tuning.tried.filter(({ fault }) => fault !== null)).toEqual([]);
  expect(faultySentence(tuning)).toBeNull();
  expect(canRun(host.device, tuning.kernels)).toBe(true);
  for (const { kernel, form } of tuning.tried) expect(`${kernel} ${form}`).toMatch(/registers|subgroups|tiles|split/);
  // Read back it is the same text: who compares choices compares that.
  expect(JSON.stringify(parseForms(tuning.kernels))).toBe(JSON.stringify(tuning.kernels));
  // The same for any number of runs: it is not even asked again.
  expect(await host.tuning({ ...shape, runs: 8 })).toBe(tuning);
  expect(tuningKey(host.adapter, { ...shape, runs: 8 }, '')).toBe(tuning.key);
  expect(tuningKey(host.adapter, { ...shape, batch: 6 }, '')).not.toBe(tuning.key);
  host.device.destroy();
});

it('checks one form of each kernel on a software adapter, and times several on what says it is a graphics card', async () => {
  const triedOn = async (gpu: GPU) => {
    const host = await openHost(gpu);
    const { tried, kernels } = (await host.tuning(shape)) as Tuning;
    host.device.destroy();
    return { tried, kernels };
  };
  const software = await triedOn(intactGpu(true));
  expect(software.tried.map(({ kernel }) => kernel).sort()).toEqual([...productNames, 'attention'].sort());
  expect(software.tried.every(({ milliseconds }) => milliseconds === null)).toBe(true);
  const card = await triedOn(intactGpu(false));
  const largest = card.tried.filter(({ kernel }) => kernel === 'in_proj.forward');
  expect(largest.slice(0, 2).map(({ form }) => form)).toEqual(['tiles 64x64', 'tiles 32x32']);
  const least = Math.min(...largest.map(({ milliseconds }) => milliseconds ?? Number.POSITIVE_INFINITY));
  const chosen = largest.find(({ form }) => form === card.kernels.products['in_proj.forward']);
  // The first of those that take less than a tenth longer than the fastest.
  expect(chosen?.milliseconds).toBeLessThanOrEqual(least / 0.9 + 1e-9);
});

it('drops a form that computes wrongly or does not compile, says so, and trains with another', async () => {
  const faults = [
    { change: (code: string) => code.replaceAll('b[3]', 'b[2]'), reason: /^It gives .+ where the CPU twin has / },
    { change: (code: string) => code.replace('fn ', 'fn fn '), reason: /does not compile on this adapter/ },
  ];
  for (const { change, reason } of faults) {
    const engine = await createWebGpuEngine(brokenGpu((label) => label.endsWith('(subgroups)'), change));
    const tuning = (await engine.tuning(shape)) as Tuning;
    const broken = tuning.tried.filter(({ form, kernel }) => form.startsWith('subgroups') && kernel !== 'attention');
    // Once it has lost among its like, it is not tried again.
    expect(broken.map(({ kernel }) => kernel)).toEqual(['in_proj.forward']);
    for (const { fault } of broken) expect(fault).toMatch(reason);
    expect(new Set(Object.values(tuning.kernels.products))).toEqual(new Set(['registers 8x8']));
    expect(faultySentence(tuning)).toMatch(/^Some kernels do not compute rightly .*in_proj\.forward \(subgroups/);
    const lockstep = await openRuns(engine, shape, [1]);
    expect(lockstep.kernels).toEqual(tuning.kernels);
    lockstep.destroy();
    engine.destroy();
  }
});

it('refuses to train where no form of a kernel is right', async () => {
  const wrong = (code: string) => code.replaceAll('b[3]', 'b[2]');
  const engine = await createWebGpuEngine(brokenGpu((label) => label.startsWith('head'), wrong));
  const opening = engine.open(shape);
  await expect(opening).rejects.toThrow(
    /^No form of head\.forward works on this adapter, so it cannot be trained on\./,
  );
  engine.destroy();
});

it('keeps what it measured, takes it up at the next start, and measures again on request', async () => {
  const tunings = memoryTunings();
  const first = await createWebGpuEngine(testGpu(), { tunings });
  const measured = (await first.tuning(shape)) as Tuning;
  expect([...tunings.kept.keys()]).toEqual([measured.key]);
  first.destroy();
  // A mark that only the store has.
  tunings.kept.set(measured.key, { ...measured, milliseconds: 123456 });
  const second = await createWebGpuEngine(testGpu(), { tunings });
  expect((await second.tuning(shape))?.milliseconds).toBe(123456);
  expect((await second.tuning(shape, true))?.milliseconds).not.toBe(123456);
  second.destroy();
  // What another version measured is not found.
  tunings.kept.set(measured.key, { ...measured, milliseconds: 123456 });
  const updated = await createWebGpuEngine(testGpu(), { tunings: { ...tunings, software: 'a browser 2' } });
  expect((await updated.tuning(shape))?.milliseconds).not.toBe(123456);
  expect(tunings.kept.size).toBe(2);
  updated.destroy();
});

it('measures where the store fails or holds something else', async () => {
  const failing: TuningStore = {
    software: 'a browser 1',
    get: () => Promise.reject(new Error('no')),
    put: () => Promise.reject(new Error('no')),
  };
  const engine = await createWebGpuEngine(testGpu(), { tunings: failing });
  const tuning = (await engine.tuning(shape)) as Tuning;
  engine.destroy();
  expect(parseTuning(structuredClone(tuning), tuning.key)).toEqual(tuning);
  const { kernels } = tuning;
  for (const value of [
    null,
    'text',
    { ...tuning, v: 2 },
    { ...tuning, key: 'another' },
    { ...tuning, tried: null },
    { ...tuning, kernels: { ...kernels, attention: 'best' } },
    { ...tuning, kernels: { ...kernels, products: { ...kernels.products, 'head.forward': 'toString' } } },
    { ...tuning, kernels: { attention: kernels.attention } },
  ]) {
    expect(parseTuning(value, tuning.key)).toBeNull();
  }
});

it('takes up the kernels of an earlier run where it can, and its own where it cannot', async () => {
  const engine = await createWebGpuEngine(testGpu());
  const lockstep = await engine.open({ ...shape, kernels: plainForms });
  expect(lockstep.kernels).toEqual(plainForms);
  lockstep.destroy();
  engine.destroy();
  const without = await createWebGpuEngine(intactGpu(true), { plain: true });
  const plain = await openRuns(without, shape, [1]);
  expect(plain.kernels).toEqual(plainForms);
  plain.destroy();
  without.destroy();
});
