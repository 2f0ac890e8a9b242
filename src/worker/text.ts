// The corpora an experiment reads, fetched from where the page lies and kept while the same ones are wanted.

import { type CorpusEntry, type CorpusManifest, manifestFile, parseManifest } from '../data/manifest';
import { openTextData, type TextData } from '../data/text';
import { corpusNames } from '../experiment/corpora';
import type { Experiment } from '../experiment/spec';
import { type Fetch, served } from './served';

/** How fast text comes, unpacked and checked, before any has come: a line of 20 megabits a second. */
const usualBytesPerSecond = 2_500_000;

/** Of the files that these corpora lie in; splits count as their corpus. */
function packedBytes({ corpora }: CorpusManifest, names: readonly string[]): number {
  const wanted = new Set(names.map((name) => name.split('/')[0]));
  return corpora.reduce((sum, { name, gzipBytes }) => sum + (wanted.has(name) ? gzipBytes : 0), 0);
}

export class TextLibrary {
  readonly #base: string;
  readonly #fetch: Fetch;
  #manifest: Promise<CorpusManifest> | null = null;
  #bytesPerSecond = usualBytesPerSecond;
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
    // The next who asks tries again, from the list on: another build may be served by now.
    opened.data.catch(() => {
      if (this.#open === opened) this.#open = null;
      this.#manifest = null;
    });
    return opened.data;
  }

  /** The texts as they are now, whether they were fetched or not. */
  async stamps(): Promise<readonly CorpusEntry[]> {
    return (await this.#listed()).corpora;
  }

  /** Seconds until the text of an experiment is there: by its size, and how fast the last one came. */
  async secondsFor(experiment: Experiment): Promise<number> {
    const names = corpusNames(experiment).sort();
    if (this.#open?.key === names.join(' ')) return 0;
    return packedBytes(await this.#listed(), names) / this.#bytesPerSecond;
  }

  #listed(): Promise<CorpusManifest> {
    const manifest =
      this.#manifest ?? this.#get(manifestFile).then((bytes) => parseManifest(new TextDecoder().decode(bytes)));
    this.#manifest = manifest;
    manifest.catch(() => {
      if (this.#manifest === manifest) this.#manifest = null;
    });
    return manifest;
  }

  async #read(names: readonly string[]): Promise<TextData> {
    const manifest = await this.#listed();
    const begin = performance.now();
    const data = await openTextData(manifest, (file) => this.#get(file), names);
    this.#bytesPerSecond = (1000 * packedBytes(manifest, names)) / Math.max(1, performance.now() - begin);
    return data;
  }

  #get(file: string): Promise<Uint8Array<ArrayBuffer>> {
    return served(this.#base, file, this.#fetch);
  }
}
