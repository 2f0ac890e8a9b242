// Which sizes a machine can be asked to train.

import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';

/** True when the processor does the work, with or without WebGPU. */
export function isSlow({ adapter }: Machine): boolean {
  return adapter.kind === 'reference' || adapter.isFallback;
}

/** All parameters of a run lie in one buffer of 4 bytes each. */
function fits(name: ScaleName, limits: Machine['limits']): boolean {
  const largest = limits['maxStorageBufferBindingSize'];
  return largest === undefined || 4 * parameters(scales[name].model) <= largest;
}

/** The sizes a person may choose; before the machine is known, those that most can train. */
export function scalesOffered(machine: Machine | null): readonly ScaleName[] {
  if (!machine) return ['XS', 'S', 'M'];
  if (isSlow(machine)) return ['XS'];
  return (['XS', 'S', 'M', 'L'] as const).filter((name) => fits(name, machine.limits));
}
