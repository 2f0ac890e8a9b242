// How far each arm is: of the Lab, of a figure, while it trains and after.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { armPath } from '../../src/experiment/plan';
import { ownView } from '../../src/store/lab';
import { chosenParts, everything, type FigureChoice, labPart, type Study } from '../../src/store/parts';
import { armProgress, isOfRun, runsEnded } from '../../src/store/progress';
import { galleryWords } from '../../src/ui/figures/words';
import { armStateText } from '../../src/ui/strings';
import { running } from './run';
import { evaluated, evaluation, finished, opened, record, started, train, trained } from './worker';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const states = (run: ReturnType<typeof running>) => run.progress().map(({ state }) => state);

describe('the Lab', () => {
  test('an arm waits, trains from its first measurement on, and is done with its last stage', async () => {
    const run = running();
    expect(states(run)).toEqual(['waiting', 'waiting']);
    run.take([started(run.node(0, 'a')), finished(run.node(0, 'a'), [2, 3])]);
    // The beginning is everybody's and says nothing about one arm.
    expect(states(run)).toEqual(['waiting', 'waiting']);
    run.take([started(run.node(1, 'a')), evaluated(run.node(1, 'a'), evaluation(0, 2, 3))]);
    expect(states(run)).toEqual(['training', 'waiting']);
    run.take([finished(run.node(1, 'a'), [2.5, 1.75]), started(run.node(1, 'b'))]);
    expect(states(run)).toEqual(['done', 'training']);
    await run.end('stopped');
    expect(states(run)).toEqual(['done', 'stopped']);
  });

  test('a failed arm is named with its sentence; the other arm ends', async () => {
    const run = running();
    run.take([
      started(run.node(0, 'a')),
      finished(run.node(0, 'a'), [2, 3]),
      train({ kind: 'node-failed', node: run.node(1, 'a'), step: 12, message: 'its loss was not a number' }),
      started(run.node(1, 'b')),
      finished(run.node(1, 'b'), [2.1, 2.9]),
    ]);
    await run.end('finished');
    expect(run.progress()).toMatchObject([
      { state: 'failed', message: 'its loss was not a number' },
      { state: 'done', message: null },
    ]);
    expect(run.rows().map(({ ours }) => ours?.old ?? null)).toEqual([null, 2.1]);
  });

  test('an arm that failed and is trained again is no longer said to have failed', async () => {
    const run = running();
    const last = run.node(1, 'a');
    run.take([train({ kind: 'node-failed', node: last, step: 12, message: 'x' })]);
    await run.end('finished');
    expect(run.progress()[0]).toMatchObject({ state: 'failed', message: 'x' });
    run.begin();
    expect(run.progress()[0]).toMatchObject({ state: 'waiting', message: null });
    run.take([started(last)]);
    expect(run.progress()[0]).toMatchObject({ state: 'training', message: null });
  });

  test('an arm that was found is reused, also after a run that added another', async () => {
    const run = running();
    run.take([finished(run.node(0, 'a'), [2, 3], 'kept'), finished(run.node(1, 'a'), [2, 2], 'kept')]);
    await run.end('stopped');
    // Of the other nothing was ever trained.
    expect(states(run)).toEqual(['reused', null]);
    run.begin();
    expect(states(run)).toEqual(['reused', 'waiting']);
    expect(run.rows()[0]?.ours).not.toBeNull();
  });

  test('an arm of which one stage was found and the other trained is done', () => {
    const run = running();
    run.take([finished(run.node(0, 'a'), [2, 3], 'kept'), started(run.node(1, 'a'))]);
    run.take([finished(run.node(1, 'a'), [2, 2])]);
    expect(states(run)[0]).toBe('done');
  });

  test("its finished arms outlive a figure's run", async () => {
    const { lab, session, worker, settle } = await opened();
    const own = lab.startOwn(false);
    await settle();
    const { whole } = labPart(lab.recipe.getState());
    const progress = () => lab.recipe.getState().arms.map(({ id }) => armProgress(whole, id, session.getState()).state);
    worker.send(whole.nodes.flatMap(({ id }) => trained(id, [0], 2, 3)));
    worker.end({ kind: 'ended', end: 'finished' });
    await own;
    const parts = chosenParts(figures['5'], lab.choices.getState().study, everything);
    const run = session.start({ id: '5', parts });
    await settle();
    expect(progress()).toEqual(['done']);
    await session.stop();
    await run;
    expect(ownView(lab.recipe).parts[0]?.whole.id).toBe(whole.id);
    expect(progress()).toEqual(['done']);
  });
});

describe('a figure', () => {
  const small: Study = { scale: 'XS', seeds: 1, first: 1, budget: 0.1 };
  const four = ['replay-5', 'replay-1', 'replay-50', 'replay-10'];

  test('how far each arm is, while it is trained and after a stop', async () => {
    const { session, worker, settle } = await opened();
    const parts = chosenParts(figures['5'], small, { ...everything, without: { weak: ['replay-10'] } });
    const whole = parts[0]?.whole;
    if (!whole) throw new Error('no part');
    const run = session.start({ id: '5', parts });
    await settle();
    const [base, last] = armPath(whole, 'replay-5', 1);
    worker.send([...trained(base?.id ?? '', [0], 2, 3), ...trained(last?.id ?? '', [0], 2, 3)]);
    worker.send([started(armPath(whole, 'replay-1', 1).at(-1)?.id ?? '')]);
    const now = () => four.map((arm) => armProgress(whole, arm, session.getState()).state);
    expect(now()).toEqual(['done', 'training', 'waiting', null]);
    await session.stop();
    await run;
    expect(now()).toEqual(['done', 'stopped', null, null]);
  });

  test('raised seeds: only what was asked for is stopped, the others say how many seeds they have', async () => {
    const { session, worker, settle } = await opened();
    const three: Study = { ...small, seeds: 3 };
    const choice: FigureChoice = { without: { weak: ['replay-1', 'replay-50', 'replay-10'] }, postponed: ['strong'] };
    const [weak] = chosenParts(figures['5'], three, choice);
    if (!weak) throw new Error('no part');
    const end = (arm: string, seed: number) => armPath(weak.whole, arm, seed).at(-1)?.id ?? '';
    const base = (seed: number) => armPath(weak.whole, 'replay-5', seed)[0]?.id ?? '';
    // Of two arms seed 1 was trained before.
    const kept = [base(1), end('replay-1', 1), end('replay-5', 1)].map((id) => record(id, [2, 3], 'kept'));
    worker.send([{ kind: 'kept', records: kept }]);
    const now = () => four.map((arm) => armStateText(armProgress(weak.whole, arm, session.getState())));
    expect(now()).toEqual(['1 of 3 seeds', '1 of 3 seeds', '', '']);
    const run = session.start({ id: '5', parts: [weak] });
    await settle();
    // Nothing of seeds 2 and 3 has begun.
    expect(now()).toEqual(['waiting', '1 of 3 seeds', '', '']);
    worker.send([...trained(base(2), [0], 2, 3), started(end('replay-5', 2)), started(end('replay-50', 2))]);
    expect(now()).toEqual(['training', '1 of 3 seeds', 'begun', '']);
    await session.stop();
    await run;
    expect(now()).toEqual(['stopped, 1 of 3 seeds', '1 of 3 seeds', 'begun', '']);
  });

  test('what a run has stopped at is no longer said to be stopped once another has been asked for', async () => {
    const { session, worker, settle } = await opened();
    const pick = (...left: string[]) =>
      chosenParts(figures['5'], small, { without: { weak: left }, postponed: ['strong'] });
    const [weak] = pick('replay-5');
    if (!weak) throw new Error('no part');
    const first = session.start({ id: '5', parts: [weak] });
    await settle();
    worker.send([started(armPath(weak.whole, 'replay-1', 1).at(-1)?.id ?? '')]);
    await session.stop();
    await first;
    const state = () => armProgress(weak.whole, 'replay-1', session.getState()).state;
    expect(state()).toBe('stopped');
    const second = session.start({ id: '5', parts: pick('replay-1') });
    await settle();
    worker.end({ kind: 'ended', end: 'finished' });
    await second;
    expect(state()).toBe('part');
  });

  test('what is trained of the whole figure, seed by seed, also where one part is all there', async () => {
    const { session, worker } = await opened();
    const sizes = chosenParts(figures['7'], { ...small, seeds: 2 }, everything);
    const [little] = sizes;
    if (!little) throw new Error('no part');
    const count = (parts = sizes) => runsEnded(parts, session.getState());
    expect(count()).toEqual({ ended: 0, all: 20 });
    worker.send([{ kind: 'kept', records: little.whole.nodes.map(({ id }) => record(id, [2, 3], 'kept')) }]);
    expect(count([little])).toEqual({ ended: 10, all: 10 });
    expect(count()).toEqual({ ended: 10, all: 20 });
    expect(galleryWords.ended(count(), 2)).toBe('10 of 20 trained here, counting seeds');
    expect(galleryWords.ended({ ended: 5, all: 10 }, 1)).toBe('5 of 10 trained here');
    expect(galleryWords.ended({ ended: 10, all: 10 }, 1)).toBe('all trained here');
  });

  test('a run is of what its page shows until that is changed', async () => {
    const { session, settle } = await opened();
    const view = (study: Study) => ({ id: '5', parts: chosenParts(figures['5'], study, everything) }) as const;
    void session.start(view(small));
    await settle();
    expect(isOfRun(session.getState(), view(small))).toBe(true);
    expect(isOfRun(session.getState(), view({ ...small, seeds: 3 }))).toBe(true);
    expect(isOfRun(session.getState(), view({ ...small, budget: 1 }))).toBe(false);
    expect(isOfRun(session.getState(), { ...view(small), id: '6' })).toBe(false);
  });

  test('a beginning that another figure has trained says nothing about the arms', async () => {
    const { session, worker } = await opened();
    const [weak] = chosenParts(figures['5'], small, everything);
    if (!weak) throw new Error('no part');
    const base = armPath(weak.whole, 'replay-5', 1)[0]?.id ?? '';
    worker.send([{ kind: 'kept', records: [record(base, [2, 3], 'kept')] }]);
    expect(four.map((arm) => armProgress(weak.whole, arm, session.getState()).state)).toEqual([null, null, null, null]);
  });
});
