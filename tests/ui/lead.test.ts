// The sentence over the Lab's charts once runs have ended: the numbers and signs of the table, over seeds that compare.

import { expect, test } from 'vitest';
import type { Evidence } from '../../src/experiment/evidence/evidence';
import { ownFigure, ownPart } from '../../src/experiment/figures/own';
import { figureTable } from '../../src/experiment/figures/table';
import { toExperiment } from '../../src/experiment/recipe/experiment';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import { change } from '../../src/ui/format';
import { leadOf } from '../../src/ui/lab/lead';
import { evidenceOf } from '../experiment/evidence';

const arms = [0, 25].map((replayPercent) => ({
  id: `replay-${replayPercent}`,
  recipe: { ...presetSchedules('rewarm'), replayPercent },
}));
const part = ownPart(toExperiment({ shift: 'weak', scale: 'XS', seeds: [1, 2], budget: 1 }, arms));
const base = { old: 2.2, new: 2.9 };
const run = (seed: number, old: number, fresh: number) => ({ seed, finals: [base, { old, new: fresh }] });

test('nothing is said before a run has ended', () => {
  expect(leadOf(part, () => [])).toBeNull();
});

test('one run: forgotten and learned as its row of the table has them', () => {
  const evidence = evidenceOf(part, { 'replay-0': [run(1, 2.412, 1.995)] });
  const [row] = figureTable(ownFigure, part, evidence);
  expect([row?.ours?.forgetting, row?.ours?.learned].map((value) => change(value ?? 0))).toEqual(['+0.212', '+0.905']);
  expect(leadOf(part, evidence)).toMatch(
    /^From the switch to the end with re-warm: forgotten \+0\.212, learned \+0\.905 nats a byte\. /,
  );
  const fell = evidenceOf(part, { 'replay-0': [run(1, 2.1, 3)] });
  expect(leadOf(part, fell)).toContain('forgotten −0.100, learned −0.100');
});

const lead = (without: ReturnType<typeof run>[], mixed: ReturnType<typeof run>[]) => {
  const evidence: Evidence = evidenceOf(part, { 'replay-0': without, 'replay-25': mixed });
  return leadOf(part, evidence);
};

test('several runs: which ends lowest on each text', () => {
  expect(lead([run(1, 2.4, 2)], [run(1, 2.25, 2.1)])).toBe(
    'Old loss ends lowest with re-warm, 25 % replay (forgotten +0.050), new loss with re-warm (learned +0.900).',
  );
});

test('only the seeds that all of them have are compared, and how many these are is said', () => {
  // With seed 2, which is the better one, the mean without replay would be 2.15 and look lowest.
  expect(lead([run(1, 2.4, 2), run(2, 1.9, 2)], [run(1, 2.25, 2.1)])).toBe(
    'Old loss ends lowest with re-warm, 25 % replay (forgotten +0.050), new loss with re-warm (learned +0.900). ' +
      'Compared over 1 seed, which all of them have.',
  );
  expect(lead([run(2, 1.9, 2)], [run(1, 2.25, 2.1)])).toBe(
    'No seed has ended in all of these runs, so they do not compare yet.',
  );
});
