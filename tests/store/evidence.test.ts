// From the worker's events to what charts and tables show: the curves of the Lab's arms and of a figure's, and finals.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { evidenceOf } from '../../src/experiment/evidence/evidence';
import { figures } from '../../src/experiment/figures';
import { figureLines } from '../../src/experiment/figures/lines';
import { figureTable } from '../../src/experiment/figures/table';
import { armPath } from '../../src/experiment/plan';
import { spread } from '../../src/experiment/spread';
import { chosenParts, everything } from '../../src/store/parts';
import { running } from './run';
import { evaluated, evaluation, finished, opened, started, trained } from './worker';

describe('curves', () => {
  test('stopping keeps what was computed, a new run of the same node starts its curve again', async () => {
    const run = running();
    const base = run.node(0, 'a');
    run.take([started(base), evaluated(base, evaluation(0, 5, 5.1)), evaluated(base, evaluation(10, 4, 4.1))]);
    await run.end('stopped');
    expect(run.lines('old')[0]?.points).toHaveLength(2);
    run.begin();
    expect(run.lines('old')[0]?.points).toHaveLength(2);
    run.take([started(base), evaluated(base, evaluation(0, 5, 5.1))]);
    expect(run.lines('new')[0]?.points).toEqual([{ tokens: 0, seconds: 0, mean: 5.1, low: 5.1, high: 5.1 }]);
  });

  test('two seeds are one curve: mean where both have a value, range around it, single seeds kept', () => {
    const run = running([1, 2]);
    const [first, second] = [run.node(0, 'a', 1), run.node(0, 'a', 2)];
    run.take([evaluated(first, evaluation(0, 5, 5)), evaluated(first, evaluation(10, 4, 4))]);
    run.take([evaluated(second, evaluation(0, 6, 6))]);
    const [curve, ...others] = run.lines('old');
    expect(others).toEqual([]);
    // The beginning that both arms share is one line, which theirs will go on from.
    expect(curve).toMatchObject({ key: 'base a', isBase: true, seeds: [1, 2] });
    expect(curve?.points).toEqual([{ tokens: 0, seconds: 0, mean: 5.5, low: 5, high: 6 }]);
    expect(curve?.singles.map((single) => single.length)).toEqual([2, 1]);
    for (const arm of ['a', 'b']) run.take([evaluated(run.node(1, arm), evaluation(0, 4, 4))]);
    expect(run.lines('old').map(({ key, after }) => [key, after])).toEqual([
      ['base a', undefined],
      ['a', 'base a'],
      ['b', 'base a'],
    ]);
  });

  test('seconds go on over stages, and are left out where one was trained before', () => {
    const run = running();
    const [base, first, second] = [run.node(0, 'a'), run.node(1, 'a'), run.node(1, 'b')];
    run.take([started(base), evaluated(base, evaluation(0, 5, 5)), evaluated(base, evaluation(20, 4, 4))]);
    run.take([started(first)]);
    run.take([evaluated(first, evaluation(0, 4, 4), 10), evaluated(first, evaluation(20, 4, 3), 20)]);
    run.take([finished(second, [4, 4], 'kept')]);
    const seconds = run.lines('old').map(({ points }) => points.map((point) => point.seconds));
    expect(seconds).toEqual([[0, 10], [20, 30], [undefined]]);
  });

  test('the seconds of a stage stay when its whole record comes', () => {
    const run = running();
    const base = run.node(0, 'a');
    const curve = [evaluation(0, 5, 5), evaluation(20, 4, 4)];
    run.take([started(base), ...curve.map((one) => evaluated(base, one)), finished(base, [4, 4], 'trained', curve)]);
    expect(run.lines('old')[0]?.points.map(({ seconds }) => seconds)).toEqual([0, 10]);
  });

  test('from five values on the band is the standard deviation', () => {
    expect(spread([1, 2, 3, 4])).toEqual({ n: 4, mean: 2.5, low: 1, high: 4 });
    const { mean, low, high } = spread([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(high - mean).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(mean - low).toBeCloseTo(Math.sqrt(2.5), 12);
  });
});

test('forgotten and learned are differences to the end of the first stage', () => {
  const run = running();
  for (const [stage, old, fresh] of [
    [0, 2, 3],
    [1, 2.5, 1.75],
  ] as const)
    run.take([started(run.node(stage, 'a')), finished(run.node(stage, 'a'), [old, fresh])]);
  const [a, b] = run.rows();
  expect(a?.n).toBe(1);
  expect(a?.spread?.forgetting?.mean).toBe(0.5);
  expect(a?.spread?.learned?.mean).toBe(1.25);
  expect(a?.spread?.average?.mean).toBe(2.125);
  expect(a?.ours).toMatchObject({ forgetting: 0.5, learned: 1.25, average: 2.125 });
  expect(b).toMatchObject({ n: 0, ours: null, spread: null });
});

describe('a figure', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('has what any run has trained of its stages: lines from the switch, finals, steps', async () => {
    const five = figures['5'];
    const parts = chosenParts(five, { scale: 'XS', seeds: 1, first: 1, budget: 0.1 }, everything);
    const [weak] = parts;
    if (!weak) throw new Error('no part');
    const { session, worker, settle } = await opened();
    void session.start({ id: '5', parts });
    await settle();
    const [base, last] = armPath(weak.whole, 'replay-5', 1);
    worker.send(trained(base?.id ?? '', [0, 30], 2, 3));
    worker.send(trained(last?.id ?? '', [0, 1], 2.2, 2.5));
    const { records } = session.getState();
    const evidence = evidenceOf(
      parts.map(({ part, whole }) => ({ key: part.key, plan: whole })),
      records,
    );
    expect(evidence('weak', 'replay-5')).toMatchObject([
      { seed: 1, stages: [{ final: { old: 2 } }, { final: { old: 2.2 }, evaluations: [{ step: 0 }, { step: 1 }] }] },
    ]);
    expect(evidence('strong', 'union')).toEqual([]);
    const line = figureLines(five, weak.part, 'old', evidence).find(({ arm }) => arm === 'replay-5');
    expect(line?.points.map(({ tokens, mean }) => [tokens, mean])).toEqual([
      [0, 2.2],
      [1024, 2.2],
    ]);
    const row = figureTable(five, weak.part, evidence).find(({ arm }) => arm === 'replay-5');
    expect(row?.ours).toMatchObject({ old: 2.2, new: 2.5, forgetting: expect.closeTo(0.2, 9) });
    expect([...records.values()].filter(({ final }) => final)).toHaveLength(2);
  });
});
