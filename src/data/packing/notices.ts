// Licence texts that must travel with packed text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextPackage } from './packages';

/** The terms of the MIT License, to stand below a copyright line. */
export const mitTerms = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** TypeScript's messages, with the licence text that its package carries. */
export function apacheNotice(compiler: TextPackage | undefined): string {
  const licence = readFileSync(join(compiler?.directory ?? '', 'LICENSE.txt'), 'utf8')
    .replace(/\r\n/g, '\n')
    .trim();
  return `Messages of the TypeScript compiler in German, from npm ${compiler?.id}. Copyright (c) Microsoft Corporation. All rights reserved. Licensed under the Apache License, Version 2.0. The messages were extracted from the program and modified: quotation marks and blanks were made plain, short ones and repetitions left out.\n\n${licence}`;
}

export function deCorpusNotice(sentences: TextPackage | undefined, selection: string): string {
  return `German sentences from npm ${sentences?.id}, Copyright (c) Spencer Kelly, MIT License: a machine translation (AWS Translate, 2022) of nlp-corpus. ${selection}\n\n${mitTerms}`;
}
