// Results that were opened from a file: looked at like any others, and never mixed with what is trained here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenedResults } from '../experiment/saved';

export interface OpenedState {
  /** Name of the file; null before one was opened. */
  readonly name: string | null;
  readonly results: OpenedResults | null;
  /** Why the last file could not be opened or saved, or what was left out: sentences. What was open before stays. */
  readonly problem: string | null;
}

export type OpenedStore = StoreApi<OpenedState>;

export function createOpenedStore(): OpenedStore {
  return createStore<OpenedState>()(() => ({ name: null, results: null, problem: null }));
}
