// The outbox that spares the page: few deliveries, nothing lost, and nobody waits for ever.

import { describe, expect, test } from 'vitest';
import { type Clock, Outbox } from '../../src/worker/outbox';
import type { LabEvent } from '../../src/worker/protocol';

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
      evaluation: { step, trainLoss: null, values: [1, 1] },
      seconds: 0.5,
    },
  });
  const going = (tokensDone: number): LabEvent => ({
    kind: 'train',
    event: {
      kind: 'progress',
      tokensDone,
      tokensPlanned: 1,
      tokensPerSecond: null,
      secondsLeft: null,
      evaluationShare: null,
    },
  });

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

  test('a delivery that is rejected is told to who waits for it, and to nobody after', async () => {
    const answers = [Promise.reject(new Error('The page is busy.')), Promise.resolve(), Promise.resolve()];
    for (const answer of answers) answer.catch(() => undefined);
    const delivered: (readonly LabEvent[])[] = [];
    const outbox = new Outbox(
      (events) => {
        delivered.push(events);
        return answers[delivered.length - 1];
      },
      { now: () => 0, after: () => undefined },
    );
    outbox.push(evaluated(1));
    await expect(outbox.flush()).rejects.toThrow('The page is busy.');
    for (const step of [2, 3]) {
      outbox.push(evaluated(step));
      await expect(outbox.flush()).resolves.toBeUndefined();
    }
    expect(delivered).toEqual([[evaluated(1)], [evaluated(2)], [evaluated(3)]]);
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
