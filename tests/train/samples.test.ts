// What finished stages write: the same each time, each with its own weights, and nothing where a stage is not kept.

import { expect, test } from 'vitest';
import { sampling, writersOf } from '../../src/experiment/figures/prompts';
import { armPath, plan } from '../../src/experiment/plan';
import { writtenBy } from '../../src/train/samples';
import { arm, base, replayed, tiny, trained, watchedEngine } from './fixtures';

const experiment = tiny([
  arm('a'),
  arm('b', replayed(0.5)),
  { id: 'base', label: 'base', init: { kind: 'random' }, stages: [base] },
]);

test('the base and the end of every arm write, of the first seed, each once', () => {
  const whole = plan({ ...experiment, seeds: [7, 1] });
  const last = (id: string) => armPath(whole, id, 7).at(-1)?.id;
  expect(writersOf(whole)).toEqual([
    { node: last('base'), arm: null },
    { node: last('a'), arm: 'a' },
    { node: last('b'), arm: 'b' },
  ]);
});

test('stages write one after another in one lockstep, the same each time', async () => {
  const { store } = await trained(experiment);
  const writers = writersOf(plan(experiment)).map(({ node }) => node);
  const nodes = writers.flatMap((id) => plan(experiment).nodes.filter((node) => node.id === id));
  const [first] = nodes;
  if (!first) throw new Error('Nobody writes.');
  const all = async () => {
    const { engine, log } = watchedEngine();
    const texts = [];
    for await (const one of writtenBy([...nodes, { ...first, id: 'unknown' }], ['x', 'the '], engine, store))
      texts.push(one);
    expect([log.opened, log.alive]).toEqual([[1], 0]);
    return texts;
  };
  const written = await all();
  expect(written.map(({ node }) => node)).toEqual([...writers, 'unknown']);
  expect(written.at(-1)?.texts).toBeNull();
  const texts = written.slice(0, -1).map((one) => one.texts ?? []);
  for (const own of texts) {
    expect(own).toHaveLength(2);
    for (const text of own) expect(new TextEncoder().encode(text).length).toBeGreaterThanOrEqual(sampling.length);
  }
  expect(new Set(texts.map((own) => own.join())).size).toBe(nodes.length);
  expect(await all()).toEqual(written);
});
