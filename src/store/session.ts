// The one conversation with the worker: what is known of every stage, what trains now and for whom, what waits, and what the
// parts that the page shows would take. The Lab and the figures only choose; everything that is asked is asked here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PartKey } from '../experiment/part';
import type { Experiment } from '../experiment/spec';
import type { LabEvent, NamedFile } from '../worker/protocol';
import { type ChosenPart, partsToRun } from './parts';
import { runQueue } from './queue';
import { type Ask, afterEvent, idleSession, isActive, type SessionState, type View } from './session_state';
import { watching } from './watching';

export interface Session extends StoreApi<SessionState> {
  /** Finds out what this machine can do. */
  detect(): Promise<void>;
  /** Keeps what is known about these parts up to date, after the person has settled; null when the page shows none. */
  look(view: View | null): void;
  /** Asks what is kept of these parts, and no more. */
  recall(parts: readonly ChosenPart[]): Promise<void>;
  /** Trains the wanted parts one after another. `stepwise`: one step of the first, then pause. */
  start(view: View, stepwise?: boolean): Promise<void>;
  pauseOrResume(): Promise<void>;
  /** One training step of the run that goes on. */
  step(): Promise<void>;
  stop(): Promise<void>;
  /** Leaves a part out: one that waits, or the one that trains, whose finished stages stay. */
  skip(part: PartKey): void;
  /** Has these stages continue the prompts. */
  write(experiment: Experiment, nodes: readonly string[], prompts: readonly string[]): Promise<void>;
  /** The weights of a kept stage as files for other programs, or why there are none: a sentence. */
  checkpoint(experiment: Experiment, node: string): Promise<readonly NamedFile[] | string>;
  take(events: readonly LabEvent[]): void;
}

export function createSession(ask: Ask): Session {
  const store = createStore<SessionState>()(() => idleSession);
  const active = () => isActive(store.getState().phase);
  const watch = watching(ask, store);
  const start = async (view: View, stepwise = false) => {
    if (active()) return;
    const wanted = partsToRun(view.parts, store.getState().machine);
    if (wanted.length === 0) return;
    watch.cancel();
    await runQueue(ask, store, view.id, wanted, stepwise);
    // What was measured before counts what is trained now.
    store.setState({ estimates: {} });
    watch.again();
  };
  return {
    ...store,
    detect: async () => {
      const reply = await ask({ kind: 'detect' });
      if (reply?.kind === 'machine') store.setState({ machine: reply.machine });
    },
    look: watch.look,
    recall: watch.recall,
    start,
    pauseOrResume: async () => {
      if (active()) await ask({ kind: store.getState().phase === 'paused' ? 'resume' : 'pause' });
    },
    step: async () => {
      if (active()) await ask({ kind: 'step' });
    },
    stop: async () => {
      if (active()) await ask({ kind: 'stop' });
    },
    skip: (part) => skip(ask, store, part),
    write: (experiment, nodes, prompts) => write(ask, store, experiment, nodes, prompts),
    checkpoint: async (experiment, node) => {
      const reply = await ask({ kind: 'checkpoint', experiment, node });
      if (reply?.kind === 'files') return reply.files;
      return reply?.kind === 'refused' ? reply.message : 'The weights could not be read.';
    },
    take: (events) => {
      let state = store.getState();
      for (const event of events) state = afterEvent(state, event);
      store.setState(state);
    },
  };
}

function skip(ask: Ask, store: StoreApi<SessionState>, part: PartKey): void {
  const { queue } = store.getState();
  const state = queue?.items.find((item) => item.part === part)?.state;
  if (!queue || (state !== 'waiting' && state !== 'training')) return;
  const items = queue.items.map((item) => (item.part === part ? { ...item, state: 'skipped' as const } : item));
  store.setState({ queue: { ...queue, items } });
  if (state === 'training') void ask({ kind: 'stop' });
}

async function write(
  ask: Ask,
  store: StoreApi<SessionState>,
  experiment: Experiment,
  nodes: readonly string[],
  prompts: readonly string[],
): Promise<void> {
  const { writing } = store.getState();
  if (writing.phase === 'writing') return;
  store.setState({ writing: { phase: 'writing', texts: {}, message: null } });
  const reply = await ask({ kind: 'sample', experiment, nodes, prompts });
  const message = reply?.kind === 'sampled' ? reply.message : null;
  store.setState((state) => ({ writing: { ...state.writing, phase: 'done', message } }));
}
