// The files that follow from results, written into a folder: what export/ makes of them, for the page as well.

import { join } from 'node:path';
import { version } from '../../package.json';
import type { ShownResults } from '../experiment/shown';
import { exportedFiles, exportNames } from '../export/files';
import { removeFile, writeWhole } from './files';

/** All but the results themselves, which have their own rules (results.ts). A file that these results have none of goes. @returns their names */
export async function writeShown(
  folder: string,
  shown: ShownResults,
  address: string | null = null,
): Promise<string[]> {
  const names: string[] = [];
  for (const name of exportNames.filter((one) => one !== 'results.json')) {
    const text = exportedFiles[name].text({ ...shown, version, address });
    // That of other results, which were here before, would stand beside these.
    if (text === null) await removeFile(join(folder, name));
    else {
      await writeWhole(join(folder, name), text);
      names.push(name);
    }
  }
  return names;
}
