// What this machine allows, as the page needs it.

import { useMemo } from 'react';
import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';
import { useRun } from './context';

/** True when the processor does the work, with or without WebGPU. */
export function isSlow(machine: Machine): boolean {
  return machine.adapter.kind === 'reference' || machine.adapter.isFallback;
}

/** Parameters, gradients and the two AdamW moments of one run have to fit into one buffer each. */
function fits(name: ScaleName, limits: Machine['limits']): boolean {
  const largest = limits['maxStorageBufferBindingSize'];
  return largest === undefined || 4 * parameters(scales[name].model) <= largest;
}

/** The sizes a person may choose here. L needs a graphics card that says it can hold it. */
export function scalesOffered(machine: Machine | null): readonly ScaleName[] {
  if (!machine) return ['XS', 'S', 'M'];
  if (isSlow(machine)) return ['XS'];
  return (['XS', 'S', 'M', 'L'] as const).filter((name) => fits(name, machine.limits));
}

export function useScalesOffered(): readonly ScaleName[] {
  const machine = useRun((state) => state.machine);
  return useMemo(() => scalesOffered(machine), [machine]);
}
