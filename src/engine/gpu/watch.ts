// A device that may vanish. After a loss most promises succeed as if nothing had happened, and in some browsers a map
// never settles, so every wait for the GPU is raced against the loss and against the clock.

import { EngineError } from '../engine';
import { patiently } from './poll';

export interface DeviceWatch {
  /** Resolves with a plain sentence when the device is lost. */
  readonly lost: Promise<string>;
  /** Waits for `work`; rejects with `EngineError` when the device is lost first or nothing happens for too long. */
  guard<T>(work: Promise<T>): Promise<T>;
  /** Throws `EngineError` if the device was lost or reported an error outside any scope that nobody has heard of yet. */
  check(): void;
  /** From now on a loss is our own doing. */
  close(): void;
}

/** How long the news of a loss may come after the failure that it caused. */
const NEWS_MS = 1500;

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ticks that a silence is counted in. */
const TICKS = 20;

/** Rejects after a silence, counted in ticks, so that the hours a machine sleeps or a process is stopped count as one. */
function silent(seconds: number): { over: Promise<never>; end: () => void } {
  let left = TICKS;
  let timer: ReturnType<typeof setInterval> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setInterval(
      () => {
        left -= 1;
        if (left > 0) return;
        clearInterval(timer);
        reject(new EngineError('stalled', `The GPU has not answered for ${seconds} seconds.`));
      },
      (seconds * 1000) / TICKS,
    );
  });
  return { over, end: () => clearInterval(timer) };
}

/** What an error outside any scope is: memory may suffice for less, all else would only be refused again. */
function uncaptured(error: GPUError): EngineError {
  const { message } = error;
  if (error instanceof GPUOutOfMemoryError) {
    return new EngineError('out-of-memory', `The GPU has no memory left: ${message}`);
  }
  if (error instanceof GPUInternalError) return new EngineError('shader', `The graphics driver failed: ${message}`);
  return new EngineError('shader', `The GPU refused an operation: ${message}`);
}

/** A fault that every wait of its time hears of; `fail` says it once, and again to whoever waits later if it is for good. */
class Alarm {
  #fault: EngineError | null = null;
  #lasting = false;
  #waiting = 0;
  #ring: (fault: EngineError) => void = () => {};
  #rung = this.#next();

  #next(): Promise<never> {
    const rung = new Promise<never>((_, reject) => {
      this.#ring = reject;
    });
    rung.catch(() => {});
    return rung;
  }

  fail(fault: EngineError): void {
    if (this.#lasting) return;
    this.#lasting = fault.fault !== 'out-of-memory';
    this.#fault = this.#lasting || this.#waiting === 0 ? fault : null;
    this.#ring(fault);
    if (!this.#lasting) this.#rung = this.#next();
  }

  check(): void {
    const fault = this.#fault;
    if (!this.#lasting) this.#fault = null;
    if (fault) throw fault;
  }

  get lasting(): EngineError | null {
    return this.#lasting ? this.#fault : null;
  }

  async race<T>(work: Promise<T>): Promise<T> {
    // It may fail after the fault that ends the wait.
    work.catch(() => {});
    this.check();
    this.#waiting += 1;
    return Promise.race([work, this.#rung]).finally(() => {
      this.#waiting -= 1;
    });
  }
}

/** @param stallSeconds how long the GPU may be silent before it counts as hung */
export function watchDevice(device: GPUDevice, stallSeconds: number): DeviceWatch {
  const alarm = new Alarm();
  let closed = false;
  let announce: (sentence: string) => void = () => {};
  const lost = new Promise<string>((resolve) => {
    announce = resolve;
  });
  void device.lost.then(() => {
    if (closed) return;
    const sentence =
      'The graphics driver reset the GPU of this page. This happens when a laptop sleeps or switches its GPU.';
    announce(sentence);
    alarm.fail(new EngineError('device-lost', sentence));
  });
  device.addEventListener('uncapturederror', ({ error }) => alarm.fail(uncaptured(error)));
  return {
    lost,
    guard<T>(work: Promise<T>): Promise<T> {
      const silence = silent(stallSeconds);
      const explained = patiently(work).catch(async (error: unknown) => {
        if (error instanceof EngineError) throw error;
        await Promise.race([device.lost, after(NEWS_MS)]);
        const reason = error instanceof Error ? error.message : String(error);
        throw alarm.lasting ?? new EngineError('device-lost', `The GPU gave up its work: ${reason}`);
      });
      explained.catch(() => {});
      return alarm.race(Promise.race([explained, silence.over])).finally(silence.end);
    },
    check: () => alarm.check(),
    close() {
      closed = true;
    },
  };
}
