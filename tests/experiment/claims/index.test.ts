// Claims and figures belong together: each claim in one figure, each chart that a claim points to in it. And how claims are
// worded.

import { describe, expect, test } from 'vitest';
import { claims, judgeFigure, oneInTwenty } from '../../../src/experiment/claims';
import { figures } from '../../../src/experiment/figures';
import { evidenceOf, papers } from './world';

const options = { scale: 'XS', seeds: [1], budget: 1 } as const;

test('every claim that a figure lists exists, and every claim is listed once', () => {
  const listed = Object.values(figures).flatMap((figure) => figure.claims);
  expect([...listed].sort()).toEqual(Object.keys(claims).sort());
});

describe.each(Object.values(figures))('$name', (figure) => {
  const parts = figure.parts(options);

  test('claims point to charts and arms that it has', () => {
    for (const { claim } of judgeFigure(figure, () => [])) {
      const part = parts.find(({ key }) => key === claim.show.part);
      expect([claim.id, part?.key]).toEqual([claim.id, claim.show.part]);
      expect(figure.measures).toContain(claim.show.measure);
      const keys = claim.needs.map((need) => need.part);
      expect([claim.id, keys.includes(claim.show.part)]).toEqual([claim.id, true]);
    }
  });

  test('claims need only arms that it trains', () => {
    const known = new Set(parts.flatMap(({ key, experiment }) => experiment.arms.map(({ id }) => `${key}/${id}`)));
    const asked = new Set<string>();
    judgeFigure(figure, (part, arm) => {
      asked.add(`${part}/${arm}`);
      return evidenceOf(papers)(part, arm);
    });
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
    const said = judgeFigure(figure, () => []).flatMap(({ claim }) =>
      claim.needs.map(({ part, arm }) => `${part}/${arm}`),
    );
    expect([...new Set(said)].sort()).toEqual([...asked].sort());
  });

  test('judges its claims in its own order, also before anything is trained', () => {
    const judged = judgeFigure(figure, () => []);
    expect(judged.map(({ claim }) => claim.id)).toEqual(figure.claims);
    for (const { verdict } of judged) {
      expect(verdict).toMatchObject({ outcome: 'cannot-tell', effect: null, interval: null, n: 0 });
      expect(verdict.sentence).toMatch(/Needs the arms? /);
    }
  });
});

test.each(Object.values(claims))('$id is worded for a student', (claim) => {
  const { statement, paper, fragility, source } = claim;
  for (const text of [statement, paper, fragility]) {
    expect(text).toMatch(/^[A-Z0-9].*\.$/);
    expect(text).not.toMatch(/\b(eta|CPT|D0|D1|AVG|LR|val)\b|!|\.\./);
  }
  expect(statement.length).toBeLessThan(130);
  expect(source).toMatch(/^(Ibrahim et al\. 2024, Figure|Gupta et al\. 2023, takeaway) \d/);
  const { sentence } = claim.judge(evidenceOf(papers));
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(sentence).not.toMatch(/\b(eta|CPT|D0|D1|AVG|LR)\b| {2}|-\d/);
});

test('chance is mentioned from six claims on', () => {
  expect(oneInTwenty(5)).toBeNull();
  expect(oneInTwenty(6)).toMatch(/^6 claims .* one in twenty .*\.$/);
});

test('margins are fixed before any run: a change of one must change this list', () => {
  const byMargin = new Map<string, string[]>();
  for (const { id, margin, unit } of Object.values(claims)) {
    const key = `${Number(margin.toFixed(3))} ${unit}`;
    byMargin.set(key, [...(byMargin.get(key) ?? []), id]);
  }
  expect(Object.fromEntries([...byMargin].map(([margin, ids]) => [margin, ids.sort().join(' ')]))).toEqual({
    '0.005 nats': 'G1 G2 G3 I3b I4a I4b I4c I4d I4e I4f I4h I4i I5a I5e I5f I6a I6b I7a I7b I8a I8c I9b',
    '0.02 nats': 'I4g I5d I6c I7d I8b',
    '0.025 nats': 'I5c',
    '0.05 nats': 'I5g I7c',
    '10 %': 'I3a',
    '33.333 %': 'I5b',
    '0 %': 'I6d',
    '2 %': 'I10b I9a',
    '5 %': 'I10a',
  });
});
