// A key-value database of the browser's own, as little of it as is needed. Whatever the browser does, every call settles: a
// database that is silent or whose connection was dropped is opened once more, then given up until it answers again.

import { clear, delMany, entries, get, keys, promisifyRequest, set } from 'idb-keyval';
import { StorageTrouble, troubleOf } from './trouble';

/** Every call may reject. */
export interface Database {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  keys(): Promise<string[]>;
  entries(): Promise<[string, unknown][]>;
  clear(): Promise<void>;
}

/** Milliseconds that the browser may take to open a database, and to answer a request: weights are megabytes. */
export interface Patience {
  readonly open: number;
  readonly answer: number;
}

const patience: Patience = { open: 5_000, answer: 20_000 };

/** Asked each time, because where site data is blocked merely touching `indexedDB` may throw. */
type Factory = () => IDBFactory;

/** What idb-keyval does with a table that is open. */
type Work<T> = (table: IDBObjectStore) => T | PromiseLike<T>;

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StorageTrouble('silent')), ms);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}

/** Shared by all databases of a page: when one is silent, nobody waits for the others either. */
class Outage {
  #trouble: StorageTrouble | null = null;
  #probe: () => Promise<unknown> = async () => undefined;
  #probing = false;

  /** Throws while it lasts, and has the browser asked in the background whether it is over. */
  check(): void {
    if (!this.#trouble) return;
    this.#ask();
    throw this.#trouble;
  }

  /** @param probe resolves when the browser answers again; settles within its patience */
  begin(trouble: StorageTrouble, probe: () => Promise<unknown>): void {
    this.#trouble = trouble;
    this.#probe = probe;
    this.#ask();
  }

  #ask(): void {
    if (this.#probing) return;
    this.#probing = true;
    const over = () => {
      this.#trouble = null;
    };
    this.#probe()
      .then(over, () => undefined)
      .finally(() => {
        this.#probing = false;
      });
  }
}

async function openDatabase(factory: Factory, name: string, table: string, ms: number): Promise<IDBDatabase> {
  let givenUp = false;
  try {
    const request = factory().open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    const opening = promisifyRequest(request);
    // What opens late has no owner.
    opening.then(
      (database) => givenUp && database.close(),
      () => undefined,
    );
    return await within(ms, opening);
  } catch (error) {
    givenUp = true;
    throw troubleOf(error, true);
  }
}

/** The connection to one database with one table, opened at the first use. */
class Connection {
  readonly #open: () => Promise<IDBDatabase>;
  readonly #table: string;
  readonly #answer: number;
  readonly #outage: Outage;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name: string, table: string, outage: Outage, factory: Factory, { open, answer }: Patience) {
    this.#table = table;
    this.#answer = answer;
    this.#outage = outage;
    this.#open = () => openDatabase(factory, name, table, open);
  }

  readonly use = async <T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> => {
    this.#outage.check();
    try {
      return await this.#attempt(mode, work);
    } catch (error) {
      if (isFinal(error)) throw error;
    }
    try {
      return await this.#attempt(mode, work);
    } catch (error) {
      const trouble = troubleOf(error);
      const probe = () => this.#attempt('readonly', (table) => promisifyRequest(table.count()));
      if (trouble.kind === 'silent') this.#outage.begin(trouble, probe);
      throw trouble;
    }
  };

  async #attempt<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> {
    this.#database ??= this.#open();
    const using = this.#database;
    try {
      const table = (await using).transaction(this.#table, mode).objectStore(this.#table);
      return await within(this.#answer, Promise.resolve(work(table)));
    } catch (error) {
      const trouble = troubleOf(error);
      // The next attempt opens another, unless somebody has done so already.
      if (trouble.kind !== 'full' && this.#database === using) {
        this.#database = null;
        using.then(
          (database) => database.close(),
          () => undefined,
        );
      }
      throw trouble;
    }
  }
}

/** What a second attempt would not change. */
function isFinal(error: unknown): boolean {
  return error instanceof StorageTrouble && (error.kind === 'full' || error.kind === 'refused');
}

function browserDatabase({ use }: Connection): Database {
  return {
    get: (key) => get(key, use),
    set: (key, value) => set(key, value, use),
    delete: (some) => delMany([...some], use),
    keys: async () => (await keys(use)).map(String),
    entries: async () => (await entries(use)).map(([key, value]) => [String(key), value]),
    clear: () => clear(use),
  };
}

/** Everything that is kept in this browser beside small settings. */
export function labDatabases(factory: Factory = () => indexedDB, patient: Patience = patience) {
  const outage = new Outage();
  const database = (name: string, table: string) =>
    browserDatabase(new Connection(name, table, outage, factory, patient));
  return {
    /** Weights of finished stages. */
    weights: database('rewarm-checkpoints', 'nodes'),
    /** What they have shown, and when they were used. */
    index: database('rewarm-index', 'stages'),
    /** Which kernels are fastest here. */
    tunings: database('rewarm-kernels', 'tunings'),
  };
}
