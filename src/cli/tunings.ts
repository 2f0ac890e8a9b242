// Which kernels were measured fastest on this machine's adapters, one small file each in the user's cache folder.

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dependencies, version } from '../../package.json';
import type { TuningStore } from '../engine/tuning/store';
import { readIfThere, writeJson } from './files';

/** Where caches belong: XDG_CACHE_HOME, or .cache in the home folder. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rewarm');
}

export function fileTunings(folder: string): TuningStore {
  const path = (key: string) =>
    join(folder, `kernels-${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
  return {
    software: `Rewarm ${version}, webgpu ${dependencies.webgpu}, Node ${process.versions.node}`,
    get: async (key) => {
      const file = await readIfThere(path(key));
      return file ? JSON.parse(file.toString('utf8')) : null;
    },
    put: (tuning) => writeJson(path(tuning.key), tuning),
  };
}
