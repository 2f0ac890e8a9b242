// An IndexedDB for tests, as much of it as idb-keyval asks, that can be silent, refuse, and drop its connections.

interface Request {
  result: unknown;
  error: DOMException | null;
  onsuccess: (() => void) | null;
  oncomplete: (() => void) | null;
  onerror: (() => void) | null;
  onupgradeneeded: (() => void) | null;
}

export function fakeIndexedDb() {
  const databases = new Map<string, Map<string, unknown>>();
  const waiting: (() => void)[] = [];
  const fake = {
    /** `opening` and `silent`: the browser does not answer when asked to open, or at all. */
    mood: 'well' as 'well' | 'opening' | 'silent',
    /** Why nothing can be opened. */
    refusal: null as DOMException | null,
    opened: 0,
    closed: 0,
    /** Everything that was asked in silence is answered. */
    wake: () => {
      fake.mood = 'well';
      for (const answer of waiting.splice(0)) answer();
    },
    /** As WebKit does: what is open throws from now on, and no event says so. */
    drop: () => {
      for (const connection of connections) connection.dropped = true;
    },
    factory: () => ({ open }) as unknown as IDBFactory,
  };
  const connections: { dropped: boolean }[] = [];

  function request(result: unknown, error: DOMException | null = null, opens = false): Request {
    const made: Request = { result, error, onsuccess: null, oncomplete: null, onerror: null, onupgradeneeded: null };
    const answer = () => (error ? made.onerror?.() : made.onsuccess?.());
    const silent = fake.mood === 'silent' || (opens && fake.mood === 'opening');
    if (silent) waiting.push(answer);
    else setTimeout(answer);
    return made;
  }

  function open(name: string): Request {
    if (fake.refusal?.name === 'SecurityError') throw fake.refusal;
    fake.opened += 1;
    const values = databases.get(name) ?? new Map<string, unknown>();
    databases.set(name, values);
    const connection = { dropped: false };
    connections.push(connection);
    const close = () => {
      fake.closed += 1;
    };
    const transaction = () => {
      if (connection.dropped) throw new DOMException('The database connection is closing.', 'InvalidStateError');
      return { objectStore: () => table(values) };
    };
    return request({ transaction, close, createObjectStore: () => undefined }, fake.refusal, true);
  }

  const table = (values: Map<string, unknown>) => ({
    transaction: request(undefined),
    get: (key: string) => request(values.get(key)),
    put: (value: unknown, key: string) => void values.set(key, value),
    delete: (key: string) => void values.delete(key),
    clear: () => values.clear(),
    count: () => request(values.size),
    getAllKeys: () => request([...values.keys()]),
    getAll: () => request([...values.values()]),
  });
  return fake;
}
