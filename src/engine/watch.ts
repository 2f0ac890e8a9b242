// A device that may vanish. After a loss most promises succeed as if nothing had happened, and in some browsers a map
// never settles, so every wait for the GPU is raced against the loss and against the clock.

import { EngineError } from './engine';
import { patiently } from './poll';

export interface DeviceWatch {
  /** Resolves with a plain sentence when the device is lost. */
  readonly lost: Promise<string>;
  /** Waits for `work`; rejects with `EngineError` when the device is lost first or nothing happens for too long. */
  guard<T>(work: Promise<T>): Promise<T>;
  /** Throws `EngineError` if the device was lost or reported an error outside any scope. */
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

/** @param stallSeconds how long the GPU may be silent before it counts as hung */
export function watchDevice(device: GPUDevice, stallSeconds: number): DeviceWatch {
  let fault: EngineError | null = null;
  let closed = false;
  let announce: (sentence: string) => void = () => {};
  const lost = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const broken = new Promise<never>((_, reject) => {
    const fail = (error: EngineError) => {
      fault ??= error;
      reject(fault);
    };
    void device.lost.then(() => {
      if (closed) return;
      const sentence =
        'The graphics driver reset the GPU of this page. This happens when a laptop sleeps or switches its GPU.';
      announce(sentence);
      fail(new EngineError('device-lost', sentence));
    });
    device.addEventListener('uncapturederror', (event) => {
      const { message } = event.error;
      fail(new EngineError('shader', `The GPU refused an operation: ${message}`));
    });
  });
  broken.catch(() => {});
  return {
    lost,
    guard<T>(work: Promise<T>): Promise<T> {
      const silence = silent(stallSeconds);
      const explained = patiently(work).catch(async (error: unknown) => {
        if (error instanceof EngineError) throw error;
        await Promise.race([device.lost, after(NEWS_MS)]);
        const reason = error instanceof Error ? error.message : String(error);
        throw fault ?? new EngineError('device-lost', `The GPU gave up its work: ${reason}`);
      });
      explained.catch(() => {});
      return Promise.race([explained, broken, silence.over]).finally(silence.end);
    },
    check() {
      if (fault) throw fault;
    },
    close() {
      closed = true;
    },
  };
}
