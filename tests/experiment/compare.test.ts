// Two trainings of the same: told identical by their prints, whatever was rounded, or how far apart and why.

import { expect, test } from 'vitest';
import { compareArm, compareStages, type Printed, printOf } from '../../src/experiment/compare';
import type { StageRecord } from '../../src/experiment/evidence/record';
import { ownPart } from '../../src/experiment/figures/own';
import { plan } from '../../src/experiment/plan';
import { preset } from '../../src/experiment/presets';
import { openResultsLink, resultsLink } from '../../src/link/results';
import { madeUpResults } from '../link/made_up';

const part = ownPart(preset('weak', { scale: 'XS', seeds: [1, 2], steps: 12 }));
const whole = plan(part.experiment);
const results = madeUpResults(null, [part], { noise: 0.01, seed: 1, done: 1 });
const ids = whole.nodes.map(({ id }) => id);
const [first = ''] = ids;

const changed = (change: (record: StageRecord) => StageRecord, nodes = [first]): Printed => ({
  records: new Map([...results.records].map(([id, one]) => [id, nodes.includes(id) ? change(one) : one])),
});

const up = (by: number) => (record: StageRecord) => ({
  ...record,
  final: record.final?.map((value) => value + by) ?? null,
});

test('the same through a link, which rounds, is identical', () => {
  const sent = openResultsLink(resultsLink(results));
  expect(compareStages(ids, sent, results)).toEqual({
    stages: ids.length,
    ended: ids.length,
    identical: true,
    nats: expect.closeTo(0.001, 3),
    differences: [],
  });
});

test('one bit in one of many stages is seen, through a link too', () => {
  const other = changed(up(2 ** -50));
  const seen = compareStages(ids, openResultsLink(resultsLink(results)), other);
  expect(seen.identical).toBe(false);
  expect(seen.nats).toBeLessThan(0.0011);
  expect(compareStages(ids.slice(1), results, other).identical).toBe(true);
});

test('says how far apart at the most, and what was different where they were made', () => {
  const other = changed((record) => ({
    ...up(0.25)(record),
    maker: { version: '9', engine: 'webgpu', adapter: 'a card', kernels: null },
    corpora: [{ name: 'literature', bytes: 1, sha256: 'cd34' }],
  }));
  const seen = compareStages(ids, results, other);
  expect(seen.nats).toBeCloseTo(0.25, 12);
  expect(seen.differences).toEqual(['adapter', 'version', 'text']);
});

test("a link's short sum of a text is that of the whole text", () => {
  const short = changed((record) => ({
    ...up(1)(record),
    corpora: record.corpora.map((one) => ({ ...one, sha256: one.sha256.slice(0, 12) })),
  }));
  expect(compareStages(ids, short, results).differences).toEqual([]);
});

test('what has not ended is compared as far as both go, and does not count as ended', () => {
  const half = changed((record) => ({ ...record, final: null, evaluations: record.evaluations.slice(0, 3) }), ids);
  expect(compareStages(ids, results, half)).toMatchObject({ ended: 0, identical: true, nats: 0 });
});

test('a stage that one of them does not have says nothing', () => {
  expect(compareStages(ids, results, { records: new Map() })).toMatchObject({ stages: 0, identical: true });
});

test('an arm is its own path over all seeds', () => {
  const [arm, other] = part.experiment.arms;
  const last = whole.nodes.find(({ arms, seed }) => arms.length === 1 && arms[0] === arm?.id && seed === 2);
  const there = changed(up(1), [last?.id ?? '']);
  expect(compareArm(whole, arm?.id ?? '', results, there)).toMatchObject({
    stages: 4,
    identical: false,
    nats: expect.closeTo(1),
  });
  expect(compareArm(whole, other?.id ?? '', results, there)).toMatchObject({ stages: 4, identical: true });
});

test('prints tell finals and training losses apart', () => {
  const record = results.records.get(first);
  if (!record) throw new Error('the first stage has a record');
  const trained = record.evaluations.map((one) => ({ ...one, trainLoss: 2.5 }));
  expect(new Set([record, up(1)(record), { ...record, evaluations: trained }].map(printOf)).size).toBe(3);
});
