// Which sizes a machine can be asked to train.

import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';

/** True when the processor does the work, with or without WebGPU. */
function isSlow({ adapter }: Machine): boolean {
  return adapter.kind === 'reference' || adapter.isFallback;
}

/** The size that is trained: the one that was picked, else the one that suits the machine; never one that it is not offered. */
export function fittingScale(machine: Machine, picked: ScaleName | null): ScaleName {
  const offered = scalesOffered(machine);
  if (picked !== null) return offered.includes(picked) ? picked : (offered.at(-1) ?? 'XS');
  return isSlow(machine) ? 'XS' : 'S';
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
