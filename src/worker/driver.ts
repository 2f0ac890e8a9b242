// Pulls the trainer's events, or does not: pausing is not pulling, a step is pulling until the chunk of one step ends.

import type { TrainEvent } from '../train/events';

type Mode = 'running' | 'stepping' | 'paused';

export class Driver {
  readonly #abort = new AbortController();
  readonly #onPause: (paused: boolean) => void;
  #mode: Mode;
  #wake: () => void = () => undefined;

  constructor(stepwise: boolean, onPause: (paused: boolean) => void) {
    this.#mode = stepwise ? 'stepping' : 'running';
    this.#onPause = onPause;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves with null when a person has pressed Stop. */
  get stopped(): Promise<null> {
    const { signal } = this;
    return new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
  }

  /** For `TrainOptions.maxSteps`. */
  readonly maxSteps = (): number => (this.#mode === 'running' ? Number.POSITIVE_INFINITY : 1);

  pause(): void {
    this.#mode = 'paused';
  }

  resume(): void {
    this.#go('running');
  }

  step(): void {
    this.#go('stepping');
  }

  stop(): void {
    this.#abort.abort();
    this.#wake();
  }

  /** Hands every event to `take`; resolves when the trainer has ended or was stopped. */
  async drive(events: AsyncIterable<TrainEvent>, take: (event: TrainEvent) => void): Promise<'finished' | 'stopped'> {
    let stepped = false;
    for await (const event of events) {
      take(event);
      if (event.kind === 'steps') stepped = true;
      // Every chunk of steps ends with its progress; what was measured after the step has been told by then.
      if (event.kind !== 'progress') continue;
      if (this.#mode === 'stepping' && stepped) this.#mode = 'paused';
      stepped = false;
      await this.#whilePaused();
    }
    return this.#abort.signal.aborted ? 'stopped' : 'finished';
  }

  #go(mode: Mode): void {
    this.#mode = mode;
    this.#wake();
  }

  async #whilePaused(): Promise<void> {
    if (this.#mode !== 'paused' || this.#abort.signal.aborted) return;
    this.#onPause(true);
    while (this.#mode === 'paused' && !this.#abort.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#onPause(false);
  }
}
