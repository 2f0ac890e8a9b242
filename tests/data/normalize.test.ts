// The cleaning rules, one by one, and that cleaning twice changes nothing.

import { describe, expect, it } from 'vitest';
import { joinLines, normalizeText } from '../../src/data/normalize';

const cases: [string, string, string][] = [
  ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
  ['curly and angled quotes', '„Wort“ ‚so‘ «là» “x” it’s', '"Wort" \'so\' "là" "x" it\'s'],
  ['dashes and ellipsis', '1–2 — so… −3', '1-2 -- so... -3'],
  ['blanks', 'a\u00a0b\tc   d', 'a b c d'],
  ['blanks at line ends', 'a  \n  b', 'a\nb'],
  ['empty lines', 'a\n\n\n\nb', 'a\n\nb'],
  ['soft hyphens, marks and control bytes', '\ufeffWort\u00adende\u200b\u0007\u001a', 'Wortende'],
  ['composed letters', 'u\u0308ber', 'über'],
  ['umlauts', 'Ärger über Öl, Straße', 'Ärger über Öl, Straße'],
];

describe('normalizeText', () => {
  it.each(cases)('%s', (_what, raw, clean) => {
    expect(normalizeText(raw)).toBe(clean);
    expect(normalizeText(clean)).toBe(clean);
  });
});

describe('joinLines', () => {
  it('joins the lines of a paragraph and keeps paragraphs apart', () => {
    expect(joinLines('one\ntwo\n\nthree\nfour')).toBe('one two\n\nthree four');
  });
});
