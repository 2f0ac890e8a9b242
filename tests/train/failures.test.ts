// When something goes wrong: one run, one corpus, the whole machine, or a person who has seen enough. What was finished
// stays, what can go on goes on, and no device memory is left behind.

import { describe, expect, test } from 'vitest';
import { armPath, plan } from '../../src/experiment/plan';
import { memoryCheckpoints } from '../../src/train/checkpoints';
import type { TrainEvent } from '../../src/train/events';
import { train } from '../../src/train/loop';
import {
  absurd,
  arm,
  base,
  numbers,
  only,
  replayed,
  stage,
  text,
  threeArms,
  tiny,
  trained,
  watchedEngine,
} from './fixtures';

const long = { steps: 40 };

describe('a learning rate that no model survives', () => {
  const bad = arm('too-hot', { ...long, schedule: absurd });
  const arms = [arm('a', long), bad, arm('b', { ...long, ...replayed(0.25) })];
  const experiment = tiny(arms);
  const run = trained(experiment);

  test('stops that arm with a sentence that names arm, stage, step and learning rate', async () => {
    const [failure, ...others] = only((await run).events, 'node-failed');
    expect(others).toEqual([]);
    expect(failure?.message).toMatch(
      /^Arm 'too-hot', stage d1 stopped in step \d+ of 40: its (loss|gradient|validation loss) was not a number \(learning rate 1000\)\. Try a lower peak\.$/,
    );
    expect(failure?.message).toContain(`in step ${(failure?.step ?? 0) + 1} of`);
    // About twenty steps until float32 overflows: the failure is a real one, in the middle of the stage.
    expect(failure?.step).toBeGreaterThan(0);
    expect(failure?.step).toBeLessThan(40);
  });

  test('leaves the others bit for bit as they are without it', async () => {
    const healthy = await trained(tiny(arms.filter((one) => one !== bad)));
    for (const one of ['a', 'b']) {
      for (const { id } of armPath(plan(experiment), one, 1))
        expect(numbers(await run, id)).toEqual(numbers(healthy, id));
    }
    expect((await run).log.opened).toEqual([1, 3, 2]);
  });

  test('tells no value that is not a number, and stores nothing of the failed stage', async () => {
    const { events, results } = await run;
    for (const { evaluation } of only(events, 'evaluated')) expect(evaluation.values.every(Number.isFinite)).toBe(true);
    for (const { losses } of only(events, 'steps')) expect(losses.every(Number.isFinite)).toBe(true);
    expect(results.has(armPath(plan(experiment), 'too-hot', 1)[1]?.id ?? '')).toBe(false);
    expect(events.at(-1)).toEqual({ kind: 'finished' });
    const last = only(events, 'progress').at(-1);
    expect(last?.tokensDone).toBe(last?.tokensPlanned);
  });

  test('in the base fails every stage that would follow, the other bases go on', async () => {
    const hot = stage('d0', { corpus: 'synthetic-a', replay: null }, { ...long, schedule: absurd });
    const { events, results } = await trained(tiny([arm('x', {}, hot), arm('y', replayed(0.5), hot), arm('fine')]));
    const failures = only(events, 'node-failed');
    expect(failures.map(({ step }) => step > 0)).toEqual([true, false, false]);
    expect(failures[0]?.message).toMatch(/^Arms 'x', 'y', stage d0 stopped in step/);
    expect(failures[1]?.message).toMatch(
      /^Arm 'x', stage d1 was not trained, because an earlier stage failed: Arms 'x', 'y'/,
    );
    expect(results.size).toBe(2);
    const last = only(events, 'progress').at(-1);
    expect(last?.tokensDone).toBe(last?.tokensPlanned);
  });
});

describe('text that is not there', () => {
  test('in one arm fails that arm at once, names the place and the known corpora; the others go on', async () => {
    const lost = arm('lost', { mixture: { corpus: 'latin', replay: null } });
    const { events, results } = await trained(tiny([arm('a'), lost]));
    const [failure] = only(events, 'node-failed');
    expect(failure?.message).toMatch(
      /^arms\[1\]\.stages\[1\]\.mixture\.corpus: There is no corpus called "latin"\. Known: synthetic-a/,
    );
    expect(events.indexOf(failure as TrainEvent)).toBe(1);
    expect(results.size).toBe(2);
  });

  test('to replay is named as such', async () => {
    const lost = arm('lost', { mixture: { corpus: 'synthetic-b', replay: { corpus: 'latin', fraction: 0.1 } } });
    const { events } = await trained(tiny([lost]));
    expect(only(events, 'node-failed')[0]?.message).toMatch(
      /^arms\[0\]\.stages\[1\]\.mixture\.replay\.corpus: There is no/,
    );
  });

  test('to measure on ends the training before it begins', async () => {
    const experiment = tiny([arm('a')]);
    const { evaluation } = experiment;
    await expect(trained({ ...experiment, evaluation: { ...evaluation, d1: 'latin' } })).rejects.toThrow(
      /^evaluation\.d1: There is no corpus/,
    );
    await expect(trained({ ...experiment, evaluation: { ...evaluation, finalTokens: 4_000_000 } })).rejects.toThrow(
      /^evaluation\.d0: The validation set of "synthetic-a" holds/,
    );
  });
});

describe('a lost device', () => {
  test('ends the training with its own error; finished stages are in the store, memory is freed', async () => {
    const store = memoryCheckpoints();
    const experiment = tiny(threeArms);
    const { engine, log } = watchedEngine({ lostAfter: 8 });
    const events: TrainEvent[] = [];
    const pull = async () => {
      const options = { version: 'test', checkpoints: store, maxSteps: () => 1 };
      for await (const event of train(plan(experiment), engine, text, options)) events.push(event);
    };
    await expect(pull()).rejects.toMatchObject({ name: 'EngineError', fault: 'device-lost' });
    expect(log.alive).toBe(0);
    expect(only(events, 'node-finished')).toHaveLength(1);
    const resumed = await trained(experiment, { checkpoints: store });
    expect(only(resumed.events, 'node-finished').map(({ record }) => record.origin)).toEqual([
      'kept',
      'trained',
      'trained',
      'trained',
    ]);
    const whole = await trained(experiment);
    for (const { id } of plan(experiment).nodes) expect(numbers(resumed, id)).toEqual(numbers(whole, id));
  });
});

describe('leaving early', () => {
  const experiment = tiny(threeArms);

  test('an abort ends after the current chunk, without finished, and frees the device', async () => {
    const { engine, log } = watchedEngine();
    const stop = new AbortController();
    const events: TrainEvent[] = [];
    const options = { version: 'test', checkpoints: memoryCheckpoints(), signal: stop.signal, maxSteps: () => 1 };
    for await (const event of train(plan(experiment), engine, text, options)) {
      events.push(event);
      if (log.chunks.length === 8) stop.abort();
    }
    expect(log.chunks).toHaveLength(8);
    expect(log.alive).toBe(0);
    expect(events.at(-1)?.kind).not.toBe('finished');
    expect(only(events, 'node-finished')).toHaveLength(1);
  });

  test('an abort before the start trains nothing', async () => {
    const { events, log } = await trained(experiment, { signal: AbortSignal.abort() });
    expect(events.map(({ kind }) => kind)).toEqual(['planned']);
    expect(log.opened).toEqual([]);
  });

  test.each(['compiling', 'node-started', 'steps', 'evaluated', 'progress', 'node-finished'] as const)(
    'a consumer that returns at the first %s event frees the device',
    async (kind) => {
      const { engine, log } = watchedEngine();
      for await (const event of train(plan(experiment), engine, text, {
        version: 'test',
        checkpoints: memoryCheckpoints(),
      })) {
        if (event.kind === kind) break;
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
      expect(log.opened).toHaveLength(1);
      expect(log.alive).toBe(0);
    },
  );

  test('a lockstep that opens after its consumer left is closed', async () => {
    let release = () => {};
    const openWhen = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { engine, log } = watchedEngine({ openWhen });
    const stop = new AbortController();
    const options = { version: 'test', checkpoints: memoryCheckpoints(), signal: stop.signal };
    const run = train(plan(experiment), engine, text, options);
    await run.next();
    const pending = run.next();
    // Until the engine was asked to open.
    await new Promise((resolve) => setTimeout(resolve, 0));
    stop.abort();
    release();
    await pending;
    await run.return();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(log.opened).toEqual([1]);
    expect(log.alive).toBe(0);
    expect(log.chunks).toEqual([]);
  });

  test('a store that refuses ends the training and frees the device', async () => {
    const { engine, log } = watchedEngine();
    const full = { ...memoryCheckpoints(), put: () => Promise.reject(new Error('The disk is full.')) };
    const pull = async () => {
      for await (const event of train(plan(tiny([{ ...arm('a'), stages: [base] }])), engine, text, {
        version: 'test',
        checkpoints: full,
      }))
        void event;
    };
    await expect(pull()).rejects.toThrow('The disk is full.');
    expect(log.alive).toBe(0);
  });
});
