// How text becomes a corpus: cut into blocks, blocks shuffled, dealt into splits, each with training and validation
// blocks. Shuffling comes first because neighbours in a book or a century resemble each other: contiguous thirds of
// one corpus differ by more than two corpora may, dealt blocks do not.

import { CorpusError } from './manifest';
import { permute, random32 } from './random';

export const blockBytes = 2048;
const splitCount = 3;
/** One fixed order of blocks for everybody: validation blocks must not depend on an experiment's seed. */
const shuffleSeed = 1;

/** Validation blocks of one split: about a fifteenth of it, but enough to measure (25) and no more than useful (75). */
function validationShare(splitBlocks: number): number {
  const fifteenth = Math.floor(splitBlocks / 15);
  return Math.max(1, Math.min(75, Math.max(25, fifteenth), Math.floor(splitBlocks / 4)));
}

/** Start of each whole block; a block never starts inside a UTF-8 character (its last one may be cut). */
function blockStarts(text: Uint8Array): number[] {
  const starts: number[] = [];
  let start = 0;
  while (start + blockBytes <= text.length) {
    starts.push(start);
    start += blockBytes;
    // Continuation bytes are 10xxxxxx.
    while (((text[start] ?? 0) & 0xc0) === 0x80) start++;
  }
  return starts;
}

export interface DealtBlocks {
  /** (blocks, blockBytes) in file order: split by split, training blocks before validation blocks. */
  readonly bytes: Uint8Array;
  readonly blocks: number;
  readonly splits: number;
  readonly validationBlocks: number;
}

/**
 * Cuts, shuffles and deals. The rest behind the last whole block is dropped, and up to two blocks so that the splits
 * are equal.
 * @param name the corpus; different corpora are shuffled differently
 */
export function dealBlocks(text: Uint8Array, name: string): DealtBlocks {
  const starts = blockStarts(text);
  const splitBlocks = Math.floor(starts.length / splitCount);
  if (splitBlocks < 4) {
    const needed = Math.ceil((4 * splitCount * blockBytes) / 1000);
    throw new CorpusError(`"${name}" has ${text.length} bytes of text; at least ${needed} kB are needed.`);
  }
  const blocks = splitBlocks * splitCount;
  const bytes = new Uint8Array(blocks * blockBytes);
  const key = random32(shuffleSeed, `blocks of ${name}`, 0, 0);
  for (let block = 0; block < blocks; block++) {
    const start = starts[permute(block, starts.length, key)] ?? 0;
    bytes.set(text.subarray(start, start + blockBytes), block * blockBytes);
  }
  return { bytes, blocks, splits: splitCount, validationBlocks: validationShare(splitBlocks) * splitCount };
}
