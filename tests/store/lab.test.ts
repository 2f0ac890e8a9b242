// The verbs behind the buttons against a port that answers like the worker, and the claim that store/ needs no view.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLab } from '../../src/store/lab';
import { scalesOffered } from '../../src/store/machine';
import { createRecipeStore } from '../../src/store/recipe';
import { createRunStore } from '../../src/store/run';
import type { LabCommand, LabListener, LabPort, LabReply, Machine } from '../../src/worker/protocol';

vi.mock('react', () => {
  throw new Error('store/ must work without React');
});

const adapter = { kind: 'webgpu', vendor: 'v', architecture: 'a', description: '', isFallback: false } as const;
const machine: Machine = { adapter, obstacle: null, detail: null, limits: { maxStorageBufferBindingSize: 2 ** 27 } };

interface Port extends LabPort {
  readonly heard: LabCommand[];
  send: LabListener;
  answer: (command: LabCommand) => Promise<LabReply>;
}

function port(): Port {
  const made: Port = {
    heard: [],
    send: () => undefined,
    answer: async (command) => {
      if (command.kind === 'detect') return { kind: 'machine', machine };
      if (command.kind === 'measure')
        return { kind: 'measured', seconds: 40, bytes: 9, evaluationShare: 0.2, kept: [] };
      if (command.kind === 'start') return { kind: 'ended', end: 'finished' };
      return { kind: 'ok' };
    },
    listen: (listener) => {
      made.send = listener;
    },
    command: (command) => {
      made.heard.push(command);
      return made.answer(command);
    },
  };
  return made;
}

function lab() {
  const worker = port();
  const made = createLab(worker, createRecipeStore(), createRunStore());
  return { worker, lab: made, kinds: () => worker.heard.map((command) => command.kind) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('before Run', () => {
  test('the machine is looked at and measured, and the estimate is there', async () => {
    const { lab: it, kinds } = lab();
    await it.open();
    expect(kinds()).toEqual(['detect', 'measure']);
    expect(it.run.getState().estimate).toEqual({ kind: 'known', seconds: 40, bytes: 9 });
    expect(it.recipe.getState().setting.scale).toBe('S');
  });

  test('a changed recipe is measured once, after the person has settled', async () => {
    const { lab: it, kinds } = lab();
    await it.open();
    it.recipe.getState().change({ replayPercent: 5 });
    it.recipe.getState().change({ replayPercent: 25 });
    expect(it.run.getState().estimate.kind).toBe('measuring');
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['detect', 'measure', 'measure']);
    expect(it.run.getState().estimate.kind).toBe('known');
  });

  test('the answer to an old question does not count', async () => {
    const { lab: it, worker } = lab();
    await it.open();
    const answers: ((seconds: number) => void)[] = [];
    worker.answer = () =>
      new Promise((resolve) =>
        answers.push((seconds) => resolve({ kind: 'measured', seconds, bytes: null, evaluationShare: null, kept: [] })),
      );
    it.recipe.getState().change({ replayPercent: 5 });
    await vi.advanceTimersByTimeAsync(1000);
    it.recipe.getState().change({ replayPercent: 25 });
    await vi.advanceTimersByTimeAsync(1000);
    answers[1]?.(7);
    await vi.runAllTimersAsync();
    answers[0]?.(99);
    await vi.runAllTimersAsync();
    expect(it.run.getState().estimate).toEqual({ kind: 'known', seconds: 7, bytes: null });
  });

  test('a machine that is too small for the chosen size gets the largest it can train, and says so', async () => {
    const { lab: it, worker } = lab();
    await it.open();
    it.recipe.getState().set({ scale: 'M' });
    const slow = { ...machine, adapter: { ...adapter, isFallback: true } };
    worker.send([{ kind: 'machine', machine: slow }]);
    expect(it.recipe.getState().setting.scale).toBe('XS');
    expect(it.run.getState().notice?.message).toBe('Size M is too large for this machine. Switched to XS.');
  });

  test('sizes follow the adapter', () => {
    expect(scalesOffered(machine)).toEqual(['XS', 'S', 'M', 'L']);
    expect(scalesOffered({ ...machine, limits: { maxStorageBufferBindingSize: 16_000_000 } })).toEqual([
      'XS',
      'S',
      'M',
    ]);
    expect(scalesOffered({ ...machine, adapter: { ...adapter, kind: 'reference' } })).toEqual(['XS']);
  });
});

describe('Run', () => {
  test('adds the draft and sends every arm; a second Run while active does nothing', async () => {
    const { lab: it, worker } = lab();
    let end: (reply: LabReply) => void = () => undefined;
    worker.answer = () => new Promise((resolve) => (end = resolve));
    const run = it.start();
    await it.start();
    expect(worker.heard).toHaveLength(1);
    expect(worker.heard[0]).toMatchObject({ kind: 'start', stepwise: false, experiment: { arms: [{ id: 'rewarm' }] } });
    expect(it.run.getState().phase).toBe('compiling');
    end({ kind: 'ended', end: 'stopped' });
    await run;
    expect(it.run.getState().phase).toBe('stopped');
  });

  test('Step without a run starts one that takes a single step; during a run it steps', async () => {
    const { lab: it, worker, kinds } = lab();
    worker.answer = (command) =>
      command.kind === 'start' ? new Promise(() => undefined) : Promise.resolve({ kind: 'ok' });
    void it.step();
    expect(worker.heard[0]).toMatchObject({ kind: 'start', stepwise: true });
    worker.send([{ kind: 'paused' }]);
    await it.step();
    await it.pauseOrResume();
    await it.stop();
    expect(kinds()).toEqual(['start', 'step', 'resume', 'stop']);
  });

  test('a worker that dies fails the run with its sentence and keeps the board', async () => {
    const { lab: it, worker } = lab();
    worker.answer = () => Promise.reject(new Error('The part of the page that trains stopped.'));
    await it.start();
    expect(it.run.getState()).toMatchObject({ phase: 'failed', notice: { fault: 'worker' } });
    expect(it.run.getState().board?.arms).toHaveLength(1);
    worker.answer = async () => ({ kind: 'ended', end: 'finished' });
    await it.start();
    expect(it.run.getState().phase).toBe('finished');
  });
});
