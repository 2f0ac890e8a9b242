// Which sizes a machine can be asked to train.

import { parameters } from '../experiment/cost';
import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';

/** True when the processor does the work, with or without WebGPU. */
function isSlow({ adapter }: Machine): boolean {
  return adapter.kind === 'reference' || adapter.isFallback;
}

const all = ['XS', 'S', 'M', 'L'] as const;

/** The size that is trained: the one that was picked, else the one that suits the machine; never one that it is not offered. */
export function fittingScale(machine: Machine, picked: ScaleName | null): ScaleName {
  const offered = scalesOffered(machine);
  if (picked !== null) return offered.includes(picked) ? picked : (offered.at(-1) ?? 'XS');
  return !isSlow(machine) && offered.includes('S') ? 'S' : 'XS';
}

/** All parameters of a run lie in one buffer of 4 bytes each, and all that a run takes within what training may hold. */
function fits(name: ScaleName, { limits, memory }: Machine): boolean {
  const largest = limits['maxStorageBufferBindingSize'];
  const bindable = largest === undefined || 4 * parameters(scales[name].model) <= largest;
  return bindable && memory.needs[name] <= memory.bytes;
}

/** The sizes a person may choose; before the machine is known, those that most can train. */
export function scalesOffered(machine: Machine | null): readonly ScaleName[] {
  if (!machine) return ['XS', 'S', 'M'];
  if (isSlow(machine)) return ['XS'];
  // The smallest is always tried.
  return all.filter((name) => name === 'XS' || fits(name, machine));
}

/** The smallest size that is left out because it takes more memory than training may hold; null where that is not why. */
export function tooLargeScale(machine: Machine | null): ScaleName | null {
  if (!machine || isSlow(machine)) return null;
  return all.find((name) => name !== 'XS' && machine.memory.needs[name] > machine.memory.bytes) ?? null;
}
