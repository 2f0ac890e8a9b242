// The corpora that the build packed, read from public/corpora for the tests.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '../../src/data/manifest';
import type { FetchFile } from '../../src/data/text';

export const packedFolder = join(import.meta.dirname, '../../public/corpora');

export const fetchPacked: FetchFile = (file) => readFile(join(packedFolder, file));

export const packedManifest = parseManifest(await readFile(join(packedFolder, 'manifest.json'), 'utf8'));
