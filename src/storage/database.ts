// A key-value database of the browser's own, as little of it as is needed.

import { clear, createStore, delMany, entries, get, keys, set, type UseStore } from 'idb-keyval';

/** Every call may reject. */
export interface Database {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  keys(): Promise<string[]>;
  entries(): Promise<[string, unknown][]>;
  clear(): Promise<void>;
}

/** Opened at the first call, so that a refusal is a rejected promise. */
function browserDatabase(name: string, table: string): Database {
  let opened: UseStore | undefined;
  const store = () => {
    opened ??= createStore(name, table);
    return opened;
  };
  return {
    get: async (key) => get(key, store()),
    set: async (key, value) => set(key, value, store()),
    delete: async (some) => delMany([...some], store()),
    keys: async () => (await keys(store())).map(String),
    entries: async () => (await entries(store())).map(([key, value]) => [String(key), value]),
    clear: async () => clear(store()),
  };
}

/** Everything that is kept in this browser beside small settings. */
export function labDatabases() {
  return {
    /** Weights of finished stages. */
    weights: browserDatabase('rewarm-checkpoints', 'nodes'),
    /** What they have shown, and when they were used. */
    index: browserDatabase('rewarm-index', 'stages'),
    /** Which kernels are fastest here. */
    tunings: browserDatabase('rewarm-kernels', 'tunings'),
  };
}
