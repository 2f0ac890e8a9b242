// A small corpus whose bytes say where they are, to see which bytes a window took.

import { blockBytes } from '../../src/data/blocks';
import { random32 } from '../../src/data/random';
import { sha256 } from '../../src/data/sha256';
import type { Corpus } from '../../src/data/source';

/** `byte(block, place)` gives the content; 3 splits, 6 blocks each, 2 of them for validation. */
function handmadeCorpus(byte: (block: number, place: number) => number): Corpus {
  const blocks = 18;
  const bytes = Uint8Array.from({ length: blocks * blockBytes }, (_, i) =>
    byte(Math.floor(i / blockBytes), i % blockBytes),
  );
  const entry = {
    name: 'handmade',
    title: 'Handmade',
    language: 'zxx',
    file: '',
    bytes: bytes.length,
    gzipBytes: bytes.length,
    sha256: sha256(bytes),
    licence: 'MIT',
    notice: 'Made by a test.',
    sources: [],
    textBytes: bytes.length,
    textSha256: sha256(bytes),
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
