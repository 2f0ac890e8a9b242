// Text of files from outside, in the encodings that editors write.

import { expect, it } from 'vitest';
import { decodeText } from '../../src/data/decode';

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (bytes: Uint8Array) => Uint8Array.from(bytes, (_, i) => bytes[i ^ 1] ?? 0);

it.each<[string, Uint8Array]>([
  ['UTF-8', new TextEncoder().encode('Äpfel {}')],
  ['UTF-8 with a mark', new TextEncoder().encode('\ufeffÄpfel {}')],
  ['UTF-16LE', utf16('\ufeffÄpfel {}')],
  ['UTF-16BE', swapped(utf16('\ufeffÄpfel {}'))],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe('Äpfel {}');
});

it.each<[string, Uint8Array, string]>([
  ['UTF-16 without a mark', utf16('{}'), 'is not UTF-8 text: it holds zero bytes, as UTF-16 and binary files do.'],
  ['Latin-1', new Uint8Array([0x22, 0xe9, 0x22]), 'is not UTF-8 text.'],
  ['a character that is cut', new Uint8Array([0xc3]), 'is not UTF-8 text.'],
  ['an odd number of bytes', new Uint8Array([0xfe, 0xff, 0x22]), 'is not UTF-16BE text.'],
])('refuses %s', (_, bytes, sentence) => {
  expect(() => decodeText(bytes)).toThrow(sentence);
});

it('reads nothing as nothing', () => {
  expect(decodeText(new Uint8Array())).toBe('');
});
