// Files of results that were cut, changed or made to do harm: each is read as it is or refused with a sentence, soon, and leaves
// nothing behind.

import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { ownPart } from '../../src/experiment/figures/own';
import { SpecError } from '../../src/experiment/parse';
import { preset } from '../../src/experiment/presets';
import { parseResults, ResultsError, savedResults } from '../../src/experiment/saved';
import { madeUpResults } from '../link/made_up';

const part = ownPart(preset('weak', { scale: 'XS', seeds: [1], steps: 3 }));
const { records } = madeUpResults(null, [part], { noise: 0.01, seed: 1, done: 1 });
const file = JSON.stringify(savedResults('0.1.0', null, [part], records));

let longest = 0;

/** What it was read as; null where it was refused with a sentence. Anything else that is thrown fails the test. */
function read(text: string) {
  const begin = performance.now();
  try {
    return parseResults(text);
  } catch (error) {
    if (!(error instanceof ResultsError || error instanceof SpecError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
    return null;
  } finally {
    longest = Math.max(longest, performance.now() - begin);
  }
}

afterAll(() => {
  console.log(`${file.length} characters; the longest took ${longest.toFixed(0)} ms`);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('the whole is read', () => {
  expect(read(file)?.records.size).toBe(records.size);
});

test('every beginning of it is refused', () => {
  for (let length = 0; length < file.length; length++) {
    if (read(file.slice(0, length)) !== null) throw new Error(`A file of ${length} characters was read.`);
  }
});

test('changed in up to three places it is read as what it says, or refused', () => {
  const places = fc.array(
    fc.record({
      at: fc.nat(file.length - 1),
      cut: fc.nat(6),
      put: fc.constantFrom('', '0', '-', '1e999', '"', '[', '}', 'null', ','),
    }),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(places, (changes) => {
      const text = changes.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), file);
      const back = read(text);
      if (back === null) return;
      const again = savedResults(back.version, back.figure, back.parts, back.records);
      expect(parseResults(JSON.stringify(again))).toEqual(back);
    }),
    { numRuns: 10_000 },
  );
});

test.each([
  ['a prototype', '{"__proto__": {"polluted": 1}, "v": 2, "version": "0", "figure": null, "parts": []}'],
  ['a constructor', `{"constructor": {"prototype": {"polluted": 1}}, ${file.slice(1)}`.replace('"parts":', '"x":')],
  ['depth', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['depth in an object', '{"v":2,"parts":'.repeat(20_000)],
  ['many parts', JSON.stringify({ v: 2, version: '0', figure: null, parts: Array(100_000).fill({}) })],
  ['an absurd size', file.replace('"steps":3', '"steps":1e300')],
  ['a million seeds', file.replace('"seeds":[1]', `"seeds":[${Array.from({ length: 1_000_000 }, (_, i) => i)}]`)],
  ['a page without an end', `<script id="rewarm-results">${file}`],
])('%s is refused', (_, text) => {
  expect(read(text)).toBeNull();
});
