// SHA-256: the platform's own where it has it, else a library's, because crypto.subtle is missing on pages served over
// plain http (a class room's own network), and text must be checked there too. Only they fetch the library.

import { CorpusFileError } from './manifest';

/** The digest of `bytes` as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  return subtle ? hex(new Uint8Array(await subtle.digest('SHA-256', bytes))) : hex(await digestByLibrary(bytes));
}

async function digestByLibrary(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const { sha256 } = await import('@noble/hashes/sha2.js');
    return sha256(bytes);
  } catch {
    throw new CorpusFileError('What checks the text could not be fetched.');
  }
}

const hex = (digest: Uint8Array) => Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
