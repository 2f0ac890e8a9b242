// Databases for tests: one in memory that copies as a browser's does, and one that refuses.

import type { Database } from '../../src/storage/database';

export interface MemoryDatabase extends Database {
  readonly values: Map<string, unknown>;
  /** Called before every write; throws to refuse it. */
  beforeSet: (key: string) => void;
}

export function memory(): MemoryDatabase {
  const values = new Map<string, unknown>();
  const database: MemoryDatabase = {
    values,
    beforeSet: () => {},
    get: async (key) => structuredClone(values.get(key)),
    set: async (key, value) => {
      database.beforeSet(key);
      values.set(key, structuredClone(value));
    },
    delete: async (keys) => {
      for (const key of keys) values.delete(key);
    },
    keys: async () => [...values.keys()],
    entries: async () => [...structuredClone(values)],
    clear: async () => values.clear(),
  };
  return database;
}

export function refusing(error: Error): Database {
  const refuse = () => Promise.reject(error);
  return { get: refuse, set: refuse, delete: refuse, keys: refuse, entries: refuse, clear: refuse };
}

export const full = new DOMException('full', 'QuotaExceededError');

/** A store of text, as local storage is one. */
export function text() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}
