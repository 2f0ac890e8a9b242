// House rules that the linter cannot express: where WGSL lives, what every file opens with, what is never left behind.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
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

describe('the rooms of a folder', () => {
  /** `a -> b` for every import from one folder inside a folder of src/ into another, with the places. */
  const ways = new Map<string, string[]>();
  const all = new Set(sources);
  const room = (path: string) => path.split('/').slice(1, -1).slice(0, 2).join('/');
  for (const path of sources) {
    for (const [, target = ''] of read(path).matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const full = join(dirname(path), target).replaceAll('\\', '/');
      const hit = [full, `${full}.ts`, `${full}.tsx`, `${full}/index.ts`].find((one) => all.has(one)) ?? '';
      const [from, to] = [room(path), room(hit)];
      const inside = from.split('/')[0] === to.split('/')[0] && from.includes('/') && to.includes('/') && from !== to;
      if (inside) ways.set(`${from} -> ${to}`, [...(ways.get(`${from} -> ${to}`) ?? []), path]);
    }
  }

  test('are looked at', () => {
    expect([...ways.keys()]).toContain('experiment/figures -> experiment/evidence');
  });

  test('import each other one way', () => {
    const circles = [...ways].filter(([way]) => ways.has(way.split(' -> ').toReversed().join(' -> ')));
    expect(circles).toEqual([]);
  });
});

describe('every file', () => {
  test('opens with a comment that says what it is', () => {
    const silent = [...shaders, ...sources, ...tests].filter((path) => !/^(#!.*\n)?(\/\/|\/\*)/.test(read(path)));
    expect(silent).toEqual([]);
  });

  test('has a name of small letters with low lines, a component one of capitals', () => {
    const style = /^(?:[a-z0-9]+(?:[_.][a-z0-9]+)*|[A-Z][A-Za-z]+)\.(?:ts|tsx|mjs)$/;
    expect([...sources, ...tests].filter((path) => !style.test(basename(path)))).toEqual([]);
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

describe('style sheets of components', () => {
  const sheets = files('src', ['.module.css']);
  /** Classes that a sheet has, whatever stands in its comments, its declarations and for other libraries. */
  const classesOf = (sheet: string) => {
    const selectors = read(sheet).replace(/\/\*.*?\*\/|:global\([^)]*\)|\{[^{}]*\}/gs, ' ');
    return new Set([...selectors.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, name = '']) => name));
  };
  /** Every `styles.name` of every component, by sheet. */
  const named = sources.flatMap((path) => {
    const source = read(path);
    return [...source.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].flatMap(([, styles = '', sheet = '']) =>
      [...source.matchAll(new RegExp(`\\b${styles}\\.(\\w+)`, 'g'))].map(([, name = '']) => ({
        path,
        sheet: join(dirname(path), sheet).replaceAll('\\', '/'),
        name,
      })),
    );
  });

  test('are looked at', () => {
    expect(Math.min(sheets.length, named.length)).toBeGreaterThan(5);
  });

  test('have every style that a component names', () => {
    const missing = named.filter(({ sheet, name }) => !classesOf(sheet).has(name));
    expect(missing.map(({ path, sheet, name }) => `${path}: ${name} of ${sheet}`)).toEqual([]);
  });

  test('have no style that no component names', () => {
    const used = new Set(named.map(({ sheet, name }) => `${sheet} .${name}`));
    const unused = sheets.flatMap((sheet) => [...classesOf(sheet)].map((name) => `${sheet} .${name}`));
    expect(unused.filter((style) => !used.has(style))).toEqual([]);
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
