// The records that follow from what a training tells: one for each stage that was begun, and failures said where they happened.

import { describe, expect, test } from 'vitest';
import type { Records } from '../../src/experiment/evidence/record';
import { armPath, plan } from '../../src/experiment/plan';
import type { Experiment } from '../../src/experiment/spec';
import { recordsAfter, type TrainEvent } from '../../src/train/events';
import { absurd, arm, only, text, threeArms, tiny, trained } from './fixtures';

const none: Records = new Map();
const heard = (events: readonly TrainEvent[]) => events.reduce(recordsAfter, none);
const recordsOf = async (experiment: Experiment) => heard((await trained(experiment)).events);

test('one record for each stage, with all that it has shown and what made it', async () => {
  const experiment = tiny(threeArms, { seeds: [3, 1] });
  const records = await recordsOf(experiment);
  const { nodes } = plan(experiment);
  expect([...records.keys()].sort()).toEqual(nodes.map(({ id }) => id).sort());
  for (const node of nodes) {
    const record = records.get(node.id);
    expect(record?.evaluations.map(({ step }) => step)).toEqual([0, 1, 3, 6]);
    expect(record?.evaluations.map(({ values }) => values.length)).toEqual([2, 2, 2, 2]);
    expect(record?.final).toHaveLength(2);
    expect(record).toMatchObject({ node: node.id, origin: 'trained', failure: null });
    expect(record?.maker).toEqual({
      version: 'test',
      engine: 'reference',
      adapter: 'JavaScript on one CPU core, float64',
      kernels: null,
    });
    expect(record?.corpora).toEqual(text.entries().map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })));
  }
});

test('seconds grow over a stage, and are known where it was trained', async () => {
  let now = 0;
  const { events, store } = await trained(tiny(threeArms), { clock: () => (now += 100) });
  for (const { seconds = [] } of heard(events).values()) {
    expect(seconds).toHaveLength(4);
    expect([...seconds]).toEqual([...seconds].sort((a, b) => a - b));
    expect(seconds.at(-1)).toBeGreaterThan(0);
  }
  const again = heard((await trained(tiny(threeArms), { checkpoints: store })).events);
  for (const record of again.values()) {
    expect(record.origin).toBe('kept');
    expect(record).not.toHaveProperty('seconds');
  }
});

test('a failed arm says where and why and has no final values', async () => {
  const experiment = tiny([arm('a'), arm('hot', { steps: 40, schedule: absurd })]);
  const records = await recordsOf(experiment);
  const [base, hot] = armPath(plan(experiment), 'hot', 1).map(({ id }) => records.get(id));
  const [, healthy] = armPath(plan(experiment), 'a', 1).map(({ id }) => records.get(id));
  expect(base?.final).not.toBeNull();
  expect(healthy).toMatchObject({ failure: null, final: [expect.any(Number), expect.any(Number)] });
  expect(hot?.final).toBeNull();
  expect(hot?.failure?.message).toContain("Arm 'hot', stage d1 stopped");
  expect(hot?.evaluations.length).toBeGreaterThan(1);
});

test('a failed base is named as the reason in every stage on it', async () => {
  const hot = { ...threeArms[0]?.stages[0], steps: 40, schedule: absurd };
  const arms = threeArms
    .slice(0, 2)
    .map((one) => ({ ...one, stages: one.stages.map((stage, i) => (i === 0 ? { ...stage, ...hot } : stage)) }));
  const experiment = tiny(arms);
  const records = await recordsOf(experiment);
  for (const { id } of arms) {
    const failures = armPath(plan(experiment), id, 1).map((node) => records.get(node.id)?.failure?.message);
    expect(failures[0]).toMatch(/^Arms 'floor', 'rewarm', stage d0/);
    expect(failures[1]).toMatch(/was not trained, because an earlier stage failed: Arms 'floor', 'rewarm', stage d0/);
  }
});

describe('a run that was left', () => {
  test('has what it has', async () => {
    const { events } = await trained(tiny(threeArms));
    const middle = events.findIndex((event) => event.kind === 'node-finished');
    const records = [...heard(events.slice(0, middle + 1)).values()];
    expect(records.map(({ evaluations, final }) => [evaluations.length, final !== null])).toEqual([[4, true]]);
    const early = events.findIndex((event) => event.kind === 'evaluated');
    expect([...heard(events.slice(0, early + 1)).values()]).toMatchObject([{ final: null, maker: null }]);
  });

  test('and begins a stage again from its beginning', async () => {
    const { events } = await trained(tiny(threeArms));
    const begun = only(events, 'node-started')[0];
    if (!begun) throw new Error('Nothing was trained.');
    const again = recordsAfter(heard(events), begun).get(begun.node);
    expect(again).toMatchObject({ evaluations: [], final: null });
  });
});

test('events that say nothing of a stage leave the records as they are', async () => {
  const { events } = await trained(tiny(threeArms));
  const records = heard(events);
  for (const event of events.filter(({ kind }) =>
    ['planned', 'compiling', 'steps', 'progress', 'finished'].includes(kind),
  ))
    expect(recordsAfter(records, event)).toBe(records);
});
