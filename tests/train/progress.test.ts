// Chunks that fit a short moment, and a time left that follows the speed of the last seconds.

import { describe, expect, test, vi } from 'vitest';
import { plan } from '../../src/experiment/plan';
import { Pace, Progress } from '../../src/train/progress';
import { arm, threeArms, tiny, trained } from './fixtures';

describe('Pace', () => {
  test('begins with one step and grows fourfold at most', () => {
    const pace = new Pace();
    const taken: number[] = [];
    for (let i = 0; i < 6; i++) {
      const steps = pace.next(10_000);
      taken.push(steps);
      pace.took(steps, steps * 0.0001);
    }
    expect(taken).toEqual([1, 4, 16, 64, 256, 1024]);
  });

  test.each([
    [0.001, 300],
    [0.05, 6],
    [0.25, 1],
    [3, 1],
  ])('settles where a chunk of steps of %f s takes about 0.3 s', (secondsPerStep, expected) => {
    const pace = new Pace();
    for (let i = 0; i < 10; i++) {
      const steps = pace.next(10_000);
      pace.took(steps, steps * secondsPerStep);
    }
    expect(Math.abs(pace.next(10_000) - expected)).toBeLessThanOrEqual(1);
  });

  test('never more than asked for, never less than one', () => {
    const pace = new Pace();
    pace.took(1, 0);
    expect(pace.next(3)).toBe(3);
    expect(pace.next(0)).toBe(1);
  });
});

describe('Progress', () => {
  const planned = plan(tiny(threeArms));
  const work = 3 * planned.tokens + planned.evaluationTokens;

  test('knows no speed before anything ran', () => {
    expect(new Progress(planned).event()).toEqual({
      kind: 'progress',
      tokensDone: 0,
      tokensPlanned: planned.tokens,
      tokensPerSecond: null,
      secondsLeft: null,
      evaluationShare: null,
    });
  });

  test('divides the work left by the speed; training costs three times what measuring costs', () => {
    const progress = new Progress(planned);
    progress.trained(100, 3);
    progress.evaluated(100, 1);
    const event = progress.event();
    if (event.kind !== 'progress') throw new Error(event.kind);
    expect(event.tokensDone).toBe(100);
    expect(event.secondsLeft).toBeCloseTo((work - 400) / 100, 6);
    expect(event.tokensPerSecond).toBeCloseTo(100 / 3, 9);
    expect(event.evaluationShare).toBe(0.25);
  });

  test('forgets old speeds', () => {
    const progress = new Progress(planned);
    progress.trained(10, 100);
    for (let i = 0; i < 100; i++) progress.trained(1, 1);
    const event = progress.event();
    // Ten half-lives leave a thousandth of the hundred slow seconds, against 15 that still count: less than 1 %.
    expect(event).toMatchObject({ tokensPerSecond: expect.closeTo(0.995, 2) });
  });

  test('counts what was found as done and takes what was lost out of the plan', () => {
    const progress = new Progress(planned);
    const [a, b] = [192, 192];
    progress.found(a, 0);
    progress.lost(b, 0);
    expect(progress.event()).toMatchObject({ tokensDone: a, tokensPlanned: planned.tokens - b });
  });
});

test('a group of mixed lengths counts the measuring that was planned, and no more', async () => {
  const experiment = tiny([arm('short', { steps: 3 }), arm('long', { steps: 9 })], { seeds: [1, 2] });
  const evaluated = vi.spyOn(Progress.prototype, 'evaluated');
  try {
    await trained(experiment);
    const tokens = evaluated.mock.calls.reduce((sum, [one]) => sum + one, 0);
    expect(tokens).toBe(plan(experiment).evaluationTokens);
  } finally {
    evaluated.mockRestore();
  }
});
