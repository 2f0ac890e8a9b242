// The manifest of packed corpora: what the build wrote, read back as unknown input. Each entry carries its sizes,
// SHA-256, licence and the notice the page must show.

import * as v from 'valibot';

/** A corpus that cannot be used; `message` is a plain sentence that names it. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
}

/** A file that is missing, damaged or of another build. What to do differs from place to place: who shows it adds that. */
export class CorpusFileError extends CorpusError {}

export interface CorpusEntry {
  /** Lower-case letters, digits and dashes; what an experiment calls it. */
  readonly name: string;
  readonly title: string;
  /** BCP 47 code: `en`, `de`; `zxx` for an invented language. */
  readonly language: string;
  /** Gzipped file beside the manifest; empty when the text was made in memory. */
  readonly file: string;
  /** Unpacked size: blocks * blockBytes. */
  readonly bytes: number;
  /** Size of the gzipped file. */
  readonly gzipBytes: number;
  /** Of the unpacked bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Short names of the licences. */
  readonly licence: string;
  /** What must be shown with the text, licence texts included. */
  readonly notice: string;
  /** npm packages the text was taken from: `name@version`. */
  readonly sources: readonly string[];
  /** Size and SHA-256 of the cleaned text before it was cut into blocks. */
  readonly textBytes: number;
  readonly textSha256: string;
  /** Blocks in the file; split s of `splits` holds the s-th equal part, its validation blocks last. */
  readonly blocks: number;
  readonly blockBytes: number;
  readonly splits: number;
  /** Validation blocks over all splits. */
  readonly validationBlocks: number;
}

export interface SkippedCorpus {
  readonly name: string;
  /** A sentence: why the build left it out. */
  readonly reason: string;
}

export interface CorpusManifest {
  readonly v: 1;
  /** Version of the packer and of every source package; the build packs again when it changes. */
  readonly packer: string;
  readonly corpora: readonly CorpusEntry[];
  readonly skipped: readonly SkippedCorpus[];
}

/** No packed corpus is larger; a manifest that asks for more is damaged or hostile. */
const largestCorpus = 64 * 1024 * 1024;

const count = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(largestCorpus));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'));
const corpusName = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'));
const filled = v.pipe(v.string(), v.nonEmpty('must not be empty'));

const entrySchema = v.pipe(
  v.strictObject({
    name: corpusName,
    title: filled,
    language: filled,
    file: v.pipe(v.string(), v.regex(/^[a-z0-9.-]+$/, 'must be a plain file name')),
    bytes: count(1),
    gzipBytes: count(1),
    sha256: digest,
    licence: filled,
    notice: filled,
    sources: v.array(filled),
    textBytes: count(1),
    textSha256: digest,
    blocks: count(1),
    blockBytes: count(2),
    splits: count(1),
    validationBlocks: count(1),
  }),
  v.check((entry) => entry.bytes === entry.blocks * entry.blockBytes, 'bytes must be blocks * blockBytes'),
  v.check(
    (entry) => entry.blocks % entry.splits === 0 && entry.validationBlocks % entry.splits === 0,
    'blocks and validationBlocks must be multiples of splits',
  ),
  v.check((entry) => entry.validationBlocks < entry.blocks, 'validationBlocks must be fewer than blocks'),
);

const manifestSchema = v.strictObject({
  v: v.literal(1),
  packer: filled,
  corpora: v.pipe(
    v.array(entrySchema),
    v.check((entries) => new Set(entries.map((entry) => entry.name)).size === entries.length, 'names must differ'),
  ),
  skipped: v.array(v.strictObject({ name: corpusName, reason: filled })),
});

/** Name of the manifest's file, beside the corpora. */
export const manifestFile = 'manifest.json';

/** Reads the text of `manifest.json`; throws `CorpusFileError` naming the place that is wrong. */
export function parseManifest(text: string): CorpusManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CorpusFileError(`${manifestFile} is not JSON.`);
  }
  const result = v.safeParse(manifestSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? 'its top level';
  throw new CorpusFileError(`${manifestFile} is damaged at ${path}: ${issue.message}.`);
}
