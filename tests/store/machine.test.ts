// Which sizes a machine is offered.

import { expect, test } from 'vitest';
import { scalesOffered } from '../../src/store/machine';
import { adapter, machine } from './worker';

test('sizes follow the adapter', () => {
  expect(scalesOffered(machine)).toEqual(['XS', 'S', 'M', 'L']);
  expect(scalesOffered({ ...machine, limits: { maxStorageBufferBindingSize: 16_000_000 } })).toEqual(['XS', 'S', 'M']);
  expect(scalesOffered({ ...machine, adapter: { ...adapter, kind: 'reference' } })).toEqual(['XS']);
});
