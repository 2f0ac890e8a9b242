// What this machine trains with: every rung of the ladder, and which faults make it look for another.

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Engine, EngineError, type EngineFault } from '../../src/engine/engine';
import { createWebGpuEngine } from '../../src/engine/webgpu';
import { openMachine, withPatience } from '../../src/worker/machine';
import { threeArms, tiny, watchedEngine } from '../train/fixtures';
import { computer, host, real } from './lab';

vi.mock(import('../../src/engine/webgpu'), async (original) => {
  const actual = await original();
  return { ...actual, createWebGpuEngine: vi.fn(actual.createWebGpuEngine) };
});

const gpu = (requestAdapter: () => Promise<unknown>) => ({ requestAdapter }) as unknown as GPU;

describe('the ladder', () => {
  test.each([
    ['a page over http', { secure: false, gpu: undefined }, 'insecure'],
    ['a browser without WebGPU', { secure: true, gpu: undefined }, 'no-webgpu'],
    ['no adapter', { secure: true, gpu: gpu(async () => null) }, 'no-adapter'],
    [
      'an adapter request that throws',
      { secure: true, gpu: gpu(() => Promise.reject(new Error('blocked'))) },
      'no-adapter',
    ],
  ])('%s: the processor trains', async (_, surroundings, obstacle) => {
    const { machine, engine } = await openMachine({ ...surroundings, device: computer });
    expect(machine).toMatchObject({ obstacle, adapter: { kind: 'reference' } });
    engine.destroy();
  });

  test('waiting ends, whatever the browser does', async () => {
    const never = new Promise<number>(() => undefined);
    await expect(withPatience(never, 10, 'no answer')).rejects.toThrow(EngineError);
    expect(await withPatience(Promise.resolve(3), 1000, 'no answer')).toBe(3);
  });
});

describe('a fault', () => {
  const three = real(tiny(threeArms));
  const measure = { kind: 'measure', experiment: three } as const;
  const none = {
    kind: 'measured',
    seconds: null,
    bytes: null,
    evaluationShare: null,
    together: null,
    repeats: [],
    kept: [],
  };

  /** A graphics card that has this fault when runs are opened, as long as `faulty`. */
  function card(fault: EngineFault) {
    const { engine, log } = watchedEngine();
    const state = { faulty: true, destroyed: 0 };
    const made: Engine = {
      ...engine,
      adapter: { ...engine.adapter, kind: 'webgpu' },
      open: async (...args) => {
        if (state.faulty) throw new EngineError(fault, 'It does not fit.');
        return engine.open(...args);
      },
      destroy: () => state.destroyed++,
    };
    vi.mocked(createWebGpuEngine).mockResolvedValue(made);
    return { state, log };
  }

  beforeEach(() => vi.mocked(createWebGpuEngine).mockReset());

  test.each<EngineFault>(['limits', 'out-of-memory'])('%s while measuring keeps the machine', async (fault) => {
    const { state } = card(fault);
    const asked = vi.fn(async () => null);
    const { lab, told } = host({ gpu: gpu(asked) });
    expect(await lab.command(measure)).toEqual(none);
    expect(await lab.command(measure)).toEqual(none);
    state.faulty = false;
    expect(await lab.command(measure)).toMatchObject({ seconds: expect.any(Number), bytes: expect.any(Number) });
    await lab.command({ kind: 'detect' });
    expect(createWebGpuEngine).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(told('machine')).toHaveLength(1);
    expect(state.destroyed).toBe(0);
  });

  test.each<EngineFault>(['limits', 'out-of-memory'])('%s ends a run and keeps the machine', async (fault) => {
    const { state } = card(fault);
    const { start, told } = host({ gpu: gpu(async () => null) });
    expect(await start(three)).toEqual({ kind: 'ended', end: 'failed' });
    expect(told('fault')).toMatchObject([{ fault, fatal: true, message: expect.stringMatching(/does not fit/) }]);
    state.faulty = false;
    expect(await start(three)).toEqual({ kind: 'ended', end: 'finished' });
    expect(createWebGpuEngine).toHaveBeenCalledTimes(1);
  });

  test.each<EngineFault>(['device-lost', 'stalled'])('%s while measuring gives it up', async (fault) => {
    const { state } = card(fault);
    const { lab, told } = host({ gpu: gpu(async () => null) });
    expect(await lab.command(measure)).toEqual(none);
    expect(state.destroyed).toBe(1);
    state.faulty = false;
    expect(await lab.command(measure)).toMatchObject({ seconds: expect.any(Number) });
    expect(createWebGpuEngine).toHaveBeenCalledTimes(2);
    expect(told('machine')).toHaveLength(2);
  });

  test('shader while measuring leaves the processor, which is measured', async () => {
    card('shader');
    const { lab, told } = host({ gpu: gpu(async () => null) });
    expect(await lab.command(measure)).toMatchObject({ seconds: expect.any(Number), bytes: null });
    expect(told('machine').map(({ machine }) => machine.obstacle)).toEqual([null, 'shader']);
  });
});
