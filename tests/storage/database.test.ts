// Databases of a browser that works, is silent, drops a connection or refuses: every call settles, and says why.

import { describe, expect, test } from 'vitest';
import { labDatabases } from '../../src/storage/database';
import { fakeIndexedDb } from './indexed';

const patience = { open: 20, answer: 40 };
const soon = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));

function browser() {
  const fake = fakeIndexedDb();
  return { fake, ...labDatabases(fake.factory, patience) };
}

/** What a call rejects with. */
const trouble = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ kind, message }) => ({ kind, message }),
  );

const silent = { kind: 'silent', message: "This browser's storage does not answer." };

describe('a database', () => {
  test('keeps values under their keys, through one connection', async () => {
    const { fake, index, weights } = browser();
    await index.set('a', 1);
    await index.set('b', 2);
    expect(await index.get('a')).toBe(1);
    expect(await index.keys()).toEqual(['a', 'b']);
    await index.delete(['a']);
    expect(await index.entries()).toEqual([['b', 2]]);
    expect(await weights.get('b')).toBeUndefined();
    await index.clear();
    expect(await index.keys()).toEqual([]);
    expect([fake.opened, fake.closed]).toEqual([2, 0]);
  });

  test('whose connection was dropped is opened once more, and nobody notices', async () => {
    const { fake, index } = browser();
    await index.set('a', 1);
    fake.drop();
    expect(await index.get('a')).toBe(1);
    fake.drop();
    await Promise.all([index.set('b', 2), index.set('c', 3)]);
    expect(await index.keys()).toEqual(['a', 'b', 'c']);
    expect([fake.opened, fake.closed]).toEqual([3, 2]);
  });

  test.each([
    ['SecurityError', 'blocked'],
    ['InvalidStateError', 'A mutation operation was attempted on a database that did not allow mutations.'],
  ])('that cannot be opened (%s) is said to be refused, and not asked twice', async (name, message) => {
    const { fake, index } = browser();
    fake.refusal = new DOMException(message, name);
    const refused = { kind: 'refused', message: expect.stringMatching(/private mode or blocked site data/) };
    expect(await trouble(index.keys())).toEqual(refused);
    expect(fake.opened).toBeLessThanOrEqual(1);
    fake.refusal = null;
    expect(await index.keys()).toEqual([]);
  });

  test('that fails in another way says it in the words of the browser', async () => {
    const { fake, index } = browser();
    fake.refusal = new DOMException('Connection to Indexed Database server lost.', 'UnknownError');
    const words = "This browser's storage failed (UnknownError: Connection to Indexed Database server lost.).";
    expect(await trouble(index.keys())).toEqual({ kind: 'failed', message: words });
    expect(fake.opened).toBe(2);
  });
});

describe('silence', () => {
  test('of an opening ends: it is tried twice, then all databases say so at once', async () => {
    const { fake, index, tunings } = browser();
    fake.mood = 'opening';
    expect(await trouble(index.keys())).toEqual(silent);
    expect(fake.opened).toBeGreaterThanOrEqual(2);
    const begin = performance.now();
    expect(await trouble(tunings.get('a'))).toEqual(silent);
    expect(await trouble(index.set('a', 1))).toEqual(silent);
    expect(performance.now() - begin).toBeLessThan(patience.open / 2);
  });

  test('of a request ends in the same way', async () => {
    const { fake, index } = browser();
    await index.set('a', 1);
    fake.mood = 'silent';
    expect(await trouble(index.get('a'))).toEqual(silent);
  });

  test('is over when the browser answers again, and what it opens late is closed', async () => {
    const { fake, index } = browser();
    fake.mood = 'opening';
    expect(await trouble(index.keys())).toEqual(silent);
    fake.wake();
    await soon(2 * patience.open);
    // One call may come before the browser was heard.
    await index.keys().catch(() => soon(patience.open));
    await index.set('a', 1);
    expect(await index.get('a')).toBe(1);
    expect(fake.opened - fake.closed).toBe(1);
  });
});
