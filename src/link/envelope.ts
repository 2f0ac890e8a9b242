// The outside of what travels in a link: a version, how much was sent and a checksum, in letters that no program changes.
// What arrives may have been cut, quoted or encoded again on its way; that is undone or said in one sentence.

import { EndOfBytes } from './coder';

/** The link cannot be opened; `message` is a whole sentence that says why and how to go on. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map(Array.from(alphabet, (letter, value) => [letter, value]));
const version = 1;
/** Bytes before the content: its checksum and its length. */
const headBytes = 8;
/** More than any result that browsers still take as an address. */
const mostLetters = 2_000_000;

/** `1.` and letters, digits, `-` and `_`. */
export function sealed(content: Uint8Array): string {
  const bytes = new Uint8Array(headBytes + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, checksum(content));
  view.setUint32(4, content.length);
  bytes.set(content, headBytes);
  return `${version}.${letters(bytes)}`;
}

/** The content of what `sealed` wrote. @throws LinkError */
export function unsealed(text: string): Uint8Array {
  const [, number = '', body = ''] = /^(\d{1,6})\.(.*)$/s.exec(text) ?? [];
  if (number === '')
    throw new LinkError('This is no link of the lab: it does not begin with a version. Ask for it again.');
  if (Number(number) > version) {
    throw new LinkError(
      'This link was made by a newer version of the lab. Reload the page to update, then open it again.',
    );
  }
  if (Number(number) < version) throw new LinkError('This link has a version that never was. Ask for it again.');
  if (body.length > mostLetters)
    throw new LinkError('This link is far larger than any that the lab makes. Ask for the file instead.');
  const bytes = bytesOf(/^[\w-]*/.exec(body)?.[0] ?? '');
  if (bytes.length < headBytes) throw cut(null, text.length);
  const view = new DataView(bytes.buffer);
  const length = view.getUint32(4);
  // What a program has added behind the end does no harm.
  const content = bytes.subarray(headBytes, headBytes + length);
  if (content.length < length) throw cut(`${version}.`.length + Math.ceil((4 * (headBytes + length)) / 3), text.length);
  if (checksum(content) !== view.getUint32(0)) {
    throw new LinkError(
      'This link was changed on the way: its checksum does not fit. Ask for it again, or for the file.',
    );
  }
  return content;
}

/** What `read` makes of a link's content. @param what in the sentence about a link of something else. @throws LinkError */
export function opened<T>(link: string, what: string, read: (content: Uint8Array) => T): T {
  const content = unsealed(link);
  try {
    return read(content);
  } catch (error) {
    // A coder that reads what no writer wrote runs out of bytes, counts or letters.
    const foreign =
      error instanceof EndOfBytes ||
      error instanceof RangeError ||
      error instanceof SyntaxError ||
      error instanceof URIError;
    if (foreign) throw new LinkError(`This link holds something else than ${what}. Ask for it again.`);
    throw error;
  }
}

function cut(expected: number | null, arrived: number): LinkError {
  // A length that was itself damaged would only confuse.
  const known = expected !== null && expected <= mostLetters;
  const counts = known
    ? ` (${expected.toLocaleString('en')} characters expected, ${arrived.toLocaleString('en')} arrived)`
    : '';
  return new LinkError(`This link was cut off on the way${counts}. Ask for it again, or for the file.`);
}

function letters(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] ?? 0, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0];
    const four = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const count = Math.min(3, bytes.length - i) + 1;
    text += four
      .slice(0, count)
      .map((value) => alphabet[value])
      .join('');
  }
  return text;
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [held, bits, next] = [0, 0, 0];
  for (const letter of text) {
    held = ((held << 6) | (values.get(letter) ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[next++] = (held >> bits) & 0xff;
  }
  return bytes;
}

/** CRC-32 as in zip files and PNG. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
