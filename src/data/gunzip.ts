// Unpacks one gzipped corpus. The manifest says how large it is, and not a byte more is accepted.

import { CorpusFileError } from './manifest';

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The unpacked bytes; exactly `size` of them or a `CorpusFileError` that names `file`. */
export async function gunzip(file: string, packed: Uint8Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  // Some servers declare .gz files as a content encoding, and the browser has unpacked them already.
  if (!isGzip(packed) && packed.length === size) return packed.slice();
  if (!isGzip(packed)) throw new CorpusFileError(`${file} is not a gzip file.`);

  const unpacked = new Uint8Array(size);
  let filled = 0;
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const chunk = await reader.read().catch(() => null);
    if (chunk === null) throw new CorpusFileError(`${file} is cut short or damaged.`);
    if (chunk.done) break;
    if (filled + chunk.value.length > size) {
      await reader.cancel();
      throw new CorpusFileError(`${file} holds more than the ${size} bytes its manifest states.`);
    }
    unpacked.set(chunk.value, filled);
    filled += chunk.value.length;
  }
  if (filled < size) {
    throw new CorpusFileError(`${file} holds ${filled} bytes, its manifest states ${size}.`);
  }
  return unpacked;
}
