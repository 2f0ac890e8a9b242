// What each of the worker's events makes of the session.

import { describe, expect, test } from 'vitest';
import { afterEvent, idleSession, isActive } from '../../src/store/session_state';
import type { LabEvent } from '../../src/worker/protocol';
import { running } from './run';
import { evaluated, evaluation, finished, record, started, train } from './worker';

/** A run of two arms, with the id of the beginning that they share. */
function begun() {
  const store = running();
  return { store, base: store.node(0, 'a') };
}

describe('phases', () => {
  test('idle, compiling, running, paused, running, finished', async () => {
    const { store, base } = begun();
    const phase = () => store.getState().phase;
    expect(idleSession.phase).toBe('idle');
    expect(phase()).toBe('compiling');
    store.take([train({ kind: 'compiling', done: 1, total: 24 })]);
    expect(store.getState().compiled).toEqual({ done: 1, total: 24 });
    store.take([started(base)]);
    expect(phase()).toBe('running');
    store.take([{ kind: 'paused' }]);
    expect(phase()).toBe('paused');
    store.take([{ kind: 'resumed' }]);
    expect(phase()).toBe('running');
    await store.end('finished');
    expect(phase()).toBe('finished');
    expect(isActive(phase())).toBe(false);
  });

  test('a fatal fault stays when the worker then reports the end', async () => {
    const { store } = begun();
    store.take([{ kind: 'fault', fault: 'device-lost', message: 'gone', fatal: true }]);
    await store.end('failed');
    expect(store.getState()).toMatchObject({ phase: 'failed', notice: { fault: 'device-lost', message: 'gone' } });
  });

  test('a fault that is not fatal is said and the run goes on', () => {
    const { store, base } = begun();
    store.take([started(base), { kind: 'fault', fault: 'storage', message: 'full', fatal: false }]);
    expect(store.getState()).toMatchObject({ phase: 'running', notice: { message: 'full' } });
  });

  test('events of a run that is over change nothing', async () => {
    const { store, base } = begun();
    await store.end('stopped');
    const { records } = store.getState();
    store.take([evaluated(base, evaluation(0, 5, 5))]);
    expect(store.getState()).toMatchObject({ phase: 'stopped', records });
    expect(records.size).toBe(0);
  });

  test('a new run forgets how far the last one was, not what it has found out', async () => {
    const { store, base } = begun();
    store.take([started(base), finished(base, [2, 3]), { kind: 'fault', fault: 'data', message: 'x', fatal: false }]);
    store.take([train({ ...going, tokensDone: 9 })]);
    expect(store.getState().progress).toEqual({
      ...{ tokensDone: 9, tokensPlanned: 10, tokensPerSecond: null, secondsLeft: null },
    });
    await store.end('stopped');
    store.begin();
    expect(store.getState()).toMatchObject({ phase: 'compiling', owner: 'own', progress: null, notice: null });
    expect(store.getState().records.get(base)?.final).toEqual([2, 3]);
    expect(store.getState().planned.has(base)).toBe(true);
  });
});

const going = {
  kind: 'progress',
  tokensDone: 0,
  tokensPlanned: 10,
  tokensPerSecond: null,
  secondsLeft: null,
  evaluationShare: null,
} as const;

test('a group that was halved is a notice, and the run goes on', () => {
  const { store } = begun();
  store.take([train({ kind: 'halved', runs: 2, message: '3 runs did not fit.' })]);
  expect(store.getState()).toMatchObject({
    notice: { fault: 'out-of-memory', message: '3 runs did not fit.' },
    phase: 'compiling',
  });
});

describe('what was kept', () => {
  const kept = (...records: ReturnType<typeof record>[]): LabEvent => ({ kind: 'kept', records });

  test('is known without a run, and what is on the charts stays', () => {
    const first = afterEvent(idleSession, kept(record('x', [1, 2], 'kept', [evaluation(0, 3, 4)])));
    expect(first.phase).toBe('idle');
    expect(first.records.get('x')).toMatchObject({ origin: 'kept', final: [1, 2] });
    const more = record('x', [9, 9], 'kept', [evaluation(0, 3, 4), evaluation(1, 3, 4)]);
    const second = afterEvent(first, kept(more));
    expect(second.records.get('x')?.evaluations).toHaveLength(1);
    expect(second.records.get('x')?.final).toEqual([1, 2]);
  });

  test('takes the place of a stage that was stopped, never of one that trains', async () => {
    const { store, base } = begun();
    store.take([started(base), evaluated(base, evaluation(0, 5, 5))]);
    store.take([kept(record(base, [1, 2], 'kept'), record('elsewhere', [1, 2], 'kept'))]);
    expect(store.getState().records.get(base)?.final).toBeNull();
    expect(store.getState().records.get('elsewhere')?.final).toEqual([1, 2]);
    await store.end('stopped');
    store.take([kept(record(base, [1, 2], 'kept'))]);
    expect(store.getState().records.get(base)).toMatchObject({ origin: 'kept', final: [1, 2] });
  });
});

test('a record grows without changing what others hold of it', () => {
  const { store, base } = begun();
  store.take([started(base)]);
  for (let i = 0; i < 2; i++) store.take([evaluated(base, evaluation(i, i, 2 * i))]);
  const early = store.getState().records.get(base);
  for (let i = 2; i < 100; i++) store.take([evaluated(base, evaluation(i, i, 2 * i))]);
  expect(early?.evaluations.map(({ values }) => values[1])).toEqual([0, 2]);
  const now = store.getState().records.get(base);
  expect(now?.evaluations).toHaveLength(100);
  expect(now?.evaluations.map(({ values }) => values[1])).toEqual(Array.from({ length: 100 }, (_, i) => 2 * i));
  expect(now?.seconds).toEqual(Array.from({ length: 100 }, (_, i) => 0.5 * i));
});

test('what is written is added by stage', () => {
  const first = afterEvent(idleSession, { kind: 'written', node: 'a', texts: ['so'] });
  const second = afterEvent(first, { kind: 'written', node: 'b', texts: ['it', 'was'] });
  expect(second.writing.texts).toEqual({ a: ['so'], b: ['it', 'was'] });
});
