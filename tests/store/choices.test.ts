// What is chosen of the figures: for each alone, and the study that holds for all.

import { expect, test } from 'vitest';
import { createChoicesStore } from '../../src/store/choices';
import { machine, opened, slow } from './worker';

test('the size follows the machine until the person picks one, and always when it cannot be trained', async () => {
  const { lab, worker } = await opened();
  const scale = () => lab.choices.getState().study.scale;
  expect(scale()).toBe('S');
  worker.send([{ kind: 'machine', machine: slow }]);
  expect(scale()).toBe('XS');
  worker.send([{ kind: 'machine', machine }]);
  lab.choices.choose({ scale: 'M' });
  worker.send([{ kind: 'machine', machine: { ...machine } }]);
  expect(scale()).toBe('M');
  worker.send([{ kind: 'machine', machine: slow }]);
  expect(scale()).toBe('XS');
});

test('other choices of the study pick no size', () => {
  const choices = createChoicesStore();
  choices.choose({ seeds: 3, budget: 0.25 });
  expect(choices.getState()).toMatchObject({ study: { scale: 'S', seeds: 3, budget: 0.25 }, picked: null });
  choices.fit(slow);
  expect(choices.getState().study).toEqual({ scale: 'XS', seeds: 3, first: 1, budget: 0.25 });
});

test('arms and parts are left out of one figure and taken in again', () => {
  const choices = createChoicesStore();
  choices.toggleArm('5', 'weak', 'replay-1');
  choices.toggleArm('5', 'weak', 'union');
  choices.togglePart('5', 'strong');
  expect(choices.getState().choices).toEqual({
    '5': { without: { weak: ['replay-1', 'union'] }, postponed: ['strong'] },
  });
  choices.toggleArm('5', 'weak', 'replay-1');
  choices.togglePart('5', 'strong');
  expect(choices.getState().choices).toEqual({ '5': { without: { weak: ['union'] }, postponed: [] } });
});
