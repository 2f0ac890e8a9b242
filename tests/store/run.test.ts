// The run's state machine, its series and what the charts and the table make of them.

import { describe, expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan';
import { spread } from '../../src/experiment/spread';
import { collectCurves } from '../../src/store/curves';
import { toExperiment } from '../../src/store/experiment';
import type { ArmEntry } from '../../src/store/recipe';
import { armResults } from '../../src/store/results';
import { afterEnd, type Board, createRunStore, isActive } from '../../src/store/run';
import { presetSchedules } from '../../src/store/schedulePresets';
import { EvaluationSeries } from '../../src/store/series';
import type { Evaluation, TrainEvent } from '../../src/train/events';
import type { LabEvent } from '../../src/worker/protocol';

const arm = (id: string, replayPercent: number, slot: number): ArmEntry => ({
  id,
  recipe: { ...presetSchedules('rewarm'), replayPercent },
  slot,
  hidden: false,
});
const arms = [arm('a', 0, 0), arm('b', 25, 1)];

function boardOf(seeds: readonly number[]): Board {
  const setting = { shift: 'weak', scale: 'XS', seeds, budget: 1 } as const;
  return { setting, arms, plan: plan(toExperiment(setting, arms)) };
}

const evaluation = (tokens: number, d0: number, d1: number): Evaluation => ({
  stage: 'd0',
  step: tokens,
  tokens,
  learningRate: 1e-3,
  trainLoss: null,
  d0,
  d1,
});
const train = (event: TrainEvent): LabEvent => ({ kind: 'train', event });
const started = (node: string, cached = false) => train({ kind: 'node-started', node, cached });
const evaluated = (node: string, ...values: Parameters<typeof evaluation>) =>
  train({ kind: 'evaluated', node, evaluation: evaluation(...values), seconds: 0.5 * values[0] });
const finished = (node: string, d0: number, d1: number) =>
  train({ kind: 'node-finished', node, final: { d0, d1 }, kernels: null });

function running(seeds: readonly number[] = [1]) {
  const store = createRunStore();
  const board = boardOf(seeds);
  store.begin(board);
  const node = (stageIndex: number, armId: string, seed = 1) =>
    board.plan.nodes.find((one) => one.stageIndex === stageIndex && one.seed === seed && one.arms.includes(armId))
      ?.id ?? 'none';
  return { store, board, node };
}

describe('phases', () => {
  test('idle, compiling, running, paused, running, finished', () => {
    const { store, node } = running();
    const phase = () => store.getState().phase;
    expect(phase()).toBe('compiling');
    store.take([train({ kind: 'compiling', done: 1, total: 24 })]);
    expect(store.getState().compiled).toEqual({ done: 1, total: 24 });
    store.take([started(node(0, 'a'))]);
    expect(phase()).toBe('running');
    store.take([{ kind: 'paused' }]);
    expect(phase()).toBe('paused');
    store.take([{ kind: 'resumed' }]);
    expect(phase()).toBe('running');
    store.setState((state) => afterEnd(state, 'finished'));
    expect(phase()).toBe('finished');
    expect(isActive(phase())).toBe(false);
  });

  test('a fatal fault stays when the worker then reports the end', () => {
    const { store } = running();
    store.take([{ kind: 'fault', fault: 'device-lost', message: 'gone', fatal: true }]);
    store.setState((state) => afterEnd(state, 'failed'));
    expect(store.getState()).toMatchObject({ phase: 'failed', notice: { fault: 'device-lost', message: 'gone' } });
  });

  test('a fault that is not fatal is said and the run goes on', () => {
    const { store, node } = running();
    store.take([started(node(0, 'a')), { kind: 'fault', fault: 'storage', message: 'full', fatal: false }]);
    expect(store.getState()).toMatchObject({ phase: 'running', notice: { message: 'full' } });
  });

  test('events of a run that is over change nothing', () => {
    const { store, node } = running();
    store.setState((state) => afterEnd(state, 'stopped'));
    store.take([evaluated(node(0, 'a'), 0, 5, 5)]);
    expect(store.getState()).toMatchObject({ phase: 'stopped', curves: 0 });
  });
});

describe('curves', () => {
  test('stopping keeps what was computed, a new run of the same node starts its curve again', () => {
    const { store, node, board } = running();
    const base = node(0, 'a');
    store.take([started(base), evaluated(base, 0, 5, 5.1), evaluated(base, 10, 4, 4.1)]);
    store.setState((state) => afterEnd(state, 'stopped'));
    expect(collectCurves(board.plan, store.book, 'd0')[0]?.points).toHaveLength(2);
    store.begin(board);
    expect(collectCurves(board.plan, store.book, 'd0')[0]?.points).toHaveLength(2);
    store.take([started(base), evaluated(base, 0, 5, 5.1)]);
    expect(collectCurves(board.plan, store.book, 'd1')[0]?.points).toEqual([
      { tokens: 0, seconds: 0, mean: 5.1, low: 5.1, high: 5.1 },
    ]);
  });

  test('two seeds are one curve: mean where both have a value, range around it, single seeds kept', () => {
    const { store, node, board } = running([1, 2]);
    const [first, second] = [node(0, 'a', 1), node(0, 'a', 2)];
    store.take([evaluated(first, 0, 5, 5), evaluated(first, 10, 4, 4), evaluated(second, 0, 6, 6)]);
    const [curve, ...others] = collectCurves(board.plan, store.book, 'd0');
    expect(others).toEqual([]);
    expect(curve?.arms).toEqual(['a', 'b']);
    expect(curve?.points).toEqual([{ tokens: 0, seconds: 0, mean: 5.5, low: 5, high: 6 }]);
    expect(curve?.singles.map((single) => single.length)).toEqual([2, 1]);
  });

  test('seconds go on over stages, and are left out where one was trained before', () => {
    const { store, node, board } = running();
    const [base, first, second] = [node(0, 'a'), node(1, 'a'), node(1, 'b')];
    store.take([started(base), evaluated(base, 0, 5, 5), evaluated(base, 20, 4, 4)]);
    store.take([started(first), evaluated(first, 20, 4, 4), evaluated(first, 40, 4, 3)]);
    store.take([
      started(second),
      train({ kind: 'evaluated', node: second, evaluation: evaluation(20, 4, 4), seconds: null }),
    ]);
    const seconds = collectCurves(board.plan, store.book, 'd0').map(({ points }) =>
      points.map((point) => point.seconds),
    );
    expect(seconds).toEqual([[0, 10], [20, 30], [undefined]]);
  });

  test('from five values on the band is the standard deviation', () => {
    expect(spread([1, 2, 3, 4])).toEqual({ n: 4, mean: 2.5, low: 1, high: 4 });
    const { mean, low, high } = spread([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - mean).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(mean - low).toBeCloseTo(Math.sqrt(2.5), 12);
  });

  test('a series grows beyond its first capacity and old views keep their values', () => {
    const series = new EvaluationSeries(2);
    for (let i = 0; i < 2; i++) series.append(evaluation(i, i, 2 * i), null);
    const early = series.column('d1');
    for (let i = 2; i < 100; i++) series.append(evaluation(i, i, 2 * i), null);
    expect([...early]).toEqual([0, 2]);
    expect(series.size).toBe(100);
    expect([...series.column('d1')]).toEqual(Array.from({ length: 100 }, (_, i) => 2 * i));
  });
});

describe('results', () => {
  test('forgotten and learned are differences to the end of the first stage', () => {
    const { store, node } = running();
    store.take([
      started(node(0, 'a')),
      finished(node(0, 'a'), 2, 3),
      started(node(1, 'a')),
      finished(node(1, 'a'), 2.5, 1.75),
    ]);
    const [a, b] = armResults(store.getState());
    expect(a).toMatchObject({ state: 'done', seeds: 1 });
    expect(a?.finals?.forgotten.mean).toBe(0.5);
    expect(a?.finals?.learned.mean).toBe(1.25);
    expect(a?.finals?.average.mean).toBe(2.125);
    expect(b).toMatchObject({ state: 'training', finals: null });
  });

  test('a failed arm is named with its sentence; the other arm ends', () => {
    const { store, node } = running();
    store.take([
      started(node(0, 'a')),
      finished(node(0, 'a'), 2, 3),
      train({ kind: 'node-failed', node: node(1, 'a'), step: 12, message: 'its loss was not a number' }),
      started(node(1, 'b')),
      finished(node(1, 'b'), 2.1, 2.9),
    ]);
    store.setState((state) => afterEnd(state, 'finished'));
    expect(armResults(store.getState())).toMatchObject([
      { state: 'failed', message: 'its loss was not a number', finals: null },
      { state: 'done', message: null },
    ]);
  });

  test('an arm that was found is reused, also after a run that added another', () => {
    const { store, node, board } = running();
    const all = [
      started(node(0, 'a'), true),
      finished(node(0, 'a'), 2, 3),
      started(node(1, 'a'), true),
      finished(node(1, 'a'), 2, 2),
    ];
    store.take(all);
    store.setState((state) => afterEnd(state, 'stopped'));
    expect(armResults(store.getState()).map((result) => result.state)).toEqual(['reused', 'stopped']);
    store.begin(board);
    expect(armResults(store.getState())[0]?.finals).not.toBeNull();
  });
});
