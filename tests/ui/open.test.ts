// What is dropped, chosen or pasted: what fits is shown together, and nothing is left out without a word.

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { embedded } from '../../src/experiment/embedded';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import type { FigurePart } from '../../src/experiment/part';
import { preset } from '../../src/experiment/presets';
import { savedResults } from '../../src/experiment/saved';
import { resultsLink } from '../../src/link/results';
import { createOpenedStore, type OpenedStore } from '../../src/store/opened';
import { addressWords } from '../../src/ui/address_words';
import { openFiles, openText, removeSent } from '../../src/ui/files/open';
import { fileWords } from '../../src/ui/strings';
import { madeUpResults } from '../link/made_up';

const own = (seed: number) => [ownPart(preset('weak', { scale: 'XS', seeds: [seed], steps: 12 }))];
const fileOf = (figure: '5' | null, parts: readonly FigurePart[]) =>
  JSON.stringify(savedResults('0', figure, parts, new Map()));
const good = fileOf(null, own(1));
const more = fileOf(null, own(2));
const five = fileOf('5', figures['5'].parts({ scale: 'XS', seeds: [1], budget: 0.1 }));

beforeEach(() => {
  vi.stubGlobal('location', { hash: '#/about' });
});

const seen = (opened: OpenedStore) => {
  const { pool, problem } = opened.getState();
  const names = pool?.sent.map(({ name }) => name) ?? [];
  return { names, seeds: pool?.results.parts[0]?.experiment.seeds, problem, hash: location.hash };
};

/** Opens files of these names and texts. */
async function open(files: Readonly<Record<string, string>>, opened = createOpenedStore()) {
  await openFiles(
    Object.entries(files).map(([name, text]) => new File([text], name)),
    opened,
  );
  return seen(opened);
}

describe('several files', () => {
  test('of one experiment add up', async () => {
    expect(await open({ a: good, b: more })).toEqual({
      names: ['a', 'b'],
      seeds: [1, 2],
      problem: null,
      hash: '#/file',
    });
  });

  test('of others are left out, with the reason', async () => {
    const { names, problem } = await open({ a: five, b: good, c: '{' });
    expect(names).toEqual(['a']);
    expect(problem).toMatch(/^b was left out: it shows Lab, not Figure 5\. c is not valid JSON: .*\.$/);
  });

  test('none of which opens say why, each in a sentence, and leave the page where it is', async () => {
    const { names, problem, hash } = await open({ a: '[]', b: '{"v": 3}' });
    expect([names, hash]).toEqual([[], '#/about']);
    expect(problem).toMatch(/^a does not hold results of Rewarm: .*\. b was written by a newer version of Rewarm\.$/);
  });

  test('of which many do not open are counted', async () => {
    const { problem } = await open(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, '{"v": 3}'])));
    expect(problem).toMatch(/^a was .*\. b was .*\. c was .*\. Nor could 2 more be opened\.$/);
  });

  test('may be a page that was exported', async () => {
    const page = `<!doctype html><h1>?</h1>${embedded(good)}`;
    expect(await open({ a: page })).toMatchObject({ names: ['a'], problem: null, hash: '#/file' });
    const { problem } = await open({ a: '<!doctype html><p>none' });
    expect(problem).toMatch(/^a is a page without results in it\. /);
  });

  test('that are none change nothing', async () => {
    expect(await open({})).toEqual({ names: [], seeds: undefined, problem: null, hash: '#/about' });
  });
});

describe('one after another', () => {
  test('what fits joins what is open, and can be taken out again', async () => {
    const opened = createOpenedStore();
    await open({ a: good }, opened);
    expect((await open({ b: more }, opened)).names).toEqual(['a', 'b']);
    const [first] = opened.getState().pool?.sent ?? [];
    if (first) await removeSent(first, opened);
    expect(seen(opened)).toMatchObject({ names: ['b'], seeds: [2] });
  });

  test('what does not fit takes the place of one, and is refused by several', async () => {
    const opened = createOpenedStore();
    await open({ a: good }, opened);
    expect(await open({ b: five }, opened)).toMatchObject({ names: ['b'], problem: null });
    await open({ c: good, d: more }, opened);
    location.hash = '#/about';
    expect(await open({ e: five }, opened)).toMatchObject({
      names: ['c', 'd'],
      problem: 'e was left out: it shows Figure 5, not Lab.',
      hash: '#/about',
    });
  });

  test('what a link shows is joined, whatever was open before', async () => {
    const opened = createOpenedStore();
    await open({ a: five }, opened);
    const results = { version: '0', figure: null, parts: own(7), records: new Map() };
    opened.setState({ shown: { name: 'a link', results } });
    expect(await open({ b: good }, opened)).toMatchObject({ names: ['a link', 'b'], seeds: [1, 7] });
  });
});

describe('pasted text', () => {
  const link = (seed: number) => resultsLink(madeUpResults(null, own(seed), { noise: 0.01, seed, done: 1 }));
  const paste = async (text: string, leave = true) => {
    const opened = createOpenedStore();
    await openText(text, opened, leave);
    return seen(opened);
  };

  test('links of several people add up, under the names before them', async () => {
    const text = `Ada: https://a.example/#/view?r=${link(1)}\n- Ben – <https://a.example/#/view?r=${link(2)}>`;
    expect(await paste(text)).toEqual({ names: ['Ada', 'Ben'], seeds: [1, 2], problem: null, hash: '#/file' });
  });

  test('a damaged one is said by its name, and the others are shown', async () => {
    const text = `Ada: https://a.example/#/view?r=${link(1).slice(0, -20)}\nBen: https://a.example/#/view?r=${link(2)}`;
    expect(await paste(text)).toMatchObject({
      names: ['Ben'],
      problem: expect.stringMatching(/^Ada: This link was cut/),
    });
  });

  test('nobody of a list is lost: whose line holds no results is named', async () => {
    const text = `Ada: https://a.example/#/view?r=${link(1)}\nBob: https://a.example/#/fig/5?seeds=7\nCid: hello\nsee you`;
    expect(await paste(text)).toMatchObject({
      names: ['Ada'],
      problem: 'Bob: that is the address of another page, not results. Cid: there is no link.',
    });
  });

  test('results and experiments as text are opened', async () => {
    expect(await paste(good)).toMatchObject({ names: ['pasted text'], seeds: [1], hash: '#/file' });
    const experiment = JSON.stringify(preset('strong', { scale: 'XS', seeds: [4] }));
    expect(await paste(experiment)).toMatchObject({ names: ['pasted text'], seeds: [4], problem: null });
    const wrong = experiment.replace('"scale":"XS"', '"scale":"XXL"');
    expect((await paste(wrong)).problem).toMatch(/^What was pasted holds an experiment that is not right/);
  });

  test('the address of another page is gone to', async () => {
    expect((await paste('https://a.example/rewarm/#/fig/5?seeds=1,2.')).hash).toBe('#/fig/5?seeds=1,2');
    const stayed = await paste('https://a.example/rewarm/#/fig/5?seeds=1,2.', false);
    expect(stayed).toMatchObject({ hash: '#/fig/5?seeds=1,2', problem: expect.stringMatching(/holds no results/) });
  });

  test('anything else is said to be no link', async () => {
    expect((await paste('good morning')).problem).toMatch(/^There is no link of the lab/);
  });
});

test('the link under results names the page it leads to and promises nothing of the file', () => {
  expect(fileWords.here('Figure 5')).toBe('Figure 5 on this machine');
  expect(fileWords.here(addressWords.lab)).toBe('The Lab on this machine');
});
