// One cleaning for all text, whatever its source: plain quotes, dashes and spaces, one blank at a time, at most one
// empty line. Umlauts and other letters stay as they are. Works on packed corpora and on a visitor's own file alike.

const replacements: readonly (readonly [RegExp, string])[] = [
  [/\r\n?/g, '\n'],
  [/[\u2018-\u201b\u2039\u203a\u2032]/g, "'"],
  [/[\u201c-\u201f\u00ab\u00bb\u2033]/g, '"'],
  [/[\u2010-\u2013\u2212]/g, '-'],
  [/[\u2014\u2015]/g, '--'],
  [/\u2026/g, '...'],
  [/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  // Soft hyphens, zero-width and direction marks, byte order marks.
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, ''],
  // Control characters, the line feed excepted.
  [/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ''],
  [/ +/g, ' '],
  [/ *\n */g, '\n'],
  [/\n{3,}/g, '\n\n'],
];

/** The cleaned text, without blank space at its ends. */
export function normalizeText(text: string): string {
  return replacements
    .reduce((cleaned, [pattern, plain]) => cleaned.replace(pattern, plain), text.normalize('NFC'))
    .trim();
}

/** Joins the lines of a paragraph, for prose whose line breaks only fit a page. */
export function joinLines(text: string): string {
  return text.replace(/([^\n])\n(?!\n)/g, '$1 ');
}
