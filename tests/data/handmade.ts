// A small corpus whose bytes say where they are, to see which bytes a window took.

import { createHash } from 'node:crypto';
import { blockBytes } from '../../src/data/blocks';
import { random32 } from '../../src/data/random';
import type { Corpus } from '../../src/data/source';

/** `byte(block, place)` gives the content; 3 splits, 6 blocks each, 2 of them for validation. */
function handmadeCorpus(byte: (block: number, place: number) => number): Corpus {
  const blocks = 18;
  const bytes = Uint8Array.from({ length: blocks * blockBytes }, (_, i) =>
    byte(Math.floor(i / blockBytes), i % blockBytes),
  );
  const digest = createHash('sha256').update(bytes).digest('hex');
  const entry = {
    name: 'handmade',
    title: 'Handmade',
    language: 'zxx',
    file: '',
    bytes: bytes.length,
    gzipBytes: bytes.length,
    sha256: digest,
    licence: 'MIT',
    notice: 'Made by a test.',
    sources: [],
    textBytes: bytes.length,
    textSha256: digest,
    blocks,
    blockBytes,
    splits: 3,
    validationBlocks: 6,
  };
  return { entry, bytes };
}

/** Every byte is its block's number. */
export const numberedBlocks = (): Corpus => handmadeCorpus((block) => block);

/** Random bytes: every window is different. */
export const distinctWindows = (): Corpus => handmadeCorpus((block, place) => random32(1, 'bytes', block, place) & 255);
