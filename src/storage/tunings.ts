// Which kernels were measured fastest on this adapter, kept in this browser so that it is measured once.

import { version } from '../../package.json';
import type { TuningStore } from '../engine/tuning/store';
import type { Database } from './database';

export function browserTunings(database: Database): TuningStore {
  return {
    software: `Rewarm ${version}, ${navigator.userAgent}`,
    get: (key) => database.get(key),
    put: (tuning) => database.set(tuning.key, tuning),
  };
}
