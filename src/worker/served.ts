// A file of text as it is served beside the page: whole, or an error that says what is wrong with it.

import { CorpusFileError } from '../data/manifest';

const folder = 'corpora/';
/** A file of a few megabytes on a slow line. */
const patienceMs = 120_000;

/** `no-cache`: a copy of an earlier build would not fit the other files. */
export type Fetch = (address: string, options: { signal: AbortSignal; cache: 'no-cache' }) => Promise<Response>;

/**
 * @param base address under which the page's files lie
 * @throws CorpusFileError
 */
export async function served(base: string, file: string, fetchFile: Fetch): Promise<Uint8Array<ArrayBuffer>> {
  const unread = (reason: string) => new CorpusFileError(`${folder}${file} could not be read: ${reason}.`);
  const address = new URL(folder + file, base).href;
  const signal = AbortSignal.timeout(patienceMs);
  const response = await fetchFile(address, { signal, cache: 'no-cache' }).catch(() => null);
  if (!response) throw unread('the server did not answer');
  if (!response.ok) throw unread(`the server answered ${response.status}`);
  const bytes = await response.arrayBuffer().catch(() => null);
  if (!bytes) throw unread('the connection broke off');
  return new Uint8Array(bytes);
}
