// How often a stage reads its text, and how that is said.

import { expect, test } from 'vitest';
import { repeats, repeatWords } from '../../src/experiment/repeats';

const node = (steps: number, corpus: string, replay: { corpus: string; fraction: number } | null = null) => ({
  batch: 4,
  model: { context: 10 },
  stage: {
    name: 'd1',
    steps,
    mixture: { corpus, replay },
    schedule: { kind: 'constant', warmup: 0, peak: 1 } as const,
    optimizer: 'reset' as const,
  },
});
const sizes: Readonly<Record<string, number>> = { small: 400, large: 10_000 };
const sizeOf = (corpus: string) => sizes[corpus] ?? null;

test('text that is read once or less is not named', () => {
  // 10 steps of 4 sequences of 10 tokens are the 400 tokens that there are.
  expect(repeats([node(10, 'small'), node(100, 'large')], sizeOf)).toEqual([]);
});

test('the stage that reads most of a text counts, each stage for itself', () => {
  expect(repeats([node(20, 'small'), node(47, 'small'), node(11, 'small')], sizeOf)).toEqual([
    { corpus: 'small', times: 4.7 },
  ]);
});

test('replayed text is taken from the corpus that it is replayed from', () => {
  const replay = { corpus: 'small', fraction: 0.25 };
  expect(repeats([node(40, 'large', replay)], sizeOf)).toEqual([]);
  expect(repeats([node(80, 'large', replay)], sizeOf)).toEqual([{ corpus: 'small', times: 2 }]);
});

test('of a text whose size is not known nothing is said', () => {
  expect(repeats([node(1000, 'unknown')], sizeOf)).toEqual([]);
});

test('the words have one decimal, and a little more than once is not 1.0', () => {
  const repeated = [
    { corpus: 'german', times: 4.66 },
    { corpus: 'speeches', times: 1.01 },
  ];
  expect(repeatWords(repeated)).toBe('german 4.7 times, speeches 1.1 times');
  expect(repeatWords([])).toBe('');
});
