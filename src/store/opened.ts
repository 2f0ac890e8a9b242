// Results that were opened from files and links: looked at like any others, and never mixed with what is trained here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Pool, Sent } from '../experiment/pool';

export interface OpenedState {
  /** What was opened, as one; null before anything was. */
  readonly pool: Pool | null;
  /** Results in the address that the page shows now, which what is opened next joins; null on other pages. */
  readonly shown: Sent | null;
  /** Why the last could not be opened or saved, or what was left out: sentences. What was open before stays. */
  readonly problem: string | null;
}

export type OpenedStore = StoreApi<OpenedState>;

export function createOpenedStore(): OpenedStore {
  return createStore<OpenedState>()(() => ({ pool: null, shown: null, problem: null }));
}
