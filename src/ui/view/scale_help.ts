// What stands under the choice of a size: how large the chosen model is, and why a larger one is not offered.

import { parameters } from '../../experiment/cost';
import { scales } from '../../experiment/scales';
import type { ScaleName } from '../../experiment/spec';
import { tooLargeScale } from '../../store/machine';
import type { Machine } from '../../worker/protocol';
import { bytes, millions } from '../format';
import { tooLargeWords } from '../machine_words';

export function scaleHelp(chosen: ScaleName, machine: Machine | null): string {
  const size = `${millions(parameters(scales[chosen].model))} parameters`;
  const left = tooLargeScale(machine);
  if (!machine || left === null) return size;
  return `${size}. ${tooLargeWords(left, bytes(machine.memory.needs[left]), bytes(machine.memory.bytes))}`;
}
