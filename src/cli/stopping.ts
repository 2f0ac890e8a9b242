// Ctrl-C, and the other ways in which a process is asked to end: all lead to one orderly end, in which what is finished
// is written. Package managers pass one key on as two signals, so only a later one ends at once.

import { constants } from 'node:os';
import type { TextOutput } from './console';

const names = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
type SignalName = (typeof names)[number];

/** Signals that come closer together are one. */
const oneRequestMs = 1000;

export interface Stopping {
  readonly signal: AbortSignal;
  /** What shells expect of a process that a signal has ended: 130 after Ctrl-C, 143 after SIGTERM. */
  code(): number;
}

export function stopping(stderr: TextOutput): Stopping {
  const abort = new AbortController();
  let asked: { readonly name: SignalName; readonly at: number } | null = null;
  const ask = (name: SignalName) => {
    const at = performance.now();
    if (asked === null) {
      asked = { name, at };
      abort.abort();
      const waits = 'Stopping after the work under way. Ctrl-C again ends at once, without writing anything more.\n';
      setTimeout(() => stderr.write(waits), oneRequestMs).unref();
    } else if (at - asked.at > oneRequestMs) {
      // The graphics driver crashes when it is closed amid its work, so nothing is closed.
      process.kill(process.pid, 'SIGKILL');
    }
  };
  for (const name of names) process.on(name, () => ask(name));
  // The launcher was killed; nobody reads any more.
  process.on('disconnect', () => ask('SIGHUP'));
  return { signal: abort.signal, code: () => 128 + constants.signals[asked?.name ?? 'SIGINT'] };
}
