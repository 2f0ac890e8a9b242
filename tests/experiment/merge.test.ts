// Results of one experiment made at different times: what adds up, what does not, and which record is kept.

import { describe, expect, it } from 'vitest';
import { emptyRecord, type Records, type StageRecord } from '../../src/experiment/evidence/record';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { mergedParts, mergedRecords } from '../../src/experiment/merge';
import { parseExperiment } from '../../src/experiment/parse';
import type { FigurePart } from '../../src/experiment/part';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import type { Experiment } from '../../src/experiment/spec';

const base = preset('weak', { scale: 'XS', seeds: [1], steps: 12 });
const [floor, rewarm, replay] = base.arms;
if (!floor || !rewarm || !replay) throw new Error('the preset has three arms');

const with_ = (change: Partial<Experiment>): FigurePart[] => [ownPart({ ...base, ...change })];
const parts = (older: FigurePart[], newer: FigurePart[]): FigurePart[] | null => {
  const together = mergedParts(older, newer);
  return 'apart' in together ? null : together;
};
const merged = (older: FigurePart[], newer: FigurePart[]): Experiment | null =>
  parts(older, newer)?.[0]?.experiment ?? null;
const ids = (experiment: Experiment | null) => experiment?.arms.map(({ id }) => id);

describe('parts', () => {
  it('add up their seeds, once each and in order', () => {
    expect(merged(with_({ seeds: [7, 2] }), with_({ seeds: [3, 2] }))?.seeds).toEqual([2, 3, 7]);
    expect(merged(with_({}), with_({}))).toEqual(base);
  });

  it('add up their arms, the newer first and with their labels', () => {
    const older = with_({ arms: [floor, { ...rewarm, label: 'an old name' }], name: 'old' });
    const together = merged(older, with_({ arms: [replay, rewarm], name: 'new' }));
    expect(ids(together)).toEqual([replay.id, rewarm.id, floor.id]);
    expect(together?.arms[1]?.label).toBe(rewarm.label);
    expect(together?.name).toBe('new');
    expect(together && parseExperiment(together)).toEqual(together);
  });

  const other = 'is of other texts, another model or another batch';
  const named = (arm: string) => `has another length, text or schedule under the name "${arm}"`;
  it.each<[string, Partial<Experiment>, string, string]>([
    ['another model', { model: { ...base.model, layers: base.model.layers + 1 } }, other, other],
    ['another batch', { batch: base.batch + 1 }, other, other],
    ['other evaluations', { evaluation: { ...base.evaluation, points: base.evaluation.points + 1 } }, other, other],
    ['another text', { evaluation: { ...base.evaluation, d1: 'german' } }, other, other],
    ['another scale', { scale: 'S' }, 'is of size S, not of size XS', 'is of size XS, not of size S'],
    [
      'other steps',
      { arms: preset('weak', { scale: 'XS', seeds: [1], steps: 13 }).arms },
      named('floor'),
      named('floor'),
    ],
    ['another model', { arms: [{ ...floor, model: { ...base.model, layers: 1 } }] }, named('floor'), named('floor')],
  ])('of %s do not, and it is said why', (_, change, there, back) => {
    expect(mergedParts(with_({}), with_(change))).toEqual({ apart: there });
    expect(mergedParts(with_(change), with_({}))).toEqual({ apart: back });
  });

  it('do not where no experiment may be so large', () => {
    const seeds = (first: number) => Array.from({ length: 20 }, (_, i) => first + i);
    const arms = (prefix: string) => Array.from({ length: 20 }, (_, i) => ({ ...floor, id: `${prefix}-${i}` }));
    const much = { apart: 'makes more of it than one experiment may hold' };
    expect(mergedParts(with_({ seeds: seeds(1) }), with_({ seeds: seeds(101) }))).toEqual(much);
    expect(mergedParts(with_({ arms: arms('a') }), with_({ arms: arms('b') }))).toEqual(much);
  });

  it('of a figure are kept beside each other, with the references of both', () => {
    const [weak, strong] = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 0.02 });
    if (!weak || !strong) throw new Error('Figure 5 has two parts');
    expect(mergedParts([weak], [strong])).toEqual([weak, strong]);
    const arms = (part: FigurePart, wanted: (id: string) => boolean): FigurePart => ({
      ...part,
      experiment: { ...part.experiment, arms: part.experiment.arms.filter(({ id }) => wanted(id)) },
      references: part.references.filter(wanted),
    });
    const union = arms(weak, (id) => id === 'union');
    const others = arms(weak, (id) => id !== 'union');
    expect([union.references, others.references]).toEqual([['union'], []]);
    const [back, ...rest] = parts([union, strong], [others])?.toReversed() ?? [];
    expect(back).toEqual(weak);
    expect(rest).toEqual([strong]);
    const [other] = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 0.04 });
    expect(other && mergedParts([weak, strong], [other])).toEqual({ apart: expect.stringContaining('another length') });
  });

  it('keep the ids of every stage, so that records are still found', () => {
    const older = plan({ ...base, arms: [floor] });
    const together = plan({ ...base, arms: [replay, rewarm, floor], seeds: [1, 2] });
    expect(together.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(older.nodes.map(({ id }) => id)));
  });
});

describe('records', () => {
  const evaluations = (count: number) =>
    Array.from({ length: count }, (_, step) => ({ step, trainLoss: step === 0 ? null : 1, values: [3 - step, 4] }));
  const record = (count: number, change: Partial<StageRecord> = {}): StageRecord => ({
    ...emptyRecord('n'),
    evaluations: evaluations(count),
    ...change,
  });
  const of = (one: StageRecord): Records => new Map([[one.node, one]]);
  const kept = (older: StageRecord, newer: StageRecord) => mergedRecords(of(older), of(newer)).get('n');

  it('of both are there', () => {
    const other = { ...record(1), node: 'm' };
    const together = mergedRecords(of(other), of(record(2)));
    expect([...together]).toEqual([
      ['m', other],
      ['n', record(2)],
    ]);
  });

  const whole = record(3, { final: [1, 2], origin: 'file' });
  const failed = record(2, { failure: { step: 1, message: 'Its loss was not a number.' } });
  it.each<[string, StageRecord, StageRecord, 'older' | 'newer']>([
    ['a finished one over one just begun', whole, record(0), 'older'],
    ['a finished one over a longer one without an end', whole, record(9), 'older'],
    ['a finished one over one that failed', whole, failed, 'older'],
    ['a newly finished one', record(9), whole, 'newer'],
    ['the longer of two', record(4), record(2), 'older'],
    ['the newer of two alike', record(2), record(2, { origin: 'kept' }), 'newer'],
    ['the newer of two that are finished', whole, record(3, { final: [5, 6] }), 'newer'],
    ['the newer failure', record(2), failed, 'newer'],
  ])('keep %s', (_, older, newer, which) => {
    expect(kept(older, newer)).toBe(which === 'older' ? older : newer);
  });

  it('are not changed where they come from', () => {
    const [older, newer] = [of(record(1)), of(record(2))];
    mergedRecords(older, newer);
    expect(older.get('n')).toEqual(record(1));
    expect(newer.size).toBe(1);
  });
});
