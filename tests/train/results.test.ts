// What is saved at the end of a run: one entry for each arm and seed, the shared beginning in every one of them, and
// failures said where they happened.

import { expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan';
import type { Experiment } from '../../src/experiment/spec';
import { collector, type Results } from '../../src/train/results';
import { absurd, arm, text, threeArms, tiny, trained, watchedEngine } from './fixtures';

const origin = { version: '0.0.0', adapter: watchedEngine().engine.adapter, corpora: text.entries() };

async function resultsOf(experiment: Experiment): Promise<Results> {
  const gathered = collector(origin);
  expect(gathered.results()).toBeNull();
  for (const event of (await trained(experiment)).events) gathered.collect(event);
  const results = gathered.results();
  if (!results) throw new Error('no results');
  expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  return results;
}

/** The same value with a word for the type in place of each number that training made. */
function shape(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item) =>
      ['d0', 'd1', 'trainLoss', 'learningRate'].includes(key) && typeof item === 'number' ? 'number' : item,
    ),
  );
}

test('the shape of results.json', async () => {
  const results = await resultsOf(tiny(threeArms.slice(0, 1)));
  expect(shape(results)).toMatchSnapshot();
});

test('one entry for each arm and seed, in the order of the experiment', async () => {
  const experiment = tiny(threeArms, { seeds: [3, 1] });
  const results = await resultsOf(experiment);
  expect(results.arms.map(({ id, seed }) => `${id} ${seed}`)).toEqual(
    threeArms.flatMap(({ id }) => [`${id} 3`, `${id} 1`]),
  );
  expect(results.experiment).toEqual(experiment);
  expect(results.plan).toBe(plan(experiment).id);
  expect(results.corpora.map((corpus) => Object.keys(corpus))).toEqual([
    ['name', 'bytes', 'sha256'],
    ['name', 'bytes', 'sha256'],
  ]);
  const bases = results.arms
    .filter(({ seed }) => seed === 3)
    .map(({ evaluations }) => evaluations.filter(({ stage }) => stage === 'd0'));
  expect(bases[1]).toEqual(bases[0]);
  for (const { evaluations, final, failure } of results.arms) {
    expect(evaluations.map(({ stage, step }) => `${stage} ${step}`)).toEqual([
      'd0 0',
      'd0 1',
      'd0 3',
      'd0 6',
      'd1 0',
      'd1 1',
      'd1 3',
      'd1 6',
    ]);
    expect(final).not.toBeNull();
    expect(failure).toBeUndefined();
  }
});

test('a failed arm says where and why and has no final values', async () => {
  const results = await resultsOf(tiny([arm('a'), arm('hot', { steps: 40, schedule: absurd })]));
  const [healthy, hot] = results.arms;
  expect(healthy?.final).not.toBeNull();
  expect(healthy).not.toHaveProperty('failure');
  expect(hot?.final).toBeNull();
  expect(hot?.failure).toMatchObject({ stage: 'd1', message: expect.stringContaining("Arm 'hot', stage d1 stopped") });
  expect(hot?.evaluations.length).toBeGreaterThan(4);
});

test('a failed base is named as the reason in every arm on it', async () => {
  const hot = { ...threeArms[0]?.stages[0], steps: 40, schedule: absurd };
  const arms = threeArms
    .slice(0, 2)
    .map((one) => ({ ...one, stages: one.stages.map((stage, i) => (i === 0 ? { ...stage, ...hot } : stage)) }));
  const results = await resultsOf(tiny(arms));
  for (const one of results.arms)
    expect(one.failure).toMatchObject({
      stage: 'd0',
      message: expect.stringMatching(/^Arms 'floor', 'rewarm', stage d0/),
    });
});

test('a run that was left has what it has', async () => {
  const gathered = collector(origin);
  const { events } = await trained(tiny(threeArms));
  const middle = events.findIndex((event) => event.kind === 'node-finished');
  for (const event of events.slice(0, middle + 1)) gathered.collect(event);
  for (const { evaluations, final, failure } of gathered.results()?.arms ?? []) {
    expect(evaluations).toHaveLength(4);
    expect(final).toBeNull();
    expect(failure).toBeUndefined();
  }
});
