// Where a claim is shown: a chart with a curve of it, in the part that it names or in another; and of how many seeds what is
// drawn is the mean.

import { describe, expect, test } from 'vitest';
import { claims } from '../../src/experiment/claims';
import type { Claim } from '../../src/experiment/claims/claim';
import type { Evidence } from '../../src/experiment/evidence/evidence';
import { type FigureId, figures } from '../../src/experiment/figures';
import { drawnSeeds } from '../../src/experiment/figures/lines';
import { whereSeen } from '../../src/experiment/figures/where';
import { pageWords } from '../../src/ui/figures/words';
import { evidenceOf } from './evidence';

const partsOf = (id: FigureId) => figures[id].parts({ scale: 'XS', seeds: [1, 2, 3], budget: 1 });
const base = { old: 2.2, new: 2.9 };
const run = (seed: number) => ({ seed, finals: [base, { old: 2.4, new: 2 }] });

describe('a claim of Figure 5 whose chart is of the strong shift', () => {
  const parts = partsOf('5');
  const all = parts.map((part) => ({ part, arms: part.experiment.arms.map(({ id }) => id) }));
  const claim = claims['I5a'] as Claim;
  const [weak, strong] = parts as [(typeof parts)[number], (typeof parts)[number]];
  const onWeak = evidenceOf(weak, { rewarm: [run(1)], 'replay-0p5': [run(1)] });
  const onStrong = evidenceOf(strong, { 'replay-25': [run(1)] });
  const both: Evidence = (part, arm) => [...onWeak(part, arm), ...onStrong(part, arm)];

  test('is shown there where it was trained there', () => {
    expect(claim.show.part).toBe('strong');
    const arms = ['rewarm', 'replay-1', 'replay-5', 'replay-10', 'replay-25', 'replay-50'];
    for (const evidence of [onStrong, both]) {
      expect(whereSeen(figures['5'], claim, all, evidence)).toEqual({ part: 'strong', measure: 'old', arms });
    }
  });

  test('is shown on the weak shift, with the arms that it has there, where only that was trained', () => {
    const arms = ['rewarm', 'replay-0p5', 'replay-1', 'replay-5', 'replay-10', 'replay-50'];
    expect(whereSeen(figures['5'], claim, all, onWeak)).toEqual({ part: 'weak', measure: 'old', arms });
  });

  test('is shown nowhere where no run of it has a curve that may be drawn', () => {
    expect(whereSeen(figures['5'], claim, all, () => [])).toBeNull();
    // A level line alone is drawn beside nothing.
    const level = evidenceOf(weak, { union: [{ seed: 1, finals: [base] }] });
    expect(whereSeen(figures['5'], claims['I5f'] as Claim, all, level)).toBeNull();
    const left = all.map(({ part, arms }) => ({ part, arms: arms.filter((arm) => arm === 'union') }));
    expect(whereSeen(figures['5'], claim, left, both)).toBeNull();
  });
});

describe('how many seeds what is drawn is the mean of', () => {
  const [weak] = partsOf('5');
  if (!weak) throw new Error('no part');
  const words = (evidence: Evidence, shows?: (arm: string) => boolean) =>
    pageWords.overSeeds(drawnSeeds(figures['5'], weak, evidence, shows));
  const uneven = evidenceOf(weak, {
    rewarm: [run(1)],
    'replay-1': [run(1), run(2), run(3)],
    union: [1, 2].map((seed) => ({ seed, finals: [base] })),
  });

  test('is the number that there is, not the number that was asked for', () => {
    expect(words(() => [])).toBe('');
    expect(words(evidenceOf(weak, { rewarm: [run(2)] }))).toBe('one seed');
    expect(words(evidenceOf(weak, { rewarm: [run(1), run(2)] }))).toBe('mean of 2 seeds, each of them thin');
  });

  test('is a range where curves and levels differ, of those alone that are drawn', () => {
    expect(drawnSeeds(figures['5'], weak, uneven)).toEqual([1, 2, 3]);
    expect(words(uneven)).toBe('means of 1 to 3 seeds, each of them thin');
    expect(words(uneven, (arm) => arm === 'replay-1')).toBe('mean of 3 seeds, each of them thin');
    // Without a curve no level is drawn either.
    expect(words(uneven, (arm) => arm === 'union')).toBe('');
  });
});
