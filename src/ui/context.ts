// How components reach the lab, and one hook for each of its stores.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { BenchState } from '../store/bench';
import type { ChoicesState } from '../store/choices';
import type { Lab } from '../store/lab';
import type { MessagesState } from '../store/messages';
import type { OpenedState } from '../store/opened';
import type { RecipeState } from '../store/recipe';
import type { SessionState } from '../store/session_state';

const LabContext = createContext<Lab | null>(null);

export const LabProvider = LabContext.Provider;

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('This part of the page must be drawn inside LabProvider.');
  return lab;
}

export function useRecipe<T>(select: (state: RecipeState) => T): T {
  return useStore(useLab().recipe, select);
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useLab().session, select);
}

export function useBench<T>(select: (state: BenchState) => T): T {
  return useStore(useLab().bench, select);
}

export function useMessages<T>(select: (state: MessagesState) => T): T {
  return useStore(useLab().messages, select);
}

export function useOpened<T>(select: (state: OpenedState) => T): T {
  return useStore(useLab().opened, select);
}

export function useChoices<T>(select: (state: ChoicesState) => T): T {
  return useStore(useLab().choices, select);
}
