// Results there and back: nothing but what is stated is lost, in as few letters as were promised.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { judgeFigure } from '../../src/experiment/claims';
import { printOf } from '../../src/experiment/compare';
import { evidenceOf } from '../../src/experiment/evidence/evidence';
import { type FigureId, figureIds, figures } from '../../src/experiment/figures';
import { ownPart } from '../../src/experiment/figures/own';
import { parseExperiment } from '../../src/experiment/parse';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import type { OpenedResults } from '../../src/experiment/saved';
import { openResultsLink, resultsLink } from '../../src/link/results';
import { frozen } from './frozen';
import { madeUpResults } from './made_up';

type Results = ReturnType<typeof madeUpResults>;

/** The largest differences of a curve and of an end, in nats. */
function expectSame(sent: Results, come: ReturnType<typeof openResultsLink>): { curve: number; final: number } {
  expect([come.version, come.figure, come.records.size]).toEqual([sent.version, sent.figure, sent.records.size]);
  expect(come.parts).toEqual(sent.parts.map((part) => ({ ...part, experiment: parseExperiment(part.experiment) })));
  let [curve, final] = [0, 0];
  for (const [node, record] of sent.records) {
    const other = come.records.get(node);
    if (!other) throw new Error('A record is missing.');
    expect(come.prints?.get(node)).toBe(printOf(record));
    expect(other.failure).toEqual(record.failure);
    expect(other.maker).toEqual(record.maker && { ...record.maker, kernels: null });
    expect(other.corpora).toEqual(record.corpora.map((stamp) => ({ ...stamp, sha256: stamp.sha256.slice(0, 12) })));
    expect(other.evaluations.map(({ step }) => step)).toEqual(record.evaluations.map(({ step }) => step));
    const off = (a: readonly number[], b: readonly number[]) =>
      Math.max(0, ...a.map((value, i) => Math.abs(value - (b[i] ?? 9))));
    for (const [i, { values }] of record.evaluations.entries()) {
      curve = Math.max(curve, off(values, other.evaluations[i]?.values ?? []));
    }
    expect(other.final === null).toBe(record.final === null);
    final = Math.max(final, off(record.final ?? [], other.final ?? []));
  }
  return { curve, final };
}

const outcomes = ({ parts, records }: Pick<OpenedResults, 'parts' | 'records'>, id: FigureId) =>
  judgeFigure(
    figures[id],
    evidenceOf(
      parts.map(({ key, experiment }) => ({ key, plan: plan(experiment) })),
      records,
    ),
  ).map(({ verdict }) => verdict.outcome);

describe('three arms, three seeds, two sets, 128 points', () => {
  const experiment = parseExperiment(preset('weak', { scale: 'XS', seeds: [1, 2, 3], steps: 4000 }));
  const evaluation = { ...experiment.evaluation, denseSteps: 10, points: 82 };
  const parts = [ownPart({ ...experiment, evaluation })];

  // Fixed validation windows: what moves a curve of real results up and down is smaller than this.
  it.each([0.004, 0.01])('within 2,300 letters at a noise of %d nats', (noise) => {
    const sent = madeUpResults(null, parts, { noise, seed: 1, done: 1 });
    const points = [...sent.records.values()].map(({ evaluations }) => evaluations.length);
    const link = resultsLink(sent);
    console.log(`noise ${noise}: ${points.join()} points, ${link.length} letters`);
    expect(Math.min(...points)).toBeGreaterThanOrEqual(128);
    expect(link.length).toBeLessThanOrEqual(2300);
    expect(link).toMatch(/^1\.[\w-]+$/);
    const come = openResultsLink(link);
    expectSame(sent, come);
    expect(resultsLink(come)).toBe(link);
  });
});

describe('there and back', () => {
  const sizes = {
    scale: fc.constantFrom('XS' as const, 'S' as const),
    seeds: fc.uniqueArray(fc.nat(4294967295), { minLength: 1, maxLength: 2 }),
  };
  const curves = { noise: fc.constantFrom(0, 0.003, 0.05), seed: fc.nat(), done: fc.constantFrom(0, 0.6, 1) };

  test('figures: curves within 0.001 nats, ends within 0.00001, every verdict the same', () => {
    let [most, letters, count] = [{ curve: 0, final: 0 }, 0, 0];
    fc.assert(
      fc.property(
        fc.constantFrom(...figureIds),
        fc.record({ ...sizes, ...curves }),
        (id, { scale, seeds, ...made }) => {
          const parts = figures[id].parts({ scale, seeds, budget: 0.25 });
          const sent = madeUpResults(id, parts, made);
          const link = resultsLink(sent);
          const come = openResultsLink(link);
          const off = expectSame(sent, come);
          most = { curve: Math.max(most.curve, off.curve), final: Math.max(most.final, off.final) };
          letters = Math.max(letters, link.length);
          count++;
          expect(outcomes(come, id)).toEqual(outcomes(sent, id));
        },
      ),
      { numRuns: 60 },
    );
    console.log(
      `${count} figures, at most ${most.curve} nats along a curve, ${most.final} at an end, ${letters} letters`,
    );
    expect(most.curve).toBeLessThanOrEqual(0.001 + 1e-9);
    expect(most.final).toBeLessThanOrEqual(0.000005 + 1e-9);
  });
});

describe('links of this version', () => {
  it.each(Object.entries(frozen))('%s opens for ever', (_, { link, print, loss }) => {
    const { parts, records, prints } = openResultsLink(link);
    const [first] = records.values();
    expect(parts).toHaveLength(1);
    expect([[...(prints?.values() ?? [])][0], first?.evaluations.at(-1)?.values[0]]).toEqual([print, loss]);
  });
});
