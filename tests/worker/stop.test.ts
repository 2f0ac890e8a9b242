// Stop is answered at once, whatever the worker waits for; the rest of the stopped work is not heard, and the next run trains.

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import { createWebGpuEngine } from '../../src/engine/webgpu';
import { plan } from '../../src/experiment/plan';
import type { Database } from '../../src/storage/database';
import type { LabCommand, LabEvent } from '../../src/worker/protocol';
import { threeArms, tiny, watchedEngine } from '../train/fixtures';
import { databases, host, real, served } from './lab';

vi.mock(import('../../src/engine/webgpu'), async (original) => ({
  ...(await original()),
  createWebGpuEngine: vi.fn(),
}));

const one = real(tiny(threeArms.slice(0, 1)));
const stopped = { kind: 'ended', end: 'stopped' };
const soon = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 30_000 });

/** Something that is waited for. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const state = { asked: false };
  const pass = async () => {
    state.asked = true;
    await opened;
  };
  return { open, pass, state };
}

type Gate = ReturnType<typeof gate>;

/** A graphics card on which these calls wait, once. */
function card(calls: { readonly [Call in 'open' | 'tuning']?: Gate }): GPU {
  const { engine } = watchedEngine();
  const slow: Engine = {
    ...engine,
    open: async (...args) => {
      await calls.open?.pass();
      return engine.open(...args);
    },
    tuning: async (...args) => {
      await calls.tuning?.pass();
      return engine.tuning(...args);
    },
  };
  vi.mocked(createWebGpuEngine).mockResolvedValue(slow);
  return { requestAdapter: async () => null } as unknown as GPU;
}

/** Databases that keep nothing and whose first answer waits. */
function slowDatabases(waits: Gate) {
  const { weights, index } = databases();
  const slow = (database: Database): Database => ({
    ...database,
    get: async (key) => {
      await waits.pass();
      return database.get(key);
    },
    entries: async () => {
      await waits.pass();
      return database.entries();
    },
  });
  return { weights: slow(weights), index: slow(index) };
}

const cases: [string, (waits: Gate) => Parameters<typeof host>[0], LabCommand | null][] = [
  [
    'the text',
    (waits) => ({
      fetch: async (...request) => {
        await waits.pass();
        return served(...request);
      },
    }),
    null,
  ],
  ['the database', (waits) => ({ kept: slowDatabases(waits) }), null],
  ['the database, while measuring', (waits) => ({ kept: slowDatabases(waits) }), { kind: 'measure', experiment: one }],
  ['compiling', (waits) => ({ gpu: card({ open: waits }) }), null],
  ['choosing kernels', (waits) => ({ gpu: card({ tuning: waits }) }), { kind: 'measure', experiment: one }],
  [
    'the graphics card',
    (waits) => ({ gpu: { requestAdapter: () => waits.pass().then(() => null) } as unknown as GPU }),
    { kind: 'detect' },
  ],
];

describe('Stop', () => {
  afterEach(() => vi.mocked(createWebGpuEngine).mockReset());

  test.each(cases)('is heard while the worker waits for %s', async (_, change, before) => {
    const waits = gate();
    const { lab, start, events } = host(change(waits));
    if (before) void lab.command(before);
    const end = start(one);
    await until(() => waits.state.asked);
    await lab.command({ kind: 'stop' });
    expect(await Promise.race([end, soon(200)])).toEqual(stopped);
    const heard = trainingOf(events).length;
    const next = start(one);
    await soon();
    expect(trainingOf(events)).toHaveLength(heard);
    waits.open();
    expect(await next).toEqual({ kind: 'ended', end: 'finished' });
    const ends = trainingOf(events).filter(({ event }) => event.kind === 'node-finished');
    expect(ends).toHaveLength(plan(one).nodes.length);
    expect(trainingOf(events).filter(({ event }) => event.kind === 'finished')).toHaveLength(1);
  });

  test('of a run leaves the way free for the bench and for writing', async () => {
    const waits = gate();
    const { lab, start } = host({ kept: slowDatabases(waits) });
    const end = start(one);
    await until(() => waits.state.asked);
    await lab.command({ kind: 'stop' });
    expect(await end).toEqual(stopped);
    const answer = lab.command({ kind: 'bench', cases: [] });
    waits.open();
    expect(await answer).toMatchObject({ kind: 'benched', message: expect.stringMatching(/no WebGPU/) });
  });

  test('of the bench is heard while it waits for its turn', async () => {
    const waits = gate();
    const { lab } = host({ kept: slowDatabases(waits) });
    void lab.command({ kind: 'measure', experiment: one });
    const bench = lab.command({ kind: 'bench', cases: [] });
    await lab.command({ kind: 'stop-bench' });
    expect(await Promise.race([bench, soon(200)])).toEqual({ kind: 'benched', end: 'stopped', message: null });
    waits.open();
  });
});

test('writing ends in the middle of a text when a run starts', async () => {
  const kept = databases();
  await host({ kept }).start(one);
  const { engine } = watchedEngine();
  let asked = 0;
  const counting: Engine = {
    ...engine,
    open: async (...args) => {
      const lockstep = await engine.open(...args);
      const logits: typeof lockstep.logits = async (...request) => {
        asked += 1;
        await soon(1);
        return lockstep.logits(...request);
      };
      return { ...lockstep, shape: lockstep.shape, logits, destroy: () => lockstep.destroy() };
    },
  };
  vi.mocked(createWebGpuEngine).mockResolvedValue(counting);
  const { lab, start, told } = host({ kept, gpu: { requestAdapter: async () => null } as unknown as GPU });
  const nodes = plan(one).nodes.map(({ id }) => id);
  const writing = lab.command({ kind: 'sample', experiment: one, nodes, prompts: ['It was '] });
  await until(() => asked > 2);
  const run = start(one);
  expect(await writing).toEqual({ kind: 'sampled', message: expect.stringMatching(/because a run has started/) });
  expect(await run).toMatchObject({ end: 'finished' });
  expect(asked).toBeLessThan(60);
  expect(told('written')).toEqual([]);
});

function trainingOf(events: readonly LabEvent[]) {
  return events.filter((event) => event.kind === 'train');
}
