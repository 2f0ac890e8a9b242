// Work that needs the engine, one after another. Who asked for it may leave at any time and is answered at once.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves with `left` as soon as `signal` fires, whatever the work waits for; the next turn begins when it has ended. */
  nextUnless<T>(signal: AbortSignal, left: T, work: () => Promise<T>): Promise<T> {
    const gone = new Promise<T>((resolve) => {
      signal.addEventListener('abort', () => resolve(left), { once: true });
    });
    return Promise.race([gone, this.next(async () => (signal.aborted ? left : work()))]);
  }
}
