// How long what is left of a plan takes.

import { expect, test, vi } from 'vitest';
import { plan } from '../../src/experiment/plan';
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
  // Of four stages of equal length the three that share the first are left.
  expect(await training(new Set([base?.id ?? '']))).toBeCloseTo((all * 3) / 4, 9);
  // The largest group has three runs either way, and is measured once.
  expect(log.opened).toEqual([3]);
  const none = await estimates.of(whole, engine, new Set(whole.nodes.map(({ id }) => id)));
  expect(none).toEqual({ seconds: 0, bytes: null, evaluationShare: null });
});

test('is measured again when the machine has changed', async () => {
  const { engine, log } = watchedEngine();
  const estimates = new Estimates();
  for (let i = 0; i < 2; i++) await estimates.of(whole, engine, new Set());
  estimates.forget();
  await estimates.of(whole, engine, new Set());
  expect(log.opened).toEqual([3, 3]);
  expect(log.alive).toBe(0);
});

test('is not measured where nobody waits for the answer, and is when somebody does', async () => {
  const { engine, log } = watchedEngine();
  const estimates = new Estimates();
  const impatient = vi.fn(() => true);
  expect(await estimates.of(whole, engine, new Set(), impatient)).toEqual(unmeasured);
  expect(log.opened).toEqual([]);
  expect((await estimates.of(whole, engine, new Set())).seconds).toBeGreaterThan(0);
});
