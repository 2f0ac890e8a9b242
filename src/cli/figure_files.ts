// The files that follow from results, written into a folder: what export/ makes of them, for the page as well.

import { join } from 'node:path';
import { version } from '../../package.json';
import type { ShownResults } from '../experiment/shown';
import { type ExportName, exportedFiles, exportNames } from '../export/files';
import { removeFile, writeWhole } from './files';

/** A file that these results have none of goes: that of others, which were here before, would stand beside these. @returns their names */
export async function writeExported(
  folder: string,
  shown: ShownResults,
  wanted: readonly ExportName[],
  address: string | null,
): Promise<string[]> {
  const names: string[] = [];
  for (const name of wanted) {
    const text = exportedFiles[name].text({ ...shown, version, address });
    if (text === null) await removeFile(join(folder, name));
    else {
      await writeWhole(join(folder, name), text);
      names.push(name);
    }
  }
  return names;
}

/** All but the results themselves, which have their own rules (results.ts). @returns their names */
export function writeShown(folder: string, shown: ShownResults, address: string | null = null): Promise<string[]> {
  const others = exportNames.filter((name) => name !== 'results.json');
  return writeExported(folder, shown, others, address);
}
