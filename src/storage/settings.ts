// Small choices that outlive the page: kept as JSON in local storage, because the theme is needed before the first
// paint. Where that is refused (private mode, blocked site data), they last as long as the page.

export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const prefix = 'rewarm.';

export class Settings {
  readonly #store: () => TextStore;
  readonly #memory = new Map<string, unknown>();

  /** `store` is asked each time, because merely touching `localStorage` throws where site data is blocked. */
  constructor(store: () => TextStore) {
    this.#store = store;
  }

  /** The value kept under `key` when `accept` recognises it. */
  read<T>(key: string, accept: (value: unknown) => value is T): T | null {
    const held = this.#memory.get(key);
    if (accept(held)) return held;
    try {
      const value: unknown = JSON.parse(this.#store().getItem(prefix + key) ?? 'null');
      return accept(value) ? value : null;
    } catch {
      return null;
    }
  }

  write(key: string, value: unknown): void {
    this.#memory.set(key, value);
    try {
      this.#store().setItem(prefix + key, JSON.stringify(value));
    } catch {
      // Refused: the value lives in memory until the page is closed.
    }
  }

  forget(key: string): void {
    this.#memory.delete(key);
    try {
      this.#store().removeItem(prefix + key);
    } catch {
      // Nothing was kept there.
    }
  }
}
