// The corpora an experiment reads, fetched from where the page lies and kept while the same ones are wanted.

import { CorpusError, type CorpusManifest, manifestFile, parseManifest } from '../data/manifest';
import { openTextData, type TextData } from '../data/text';
import { corpusNames } from '../experiment/corpora';
import type { CorpusStamp } from '../experiment/evidence/record';
import type { Experiment } from '../experiment/spec';

const folder = 'corpora/';
/** A file of a few megabytes on a slow line. */
const patienceMs = 120_000;

export type Fetch = (address: string, options: { signal: AbortSignal }) => Promise<Response>;

export class TextLibrary {
  readonly #base: string;
  readonly #fetch: Fetch;
  #manifest: Promise<CorpusManifest> | null = null;
  #open: { readonly key: string; readonly data: Promise<TextData> } | null = null;

  constructor(base: string, fetchFile: Fetch) {
    this.#base = base;
    this.#fetch = fetchFile;
  }

  /** The text of an experiment, fetched once for all who ask; rejects with `CorpusError` naming the file or the corpus. */
  of(experiment: Experiment): Promise<TextData> {
    const names = corpusNames(experiment).sort();
    const key = names.join(' ');
    if (this.#open?.key === key) return this.#open.data;
    const opened = { key, data: this.#read(names) };
    this.#open = opened;
    // The next who asks tries again.
    opened.data.catch(() => {
      if (this.#open === opened) this.#open = null;
    });
    return opened.data;
  }

  /** The texts as they are now, whether they were fetched or not. */
  async stamps(): Promise<readonly CorpusStamp[]> {
    return (await this.#listed()).corpora;
  }

  #listed(): Promise<CorpusManifest> {
    const manifest =
      this.#manifest ?? this.#get(manifestFile).then(async (response) => parseManifest(await response.text()));
    this.#manifest = manifest;
    manifest.catch(() => {
      if (this.#manifest === manifest) this.#manifest = null;
    });
    return manifest;
  }

  async #read(names: readonly string[]): Promise<TextData> {
    const manifest = await this.#listed();
    const file = async (name: string) => new Uint8Array(await (await this.#get(name)).arrayBuffer());
    return openTextData(manifest, file, names);
  }

  async #get(file: string): Promise<Response> {
    const address = new URL(folder + file, this.#base).href;
    const response = await this.#fetch(address, { signal: AbortSignal.timeout(patienceMs) }).catch(() => null);
    if (response?.ok) return response;
    const reason = response ? `the server answered ${response.status}` : 'the server did not answer';
    throw new CorpusError(`${folder}${file} could not be read: ${reason}. Check the connection and press Run again.`);
  }
}
