// Looking at a view: what is kept of it is asked for, and what the rest would take here is measured.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { ownView } from '../../src/store/lab';
import { type ChosenPart, chosenParts, everything } from '../../src/store/parts';
import type { LabCommand, LabReply } from '../../src/worker/protocol';
import { closed, measured, opened } from './worker';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const study = { scale: 'S', seeds: 1, first: 1, budget: 1 } as const;
const parts = chosenParts(figures['5'], study, everything);
const five = { id: '5', parts } as const;
const [weak, strong] = parts as [ChosenPart, ChosenPart];

/** Answers measurements when the test says so. */
function holding(worker: { answer: (command: LabCommand) => Promise<LabReply> }) {
  const answers: ((reply: LabReply) => void)[] = [];
  const { answer } = worker;
  worker.answer = (command) =>
    command.kind === 'measure' ? new Promise((resolve) => answers.push(resolve)) : answer(command);
  return answers;
}

describe('a figure', () => {
  test('is recalled in one question and measured part by part, again after a change', async () => {
    const { session, worker, kinds, estimate } = await opened();
    session.look(five);
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'measure', 'measure']);
    expect(worker.heard[0]).toEqual({ kind: 'recall', experiments: parts.map(({ whole }) => whole.experiment) });
    const changed = chosenParts(figures['5'], study, { without: { weak: ['replay-1'] }, postponed: ['strong'] });
    session.look({ id: '5', parts: changed });
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'measure', 'measure', 'recall', 'measure']);
    expect(worker.heard.at(-1)).toMatchObject({ kind: 'measure', experiment: changed[0]?.chosen?.experiment });
    expect(estimate(changed[0] as ChosenPart)).toMatchObject({ kind: 'measured', seconds: 40, evaluationShare: 0.2 });
  });

  test('recalled alone it is not measured', async () => {
    const { session, kinds } = await opened();
    await session.recall(parts);
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall']);
  });

  test('nothing is asked once nobody looks', async () => {
    const { session, worker } = await opened();
    session.look(five);
    session.look(null);
    await vi.runAllTimersAsync();
    expect(worker.heard).toEqual([]);
  });

  test('a recall that has failed is tried again at the next look', async () => {
    const { session, worker, kinds } = await opened();
    const { answer } = worker;
    worker.answer = (command) =>
      command.kind === 'recall' ? Promise.reject(new Error('The worker is gone.')) : answer(command);
    session.look(five);
    await vi.runAllTimersAsync();
    expect(session.getState().notice).toEqual({ fault: 'worker', message: 'The worker is gone.' });
    worker.answer = answer;
    worker.heard.length = 0;
    session.look(five);
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'measure', 'measure']);
  });
});

describe('the Lab', () => {
  test('the machine is looked at and measured, and the estimate is there', async () => {
    const { lab, session, kinds, estimate } = closed();
    await lab.open();
    session.look(ownView(lab.recipe));
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['detect', 'recall', 'measure']);
    expect(estimate(ownView(lab.recipe).parts[0] as ChosenPart)).toMatchObject({ seconds: 40, bytes: 9 });
    expect(lab.recipe.getState().setting.scale).toBe('S');
  });

  test('a changed recipe is measured once, after the person has settled', async () => {
    const { lab, session, worker, kinds, estimate } = await opened();
    const answers = holding(worker);
    const look = (replayPercent: number) => {
      lab.recipe.change({ replayPercent });
      session.look(ownView(lab.recipe));
    };
    look(5);
    look(25);
    expect(kinds()).toEqual([]);
    const [part] = ownView(lab.recipe).parts as [ChosenPart];
    await vi.runAllTimersAsync();
    expect(estimate(part)).toBe('measuring');
    answers[0]?.(measured(40));
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['recall', 'measure']);
    expect(estimate(part)).toEqual(measured(40));
  });

  test('the answer to an old question does not count for the new one', async () => {
    const { lab, session, worker, estimate } = await opened();
    const answers = holding(worker);
    const look = async (replayPercent: number) => {
      lab.recipe.change({ replayPercent });
      session.look(ownView(lab.recipe));
      await vi.advanceTimersByTimeAsync(1000);
      return ownView(lab.recipe).parts[0] as ChosenPart;
    };
    await look(5);
    const now = await look(25);
    answers[1]?.(measured(7, null));
    await vi.runAllTimersAsync();
    answers[0]?.(measured(99, null));
    await vi.runAllTimersAsync();
    expect(estimate(now)).toMatchObject({ kind: 'measured', seconds: 7, bytes: null });
  });
});

describe('during a run', () => {
  test('a figure that is looked at is recalled at once and measured when the run has ended', async () => {
    const { lab, session, worker, kinds, estimate } = await opened();
    const run = lab.startOwn(false);
    session.look(five);
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['start', 'recall']);
    expect(session.getState().estimates).toEqual({});
    worker.end({ kind: 'ended', end: 'finished' });
    await run;
    await vi.runAllTimersAsync();
    expect(kinds()).toEqual(['start', 'recall', 'recall', 'measure', 'measure']);
    expect([estimate(weak), estimate(strong)]).toEqual([measured(40), measured(40)]);
  });

  test('a measurement that the run cut short is made when it has ended', async () => {
    const { lab, session, worker, kinds, estimate } = await opened();
    const answers = holding(worker);
    session.look(five);
    await vi.runAllTimersAsync();
    expect(estimate(weak)).toBe('measuring');
    const run = lab.startOwn(false);
    answers[0]?.(measured(null));
    await vi.runAllTimersAsync();
    // It does not go on to the next part either.
    expect(kinds()).toEqual(['recall', 'measure', 'start']);
    expect(Object.values(session.getState().estimates)).not.toContain('measuring');
    worker.end({ kind: 'ended', end: 'stopped' });
    await run;
    await vi.advanceTimersByTimeAsync(1000);
    answers[1]?.(measured(7));
    await vi.advanceTimersByTimeAsync(0);
    answers[2]?.(measured(8));
    await vi.runAllTimersAsync();
    expect([estimate(weak), estimate(strong)]).toEqual([measured(7), measured(8)]);
  });

  test('a worker that is gone leaves nothing at measuring; the next look asks the new one', async () => {
    const { lab, session, worker, estimate } = await opened();
    const { answer } = worker;
    const run = lab.startOwn(false);
    session.look(five);
    await vi.runAllTimersAsync();
    worker.answer = (command) =>
      command.kind === 'measure' ? Promise.reject(new Error('The worker is gone.')) : answer(command);
    worker.end({ kind: 'ended', end: 'finished' });
    await run;
    await vi.runAllTimersAsync();
    const none = {
      kind: 'measured',
      seconds: null,
      bytes: null,
      evaluationShare: null,
      together: null,
      repeats: [],
      kept: [],
    };
    expect([estimate(weak), estimate(strong)]).toEqual([none, none]);
    worker.answer = answer;
    session.look(five);
    await vi.runAllTimersAsync();
    expect([estimate(weak), estimate(strong)]).toEqual([measured(40), measured(40)]);
  });
});
