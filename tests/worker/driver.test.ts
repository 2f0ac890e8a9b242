// Pausing, stepping and stopping against a trainer that only counts, and the outbox that spares the page.

import { describe, expect, test } from 'vitest';
import type { TrainEvent } from '../../src/train/events';
import { Driver } from '../../src/worker/driver';
import { type Clock, Outbox } from '../../src/worker/outbox';
import type { LabEvent } from '../../src/worker/protocol';

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

describe('outbox', () => {
  function box() {
    let now = 0;
    const waiting: { at: number; action: () => void }[] = [];
    const clock: Clock = { now: () => now, after: (ms, action) => void waiting.push({ at: now + ms, action }) };
    const delivered: (readonly LabEvent[])[] = [];
    const outbox = new Outbox((events) => delivered.push(events), clock);
    const advance = (ms: number) => {
      now += ms;
      for (const { action } of waiting.splice(0).filter(({ at, action }) => at <= now || !waiting.push({ at, action })))
        action();
    };
    return { outbox, delivered, advance };
  }
  const evaluated = (step: number): LabEvent => ({
    kind: 'train',
    event: {
      kind: 'evaluated',
      node: 'n',
      evaluation: { stage: 'd0', step, tokens: step, learningRate: 0, trainLoss: null, d0: 1, d1: 1 },
      seconds: null,
    },
  });
  const going = (tokensDone: number): LabEvent => ({ kind: 'train', event: { ...progress, tokensDone } });

  test('delivers at most four times a second and loses no evaluation', () => {
    const { outbox, delivered, advance } = box();
    for (let ms = 0; ms < 1000; ms++) {
      outbox.push(evaluated(ms));
      advance(1);
    }
    advance(250);
    expect(delivered.length).toBeLessThanOrEqual(6);
    expect(delivered.flat()).toEqual(Array.from({ length: 1000 }, (_, step) => evaluated(step)));
  });

  test('keeps only the latest progress', () => {
    const { outbox, delivered } = box();
    outbox.push(going(1));
    outbox.push(evaluated(5));
    outbox.push(going(2));
    void outbox.flush();
    expect(delivered).toEqual([[evaluated(5), going(2)]]);
  });

  test('a flush waits until everything sent before has been received', async () => {
    const received: (() => void)[] = [];
    const waits = new Outbox(() => new Promise<void>((resolve) => received.push(resolve)), {
      now: () => 0,
      after: () => undefined,
    });
    waits.push(evaluated(1));
    void waits.flush();
    let flushed = false;
    // Nothing is waiting any more, but the first delivery is still on its way.
    const second = waits.flush().then(() => {
      flushed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(flushed).toBe(false);
    for (const receive of received) receive();
    await second;
    expect(flushed).toBe(true);
  });

  test('flushing twice delivers once', () => {
    const { outbox, delivered, advance } = box();
    outbox.push(evaluated(1));
    void outbox.flush();
    void outbox.flush();
    advance(1000);
    expect(delivered).toHaveLength(1);
  });
});
