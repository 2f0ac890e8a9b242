// The state of the page's bench: what is measured, how far it is, what was found. No view, no worker in here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BenchReport } from '../engine/bench/report';
import type { BenchProgress } from '../engine/bench/run';
import type { BenchChoice, LabCommand, LabEvent, LabReply } from '../worker/protocol';

export interface BenchState {
  readonly phase: 'idle' | 'running' | 'finished' | 'stopped' | 'failed';
  readonly progress: BenchProgress | null;
  /** Grows while the bench runs; what was measured stays when it is stopped. */
  readonly report: BenchReport | null;
  /** Why it failed; a sentence. */
  readonly message: string | null;
}

export interface BenchStore extends StoreApi<BenchState> {
  take(events: readonly LabEvent[]): void;
  start(cases: readonly BenchChoice[]): Promise<void>;
  stop(): Promise<void>;
}

const idle: BenchState = { phase: 'idle', progress: null, report: null, message: null };

/** @param command asks the worker; its answer is null when the worker is gone, which is said elsewhere */
export function createBenchStore(command: (request: LabCommand) => Promise<LabReply | null>): BenchStore {
  const store = createStore<BenchState>()(() => idle);
  return {
    ...store,
    take: (events) => {
      if (store.getState().phase !== 'running') return;
      for (const event of events) {
        if (event.kind === 'bench-progress') store.setState({ progress: event.progress });
        if (event.kind === 'bench-report') store.setState({ report: event.report });
      }
    },
    start: async (cases) => {
      if (store.getState().phase === 'running') return;
      store.setState({ ...idle, phase: 'running' });
      const reply = await command({ kind: 'bench', cases });
      const ended = reply?.kind === 'benched' ? reply : ({ end: 'failed', message: null } as const);
      store.setState({ phase: ended.end, message: ended.message, progress: null });
    },
    stop: async () => {
      if (store.getState().phase === 'running') await command({ kind: 'stop-bench' });
    },
  };
}
