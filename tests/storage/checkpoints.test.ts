// Kept stages against a database that works, refuses or holds rubbish.

import { describe, expect, test } from 'vitest';
import { BrowserCheckpoints, type Database, keptStages } from '../../src/storage/checkpoints';
import { Settings } from '../../src/storage/settings';
import type { NodeResult } from '../../src/train/checkpoints';

function memory(): Database & { readonly records: Map<string, unknown> } {
  const records = new Map<string, unknown>();
  return {
    records,
    get: async (key) => structuredClone(records.get(key)),
    set: async (key, value) => void records.set(key, structuredClone(value)),
    delete: async (key) => void records.delete(key),
    keys: async () => [...records.keys()],
    clear: async () => records.clear(),
  };
}

const refusing = (error: Error): Database => {
  const refuse = () => Promise.reject(error);
  return { get: refuse, set: refuse, delete: refuse, keys: refuse, clear: refuse };
};

const result = (node = 'abc'): NodeResult => ({
  v: 1,
  node,
  state: {
    parameters: Float32Array.of(1, 2, 3, 4),
    firstMoment: new Float32Array(4),
    secondMoment: new Float32Array(4),
    step: 300,
  },
  evaluations: [{ stage: 'd0', step: 0, tokens: 0, learningRate: 0, trainLoss: null, d0: 5, d1: 5 }],
  losses: Float32Array.of(5, 4),
  final: { d0: 2, d1: 3 },
  corpora: [{ name: 'literature', bytes: 10, sha256: 'ff' }],
});

function store(database: Database) {
  const troubles: string[] = [];
  return { troubles, checkpoints: new BrowserCheckpoints(database, (sentence) => troubles.push(sentence)) };
}

describe('checkpoints', () => {
  test('come back as they were', async () => {
    const database = memory();
    const { checkpoints, troubles } = store(database);
    await checkpoints.put(result());
    expect(await store(database).checkpoints.get('abc')).toEqual(result());
    expect(await checkpoints.get('other')).toBeNull();
    expect([...(await checkpoints.names())]).toEqual(['abc']);
    expect(troubles).toEqual([]);
  });

  const full = new DOMException('full', 'QuotaExceededError');
  test.each([
    ['a full disk', full, /storage is full/],
    ['private mode', new DOMException('no', 'InvalidStateError'), /private mode/],
  ])('%s: kept in memory, said once, nothing thrown', async (_, error, sentence) => {
    const { checkpoints, troubles } = store(refusing(error));
    await checkpoints.put(result('a'));
    await checkpoints.put(result('b'));
    expect(await checkpoints.get('a')).toEqual(result('a'));
    expect(await checkpoints.get('missing')).toBeNull();
    expect(await checkpoints.names()).toEqual(new Set(['a', 'b']));
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(sentence);
  });

  test.each<[string, (record: NodeResult) => unknown]>([
    ['another version', (record) => ({ ...record, v: 2 })],
    ['another node’s', (record) => ({ ...record, node: 'other' })],
    ['no final losses', ({ final: _, ...rest }) => rest],
    ['losses that are not numbers', (record) => ({ ...record, final: { d0: Number.NaN, d1: 1 } })],
    [
      'weights that are not numbers',
      (record) => ({ ...record, state: { ...record.state, parameters: Float32Array.of(1, Number.NaN, 3, 4) } }),
    ],
    [
      'moments of another length',
      (record) => ({ ...record, state: { ...record.state, firstMoment: new Float32Array(3) } }),
    ],
    ['an array where floats belong', (record) => ({ ...record, losses: [1, 2] })],
    ['a text', () => 'rubbish'],
  ])('a record with %s counts as absent', async (_, spoil) => {
    const database = memory();
    database.records.set('abc', spoil(result()));
    expect(await store(database).checkpoints.get('abc')).toBeNull();
  });

  test('the summary counts stages and bytes, and is null where the browser refuses', async () => {
    const database = memory();
    await store(database).checkpoints.put(result('a'));
    await store(database).checkpoints.put(result('b'));
    expect(await keptStages(database)).toEqual({ stages: 2, bytes: 2 * (3 * 4 * 4 + 2 * 4) });
    await database.clear();
    expect(await keptStages(database)).toEqual({ stages: 0, bytes: 0 });
    expect(await keptStages(refusing(full))).toBeNull();
  });
});

describe('settings', () => {
  const isText = (value: unknown): value is string => typeof value === 'string';
  const text = () => {
    const held = new Map<string, string>();
    return {
      held,
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    };
  };

  test('are read back by another page, and forgotten', () => {
    const kept = text();
    new Settings(() => kept).write('theme', 'dark');
    const later = new Settings(() => kept);
    expect(later.read('theme', isText)).toBe('dark');
    later.forget('theme');
    expect(later.read('theme', isText)).toBeNull();
  });

  test('of an unknown shape or not JSON are absent', () => {
    const kept = text();
    kept.held.set('rewarm.theme', '42');
    kept.held.set('rewarm.other', '{');
    const settings = new Settings(() => kept);
    expect(settings.read('theme', isText)).toBeNull();
    expect(settings.read('other', isText)).toBeNull();
  });

  test('last as long as the page where the browser refuses', () => {
    const settings = new Settings(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(settings.read('theme', isText)).toBeNull();
    settings.write('theme', 'dark');
    expect(settings.read('theme', isText)).toBe('dark');
    settings.forget('theme');
    expect(settings.read('theme', isText)).toBeNull();
  });
});
