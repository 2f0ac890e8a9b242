// From speeds to seconds: what is said before a run is what the run then takes, on a machine whose speed is known.

import { describe, expect, test } from 'vitest';
import type { Engine, Lockstep, LockstepShape } from '../../src/engine/engine';
import { type Plan, plan } from '../../src/experiment/plan';
import { memoryCheckpoints } from '../../src/train/checkpoints';
import { estimateSeconds, habitOf, largestGroups, sizesToMeasure, speedAt } from '../../src/train/estimate';
import { train } from '../../src/train/loop';
import { measureSpeed, type Speed } from '../../src/train/measure';
import type { MostRuns } from '../../src/train/memory';
import { arm, text, threeArms, tiny, watchedEngine } from './fixtures';

const speed = (runs: number, change: Partial<Speed> = {}): Speed => ({
  runs,
  secondsPerStep: 1,
  secondsPerEvaluationToken: 0,
  secondsPerState: 0,
  ...change,
});
const two: MostRuns = () => 2;
const one: MostRuns = () => 1;

describe('estimateSeconds', () => {
  const planned = plan(tiny([arm('a'), arm('b', { steps: 12 })]));

  test('every group pays for its steps, a longer run goes on alone', () => {
    expect(estimateSeconds(planned, () => [speed(1)], two).training).toBe(6 + 12);
    expect(estimateSeconds(planned, () => [speed(1)], one).training).toBe(6 + 12 + 6);
    // The base alone, two arms together for six steps, one of them for six more.
    const speeds = [speed(1, { secondsPerStep: 2 }), speed(2, { secondsPerStep: 3 })];
    expect(estimateSeconds(planned, () => speeds, two).training).toBe(6 * 2 + 6 * 3 + 6 * 2);
  });

  test('evaluations are counted where any run of a group stops, and at every end', () => {
    const perToken = [speed(1, { secondsPerStep: 0, secondsPerEvaluationToken: 1 })];
    // Two texts of 64 tokens while training, of 128 at an end. The base stops at 0, 1, 3 and 6; arms know their start.
    const [base, ...arms] = planned.nodes;
    const stops = new Set(arms.flatMap(({ evaluateAt }) => evaluateAt.slice(1))).size;
    const expected = 128 * (base?.evaluateAt.length ?? 0) + 256 + 128 * stops + 2 * 256;
    expect(estimateSeconds(planned, () => perToken, two).evaluation).toBe(expected);
  });

  test('states are written and read wherever runs begin, end or leave others', () => {
    const perState = [speed(1, { secondsPerState: 1 })];
    expect(estimateSeconds(planned, () => perState, two).states).toBe(1 + 2 + 1);
  });

  test('every shape at its own speed, and no group has two', () => {
    const deep = { ...arm('deep'), model: { width: 8, layers: 3, heads: 2, rotaryFraction: 1 } };
    const both = plan(tiny([arm('shallow'), deep], { seeds: [1, 2] }));
    const seconds = estimateSeconds(both, ({ model }) => [speed(2, { secondsPerStep: model.layers })], two);
    expect(seconds.training).toBe((1 + 3) * (6 + 6));
    expect(largestGroups(both).map(({ node, runs }) => [node.model.layers, runs])).toEqual([
      [1, 2],
      [3, 2],
    ]);
  });
});

test('nine runs are groups of five and four, so five is the most that is measured', () => {
  const seeds = [1, 2, 3];
  const nine = plan(tiny([arm('a'), arm('b', { steps: 5 }), arm('c', { steps: 4 })], { seeds }));
  expect(largestGroups(nine).map(({ runs }) => runs)).toEqual([5]);
});

test('of sizes that occur the least and the most are measured', () => {
  const sizes = (most: MostRuns, arms = threeArms) => sizesToMeasure(plan(tiny(arms)), most).map(({ runs }) => runs);
  expect(sizes(() => 8)).toEqual([1, 3]);
  expect(sizes(() => 1)).toEqual([1]);
});

test('between two measured sizes lies a straight line, beyond them nothing is guessed', () => {
  const measured = [speed(1, { secondsPerStep: 2 }), speed(5, { secondsPerStep: 4 })];
  expect([0, 1, 2, 3, 5, 8].map((runs) => speedAt(measured, runs).secondsPerStep)).toEqual([2, 2, 2.5, 3, 4, 4]);
});

/** What is said before training and what training takes, where time passes only with work. */
async function saidAndTaken(planned: Plan, costs: (runs: number) => number, most: MostRuns): Promise<number> {
  const { engine, clock } = constantSpeed(costs);
  const speeds: Speed[] = [];
  for (const { node, runs } of sizesToMeasure(planned, most)) {
    const measured = await measureSpeed(engine, node, runs, habitOf(planned, node), clock);
    if (measured) speeds.push(measured);
  }
  const { training, evaluation, states } = estimateSeconds(planned, () => speeds, most);
  const begin = clock();
  const options = { version: 'test', checkpoints: memoryCheckpoints(), clock, maxRuns: most };
  for await (const event of train(planned, engine, text, options)) void event;
  return (training + evaluation + states) / ((clock() - begin) / 1000);
}

describe.each([
  ['one run after another', (runs: number) => runs],
  ['all runs at once', () => 1],
  ['something between', (runs: number) => 0.7 + 0.3 * runs],
])('on a machine that computes %s', (_, costs) => {
  test.each<[string, Plan, MostRuns]>([
    ['three arms', plan(tiny(threeArms)), () => 8],
    ['two seeds', plan(tiny(threeArms, { seeds: [1, 2] })), () => 8],
    ['arms of unequal length', plan(tiny([arm('a'), arm('b', { steps: 12 }), arm('c', { steps: 9 })])), () => 8],
    ['memory for two runs', plan(tiny(threeArms, { seeds: [1, 2] })), two],
  ])('what is said of %s is what it takes', async (name, planned, most) => {
    const ratio = await saidAndTaken(planned, costs, most);
    console.log(`${name}: said / taken ${ratio.toFixed(4)}`);
    expect(ratio).toBeCloseTo(1, 9);
  });
});

/** 10 ms a step and 0.1 ms a token measured, times what so many runs cost. */
function constantSpeed(costs: (runs: number) => number): { engine: Engine; clock: () => number } {
  const { engine } = watchedEngine();
  let now = 0;
  const open = async (shape: LockstepShape): Promise<Lockstep> => {
    const inner = await engine.open(shape);
    const paid = costs(shape.runs);
    return {
      ...inner,
      train: (steps) => {
        now += 10 * steps.length * paid;
        return inner.train(steps);
      },
      evaluate: (windows) => {
        now += (0.1 * paid * windows.length * shape.model.context) / (shape.model.context + 1);
        return inner.evaluate(windows);
      },
    };
  };
  return { engine: { ...engine, open }, clock: () => now };
}
