// Curves, references, axis and table of a figure against evidence made by hand, and the paper's own table by the same rules.

import { describe, expect, test } from 'vitest';
import type { ArmRun, Measurement } from '../../src/experiment/evidence/evidence';
import type { FigureId } from '../../src/experiment/figures';
import { figures } from '../../src/experiment/figures';
import { figureAxis, figureLines, referenceValues } from '../../src/experiment/figures/lines';
import { figureTable, peakRows } from '../../src/experiment/figures/table';
import type { FigurePart } from '../../src/experiment/part';
import { evidenceOf } from './evidence';

const options = { scale: 'XS', seeds: [1, 2], budget: 1 } as const;
const stepTokens = 16 * 64;

function partOf(id: FigureId, index = 0): FigurePart {
  const part = figures[id].parts(options)[index];
  if (!part) throw new Error(`figure ${id} has no part ${index}`);
  return part;
}

const losses = (old: number, fresh: number) => ({ old, new: fresh });

describe('Figure 5', () => {
  const part = partOf('5');
  const base = losses(2.2, 2.3);
  const evidence = evidenceOf(part, {
    rewarm: [
      { seed: 1, finals: [base, losses(2.4, 1.9)], bump: 0.5 },
      { seed: 2, finals: [base, losses(2.6, 1.8)], bump: 0.7 },
    ],
    'replay-5': [{ seed: 1, finals: [base, losses(2.25, 1.95)] }],
    'replay-50': [{ seed: 1, finals: [base, null] }],
    union: [{ seed: 1, finals: [losses(2.1, 2.0)] }],
  });

  test('curves begin at the switch, with the loss that the base ended with', () => {
    const lines = figureLines(figures['5'], part, 'old', evidence);
    expect(lines.map((line) => [line.arm, line.seeds])).toEqual([
      ['rewarm', [1, 2]],
      ['replay-5', [1]],
      ['replay-50', [1]],
    ]);
    const [rewarm] = lines;
    expect(rewarm?.points.map(({ tokens, mean }) => [tokens, Number(mean.toFixed(6))])).toEqual([
      [0, 2.2],
      [150 * stepTokens, 2.8],
      [300 * stepTokens, 2.5],
    ]);
    expect(rewarm?.points[1]).toMatchObject({ low: 2.7, high: expect.closeTo(2.9, 9) });
    expect(rewarm?.singles).toHaveLength(2);
    expect(lines[1]?.singles).toEqual([]);
  });

  test('the union is a line at its final loss', () => {
    expect(referenceValues(part, 'new', evidence)).toEqual([
      { arm: 'union', label: 'union, from scratch', value: { n: 1, mean: 2, low: 2, high: 2 } },
    ]);
    expect(referenceValues(part, 'new', () => [])).toEqual([]);
  });

  test('the axis is as long as the new data', () => {
    expect(figureAxis(figures['5'], part)).toEqual({
      end: 300 * stepTokens,
      bands: [{ start: 0, name: 'new data', shaded: true }],
    });
  });

  test('the table states forgetting, its removed share and the cost against the run without replay', () => {
    const rows = figureTable(figures['5'], part, evidence);
    const row = (arm: string) => rows.find((one) => one.arm === arm);
    const ours = (arm: string) => row(arm)?.ours;
    expect(ours('rewarm')).toMatchObject({ old: 2.5, new: expect.closeTo(1.85), forgetting: expect.closeTo(0.3) });
    expect(ours('replay-5')).toMatchObject({
      average: expect.closeTo(2.1),
      forgetting: expect.closeTo(0.05),
      // Beside seed 1 without replay, which forgets 0.2 and ends at 1.9; seed 2 has no partner.
      removed: expect.closeTo(1 - 0.05 / 0.2),
      cost: expect.closeTo(0.05),
    });
    expect(row('replay-5')?.spread).toMatchObject({ removed: { n: 1 }, cost: { n: 1 } });
    expect(ours('union')).toMatchObject({ forgetting: null, removed: null, cost: null });
    expect(ours('replay-50')).toBeNull();
    expect(ours('replay-1')).toBeNull();
  });

  test('what compares with the run without replay is a mean over pairs of seeds, or nothing', () => {
    const seeds = (...numbers: number[]) =>
      numbers.map((seed) => ({ seed, finals: [base, losses(2.2 + 0.1 * seed, 1.9 + seed)] }));
    const half = (...numbers: number[]) =>
      numbers.map((seed) => ({ seed, finals: [base, losses(2.2 + 0.05 * seed, 1.95 + seed)] }));
    const rowOf = (without: readonly number[], mixed: readonly number[]) => {
      const known = evidenceOf(part, { rewarm: seeds(...without), 'replay-5': half(...mixed) });
      return figureTable(figures['5'], part, known).find(({ arm }) => arm === 'replay-5');
    };
    // Half of the forgetting is gone and the new loss is 0.05 higher in every seed, whichever seeds there are.
    for (const [without, mixed, n] of [
      [[1, 2], [1, 2], 2],
      [[1], [1, 2, 3], 1],
      [[1, 2, 3], [3, 2], 2],
    ] as const) {
      const row = rowOf(without, mixed);
      expect(row?.ours).toMatchObject({ removed: expect.closeTo(0.5, 9), cost: expect.closeTo(0.05, 9) });
      expect([row?.n, row?.spread?.removed?.n, row?.spread?.cost?.n]).toEqual([mixed.length, n, n]);
    }
    const apart = rowOf([1], [2, 3]);
    expect(apart?.ours).toMatchObject({ removed: null, cost: null });
    expect(apart?.n).toBe(2);
  });

  test("the paper's side repeats what its Table 2 prints", () => {
    const rows = figureTable(figures['5'], part, () => []);
    const shown = (arm: string) => {
      const paper = rows.find((row) => row.arm === arm)?.paper;
      return paper && [paper.average, paper.forgetting, paper.removed, paper.cost].map((value) => value?.toFixed(2));
    };
    expect(shown('rewarm')).toEqual(['2.47', '0.27', '0.00', '0.00']);
    expect(shown('replay-1')).toEqual(['2.38', '0.09', '0.67', '0.00']);
    expect(shown('replay-50')).toEqual(['2.35', '-0.01', '1.04', '0.04']);
    expect(shown('union')).toEqual(['2.35', undefined, undefined, undefined]);
  });

  test('nothing is a share of a forgetting that is not there', () => {
    const flat = evidenceOf(part, {
      rewarm: [{ seed: 1, finals: [base, losses(2.2, 1.9)] }],
      'replay-5': [{ seed: 1, finals: [base, losses(2.1, 1.95)] }],
    });
    expect(figureTable(figures['5'], part, flat).find((row) => row.arm === 'replay-5')?.ours?.removed).toBeNull();
  });
});

test('seconds are told where every seed has them', () => {
  const part = partOf('9');
  const at = (step: number, seconds?: number) => {
    const one = { step, tokens: step * stepTokens, old: 2, new: 2 };
    return seconds === undefined ? one : { ...one, seconds };
  };
  const record = (seed: number, evaluations: readonly Measurement[]): ArmRun => ({
    seed,
    stages: [{ name: 'd1', steps: 300, evaluations, final: null }],
  });
  const timed = record(1, [at(0, 0), at(150, 10)]);
  const lineOf = (...records: readonly ArmRun[]) =>
    figureLines(figures['9'], part, 'new', (_, arm) => (arm === 'scratch' ? records : []))[0];
  expect(lineOf(timed, record(2, [at(0, 0), at(150, 20)]))?.points.map(({ seconds }) => seconds)).toEqual([0, 15]);
  expect(lineOf(timed, record(2, [at(0), at(150)]))?.points.map(({ seconds }) => seconds)).toEqual([
    undefined,
    undefined,
  ]);
});

describe('Figure 10', () => {
  const part = partOf('10');
  const three = [losses(2.5, 2.5), losses(2.3, 2.3), losses(2.2, 2.2)];
  const evidence = evidenceOf(part, {
    'cosine-repeat': [{ seed: 1, finals: three }],
    'cosine-inf': [{ seed: 1, finals: three }],
    'cosine-inf-anneal-2': [{ seed: 1, finals: [...three.slice(0, 2), losses(2.1, 2.1)] }],
  });

  test('a branch draws its anneal alone, from where the trunk stopped', () => {
    const lines = figureLines(figures['10'], part, 'new', evidence);
    const ends = lines.map(({ arm, points }) => [arm, points[0]?.tokens, points.at(-1)?.tokens]);
    expect(ends).toEqual([
      ['cosine-repeat', 0, 300 * stepTokens],
      ['cosine-inf', 0, 300 * stepTokens],
      ['cosine-inf-anneal-2', 200 * stepTokens, 215 * stepTokens],
    ]);
    expect(lines[2]?.points[0]?.mean).toBe(2.3);
  });

  test('the axis holds three parts and the last anneal', () => {
    const { end, bands } = figureAxis(figures['10'], part);
    expect(end).toBe(315 * stepTokens);
    expect(bands.map((band) => band.start)).toEqual([0, 100 * stepTokens, 200 * stepTokens]);
  });
});

test("Figure 8 states the paper's peaks and ours, from the value at the switch", () => {
  const part = partOf('8');
  const base = losses(2.2, 2.3);
  const evidence = evidenceOf(part, {
    rewarm: [
      { seed: 1, finals: [base, losses(2.3, 1.9)], bump: 0.3 },
      { seed: 2, finals: [base, losses(2.3, 1.9)], bump: 0.5 },
    ],
    'same-rewarm': [{ seed: 1, finals: [base, null], bump: 0.3 }],
  });
  const rows = peakRows(figures['8'], part, evidence);
  const row = (arm: string) => rows.find((one) => one.arm === arm);
  expect(row('rewarm')).toEqual({ arm: 'rewarm', ours: expect.closeTo(0.4), paper: 0.35 });
  expect(row('same-rewarm')).toEqual({ arm: 'same-rewarm', ours: null, paper: 0.1 });
  expect(row('floor')).toEqual({ arm: 'floor', ours: null, paper: null });
  expect(peakRows(figures['5'], partOf('5'), evidence)).toEqual([]);
});

test('an earlier checkpoint is drawn from the switch on', () => {
  const part = partOf('gupta-5');
  const lines = figureLines(
    figures['gupta-5'],
    part,
    'new',
    evidenceOf(part, { 'from-7': [{ seed: 1, finals: [losses(3, 3), losses(2, 2)] }] }),
  );
  expect(lines[0]?.points.map((point) => point.tokens)).toEqual([0, 150 * stepTokens, 300 * stepTokens]);
});
