// The verbs of the one conversation with the worker.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { chosenParts, everything } from '../../src/store/parts';
import { createSession } from '../../src/store/session';
import type { LabCommand, LabReply } from '../../src/worker/protocol';
import { evaluated, evaluation, machine, opened, started } from './worker';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const [weak] = chosenParts(figures['5'], { scale: 'S', seeds: 1, first: 1, budget: 1 }, everything);
if (!weak) throw new Error('no part');

describe('detect', () => {
  test('tells the machine; without an answer it stays unknown', async () => {
    const answers: (LabReply | null)[] = [null, { kind: 'machine', machine }];
    const session = createSession(async () => answers.shift() ?? null);
    await session.detect();
    expect(session.getState().machine).toBeNull();
    await session.detect();
    expect(session.getState().machine).toBe(machine);
  });
});

describe('a run', () => {
  test('is paused, resumed, stepped and stopped only while it goes on', async () => {
    const { session, worker, kinds } = await opened();
    for (const verb of [session.pauseOrResume, session.step, session.stop]) await verb();
    expect(worker.heard).toEqual([]);
    const run = session.start({ id: '5', parts: [weak] });
    worker.send([started(weak.whole.nodes[0]?.id ?? '')]);
    await session.pauseOrResume();
    worker.send([{ kind: 'paused' }]);
    await session.step();
    await session.pauseOrResume();
    await session.stop();
    await run;
    expect(kinds()).toEqual(['start', 'pause', 'step', 'resume', 'stop']);
    await session.stop();
    expect(kinds()).toHaveLength(5);
  });

  test('a batch of events is one change of the state', async () => {
    const { session, worker } = await opened();
    void session.start({ id: '5', parts: [weak] });
    let changes = 0;
    session.subscribe(() => changes++);
    const node = weak.whole.nodes[0]?.id ?? '';
    worker.send([started(node), ...[0, 1, 2].map((step) => evaluated(node, evaluation(step, 3, 4)))]);
    expect(changes).toBe(1);
    expect(session.getState().records.get(node)?.evaluations).toHaveLength(3);
  });
});

describe('writing', () => {
  test('what trained arms write is kept by stage until the next time', async () => {
    const { session, worker } = await opened();
    const { experiment } = weak.whole;
    const done = session.write(experiment, ['a', 'b'], ['It was ']);
    worker.send([{ kind: 'written', node: 'a', texts: ['so'] }]);
    expect(session.getState().writing).toEqual({ phase: 'writing', texts: { a: ['so'] }, message: null });
    await done;
    expect(session.getState().writing.phase).toBe('done');
    const again = session.write(experiment, ['a'], ['It was ']);
    expect(session.getState().writing).toEqual({ phase: 'writing', texts: {}, message: null });
    await again;
  });

  test('is asked once at a time, and says what could not be written', async () => {
    const heard: LabCommand[] = [];
    const session = createSession(async (command) => {
      heard.push(command);
      return { kind: 'sampled', message: 'Some stages are gone.' };
    });
    const done = session.write(weak.whole.experiment, ['a'], []);
    await session.write(weak.whole.experiment, ['b'], []);
    await done;
    expect(heard).toMatchObject([{ kind: 'sample', nodes: ['a'] }]);
    expect(session.getState().writing.message).toBe('Some stages are gone.');
  });
});
