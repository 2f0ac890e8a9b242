// How components reach the lab, and one hook for each of its stores.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { BenchState } from '../store/bench';
import type { FigureState } from '../store/figureLab';
import type { Lab } from '../store/lab';
import type { RecipeState } from '../store/recipe';
import type { RunState } from '../store/run';

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

export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useLab().run, select);
}

export function useBench<T>(select: (state: BenchState) => T): T {
  return useStore(useLab().bench, select);
}

export function useFigures<T>(select: (state: FigureState) => T): T {
  return useStore(useLab().figures, select);
}
