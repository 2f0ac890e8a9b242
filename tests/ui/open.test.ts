// Files that are dropped or chosen: the first that opens is shown, and nothing is left out without a word.

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ownPart } from '../../src/experiment/figures/own';
import { preset } from '../../src/experiment/presets';
import { savedResults } from '../../src/experiment/saved';
import { createOpenedStore } from '../../src/store/opened';
import { addressWords } from '../../src/ui/address_words';
import { openFiles } from '../../src/ui/files/open';
import { fileWords } from '../../src/ui/strings';

const good = JSON.stringify(
  savedResults('0', null, [ownPart(preset('weak', { scale: 'XS', seeds: [1], steps: 12 }))], new Map()),
);

beforeEach(() => {
  vi.stubGlobal('location', { hash: '#/about' });
});

/** Opens files of these names and texts. */
async function open(files: Readonly<Record<string, string>>) {
  const opened = createOpenedStore();
  await openFiles(
    Object.entries(files).map(([name, text]) => new File([text], name)),
    opened,
  );
  const { name, problem } = opened.getState();
  return { name, problem, hash: location.hash };
}

describe('several files', () => {
  test.each([
    [{ a: good }, 'a', null],
    [{ a: good, b: good }, 'a', 'a is shown; one other file was left out: one is shown at a time.'],
    [{ a: '{', b: good, c: good }, 'b', 'b is shown; 2 other files were left out: one is shown at a time.'],
  ])('show the first that opens, and say how many were left out: %#', async (files, name, problem) => {
    expect(await open(files)).toEqual({ name, problem, hash: '#/file' });
  });

  test('none of which opens say why, each in a sentence, and leave the page where it is', async () => {
    const { name, problem, hash } = await open({ a: '[]', b: '{"v": 3}' });
    expect([name, hash]).toEqual([null, '#/about']);
    expect(problem).toMatch(/^a does not hold results of Rewarm: .*\. b was written by a newer version of Rewarm\.$/);
  });

  test('of which many do not open are counted', async () => {
    const { problem } = await open(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, '{"v": 3}'])));
    expect(problem).toMatch(/^a was .*\. b was .*\. c was .*\. Nor could 2 more be opened\.$/);
  });

  test('that are none change nothing', async () => {
    expect(await open({})).toEqual({ name: null, problem: null, hash: '#/about' });
  });
});

test('the link under results names the page it leads to and promises nothing of the file', () => {
  expect(fileWords.here('Figure 5')).toBe('Figure 5 on this machine');
  expect(fileWords.here(addressWords.lab)).toBe('The Lab on this machine');
});
