// The text of a file that a person gives: UTF-8, or what Windows programs write when they say "Unicode". Anything else is
// refused by name, because what it would be read as is full of characters that nobody wrote.

/** The file is no text that can be read; `message` is the end of a sentence: `is not UTF-8 text`. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** Reads UTF-8, with or without a mark at its beginning, and UTF-16 with one. @throws EncodingError */
export function decodeText(bytes: Uint8Array): string {
  const encoding = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0] ?? 'utf-8';
  // Text has no zero bytes; UTF-16 of Latin letters has one in two.
  if (encoding === 'utf-8' && bytes.includes(0)) {
    throw new EncodingError('is not UTF-8 text: it holds zero bytes, as UTF-16 and binary files do. Save it as UTF-8');
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new EncodingError(`is not ${encoding.toUpperCase()} text. Save it as UTF-8`);
  }
}
