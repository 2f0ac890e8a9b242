// Windows: inside one block, each once an epoch, found by index alone, validation apart from training.

import { describe, expect, it } from 'vitest';
import type { TokenSource } from '../../src/data/source';
import { tokenSource, windowsPerBlock } from '../../src/data/source';
import { openTextData } from '../../src/data/text';
import { distinctWindows, numberedBlocks } from './handmade';
import { fetchPacked, packedManifest } from './packed';

const contexts = [1, 7, 64, 128, 1000, 1024, 2047];

/** `count` training windows from index `first`, as strings of Latin-1. */
function train(source: TokenSource, seed: number, first: number, count: number, context: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const out = Buffer.alloc(context + 1);
    source.trainWindow(seed, first + i, context, out, 0);
    return out.toString('latin1');
  });
}

function validation(source: TokenSource, tokens: number, context: number): string[] {
  const windows = source.validationWindows(tokens, context);
  const count = windows.length / (context + 1);
  return Array.from({ length: count }, (_, i) =>
    Buffer.from(windows.subarray(i * (context + 1), (i + 1) * (context + 1))).toString('latin1'),
  );
}

function epochWindows(source: TokenSource, context: number): number {
  return (source.trainTokens / 2048) * windowsPerBlock(context, 2048);
}

describe('a window', () => {
  it.each(contexts)('of T = %i lies in one block, training and validation apart', (context) => {
    const corpus = numberedBlocks();
    for (const split of [null, 1, 2, 3]) {
      const source = tokenSource(corpus, split);
      const blocksOf = (windows: string[]) => {
        for (const window of windows) expect(new Set(window).size, 'blocks in one window').toBe(1);
        return new Set(windows.map((window) => window.charCodeAt(0)));
      };
      const trained = blocksOf(train(source, 5, 0, epochWindows(source, context), context));
      const capacity = (split === null ? 6 : 2) * windowsPerBlock(context, 2048) * context;
      const held = blocksOf(validation(source, capacity, context));
      const inSplit = (block: number) => split === null || Math.floor(block / 6) === split - 1;
      const all = Array.from({ length: 18 }, (_, i) => i).filter(inSplit);
      expect([...trained].sort((a, b) => a - b)).toEqual(all.filter((block) => block % 6 < 4));
      expect([...held].sort((a, b) => a - b)).toEqual(all.filter((block) => block % 6 >= 4));
    }
  });

  it('starts at a multiple of T', () => {
    const corpus = distinctWindows();
    const text = Buffer.from(corpus.bytes).toString('latin1');
    for (const window of train(tokenSource(corpus, null), 1, 0, 200, 100)) {
      expect((text.indexOf(window) % 2048) % 100).toBe(0);
    }
  });

  it('refuses a context that no block can hold', () => {
    for (const context of [0, -1, 1.5, 2048, Number.NaN]) {
      expect(() => tokenSource(numberedBlocks(), null).validationWindows(1, context)).toThrow(
        /A context of .* does not fit/,
      );
    }
  });
});

describe('the training order', () => {
  it.each(contexts)('takes every window of T = %i once an epoch, each epoch in another order', (context) => {
    const source = tokenSource(distinctWindows(), null);
    const windows = epochWindows(source, context);
    // Windows of two random bytes repeat by chance, so counts are compared, not sets.
    const first = train(source, 1, 0, windows, context);
    const second = train(source, 1, windows, windows, context);
    expect([...first].sort()).toEqual([...second].sort());
    expect(first).not.toEqual(second);
    if (context >= 7) expect(new Set(first).size).toBe(windows);
  });

  it('is the same in any batches, from any index, and after a pause', () => {
    const source = tokenSource(distinctWindows(), 2);
    const context = 64;
    const inOrder = train(source, 9, 0, 300, context);
    for (const batch of [1, 7, 32]) {
      const steps = Math.ceil(300 / batch);
      const batched = Array.from({ length: steps }, (_, step) => train(source, 9, step * batch, batch, context)).flat();
      expect(batched.slice(0, 300)).toEqual(inOrder);
    }
    const backwards = Array.from({ length: 300 }, (_, i) => train(source, 9, 299 - i, 1, context)).flat();
    expect(backwards.reverse()).toEqual(inOrder);
    expect(train(tokenSource(distinctWindows(), 2), 9, 150, 150, context)).toEqual(inOrder.slice(150));
  });

  it('differs between seeds and between a corpus and its split', () => {
    const corpus = distinctWindows();
    const order = (seed: number, split: number | null) => train(tokenSource(corpus, split), seed, 0, 50, 64);
    expect(order(1, null)).not.toEqual(order(2, null));
    expect(order(1, null)).not.toEqual(order(1, 1));
  });

  it('writes only the T+1 bytes it was given', () => {
    const out = new Uint8Array(100).fill(255);
    tokenSource(numberedBlocks(), null).trainWindow(1, 0, 10, out, 40);
    expect([...out.keys()].filter((i) => out[i] !== 255)).toEqual(Array.from({ length: 11 }, (_, i) => 40 + i));
  });

  it('holds on real text: one epoch of German is every training window, once', async () => {
    const data = await openTextData(packedManifest, fetchPacked, ['german']);
    const source = data.source('german');
    const [entry] = data.entries();
    const windows = epochWindows(source, 64);
    expect(windows).toBe((entry!.blocks - entry!.validationBlocks) * 31);
    const first = train(source, 1, 0, windows, 64);
    const second = train(source, 2, windows * 3, windows, 64);
    expect(first).not.toEqual(second);
    expect([...first].sort()).toEqual([...second].sort());
  });
});

describe('the validation set', () => {
  it('is nested: a smaller one begins a larger one', () => {
    const source = tokenSource(distinctWindows(), null);
    const all = validation(source, 6 * 31 * 64, 64);
    for (const tokens of [1, 64, 65, 640, 6 * 31 * 64 - 1]) {
      const some = validation(source, tokens, 64);
      expect(some.length).toBe(Math.ceil(tokens / 64));
      expect(some).toEqual(all.slice(0, some.length));
    }
    expect(new Set(all).size).toBe(6 * 31);
  });

  it('is spread over all validation blocks of all splits, however small', () => {
    const source = tokenSource(numberedBlocks(), null);
    const block = (window: string) => window.charCodeAt(0);
    expect(new Set(validation(source, 6 * 64, 64).map(block)).size).toBe(6);
    expect(new Set(validation(source, 3 * 64, 64).map((window) => Math.floor(block(window) / 6))).size).toBe(3);
  });

  it('says how much there is when more is asked for', () => {
    const source = tokenSource(numberedBlocks(), 3);
    const sentence =
      'The validation set of "handmade/3" holds 3968 tokens in windows of 64, but 3969 were asked for. Ask for a number from 1 to 3968.';
    expect(() => source.validationWindows(3969, 64)).toThrow(sentence);
    expect(() => source.validationWindows(0, 64)).toThrow('Ask for a number from 1 to 3968');
    expect(() => source.validationWindows(Number.NaN, 64)).toThrow('Ask for a number');
  });
});
