// Parts that train one after another.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { chosenParts, everything } from '../../src/store/parts';
import { opened } from './worker';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const parts = chosenParts(figures['5'], { scale: 'S', seeds: 1, first: 1, budget: 1 }, everything);
const five = { id: '5', parts } as const;

test('trains the parts one after another and ends finished', async () => {
  const { lab, session, worker, items, settle } = await opened();
  const run = session.start(five);
  await settle();
  expect(items()).toEqual(['weak training', 'strong waiting']);
  expect(session.getState()).toMatchObject({ phase: 'compiling', owner: '5', queue: { view: '5' } });
  expect(session.getState().queue?.items.map(({ plan }) => plan)).toEqual(parts.map(({ chosen }) => chosen?.id));
  expect([...session.getState().planned]).toEqual(parts[0]?.whole.nodes.map(({ id }) => id));
  await lab.startOwn(false);
  worker.end({ kind: 'ended', end: 'finished' });
  await settle();
  expect(items()).toEqual(['weak done', 'strong training']);
  expect([...session.getState().planned]).toEqual(parts[1]?.whole.nodes.map(({ id }) => id));
  worker.end({ kind: 'ended', end: 'finished' });
  await run;
  expect(items()).toEqual(['weak done', 'strong done']);
  expect(session.getState().phase).toBe('finished');
  expect(worker.heard.filter(({ kind }) => kind === 'start')).toHaveLength(2);
});

test('a stepwise run takes one step of the first part, not of the second', async () => {
  const { session, worker, settle } = await opened();
  const run = session.start(five, true);
  await settle();
  worker.end({ kind: 'ended', end: 'finished' });
  await settle();
  worker.end({ kind: 'ended', end: 'finished' });
  await run;
  expect(worker.heard).toMatchObject([
    { kind: 'start', stepwise: true },
    { kind: 'start', stepwise: false },
  ]);
});

test('Stop ends it, keeps what is done and trains no further part', async () => {
  const { session, items, settle } = await opened();
  const run = session.start(five);
  await settle();
  await session.stop();
  await run;
  expect(items()).toEqual(['weak stopped', 'strong waiting']);
  expect(session.getState().phase).toBe('stopped');
});

test('Skip leaves the part that trains and goes on with the next; one that waits never starts', async () => {
  const { session, worker, items, settle, kinds } = await opened();
  const run = session.start(five);
  await settle();
  session.skip('weak');
  await settle();
  expect(items()).toEqual(['weak skipped', 'strong training']);
  worker.end({ kind: 'ended', end: 'finished' });
  await run;
  expect(session.getState().phase).toBe('finished');
  const again = session.start(five);
  await settle();
  session.skip('strong');
  worker.end({ kind: 'ended', end: 'finished' });
  await again;
  expect(items()).toEqual(['weak done', 'strong skipped']);
  expect(kinds().filter((kind) => kind === 'start')).toHaveLength(3);
});

test('a part that fails ends it', async () => {
  const { session, worker, items, settle } = await opened();
  const run = session.start(five);
  await settle();
  worker.send([{ kind: 'fault', fault: 'device-lost', message: 'gone', fatal: true }]);
  worker.end({ kind: 'ended', end: 'failed' });
  await run;
  expect(items()).toEqual(['weak failed', 'strong waiting']);
  expect(session.getState().phase).toBe('failed');
});

test('what nothing is to be trained of is not begun', async () => {
  const { session, worker } = await opened();
  await session.start({ id: '5', parts: parts.map((part) => ({ ...part, wanted: false })) });
  expect(worker.heard).toEqual([]);
  expect(session.getState()).toMatchObject({ phase: 'idle', queue: null });
});
