// How much training may hold, by what the browser tells of the device. Adapters do not say what a tab may take, and a phone
// that ends it gives no warning, so the budget is stated beforehand and shown under About.

import { scales } from '../experiment/scales';
import type { ScaleName } from '../experiment/spec';
import { trainingBytes } from '../train/memory';
import type { Device, Memory } from './protocol';

const gigabyte = 2 ** 30;

/**
 * Of the memory that a browser states a computer's tab may hold half, and a phone's an eighth, because system, browser and
 * picture share the rest with it. Where it states none (Safari, Firefox): on a phone half of what the smallest that has
 * WebGPU lets a tab hold, on a computer a quarter of the usual 8 GB.
 */
const shares = { handheld: 1 / 8, computer: 1 / 2 } as const;
const unstated = { handheld: gigabyte / 2, computer: 2 * gigabyte } as const;

export function memoryOf(device: Device): Memory {
  const kind = device.handheld ? 'handheld' : 'computer';
  const bytes = device.gigabytes === null ? unstated[kind] : shares[kind] * device.gigabytes * gigabyte;
  const need = (name: ScaleName) => trainingBytes(scales[name], 1);
  return { bytes, device, needs: { XS: need('XS'), S: need('S'), M: need('M'), L: need('L') } };
}
