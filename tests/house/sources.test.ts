// House rules that the linter cannot express: where WGSL lives, what every file opens with, what is never left behind.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Files under a folder with one of these endings, as paths from the root; never installed packages. */
function files(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/') && endings.some((ending) => path.endsWith(ending)));
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const code = ['.ts', '.tsx', '.mjs'];
const shaders = files('shaders', ['.wgsl']);
const sources = files('src', code);
const tests = files('tests', code);

/** `path:line` of every line that matches. */
function places(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  );
}

test('there are sources to look at', () => {
  expect(Math.min(shaders.length, sources.length, tests.length)).toBeGreaterThan(5);
});

describe('WGSL', () => {
  test('lives in shaders/ alone, not in strings', () => {
    expect(places(sources, /@(compute|workgroup_size|group\()/)).toEqual([]);
  });

  test('is what is written: no template marks', () => {
    expect(places(shaders, /\$\{/)).toEqual([]);
  });

  test('has no floating-point atomics: the order of sums is fixed', () => {
    expect(places(shaders, /\batomic/)).toEqual([]);
  });

  test('files have at most 250 lines', () => {
    expect(shaders.filter((path) => read(path).split('\n').length > 250)).toEqual([]);
  });
});

describe('every file', () => {
  test('opens with a comment that says what it is', () => {
    const silent = [...shaders, ...sources, ...tests].filter((path) => !/^(#!.*\n)?(\/\/|\/\*)/.test(read(path)));
    expect(silent).toEqual([]);
  });

  test('says what it holds in its name', () => {
    expect([...sources, ...tests].filter((path) => /(utils?|helpers?|misc|common)\.(ts|tsx|mjs)$/i.test(path))).toEqual(
      [],
    );
  });

  test('leaves nothing for later and silences no check', () => {
    // Put together from parts, so that this file does not find itself.
    const loose = ['TO' + 'DO', 'FIX' + 'ME', '@ts-' + 'expect-error', '@ts-' + 'nocheck', 'biome-' + 'ignore'];
    expect(places([...shaders, ...sources, ...tests], new RegExp(loose.join('|')))).toEqual([]);
  });
});

describe('dependencies', () => {
  const folders = ['.', 'tests', 'tests/bench/peers'];

  test.each(folders)('of %s are pinned to one version', (folder) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(join(folder, 'package.json')));
    const versions: string[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test.each(folders)('of %s are locked by content, not by the address of one registry', (folder) => {
    expect(read(join(folder, 'package-lock.json'))).not.toMatch(
      /"resolved"|https?:\/\/(?!github|opencollective)\S*\.tgz/,
    );
  });
});
