// How much training may hold, by what a browser tells of the device, and what follows for phones.

import { expect, test } from 'vitest';
import { scales } from '../../src/experiment/scales';
import { scalesOffered, tooLargeScale } from '../../src/store/machine';
import { runsWithin } from '../../src/train/memory';
import { memoryOf } from '../../src/worker/memory';
import type { Device } from '../../src/worker/protocol';
import { machine } from '../store/worker';

const MB = 2 ** 20;
const phone: Device = { handheld: true, gigabytes: null };

test.each<[string, Device, number]>([
  ['a phone that does not say (Safari)', phone, 512],
  ['a phone with 4 GB', { handheld: true, gigabytes: 4 }, 512],
  ['a phone with 8 GB', { handheld: true, gigabytes: 8 }, 1024],
  ['a computer that does not say (Safari, Firefox)', { handheld: false, gigabytes: null }, 2048],
  ['a computer with 8 GB', { handheld: false, gigabytes: 8 }, 4096],
  ['a computer with 0.5 GB', { handheld: false, gigabytes: 0.5 }, 256],
])('%s', (_, device, megabytes) => {
  expect(memoryOf(device).bytes).toBe(megabytes * MB);
});

test('a phone trains M one run at a time and is not offered L, though its adapter would bind every buffer', () => {
  const memory = memoryOf(phone);
  const small = { ...machine, memory };
  expect([scalesOffered(small), tooLargeScale(small)]).toEqual([['XS', 'S', 'M'], 'L']);
  expect(scalesOffered(machine)).toEqual(['XS', 'S', 'M', 'L']);
  const runs = (name: 'XS' | 'S' | 'M', device: Device) => runsWithin(memoryOf(device).bytes)(scales[name]);
  expect([runs('XS', phone), runs('S', phone), runs('M', phone)]).toEqual([8, 8, 1]);
  expect(runs('M', { handheld: false, gigabytes: 8 })).toBe(8);
});

test('the smallest size is always offered', () => {
  const tiny = { ...machine, memory: memoryOf({ handheld: true, gigabytes: 0.001 }) };
  expect(scalesOffered(tiny)).toEqual(['XS']);
});
