// The manifest is unknown input: whatever is wrong with it is named by its place.

import { describe, expect, it } from 'vitest';
import type { CorpusManifest } from '../../src/data/manifest';
import { parseManifest } from '../../src/data/manifest';
import { packedManifest } from './packed';

/** The real manifest with one value replaced. */
function changed(change: (manifest: Record<string, unknown>, entry: Record<string, unknown>) => void): string {
  const copy = structuredClone(packedManifest) as CorpusManifest & Record<string, unknown>;
  change(copy, copy.corpora[0] as unknown as Record<string, unknown>);
  return JSON.stringify(copy);
}

describe('parseManifest', () => {
  it('gives back what was written', () => {
    expect(parseManifest(JSON.stringify(packedManifest))).toEqual(packedManifest);
  });

  const cases: [string, string, RegExp][] = [
    ['no JSON', '<!doctype html>', /^manifest\.json is not JSON\.$/],
    ['another kind of JSON', '[]', /damaged at /],
    ['another version', changed((m) => Object.assign(m, { v: 2 })), /damaged at v:/],
    ['an unknown key', changed((m) => Object.assign(m, { extra: 1 })), /damaged at extra:/],
    ['a missing notice', changed((_, e) => delete e['notice']), /damaged at corpora\.0\.notice:/],
    [
      'an empty notice',
      changed((_, e) => Object.assign(e, { notice: '' })),
      /damaged at corpora\.0\.notice: must not be empty/,
    ],
    [
      'a short hash',
      changed((_, e) => Object.assign(e, { sha256: 'abc' })),
      /corpora\.0\.sha256: must be 64 hexadecimal/,
    ],
    [
      'a path for a file',
      changed((_, e) => Object.assign(e, { file: '../x.gz' })),
      /corpora\.0\.file: must be a plain file name/,
    ],
    [
      'a split for a name',
      changed((_, e) => Object.assign(e, { name: 'a/1' })),
      /corpora\.0\.name: must be lower-case/,
    ],
    ['half a byte', changed((_, e) => Object.assign(e, { bytes: 0.5 })), /corpora\.0\.bytes:/],
    ['more bytes than any corpus has', changed((_, e) => Object.assign(e, { bytes: 2 ** 40 })), /corpora\.0\.bytes:/],
    ['sizes that do not fit', changed((_, e) => Object.assign(e, { bytes: 2048 })), /corpora\.0: bytes must be blocks/],
    [
      'uneven splits',
      changed((_, e) => Object.assign(e, { splits: 2 })),
      /corpora\.0: blocks and validationBlocks must be/,
    ],
    [
      'nothing to train on',
      changed((_, e) => Object.assign(e, { validationBlocks: e['blocks'] })),
      /corpora\.0: validationBlocks must be fewer/,
    ],
    [
      'one name twice',
      changed((m) => (m['corpora'] as unknown[]).push((m['corpora'] as unknown[])[0])),
      /corpora: names must differ/,
    ],
  ];

  it.each(cases)('refuses %s', (_what, text, sentence) => {
    expect(() => parseManifest(text)).toThrow(sentence);
  });
});
