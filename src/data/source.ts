// Where tokens come from: windows of T+1 bytes cut from the blocks of a corpus or of one of its splits. Windows never
// cross a block border, start at multiples of T inside their block, and any of them can be had by its index.

import type { CorpusEntry } from './manifest';
import { CorpusError } from './manifest';
import { permute, random32 } from './random';

export interface TokenSource {
  /** Name of the corpus or split: `literature`, `literature/1`. */
  readonly name: string;
  /** Tokens (bytes) in the training blocks. */
  readonly trainTokens: number;
  /**
   * Writes the `index`-th training window of the order that `seed` chooses: T+1 tokens at `out[offset]`. Each pass over
   * the training blocks takes every window once, in an order of its own.
   */
  trainWindow(seed: number, index: number, context: number, out: Uint8Array, offset: number): void;
  /**
   * The fixed validation set: (n, T+1) windows, n = ceil(tokens / T), the same for every seed and spread over all
   * validation blocks. A smaller set is the beginning of a larger one.
   */
  validationWindows(tokens: number, context: number): Uint8Array;
}

/** A corpus in memory. */
export interface Corpus {
  readonly entry: CorpusEntry;
  /** (blocks, blockBytes). */
  readonly bytes: Uint8Array;
}

/** Windows that fit into a block: T+1 bytes each, starting at multiples of T. */
export function windowsPerBlock(context: number, blockBytes: number): number {
  const windows = Math.floor((blockBytes - 1) / context);
  if (Number.isInteger(context) && windows >= 1 && context >= 1) return windows;
  throw new CorpusError(
    `A context of ${context} tokens does not fit: take a whole number from 1 to ${blockBytes - 1}.`,
  );
}

/** Tokens (bytes) to train on, those held out for validation left away; `split` as for `tokenSource`. */
export function trainTokens(entry: CorpusEntry, split: number | null): number {
  const blocks = entry.blocks - entry.validationBlocks;
  return (entry.blockBytes * blocks) / (split === null ? 1 : entry.splits);
}

interface BlockLists {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** Blocks of the splits in `splits` (counted from 0), the splits taken in turn. */
function blockLists(entry: CorpusEntry, splits: readonly number[]): BlockLists {
  const splitBlocks = entry.blocks / entry.splits;
  const held = entry.validationBlocks / entry.splits;
  const deal = (first: number, blocks: number) =>
    Uint32Array.from({ length: blocks * splits.length }, (_, i) => {
      const split = splits[i % splits.length] ?? 0;
      return split * splitBlocks + first + Math.floor(i / splits.length);
    });
  return { train: deal(0, splitBlocks - held), validation: deal(splitBlocks - held, held) };
}

/** The source of a whole corpus, or of its split 1, 2, ... when `split` is not null. */
export function tokenSource(corpus: Corpus, split: number | null): TokenSource {
  const { entry, bytes } = corpus;
  const name = split === null ? entry.name : `${entry.name}/${split}`;
  const splits = split === null ? Array.from({ length: entry.splits }, (_, i) => i) : [split - 1];
  const { train, validation } = blockLists(entry, splits);

  /** Copies window `slot` of the block. */
  const copy = (block: number, slot: number, context: number, out: Uint8Array, offset: number) => {
    const start = block * entry.blockBytes + slot * context;
    out.set(bytes.subarray(start, start + context + 1), offset);
  };

  return {
    name,
    trainTokens: trainTokens(entry, split),
    trainWindow(seed, index, context, out, offset) {
      const slots = windowsPerBlock(context, entry.blockBytes);
      const windows = train.length * slots;
      const epoch = Math.floor(index / windows);
      const place = permute(index % windows, windows, random32(seed, `order of ${name}`, epoch, 0));
      copy(train[Math.floor(place / slots)] ?? 0, place % slots, context, out, offset);
    },
    validationWindows(tokens, context) {
      const slots = windowsPerBlock(context, entry.blockBytes);
      const held = validation.length * slots;
      const wanted = Math.ceil(tokens / context);
      if (!(wanted >= 1 && wanted <= held)) {
        throw new CorpusError(
          `The validation set of "${name}" holds ${held * context} tokens in windows of ${context}, but ${tokens} were asked for. Ask for a number from 1 to ${held * context}.`,
        );
      }
      const out = new Uint8Array(wanted * (context + 1));
      for (let i = 0; i < wanted; i++) {
        // The first window of every block, then the second of every block, and so on.
        copy(
          validation[i % validation.length] ?? 0,
          Math.floor(i / validation.length),
          context,
          out,
          i * (context + 1),
        );
      }
      return out;
    },
  };
}
