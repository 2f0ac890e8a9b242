// The index of kept stages where it and the weights disagree: what version 1 left, and pages that were closed too soon.

import { describe, expect, test } from 'vitest';
import { parseRecord } from '../../src/experiment/evidence/schema';
import { BrowserStages, keptExperiments } from '../../src/storage/stages';
import { full, type MemoryDatabase, memory } from './memory';

/** A stage as version 0.1 put it into IndexedDB, literally. */
const firstVersion = (node = 'abc') => ({
  v: 1,
  node,
  state: {
    parameters: Float32Array.of(1, 2, 3, 4),
    firstMoment: Float32Array.of(0, 0.5, 0, 0),
    secondMoment: Float32Array.of(0, 0, 0.25, 0),
    step: 300,
  },
  evaluations: [
    { stage: 'd0', step: 0, tokens: 0, learningRate: 0.001, trainLoss: null, d0: 5.5, d1: 5.75 },
    { stage: 'd0', step: 2, tokens: 96, learningRate: 0.002, trainLoss: 4.5, d0: 2.5, d1: 3.25 },
  ],
  losses: Float32Array.of(5, 4),
  final: { d0: 2, d1: 3 },
  corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
  kernels: { products: 'tiled' },
});

/** The same as it is read. */
const asRead = (node = 'abc') => ({
  record: {
    node,
    origin: 'kept',
    evaluations: [
      { step: 0, trainLoss: null, values: [5.5, 5.75] },
      { step: 2, trainLoss: 4.5, values: [2.5, 3.25] },
    ],
    final: [2, 3],
    failure: null,
    corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
    maker: { version: '0.1.0', engine: 'webgpu', adapter: 'not recorded', kernels: { products: 'tiled' } },
  },
  state: {
    parameters: Float32Array.of(1, 2, 3, 4),
    firstMoment: Float32Array.of(0, 0.5, 0, 0),
    secondMoment: Float32Array.of(0, 0, 0.25, 0),
    step: 300,
  },
  losses: Float32Array.of(5, 4),
});

function page(weights: MemoryDatabase, index: MemoryDatabase) {
  const troubles: string[] = [];
  const onTrouble = (sentence: string) => void troubles.push(sentence);
  const stages = new BrowserStages({ weights, index, onTrouble, now: () => 7, later: () => undefined });
  return { stages, troubles };
}

function withWeights(...stages: ReturnType<typeof firstVersion>[]): MemoryDatabase {
  const weights = memory();
  for (const stage of stages) weights.values.set(stage.node, stage);
  return weights;
}

describe('what version 1 kept', () => {
  test('is read to the same numbers', async () => {
    const { stages, troubles } = page(withWeights(firstVersion()), memory());
    expect(await stages.get('abc')).toStrictEqual(asRead());
    expect(troubles).toEqual([]);
  });

  test('of an earlier day, without corpora and kernels, too', async () => {
    const { corpora: _, kernels: __, ...early } = firstVersion();
    const weights = memory();
    weights.values.set('abc', early);
    const { record } = asRead();
    const maker = { version: '0.1.0', engine: 'reference', adapter: 'not recorded', kernels: null };
    expect((await page(weights, memory()).stages.get('abc'))?.record).toStrictEqual({ ...record, corpora: [], maker });
  });

  test('is entered into the index, as of an earlier version', async () => {
    const index = memory();
    const { stages } = page(withWeights(firstVersion('a'), firstVersion('b')), index);
    const entries = await stages.entries();
    expect([...entries.keys()]).toEqual(['a', 'b']);
    expect(entries.get('a')).toStrictEqual({
      record: asRead('a').record,
      bytes: 56,
      savedAt: 7,
      usedAt: 7,
      experiment: 'Kept by an earlier version',
    });
    expect(await keptExperiments(index)).toEqual([
      { experiment: 'Kept by an earlier version', stages: 2, bytes: 112, usedAt: 7 },
    ]);
  });

  test.each<[string, object]>([
    ['another version', { v: 2 }],
    ['another node', { node: 'other' }],
    ['losses that are not numbers', { final: { d0: Number.NaN, d1: 1 } }],
    ['weights cut off', { state: { ...firstVersion().state, parameters: Float32Array.of(1) } }],
  ])('of %s is dropped', async (_, change) => {
    const weights = memory();
    weights.values.set('abc', { ...firstVersion(), ...change });
    const { stages } = page(weights, memory());
    expect((await stages.entries()).size).toBe(0);
    expect(weights.values.size).toBe(0);
  });

  // Where both texts of a study are one, version 1 wrote its loss twice and readings have it once.
  test('of a study with one text has one value an evaluation', () => {
    const same = firstVersion();
    const evaluations = same.evaluations.map((one) => ({ ...one, d1: one.d0 }));
    const read = parseRecord({ ...same, evaluations, final: { d0: 2, d1: 2 } }, 'abc');
    expect(read?.evaluations.map(({ values }) => values)).toEqual([[5.5], [2.5]]);
    expect(read?.final).toEqual([2]);
  });
});

describe('an index that does not agree with the weights', () => {
  const put = async (stages: BrowserStages, ...nodes: string[]) => {
    for (const node of nodes) {
      const { record, ...rest } = asRead(node);
      await stages.put({ ...rest, record: { ...record, origin: 'trained' } }, { name: 'Weak', scale: 'XS' });
    }
  };

  test('is completed where it lacks a stage, and loses what is not there', async () => {
    const [weights, index] = [memory(), memory()];
    await put(page(weights, index).stages, 'a', 'b', 'c');
    index.values.delete('a');
    weights.values.delete('b');
    weights.values.set('rubbish', 'rubbish');
    const { stages, troubles } = page(weights, index);
    expect([...(await stages.entries()).keys()].sort()).toEqual(['a', 'c']);
    expect([...weights.values.keys()].sort()).toEqual(['a', 'c']);
    expect([...index.values.keys()].sort()).toEqual(['a', 'c']);
    expect((await stages.get('a'))?.record).toStrictEqual(asRead('a').record);
    expect(troubles).toEqual([]);
  });

  test('knows nothing of an entry that is damaged', async () => {
    const [weights, index] = [memory(), memory()];
    await put(page(weights, index).stages, 'a', 'b');
    index.values.set('a', { ...(index.values.get('a') as object), bytes: -1 });
    expect([...(await page(weights, index).stages.entries()).keys()]).toEqual(['b']);
    expect((await page(weights, index).stages.get('a'))?.record).toStrictEqual(asRead('a').record);
  });

  test('is repaired later where it could not be at first', async () => {
    const [weights, index] = [withWeights(firstVersion('a')), memory()];
    index.beforeSet = () => {
      throw full;
    };
    const { stages } = page(weights, index);
    expect((await stages.entries()).size).toBe(0);
    index.beforeSet = () => {};
    expect([...(await stages.entries()).keys()]).toEqual(['a']);
  });
});
