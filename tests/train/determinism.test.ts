// Numbers depend on the experiment alone: not on who trains beside a run, on the size of chunks, on pauses, on groups
// that shrink, or on what was found in the store. All comparisons are bit for bit.

import { describe, expect, test } from 'vitest';
import type { Records } from '../../src/experiment/evidence/record';
import { armPath, plan } from '../../src/experiment/plan';
import { memoryCheckpoints } from '../../src/train/checkpoints';
import { recordsAfter, type TrainEvent } from '../../src/train/events';
import { train } from '../../src/train/loop';
import { arm, base, numbers, only, replayed, text, threeArms, tiny, trained, watchedEngine } from './fixtures';

const experiment = tiny(threeArms);
const together = trained(experiment);

test.each(threeArms)('$id alone equals $id beside the others', async (one) => {
  const alone = await trained(tiny([one]));
  for (const { id } of armPath(plan(experiment), one.id, 1))
    expect(numbers(alone, id)).toEqual(numbers(await together, id));
  expect((await together).log.opened).toEqual([1, 3]);
  expect(alone.log.opened).toEqual([1, 1]);
});

test('seeds beside each other equal seeds alone', async () => {
  const both = await trained(tiny(threeArms, { seeds: [1, 7] }));
  expect(both.log.opened).toEqual([2, 6]);
  const second = tiny(threeArms, { seeds: [7] });
  const alone = await trained(second);
  for (const { id } of plan(second).nodes) expect(numbers(both, id)).toEqual(numbers(alone, id));
  for (const { id } of plan(experiment).nodes) expect(numbers(both, id)).toEqual(numbers(await together, id));
});

describe('the number of steps taken at once changes no number', () => {
  test.each([
    ['one step', { maxSteps: () => 1 }],
    ['two', { maxSteps: () => 2 }],
    ['a machine so fast that no time passes', { clock: () => 0 }],
  ])('%s', async (_, options) => {
    const other = await trained(experiment, options);
    for (const { id } of plan(experiment).nodes) expect(numbers(other, id)).toEqual(numbers(await together, id));
  });

  test('and steps really differed', async () => {
    const long = tiny([arm('a', { steps: 30 })], {
      evaluation: { ...experiment.evaluation, denseSteps: 0, points: 1 },
    });
    const single = await trained(long, { maxSteps: () => 1 });
    const quick = await trained(long, { clock: () => 0 });
    expect(new Set(single.log.chunks)).toEqual(new Set([1]));
    expect(Math.max(...quick.log.chunks)).toBeGreaterThan(8);
    for (const { id } of plan(long).nodes) expect(numbers(quick, id)).toEqual(numbers(single, id));
  });
});

test('a pause between any two events changes no number', async () => {
  const store = memoryCheckpoints();
  const { engine } = watchedEngine();
  const events: TrainEvent[] = [];
  for await (const event of train(plan(experiment), engine, text, { version: 'test', checkpoints: store })) {
    if (events.length % 7 === 3) await new Promise((resolve) => setTimeout(resolve, 5));
    events.push(event);
  }
  const curves = (all: readonly TrainEvent[]) =>
    only(all, 'evaluated').map(({ node, evaluation }) => [node, evaluation]);
  expect(curves(events)).toEqual(curves((await together).events));
});

test('runs of unequal length: the longer ones go on in a smaller group with the same numbers', async () => {
  const arms = [arm('short', { steps: 3 }), arm('long', { steps: 9 }), arm('middle', { steps: 5, ...replayed(0.5) })];
  const mixed = await trained(tiny(arms));
  expect(mixed.log.opened).toEqual([1, 3, 2, 1]);
  for (const one of arms) {
    const alone = await trained(tiny([one]));
    for (const { id } of armPath(plan(tiny([one])), one.id, 1)) expect(numbers(mixed, id)).toEqual(numbers(alone, id));
  }
});

test('a group too large for the device is halved until it fits', async () => {
  const halved = await trained(experiment, { largest: 2 });
  // And it is said.
  expect(only(halved.events, 'halved')).toMatchObject([
    { runs: 2, message: expect.stringMatching(/^3 runs did not fit/) },
  ]);
  expect(halved.log.opened).toEqual([1, 2, 1]);
  for (const { id } of plan(experiment).nodes) expect(numbers(halved, id)).toEqual(numbers(await together, id));
  await expect(trained(experiment, { largest: 0 })).rejects.toThrow('Too many runs.');
});

test('the limit on runs splits groups evenly', async () => {
  const seeds = [1, 2, 3];
  const split = await trained(tiny([arm('a'), arm('b', replayed(0.5))], { seeds }), { maxRuns: () => 4 });
  expect(split.log.opened).toEqual([3, 3, 3]);
});

describe('what the store has', () => {
  const records = (events: readonly TrainEvent[]) =>
    new Map(only(events, 'node-finished').map(({ record }) => [record.node, { ...record, origin: null }]));

  test('is told again, whole, and without an engine', async () => {
    const { store, events } = await together;
    const again = await trained(experiment, { checkpoints: store });
    expect(again.log.opened).toEqual([]);
    expect(only(again.events, 'node-started')).toEqual([]);
    expect(only(again.events, 'node-finished').every(({ record }) => record.origin === 'kept')).toBe(true);
    expect(records(again.events)).toEqual(records(events));
    expect(records(events).size).toBe(plan(experiment).nodes.length);
    expect(again.events.at(-1)).toEqual({ kind: 'finished' });
    expect(only(again.events, 'progress').at(-1)).toMatchObject({
      tokensDone: plan(experiment).tokens,
      tokensPlanned: plan(experiment).tokens,
    });
  });

  test('is what was told while it was trained', async () => {
    const { events } = await together;
    let heard: Records = new Map();
    for (const event of events) {
      if (event.kind === 'node-finished') {
        const { evaluations } = heard.get(event.record.node) ?? {};
        expect(evaluations).toEqual(event.record.evaluations);
      }
      heard = recordsAfter(heard, event);
    }
    expect([...heard.keys()].sort()).toEqual([...records(events).keys()].sort());
  });

  test('serves another experiment that begins alike', async () => {
    const { store } = await together;
    const other = await trained(tiny([arm('new', { steps: 4 })]), { checkpoints: store });
    expect(only(other.events, 'node-finished').map(({ record }) => record.origin)).toEqual(['kept', 'trained']);
    const scratch = await trained(tiny([arm('new', { steps: 4 })]));
    expect(records(other.events)).toEqual(records(scratch.events));
  });

  test.each(['parameters', 'losses', 'node', 'corpora'] as const)(
    'is not used when its %s do not fit',
    async (part) => {
      const { results } = await together;
      const [first] = plan(experiment).nodes;
      const result = first && results.get(first.id);
      if (!result) throw new Error('no base');
      const broken = {
        parameters: { ...result, state: { ...result.state, parameters: result.state.parameters.slice(1) } },
        losses: { ...result, losses: result.losses.slice(1) },
        node: { ...result, record: { ...result.record, node: 'other' } },
        corpora: {
          ...result,
          record: { ...result.record, corpora: [{ name: 'synthetic-a', bytes: 1, sha256: 'changed' }] },
        },
      }[part];
      const store = { ...memoryCheckpoints(), get: async (id: string) => (id === first.id ? broken : null) };
      const { events } = await trained(tiny([arm('a', {}, base)]), { checkpoints: store });
      expect(only(events, 'node-started')).toHaveLength(2);
    },
  );
});
