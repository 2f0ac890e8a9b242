// Opening text: only what is needed, and a plain sentence for whatever is wrong with a file or a name.

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CorpusManifest } from '../../src/data/manifest';
import { CorpusError, CorpusFileError } from '../../src/data/manifest';
import type { FetchFile } from '../../src/data/text';
import { openTextData, resolveCorpus } from '../../src/data/text';
import { numberedBlocks } from './handmade';
import { fetchPacked, packedManifest } from './packed';

const corpus = numberedBlocks();
const packed = gzipSync(corpus.bytes);
const entry = { ...corpus.entry, file: 'handmade.bin.gz', gzipBytes: packed.length };
const manifest: CorpusManifest = {
  v: 1,
  packer: 'test',
  corpora: [entry],
  skipped: [{ name: 'german', reason: 'npm package de-corpus is not installed.' }],
};

const open = (bytes: Uint8Array, changes: Partial<typeof entry> = {}) =>
  openTextData({ ...manifest, corpora: [{ ...entry, ...changes }] }, () => Promise.resolve(bytes));

describe('openTextData', () => {
  it('opens what is asked for, and fetches nothing else', async () => {
    const fetched: string[] = [];
    const fetchFile: FetchFile = (file) => {
      fetched.push(file);
      return fetchPacked(file);
    };
    const data = await openTextData(packedManifest, fetchFile, ['german/2', 'german', 'german/1']);
    expect(fetched).toEqual(['german.bin.gz']);
    expect(data.names()).toEqual(['german', 'german/1', 'german/2', 'german/3']);
    expect(data.entries().map((opened) => opened.name)).toEqual(['german']);
    expect(data.source('german/2').name).toBe('german/2');
    expect(data.source('german/2')).toBe(data.source('german/2'));
  });

  it('takes bytes that the browser has unpacked already', async () => {
    const data = await open(corpus.bytes);
    expect(data.source('handmade').trainTokens).toBe(12 * 2048);
  });

  it('has splits that together are the whole', async () => {
    const data = await open(packed);
    const parts = ['handmade/1', 'handmade/2', 'handmade/3'].map((name) => data.source(name).trainTokens);
    expect(parts.reduce((a, b) => a + b, 0)).toBe(data.source('handmade').trainTokens);
  });
});

describe('a damaged file', () => {
  const larger = gzipSync(new Uint8Array(40_000_000));
  const changed = corpus.bytes.slice();
  changed[12_345] = 99;
  const cases: [string, Uint8Array, RegExp][] = [
    ['cut short', packed.subarray(0, packed.length - 20), /^handmade\.bin\.gz is cut short or damaged\.$/],
    ['cut to its header', packed.subarray(0, 12), /^handmade\.bin\.gz is cut short or damaged/],
    ['empty', new Uint8Array(0), /^handmade\.bin\.gz is not a gzip file/],
    ['a web page', new TextEncoder().encode('<!doctype html>'), /^handmade\.bin\.gz is not a gzip file/],
    ['larger than stated', larger, /^handmade\.bin\.gz holds more than the 36864 bytes its manifest states/],
    [
      'smaller than stated',
      gzipSync(corpus.bytes.subarray(1)),
      /^handmade\.bin\.gz holds 36863 bytes, its manifest states 36864/,
    ],
    ['another text', gzipSync(changed), /^handmade\.bin\.gz is not the text its manifest describes/],
  ];

  it.each(cases)('%s gives a sentence that names it', async (_what, bytes, sentence) => {
    const failure = await open(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CorpusFileError);
    expect((failure as CorpusFileError).message).toMatch(sentence);
    // What to do is not the same on the page and at the command line.
    expect((failure as CorpusFileError).message).not.toMatch(/npm|page/);
  });

  it('that cannot be fetched is named with the reason', async () => {
    const failing = openTextData(manifest, () => Promise.reject(new Error('404')));
    await expect(failing).rejects.toThrow(/^handmade\.bin\.gz could not be read \(404\)\.$/);
    const own = new CorpusError('The line is down.');
    await expect(openTextData(manifest, () => Promise.reject(own))).rejects.toBe(own);
  });
});

describe('a name', () => {
  it('may mean a corpus or one of its splits', () => {
    expect(resolveCorpus('handmade', manifest)).toEqual({ entry, split: null });
    expect(resolveCorpus('handmade/3', manifest)).toEqual({ entry, split: 3 });
  });

  it.each(['english', 'handmade/0', 'handmade/4', 'handmade/', 'handmade/1/2', 'handmade/01', '', '../handmade'])(
    'that is unknown ("%s") is answered with the known ones',
    (name) => {
      expect(() => resolveCorpus(name, manifest)).toThrow(
        `There is no corpus called "${name}". Known: handmade, handmade/1, handmade/2, handmade/3.`,
      );
    },
  );

  it('of a corpus the build left out is answered with the reason', async () => {
    const sentence = 'The corpus "german/1" was left out by the build: npm package de-corpus is not installed.';
    await expect(openTextData(manifest, fetchPacked, ['german/1'])).rejects.toThrow(sentence);
    expect((await open(packed)).source.bind(null, 'german/1')).toThrow(sentence);
  });
});
