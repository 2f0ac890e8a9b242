// Kept stages against databases that work, refuse, are full, disagree or hold rubbish.

import { describe, expect, test, vi } from 'vitest';
import type { StageRecord } from '../../src/experiment/evidence/record';
import type { Database } from '../../src/storage/database';
import { BrowserStages, budgetBytes, keptExperiments, type StageEntry } from '../../src/storage/stages';
import { StorageTrouble } from '../../src/storage/trouble';
import type { StageResult } from '../../src/train/checkpoints';
import { full, memory, refusing } from './memory';

const record = (node = 'abc'): StageRecord => ({
  node,
  origin: 'kept',
  evaluations: [{ step: 0, trainLoss: null, values: [5, 5] }],
  final: [2, 3],
  failure: null,
  corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
  maker: { version: '0.2.0', engine: 'webgpu', adapter: 'llvmpipe', kernels: { products: 'tiled' } },
});

const result = (node = 'abc'): StageResult => ({
  record: record(node),
  state: {
    parameters: Float32Array.of(1, 2, 3, 4),
    firstMoment: new Float32Array(4),
    secondMoment: new Float32Array(4),
    step: 300,
  },
  losses: Float32Array.of(5, 4),
});

/** Of one of these results: 3 · 4 floats of weights and moments, 2 losses. */
const resultBytes = 3 * 4 * 4 + 2 * 4;
const weak = { name: 'Weak shift', scale: 'XS' } as const;

/** A page with these databases; each use of the clock takes a millisecond. */
function page(weights: Database, index: Database, budget?: number) {
  const troubles: string[] = [];
  const clock = { now: 1000 };
  const now = () => ++clock.now;
  const onTrouble = (sentence: string) => void troubles.push(sentence);
  const waiting: (() => void)[] = [];
  const later = (action: () => void) => void waiting.push(action);
  const size = budget === undefined ? {} : { budget };
  const stages = new BrowserStages({ weights, index, onTrouble, now, later, ...size });
  return { troubles, clock, stages, waiting };
}

const names = async (stages: BrowserStages) => [...(await stages.entries()).keys()].sort();

describe('stages', () => {
  test('come back as they were', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, troubles } = page(weights, index);
    await stages.put(result(), weak);
    expect(await page(weights, index).stages.get('abc')).toEqual(result());
    expect(await stages.get('other')).toBeNull();
    expect(await names(stages)).toEqual(['abc']);
    expect(troubles).toEqual([]);
  });

  test('come back as kept, without the seconds of the hour', async () => {
    const [weights, index] = [memory(), memory()];
    const trained: StageRecord = { ...record(), origin: 'trained', seconds: [0.5] };
    await page(weights, index).stages.put({ ...result(), record: trained }, weak);
    expect(await page(weights, index).stages.get('abc')).toStrictEqual(result());
    expect((await page(weights, index).stages.entries()).get('abc')?.record).toStrictEqual(record());
  });

  test('have an entry that says what they have shown, their size, and when they were used', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, clock } = page(weights, index);
    clock.now = 5000;
    await stages.put(result(), weak);
    const entry: StageEntry = {
      record: record(),
      bytes: resultBytes,
      savedAt: 5001,
      usedAt: 5001,
      experiment: 'Weak shift, XS',
    };
    expect((await stages.entries()).get('abc')).toEqual(entry);
    clock.now = 6000;
    await stages.get('abc');
    expect((await stages.entries()).get('abc')).toEqual({ ...entry, usedAt: 6001 });
  });

  test.each([
    ['a full disk', full, /storage is full/],
    ['private mode', new StorageTrouble('refused'), /private mode/],
    [
      'a dropped connection',
      new DOMException('closing', 'InvalidStateError'),
      /failed \(InvalidStateError: closing\)\./,
    ],
    ['silence', new StorageTrouble('silent'), /does not answer/],
  ])('%s: kept in memory, said once, nothing thrown', async (_, error, sentence) => {
    const { stages, troubles } = page(refusing(error), refusing(error));
    await stages.put(result('a'), weak);
    await stages.put(result('b'), weak);
    expect(await stages.get('a')).toEqual(result('a'));
    expect(await stages.get('missing')).toBeNull();
    expect(await names(stages)).toEqual(['a', 'b']);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(sentence);
  });

  const damaged = (change: object) => (whole: StageResult) => ({ ...whole, record: { ...whole.record, ...change } });
  test.each<[string, (whole: StageResult) => unknown]>([
    ['another version', damaged({ v: 2 })],
    ['another node’s', damaged({ node: 'other' })],
    [
      'no final losses',
      (whole) => {
        const { final: _, ...rest } = whole.record;
        return { ...whole, record: rest };
      },
    ],
    ['losses that are not numbers', damaged({ final: [Number.NaN, 1] })],
    ['evaluations out of order', damaged({ evaluations: [4, 2].map((step) => ({ step, trainLoss: 1, values: [1] })) })],
    [
      'weights that are not numbers',
      (whole) => ({ ...whole, state: { ...whole.state, parameters: Float32Array.of(1, Number.NaN, 3, 4) } }),
    ],
    [
      'moments of another length',
      (whole) => ({ ...whole, state: { ...whole.state, firstMoment: new Float32Array(3) } }),
    ],
    ['an array where floats belong', (whole) => ({ ...whole, losses: [1, 2] })],
    ['a text', () => 'rubbish'],
    ['null', () => null],
  ])('a record with %s counts as absent, and is cleared away', async (_, spoil) => {
    const [weights, index] = [memory(), memory()];
    const { origin: __, ...saved } = record();
    weights.values.set('abc', spoil({ ...result(), record: saved as StageRecord }));
    const { stages, troubles } = page(weights, index);
    expect(await stages.get('abc')).toBeNull();
    expect(await names(stages)).toEqual([]);
    expect([...weights.values.keys(), ...troubles]).toEqual([]);
  });

  test('a stage is found also where its use cannot be noted', async () => {
    const [weights, index] = [memory(), memory()];
    await page(weights, index).stages.put(result(), weak);
    index.beforeSet = () => {
      throw full;
    };
    expect(await page(weights, index).stages.get('abc')).toEqual(result());
    expect(await page(weights, refusing(full)).stages.get('abc')).toEqual(result());
  });
});

describe('the summary', () => {
  test('counts stages and bytes by experiment, the last used first, and says why where it cannot', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, clock } = page(weights, index);
    expect(await keptExperiments(index)).toEqual([]);
    clock.now = 0;
    await stages.put(result('a'), weak);
    await stages.put(result('b'), weak);
    await stages.put(result('c'), { name: 'Tiny', scale: 'custom' });
    const [two, one] = [
      { experiment: 'Weak shift, XS', stages: 2, bytes: 2 * resultBytes, usedAt: 2 },
      { experiment: 'Tiny, custom', stages: 1, bytes: resultBytes, usedAt: 3 },
    ];
    expect(await keptExperiments(index)).toEqual([one, two]);
    await stages.get('a');
    expect(await keptExperiments(index)).toEqual([{ ...two, usedAt: 4 }, one]);
    index.values.set('rubbish', { record: 1 });
    expect(await keptExperiments(index)).toHaveLength(2);
    expect(await keptExperiments(refusing(full))).toBe("This browser's storage is full.");
  });

  test('is empty once everything is cleared, and the page goes on', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, troubles } = page(weights, index);
    await stages.put(result('a'), weak);
    await weights.clear();
    await index.clear();
    expect(await keptExperiments(index)).toEqual([]);
    expect(await names(stages)).toEqual([]);
    expect(await stages.get('a')).toBeNull();
    await stages.put(result('b'), weak);
    expect(await names(stages)).toEqual(['b']);
    expect(troubles).toEqual([]);
  });
});

describe('the budget', () => {
  test('is a gigabyte', () => expect(budgetBytes).toBe(1_000_000_000));

  test('drops what was not used for longest, weights and entry', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, troubles } = page(weights, index, 3 * resultBytes);
    for (const node of ['a', 'b', 'c']) await stages.put(result(node), weak);
    expect(await names(stages)).toEqual(['a', 'b', 'c']);
    await stages.get('a');
    await stages.put(result('d'), weak);
    expect(await names(stages)).toEqual(['a', 'c', 'd']);
    await stages.put(result('e'), weak);
    expect(await names(stages)).toEqual(['a', 'd', 'e']);
    expect([...weights.values.keys()].sort()).toEqual(['a', 'd', 'e']);
    expect([...index.values.keys()].sort()).toEqual(['a', 'd', 'e']);
    expect(await stages.get('b')).toBeNull();
    expect(troubles).toEqual([]);
  });

  test('of a later page counts what an earlier one left', async () => {
    const [weights, index] = [memory(), memory()];
    const before = page(weights, index);
    for (const node of ['a', 'b', 'c', 'd']) await before.stages.put(result(node), weak);
    const { stages, clock } = page(weights, index, 2 * resultBytes);
    clock.now = 2000;
    await stages.put(result('e'), weak);
    expect(await names(stages)).toEqual(['d', 'e']);
  });

  test('never drops what the page shows, and may be exceeded by it', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages } = page(weights, index, 2 * resultBytes);
    stages.show(['a', 'b', 'c']);
    for (const node of ['a', 'b', 'c']) await stages.put(result(node), weak);
    expect(await names(stages)).toEqual(['a', 'b', 'c']);
    stages.show(['c', 'd']);
    await stages.put(result('d'), weak);
    expect(await names(stages)).toEqual(['c', 'd']);
  });
});

describe('a full disk', () => {
  /** Weights for this many stages; more are refused. */
  function disk(most: number) {
    const weights = memory();
    weights.beforeSet = (key) => {
      if (!weights.values.has(key) && weights.values.size >= most) throw full;
    };
    return weights;
  }

  test('gives way as long as something may be dropped', async () => {
    const weights = disk(2);
    const { stages, troubles } = page(weights, memory());
    for (const node of ['a', 'b']) await stages.put(result(node), weak);
    await stages.get('a');
    await stages.put(result('c'), weak);
    expect([...weights.values.keys()].sort()).toEqual(['a', 'c']);
    expect(await names(stages)).toEqual(['a', 'c']);
    expect(troubles).toEqual([]);
  });

  test('keeps what is shown, and the new stage in memory', async () => {
    const weights = disk(2);
    const { stages, troubles } = page(weights, memory());
    stages.show(['a', 'b', 'c']);
    for (const node of ['a', 'b', 'c']) await stages.put(result(node), weak);
    expect([...weights.values.keys()].sort()).toEqual(['a', 'b']);
    expect(await names(stages)).toEqual(['a', 'b', 'c']);
    expect(await stages.get('c')).toEqual(result('c'));
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/storage is full/);
  });

  test('of an error of another kind drops nothing', async () => {
    const [weights, index] = [memory(), memory()];
    const { stages, troubles } = page(weights, index);
    await stages.put(result('a'), weak);
    weights.beforeSet = () => {
      throw new DOMException('no', 'InvalidStateError');
    };
    await stages.put(result('b'), weak);
    expect([...weights.values.keys()]).toEqual(['a']);
    expect(await names(stages)).toEqual(['a', 'b']);
    expect(troubles).toHaveLength(1);
  });
});

describe('what could not be saved', () => {
  const silent = new StorageTrouble('silent');
  const again = /works again: what was trained meanwhile is saved/;

  test('is saved as soon as the database works again, which is said, and a later trouble, too', async () => {
    const [weights, index] = [memory(), memory()];
    const fail = () => {
      throw silent;
    };
    weights.beforeSet = fail;
    const { stages, troubles, waiting } = page(weights, index);
    await stages.put(result('a'), weak);
    await stages.put(result('b'), weak);
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect([...weights.values.keys()]).toEqual([]);
    weights.beforeSet = () => undefined;
    waiting.shift()?.();
    await vi.waitFor(() => expect(troubles).toHaveLength(2));
    expect([...weights.values.keys()]).toEqual(['a', 'b']);
    expect(await names(page(weights, index).stages)).toEqual(['a', 'b']);
    expect(troubles[1]).toMatch(again);
    expect(waiting).toEqual([]);
    weights.beforeSet = fail;
    await stages.put(result('c'), weak);
    expect(troubles[2]).toMatch(/does not answer/);
  });

  test('is said also where nothing was trained yet: what is kept cannot be seen', async () => {
    const { stages, troubles } = page(memory(), refusing(silent));
    expect(await names(stages)).toEqual([]);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/^This browser's storage does not answer\. Stages that are trained now are kept/);
  });
});
