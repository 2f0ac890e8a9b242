// Where a claim is shown: a chart with a curve of it, in the part that decided, that it names or in another; and of how many seeds what is
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

const seen = (id: FigureId, claim: Claim, drawn: Parameters<typeof whereSeen>[2], evidence: Evidence) =>
  whereSeen(figures[id], claim, drawn, evidence, claim.judge(evidence));
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
      expect(seen('5', claim, all, evidence)).toEqual({ part: 'strong', measure: 'old', arms });
    }
  });

  test('is shown on the weak shift, with the arms that it has there, where only that was trained', () => {
    const arms = ['rewarm', 'replay-0p5', 'replay-1', 'replay-5', 'replay-10', 'replay-50'];
    expect(seen('5', claim, all, onWeak)).toEqual({ part: 'weak', measure: 'old', arms });
  });

  test('is shown nowhere where no run of it has a curve that may be drawn', () => {
    expect(seen('5', claim, all, () => [])).toBeNull();
    // A level line alone is drawn beside nothing.
    const level = evidenceOf(weak, { union: [{ seed: 1, finals: [base] }] });
    expect(seen('5', claims['I5f'] as Claim, all, level)).toBeNull();
    const left = all.map(({ part, arms }) => ({ part, arms: arms.filter((arm) => arm === 'union') }));
    expect(seen('5', claim, left, both)).toBeNull();
  });
});

describe('a claim whose verdict one part decided', () => {
  const parts = partsOf('5');
  const all = parts.map((part) => ({ part, arms: part.experiment.arms.map(({ id }) => id) }));
  const claim = claims['I5d'] as Claim;
  /** @param cost of half old text on the new text, seed by seed */
  const study = (cost: Readonly<Record<string, readonly number[]>>): Evidence => {
    const all = parts.map((part) => {
      const ends = (arm: string) =>
        (cost[part.key] ?? []).map((more, i) => {
          const end = { old: 2.4, new: 2 + (arm === 'replay-50' ? more : 0) };
          return { seed: i + 1, finals: [base, end] };
        });
      const arms = part.experiment.arms.filter(({ id }) => id !== 'union');
      return evidenceOf(part, Object.fromEntries(arms.map(({ id }) => [id, ends(id)])));
    });
    return (part, arm) => all.flatMap((one) => one(part, arm));
  };
  const [up, down, unsure] = [
    [0.1, 0.11, 0.12],
    [-0.1, -0.11, -0.12],
    [-0.1, 0.11, 0.02],
  ];

  test.each([
    ['reversed', { weak: down, strong: unsure }, 'weak'],
    ['reversed', { weak: unsure, strong: down }, 'strong'],
    ['cannot-tell', { weak: unsure, strong: up }, 'weak'],
    // Both decided: the chart that the claim names.
    ['holds', { weak: up, strong: up }, 'strong'],
    ['reversed', { weak: down, strong: down }, 'strong'],
    ['holds', { weak: up }, 'weak'],
  ])('%s is shown there', (outcome, cost, part) => {
    const evidence = study(cost);
    expect(claim.judge(evidence).outcome).toBe(outcome);
    expect(claim.show.part).toBe('strong');
    expect(seen('5', claim, all, evidence)?.part).toBe(part);
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
