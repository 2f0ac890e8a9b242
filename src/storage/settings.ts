// Small choices that outlive the page: kept as JSON in the browser's own text stores, because the theme is needed before the
// first paint. What is read back is believed only where it has its shape; where a store refuses (private mode, blocked site
// data), a choice lasts as long as the page.

import * as v from 'valibot';

export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const prefix = 'rewarm.';

type Schemas = Readonly<Record<string, v.GenericSchema>>;

export class Settings<S extends Schemas> {
  readonly #schemas: S;
  readonly #stores: readonly (() => TextStore)[];
  readonly #memory = new Map<string, string>();

  /**
   * @param stores all are written, and the first that has a value of the right shape is believed; each is asked for every
   * time, because merely touching `localStorage` throws where site data is blocked
   */
  constructor(schemas: S, ...stores: readonly (() => TextStore)[]) {
    this.#schemas = schemas;
    this.#stores = stores;
  }

  /** The value kept under `key`; null where there is none of its shape. */
  read<K extends keyof S & string>(key: K): v.InferOutput<S[K]> | null {
    const kept = [() => this.#memory.get(key), ...this.#stores.map((store) => () => store().getItem(prefix + key))];
    for (const text of kept) {
      try {
        const parsed = v.safeParse(this.#schemas[key] as S[K], JSON.parse(text() ?? 'null'));
        if (parsed.success) return parsed.output;
      } catch {
        // Refused, or no JSON: another may have it.
      }
    }
    return null;
  }

  write(key: keyof S & string, value: unknown): void {
    const text = JSON.stringify(value);
    this.#memory.set(key, text);
    // What is refused lives in memory until the page is closed.
    this.#each((store) => store.setItem(prefix + key, text));
  }

  /** Whether anything is kept that would be believed. */
  any(): boolean {
    return Object.keys(this.#schemas).some((key) => this.read(key) !== null);
  }

  forgetAll(): void {
    for (const key of Object.keys(this.#schemas)) this.forget(key);
  }

  forget(key: keyof S & string): void {
    this.#memory.delete(key);
    this.#each((store) => store.removeItem(prefix + key));
  }

  #each(change: (store: TextStore) => void): void {
    for (const store of this.#stores) {
      try {
        change(store());
      } catch {
        // One that refuses keeps the others from nothing.
      }
    }
  }
}
