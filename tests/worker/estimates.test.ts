// How long what is left of a plan takes.

import { describe, expect, test, vi } from 'vitest';
import { type PlanNode, plan } from '../../src/experiment/plan';
import { trainingBytes } from '../../src/train/memory';
import { Estimates, unmeasured } from '../../src/worker/estimates';
import { threeArms, tiny, watchedEngine } from '../train/fixtures';

const whole = plan(tiny(threeArms));
const [base] = whole.nodes;

test('what is left of a plan is what is not kept', async () => {
  const { engine, log } = watchedEngine();
  const estimates = new Estimates();
  const training = async (known: ReadonlySet<string>) => {
    const { seconds, evaluationShare } = await estimates.of(whole, engine, known);
    return (seconds ?? Number.NaN) * (1 - (evaluationShare ?? Number.NaN));
  };
  const all = await training(new Set());
  expect(await training(new Set([base?.id ?? '']))).toBeLessThan(all);
  // The base trains alone, the three that share it together; each is measured once.
  expect(log.opened).toEqual([1, 3]);
  const none = await estimates.of(whole, engine, new Set(whole.nodes.map(({ id }) => id)));
  expect(none).toEqual({ ...unmeasured, seconds: 0 });
});

test('is measured again when the machine has changed', async () => {
  const { engine, log } = watchedEngine();
  const estimates = new Estimates();
  for (let i = 0; i < 2; i++) await estimates.of(whole, engine, new Set());
  estimates.forget();
  await estimates.of(whole, engine, new Set());
  expect(log.opened).toEqual([1, 3, 1, 3]);
  expect(log.alive).toBe(0);
});

test('is not measured where nobody waits for the answer, and is when somebody does', async () => {
  const { engine, log } = watchedEngine();
  const estimates = new Estimates();
  const impatient = vi.fn(() => true);
  expect(await estimates.of(whole, engine, new Set(), 0, impatient)).toEqual(unmeasured);
  expect(log.opened).toEqual([]);
  expect((await estimates.of(whole, engine, new Set())).seconds).toBeGreaterThan(0);
});

test('the time until the text is there is part of it', async () => {
  const { engine } = watchedEngine();
  const estimates = new Estimates();
  const seconds = async (start: number) => (await estimates.of(whole, engine, new Set(), start)).seconds ?? Number.NaN;
  expect((await seconds(5)) - (await seconds(0))).toBeCloseTo(5, 9);
});

test('a software adapter draws the page on the same cores', async () => {
  const { engine } = watchedEngine();
  const estimates = new Estimates();
  const seconds = async (isFallback: boolean) => {
    const adapter = { ...engine.adapter, isFallback };
    return (await estimates.of(whole, { ...engine, adapter }, new Set())).seconds ?? Number.NaN;
  };
  const alone = await seconds(false);
  expect((await seconds(true)) / alone).toBeCloseTo(1.1, 9);
});

describe('where memory is short', () => {
  const shape = whole.nodes[0] as PlanNode;

  test('as many runs train at once as the budget holds, and that is said', async () => {
    const { engine, log } = watchedEngine();
    const estimates = new Estimates();
    estimates.forget(trainingBytes(shape, 2));
    expect(estimates.mostRuns(shape)).toBe(2);
    const { together, seconds } = await estimates.of(whole, engine, new Set());
    expect(together).toEqual({ runs: 2, of: 3 });
    expect(seconds).toBeGreaterThan(0);
    expect(log.opened).toEqual([1, 2]);
    estimates.forget(trainingBytes(shape, 2) - 1);
    expect(estimates.mostRuns(shape)).toBe(1);
    // A budget too small for anything still tries one.
    estimates.forget(1);
    expect(estimates.mostRuns(shape)).toBe(1);
  });

  test('what the device refuses is halved, and trains halved', async () => {
    const { engine } = watchedEngine({ largest: 2 });
    const estimates = new Estimates();
    const { together, seconds } = await estimates.of(whole, engine, new Set());
    expect([together, estimates.mostRuns(shape)]).toEqual([{ runs: 2, of: 3 }, 2]);
    expect(seconds).toBeGreaterThan(0);
  });
});
