// What the page has to say over everything: what went wrong, newest first, then what is good to know. Each source has one
// message at most. One that was closed stays closed until its source says something again, in the same words or in others.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenedStore } from './opened';
import { isActive, type SessionState } from './session_state';

/** Sources of faults share the first place; that the address or the machine is not what it could be is less urgent. */
const places = { run: 0, file: 0, address: 1, machine: 2 } as const;

export type Source = keyof typeof places;

export interface Message {
  readonly source: Source;
  readonly kind: 'fault' | 'note';
  readonly text: string;
}

export interface MessagesState {
  readonly messages: readonly Message[];
}

export interface Messages extends StoreApi<MessagesState> {
  /** Null: the source has nothing to say any more, or its message was closed. */
  say(source: Source, text: string | null): void;
}

export function createMessages(session: StoreApi<SessionState>, opened: OpenedStore): Messages {
  const store = createStore<MessagesState>()(() => ({ messages: [] }));
  const say = (source: Source, text: string | null) =>
    store.setState(({ messages }) => ({ messages: afterSaying(messages, source, text) }));
  session.subscribe(({ notice, phase }, before) => {
    if (isActive(phase) && !isActive(before.phase)) say('file', null);
    // Every fault is a value of its own, also one in the words of the last.
    if (notice !== before.notice) say('run', notice?.message ?? null);
  });
  // Every change is an attempt to open or save a file, also one that ends like the last.
  opened.subscribe(({ problem }) => say('file', problem));
  return { ...store, say };
}

function afterSaying(messages: readonly Message[], source: Source, text: string | null): readonly Message[] {
  const others = messages.filter((one) => one.source !== source);
  if (text === null) return others;
  const kind = places[source] === 0 ? 'fault' : 'note';
  return [{ source, kind, text } as const, ...others].sort((a, b) => places[a.source] - places[b.source]);
}
