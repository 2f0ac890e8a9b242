// Pausing, stepping and stopping against a trainer that only counts.

import { describe, expect, test } from 'vitest';
import type { TrainEvent } from '../../src/train/events';
import { Driver } from '../../src/worker/driver';

const progress: TrainEvent = {
  kind: 'progress',
  tokensDone: 0,
  tokensPlanned: 1,
  tokensPerSecond: null,
  secondsLeft: null,
  evaluationShare: null,
};

/** Like the trainer: a progress before the first step, then chunks of one event `steps` and one `progress`. */
async function* counting(chunks: number, driver: Driver, asked: number[] = []): AsyncGenerator<TrainEvent> {
  yield progress;
  for (let i = 0; i < chunks && !driver.signal.aborted; i++) {
    asked.push(driver.maxSteps());
    yield { kind: 'steps', node: 'n', firstStep: i, losses: [1] };
    yield progress;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

function setup(stepwise: boolean, chunks = 10) {
  const paused: boolean[] = [];
  const taken: TrainEvent[] = [];
  const asked: number[] = [];
  const driver = new Driver(stepwise, (now) => paused.push(now));
  const end = driver.drive(counting(chunks, driver, asked), (event) => taken.push(event));
  return { driver, end, paused, asked, steps: () => taken.filter((event) => event.kind === 'steps').length };
}

describe('driver', () => {
  test('pulls to the end when nobody pauses', async () => {
    const { end, steps, asked } = setup(false);
    expect(await end).toBe('finished');
    expect(steps()).toBe(10);
    expect(new Set(asked)).toEqual(new Set([Number.POSITIVE_INFINITY]));
  });

  test('a stepwise run takes one step of size one and pauses; each Step takes one more', async () => {
    const { driver, paused, steps, asked } = setup(true);
    await settled();
    expect(steps()).toBe(1);
    expect(paused).toEqual([true]);
    driver.step();
    await settled();
    expect(steps()).toBe(2);
    expect(asked).toEqual([1, 1]);
    driver.stop();
  });

  test('nothing is pulled while paused, and resuming loses nothing', async () => {
    const { driver, end, steps } = setup(false, 200);
    driver.pause();
    await settled();
    const before = steps();
    await settled();
    expect(steps()).toBe(before);
    expect(before).toBeLessThan(200);
    driver.resume();
    expect(await end).toBe('finished');
    expect(steps()).toBe(200);
  });

  test('Stop ends a paused run too', async () => {
    const { driver, end, steps } = setup(true);
    await settled();
    driver.stop();
    expect(await end).toBe('stopped');
    expect(steps()).toBe(1);
  });
});
