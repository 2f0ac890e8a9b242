// Gathers events and sends them about four times a second, so that a fast run does not flood the page. Of events that
// only say how things stand, the last one is kept.

import type { LabEvent } from './protocol';

/** Milliseconds between two deliveries. */
const interval = 250;

export interface Clock {
  now(): number;
  after(ms: number, action: () => void): void;
}

/** True when `event` makes an earlier one like it pointless. */
function replaces(event: LabEvent, earlier: LabEvent): boolean {
  if (event.kind === 'bench-progress' || event.kind === 'bench-report') return earlier.kind === event.kind;
  if (event.kind !== 'train' || earlier.kind !== 'train') return false;
  const { kind } = event.event;
  return (kind === 'progress' || kind === 'compiling') && earlier.event.kind === kind;
}

/** One delivery that fails says so to who waits for it, and to nobody after. */
async function both(earlier: Promise<void>, last: unknown): Promise<void> {
  await earlier.catch(() => undefined);
  await last;
}

export class Outbox {
  /** Returns a promise when the receiver is in another thread. */
  readonly #deliver: (events: readonly LabEvent[]) => unknown;
  readonly #clock: Clock;
  #waiting: LabEvent[] = [];
  #scheduled = false;
  #last = Number.NEGATIVE_INFINITY;
  #received: Promise<void> = Promise.resolve();

  constructor(deliver: (events: readonly LabEvent[]) => unknown, clock: Clock) {
    this.#deliver = deliver;
    this.#clock = clock;
  }

  push(event: LabEvent): void {
    const place = this.#waiting.findLastIndex((earlier) => replaces(event, earlier));
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#waiting.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#last + interval - this.#clock.now());
    this.#clock.after(wait, () => void this.flush());
  }

  /** Sends what waits at once; resolves when all that was ever sent has been received. */
  flush(): Promise<void> {
    this.#scheduled = false;
    if (this.#waiting.length > 0) {
      const events = this.#waiting;
      this.#waiting = [];
      this.#last = this.#clock.now();
      this.#received = both(this.#received, this.#deliver(events));
      this.#received.catch(() => undefined);
    }
    return this.#received;
  }
}
