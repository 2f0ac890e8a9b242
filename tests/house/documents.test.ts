// What the documents promise exists: commands, files they link to, folders they describe.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = readdirSync(root).filter((name) => name.endsWith('.md'));
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

describe.each(documents)('%s', (name) => {
  const text = read(name);

  test('names commands that exist', () => {
    const verbs = [...text.matchAll(/npm run (?:-s )?([a-z][a-z0-9:]*(?: \| [a-z][a-z0-9:]*)*)/g)].flatMap((match) =>
      (match[1] ?? '').split(' | '),
    );
    expect(verbs.filter((verb) => !(verb in scripts))).toEqual([]);
  });

  test('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});

test('what goes to a file or another program has no line of npm', () => {
  const spoken = [...documents.filter((name) => name !== 'LOG.md'), 'src/cli/help.ts'].map(read).join('\n');
  const commands = [...spoken.matchAll(/npm run [^`\n#]*(?:--json|>)[^`\n#]*/g)].map(([command]) => command.trim());
  expect(commands.length).toBeGreaterThan(2);
  expect(commands.filter((command) => !command.startsWith('npm run -s '))).toEqual([]);
});

test('ARCHITECTURE.md describes every folder of src/', () => {
  const folders = readdirSync(join(root, 'src'));
  expect(folders.filter((folder) => !read('ARCHITECTURE.md').includes(`\`src/${folder}/\``))).toEqual([]);
});

test('every verb of package.json is explained', () => {
  const explained = `${read('README.md')}${read('CONTRIBUTING.md')}`;
  const silent = Object.keys(scripts).filter(
    (verb) => !new RegExp(`(npm (run )?|\\| )${verb}\\b`).test(explained) && verb !== 'preview',
  );
  expect(silent).toEqual([]);
});
