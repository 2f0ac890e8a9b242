// Results of several senders as one: what adds up, whose record stands, who repeated whom.

import { describe, expect, it } from 'vitest';
import { contributions } from '../../src/experiment/contributions';
import { figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { pooled, type Sent } from '../../src/experiment/pool';
import { preset } from '../../src/experiment/presets';
import type { OpenedResults } from '../../src/experiment/saved';
import { openResultsLink, resultsLink } from '../../src/link/results';
import { madeUpResults } from '../link/made_up';

const base = preset('weak', { scale: 'XS', seeds: [1], steps: 12 });
const of = (seeds: number[], arms = base.arms, noise = 1): OpenedResults =>
  madeUpResults(null, [ownPart({ ...base, seeds, arms })], { noise: 0.01, seed: noise, done: 1 });
const sent = (name: string, results: OpenedResults): Sent => ({ name, results });
const [floor, rewarm, replay] = base.arms;
if (!floor || !rewarm || !replay) throw new Error('the preset has three arms');

describe('a pool', () => {
  it('has the seeds and arms of all, and every record', () => {
    const { results, leftOut } = pooled([
      sent('a', of([5], [rewarm, floor])),
      sent('b', of([2], [floor])),
      sent('c', of([9], [replay])),
    ]);
    const [part] = results.parts;
    expect(part?.experiment.seeds).toEqual([2, 5, 9]);
    expect(part?.experiment.arms.map(({ id }) => id)).toEqual([rewarm.id, floor.id, replay.id]);
    expect(leftOut).toEqual([]);
    const nodes = part ? plan(part.experiment).nodes : [];
    // Of three arms and three seeds: three, two and two stages.
    expect(nodes.filter(({ id }) => results.records.has(id))).toHaveLength(7);
  });

  it('lets the first sender stand for a stage that several sent, with its print', () => {
    const a = openResultsLink(resultsLink(of([1])));
    const b = openResultsLink(resultsLink(of([1, 2], base.arms, 2)));
    const { results } = pooled([sent('a', a), sent('b', b)]);
    for (const [node, record] of a.records) {
      expect(results.records.get(node)).toBe(record);
      expect(results.prints?.get(node)).toBe(a.prints?.get(node));
    }
    const later = [...b.records.keys()].filter((node) => !a.records.has(node));
    expect(later).toHaveLength(4);
    for (const node of later) expect(results.prints?.get(node)).toBe(b.prints?.get(node));
  });

  it('leaves out what does not fit the first, and says why', () => {
    const five = figures['5'].parts({ scale: 'XS', seeds: [1], budget: 0.1 });
    const strong = preset('strong', { scale: 'XS', seeds: [1], steps: 12 });
    const made = (experiment: typeof base) =>
      madeUpResults(null, [ownPart(experiment)], { noise: 0, seed: 1, done: 1 });
    const { sent: kept, leftOut } = pooled([
      sent('a', of([1])),
      sent('b', { ...of([1]), figure: '5', parts: five }),
      sent('c', made(strong)),
      sent('d', of([3])),
    ]);
    expect(kept.map(({ name }) => name)).toEqual(['a', 'd']);
    expect(leftOut).toEqual([
      { name: 'b', apart: 'shows Figure 5, not Lab' },
      { name: 'c', apart: 'is of other texts, another model or another batch' },
    ]);
  });

  it('tells senders of one name apart', () => {
    const names = pooled([sent('a', of([1])), sent('a', of([2])), sent('a', of([3]))]).sent.map(({ name }) => name);
    expect(names).toEqual(['a', 'a (2)', 'a (3)']);
  });

  it('of nobody is refused', () => {
    expect(() => pooled([])).toThrow(RangeError);
  });
});

describe('contributions', () => {
  it('name seeds and runs that ended, and what was new', () => {
    const [a, b] = contributions([sent('a', of([3, 1], [rewarm])), sent('b', of([2], [rewarm]))]);
    expect(a).toMatchObject({ sent: { name: 'a' }, seeds: [1, 3], arms: [rewarm.label], added: 4, again: null });
    expect(b).toMatchObject({ seeds: [2], added: 2, again: null });
  });

  it('recognise what was sent before, and by whom', () => {
    const mine = of([1]);
    const [, again, other] = contributions([
      sent('a', mine),
      sent('b', openResultsLink(resultsLink(mine))),
      sent('c', of([1, 2], base.arms, 2)),
    ]);
    expect(again).toMatchObject({ added: 0, again: { name: 'a', compared: { identical: true, stages: 4 } } });
    expect(other).toMatchObject({ added: 4, again: { name: 'a', compared: { identical: false, stages: 4 } } });
  });
});
