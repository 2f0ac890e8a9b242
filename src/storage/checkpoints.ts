// Trained stages kept in this browser, one record a stage under its content hash. Where the browser refuses (private
// mode, full disk, blocked site data) they are kept in memory instead, and `onTrouble` hears one sentence about it.

import { clear, createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import type { CheckpointStore, NodeResult } from '../train/checkpoints';
import { readRecord } from './record';

/** What is needed of a key-value database; every call may reject. */
export interface Database {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
  clear(): Promise<void>;
}

/** A database of the browser's own. Opened at the first call, so that a refusal is a rejected promise. */
export function browserDatabase(name = 'rewarm-checkpoints', table = 'nodes'): Database {
  let opened: UseStore | undefined;
  const store = () => {
    opened ??= createStore(name, table);
    return opened;
  };
  return {
    get: async (key) => get(key, store()),
    set: async (key, value) => set(key, value, store()),
    delete: async (key) => del(key, store()),
    keys: async () => (await keys(store())).map(String),
    clear: async () => clear(store()),
  };
}

function sentence(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError';
  return full
    ? 'The browser refused to save a trained stage: its storage is full. The run goes on; this stage is kept until the page is closed.'
    : 'This browser does not let the page save trained stages (private mode or blocked site data). The run goes on; stages are kept until the page is closed.';
}

export class BrowserCheckpoints implements CheckpointStore {
  readonly #database: Database;
  readonly #onTrouble: (sentence: string) => void;
  readonly #memory = new Map<string, NodeResult>();
  #told = false;

  constructor(database: Database, onTrouble: (sentence: string) => void) {
    this.#database = database;
    this.#onTrouble = onTrouble;
  }

  async get(node: string): Promise<NodeResult | null> {
    const held = this.#memory.get(node);
    if (held) return held;
    try {
      return readRecord(await this.#database.get(node), node);
    } catch (error) {
      this.#tell(error);
      return null;
    }
  }

  async put(result: NodeResult): Promise<void> {
    try {
      await this.#database.set(result.node, result);
    } catch (error) {
      this.#memory.set(result.node, result);
      this.#tell(error);
    }
  }

  /** The stages that `get` would find. */
  async names(): Promise<ReadonlySet<string>> {
    try {
      return new Set([...this.#memory.keys(), ...(await this.#database.keys())]);
    } catch {
      return new Set(this.#memory.keys());
    }
  }

  #tell(error: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#onTrouble(sentence(error));
  }
}

export interface KeptSummary {
  readonly stages: number;
  readonly bytes: number;
}

/** How much is kept in this browser; null when it cannot be told. */
export async function keptStages(database: Database): Promise<KeptSummary | null> {
  try {
    const names = await database.keys();
    let total = 0;
    for (const name of names) {
      const record = readRecord(await database.get(name), name);
      const { state, losses } = record ?? {};
      total += (state ? 3 * state.parameters.byteLength : 0) + (losses?.byteLength ?? 0);
    }
    return { stages: names.length, bytes: total };
  } catch {
    return null;
  }
}
