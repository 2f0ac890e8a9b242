// The text of an experiment: opens packed corpora through whatever fetches files here (page, worker, Node) and hands
// out token sources by the names an experiment uses.

import { gunzip } from './gunzip';
import type { CorpusEntry, CorpusManifest } from './manifest';
import { CorpusError, CorpusFileError } from './manifest';
import { sha256 } from './sha256';
import type { Corpus, TokenSource } from './source';
import { tokenSource, trainTokens } from './source';

export interface TextData {
  /** The source called `name`: a corpus, or a split such as `literature/1`. Throws `CorpusError` when unknown. */
  source(name: string): TokenSource;
  /** Every name `source` knows. */
  names(): string[];
  /** The corpora that are open. */
  entries(): CorpusEntry[];
}

/** Reads a file that lies beside the manifest. */
export type FetchFile = (file: string) => Promise<Uint8Array>;

export interface ResolvedName {
  readonly entry: CorpusEntry;
  /** 1, 2, ...; null for the whole corpus. */
  readonly split: number | null;
}

function sourceNames(entries: readonly CorpusEntry[]): string[] {
  return entries.flatMap((entry) => [
    entry.name,
    ...Array.from({ length: entry.splits }, (_, i) => `${entry.name}/${i + 1}`),
  ]);
}

/** The corpus and split that `name` means. Throws `CorpusError` listing the known names. */
export function resolveCorpus(name: string, manifest: Pick<CorpusManifest, 'corpora' | 'skipped'>): ResolvedName {
  const parts = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(name);
  const entry = manifest.corpora.find((candidate) => candidate.name === parts?.[1]);
  const split = parts?.[2] === undefined ? null : Number(parts[2]);
  if (entry !== undefined && (split === null || split <= entry.splits)) return { entry, split };
  const skipped = manifest.skipped.find((candidate) => candidate.name === parts?.[1]);
  if (skipped !== undefined) throw new CorpusError(`The corpus "${name}" was left out by the build: ${skipped.reason}`);
  const known = sourceNames(manifest.corpora).join(', ') || 'none';
  throw new CorpusError(`There is no corpus called "${name}". Known: ${known}.`);
}

/** Tokens to train on that a list of texts says a corpus or split has; null for one that it does not know. */
export function listedTokens(name: string, corpora: readonly CorpusEntry[]): number | null {
  try {
    const { entry, split } = resolveCorpus(name, { corpora, skipped: [] });
    return trainTokens(entry, split);
  } catch (error) {
    if (error instanceof CorpusError) return null;
    throw error;
  }
}

/** Checks size and SHA-256 of unpacked bytes against their entry. */
export async function loadCorpus(entry: CorpusEntry, bytes: Uint8Array<ArrayBuffer>): Promise<Corpus> {
  const label = entry.file || entry.name;
  if (bytes.length !== entry.bytes) {
    throw new CorpusFileError(`${label} holds ${bytes.length} bytes, its manifest states ${entry.bytes}.`);
  }
  const digest = await sha256(bytes);
  if (digest !== entry.sha256) {
    throw new CorpusFileError(
      `${label} is not the text its manifest describes (SHA-256 ${digest.slice(0, 12)}..., expected ${entry.sha256.slice(0, 12)}...).`,
    );
  }
  return { entry, bytes };
}

/** Text held in memory. */
export function textData(corpora: readonly Corpus[], skipped: CorpusManifest['skipped'] = []): TextData {
  const entries = corpora.map((corpus) => corpus.entry);
  const sources = new Map<string, TokenSource>();
  return {
    source(name) {
      const ready = sources.get(name);
      if (ready !== undefined) return ready;
      const { entry, split } = resolveCorpus(name, { corpora: entries, skipped });
      const corpus = corpora.find((candidate) => candidate.entry === entry);
      if (corpus === undefined) throw new CorpusError(`The corpus "${name}" is not open.`);
      const source = tokenSource(corpus, split);
      sources.set(name, source);
      return source;
    },
    names: () => sourceNames(entries),
    entries: () => [...entries],
  };
}

async function open(entry: CorpusEntry, fetchFile: FetchFile): Promise<Corpus> {
  let packed: Uint8Array;
  try {
    packed = await fetchFile(entry.file);
  } catch (cause) {
    if (cause instanceof CorpusError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CorpusFileError(`${entry.file} could not be read (${reason}).`, { cause });
  }
  return loadCorpus(entry, await gunzip(entry.file, packed, entry.bytes));
}

/**
 * Opens the corpora that `names` need (splits count as their corpus), or all of them.
 * Rejects with `CorpusError` for an unknown name and for a file that is missing or not what the manifest says.
 */
export async function openTextData(
  manifest: CorpusManifest,
  fetchFile: FetchFile,
  names?: readonly string[],
): Promise<TextData> {
  const wanted = names?.map((name) => resolveCorpus(name, manifest).entry) ?? manifest.corpora;
  const corpora = await Promise.all([...new Set(wanted)].map((entry) => open(entry, fetchFile)));
  return textData(corpora, manifest.skipped);
}
