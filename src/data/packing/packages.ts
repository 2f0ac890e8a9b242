// Finds the npm packages that carry text. Node's own resolution is used, so they may be installed anywhere.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface TextPackage {
  /** `name@version`. */
  readonly id: string;
  readonly directory: string;
}

/** The folder that holds `package.json`, from a file inside the package. */
function packageDirectory(file: string): string {
  let directory = dirname(file);
  while (!existsSync(join(directory, 'package.json')) && directory !== dirname(directory))
    directory = dirname(directory);
  return directory;
}

/** The installed package called `name` as seen from the project at `root`, or null. */
export function findPackage(root: string, name: string): TextPackage | null {
  const require = createRequire(join(root, 'package.json'));
  // Packages with an `exports` map hide their package.json, packages without code have only that.
  for (const request of [`${name}/package.json`, name]) {
    try {
      const directory = packageDirectory(require.resolve(request));
      const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string };
      return { id: `${name}@${version}`, directory };
    } catch {}
  }
  return null;
}
