// Two invented languages over one alphabet, for tests and for machines without corpora. They differ in spelling
// (which letter follows which), vocabulary and word order (verb in the middle or at the end); `difference` says how
// much. Every letter comes from random32, so the same options give the same text everywhere.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { blockBytes, dealBlocks } from './blocks';
import { random32 } from './random';
import type { Corpus } from './source';
import type { TextData } from './text';
import { textData } from './text';

export interface SyntheticOptions {
  readonly seed?: number;
  /** Bytes of text in each language before it is cut into blocks. */
  readonly bytes?: number;
  /** 0: both languages are one; 1: they share nothing but the alphabet. */
  readonly difference?: number;
}

const letters = 'abcdefghiklmnoprstuw';
const classSizes = { particle: 8, noun: 160, adjective: 60, verb: 90 } as const;
type WordClass = keyof typeof classSizes;

/** Draws numbers one after another: text is written from left to right. */
type Draw = (below: number) => number;

interface Language {
  readonly words: Readonly<Record<WordClass, readonly string[]>>;
  /** Chance in 2^32 that a sentence has its verb at the end. */
  readonly verbLast: number;
}

function drawer(seed: number, purpose: string): Draw {
  let count = 0;
  return (below) => Math.floor((random32(seed, purpose, count++, 0) * below) / 4294967296);
}

/** A small number more often than a large one: the smaller of two. */
function skewed(draw: Draw, below: number): number {
  return Math.min(draw(below), draw(below));
}

/** For each letter, the letters in the order in which they like to follow it. */
function spelling(draw: Draw): string[][] {
  return Array.from(letters, () => {
    const order = [...letters];
    for (let i = order.length - 1; i > 0; i--) {
      const j = draw(i + 1);
      const kept = order[i] ?? '';
      order[i] = order[j] ?? '';
      order[j] = kept;
    }
    return order;
  });
}

function word(follows: readonly (readonly string[])[], shortest: number, draw: Draw): string {
  const length = shortest + skewed(draw, 7);
  let text = letters[draw(letters.length)] ?? '';
  while (text.length < length) {
    const favourites = follows[letters.indexOf(text.at(-1) ?? '')] ?? [];
    text += favourites[skewed(draw, 5)] ?? '';
  }
  return text;
}

/** A vocabulary; each word is taken from `base` unless chance (`difference`) makes it new. */
function vocabulary(seed: number, name: string, base: Language | null, difference: number): Language['words'] {
  const follows = spelling(drawer(seed, `spelling of ${name}`));
  const draw = drawer(seed, `words of ${name}`);
  const list = (kind: WordClass) =>
    Array.from({ length: classSizes[kind] }, (_, i) => {
      const own = word(follows, kind === 'particle' ? 2 : 3, draw);
      return base === null || draw(1000) < difference * 1000 ? own : (base.words[kind][i] ?? own);
    });
  return { particle: list('particle'), noun: list('noun'), adjective: list('adjective'), verb: list('verb') };
}

function sentence(language: Language, draw: Draw): string {
  const pick = (kind: WordClass) => language.words[kind][skewed(draw, classSizes[kind])] ?? '';
  const verbLast = draw(4294967296) < language.verbLast;
  const group = () => {
    const noun = [pick('noun')];
    if (draw(3) === 0) noun.push(pick('adjective'));
    // The language with the verb at its end puts the adjective behind its noun as well.
    if (!verbLast) noun.reverse();
    return [pick('particle'), ...noun];
  };
  const subject = group();
  const object = group();
  const verb = [pick('verb')];
  const words = verbLast ? [...subject, ...object, ...verb] : [...subject, ...verb, ...object];
  return `${words.join(' ')}.`;
}

function write(language: Language, seed: number, name: string, bytes: number): string {
  const draw = drawer(seed, `sentences of ${name}`);
  const sentences: string[] = [];
  for (let length = 0; length < bytes; length += (sentences.at(-1)?.length ?? 0) + 1) {
    sentences.push(sentence(language, draw));
  }
  return sentences.join(' ');
}

function corpus(name: string, title: string, text: string): Corpus {
  const cleaned = new TextEncoder().encode(text);
  const dealt = dealBlocks(cleaned, name);
  const { bytes, blocks, splits, validationBlocks } = dealt;
  const entry = {
    name,
    title,
    language: 'zxx',
    file: '',
    bytes: bytes.length,
    gzipBytes: bytes.length,
    sha256: bytesToHex(sha256(bytes)),
    licence: 'MIT',
    notice: 'An invented language, written by this program from random numbers.',
    sources: [],
    textBytes: cleaned.length,
    textSha256: bytesToHex(sha256(cleaned)),
    blocks,
    blockBytes,
    splits,
    validationBlocks,
  };
  return { entry, bytes };
}

/** The corpora `synthetic-a` and `synthetic-b`, with their splits. */
export function syntheticTextData(options: SyntheticOptions = {}): TextData {
  const { seed = 1, bytes = 400_000, difference = 1 } = options;
  const first: Language = { words: vocabulary(seed, 'a', null, 1), verbLast: 0 };
  const second: Language = {
    words: vocabulary(seed, 'b', first, difference),
    verbLast: difference * 4294967296,
  };
  return textData([
    corpus('synthetic-a', 'Invented language A', write(first, seed, 'a', bytes)),
    corpus('synthetic-b', 'Invented language B', write(second, seed, 'b', bytes)),
  ]);
}
