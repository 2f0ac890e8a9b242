// What verdicts say word for word, how several comparisons become one, and that chance is not taken for a result.

import { describe, expect, test } from 'vitest';
import { claims } from '../../../src/experiment/claims';
import type { Verdict } from '../../../src/experiment/claims/claim';
import type { Evidence } from '../../../src/experiment/evidence/evidence';
import { becomes, changed, ends, evidenceOf, goesOn, papers, tie, type World } from './world';

const judge = (id: string, evidence: Evidence): Verdict => claims[id]!.judge(evidence);
const without = (world: World, part: string): World =>
  Object.fromEntries(Object.entries(world).filter(([name]) => !name.startsWith(`${part}/`)));

/** One value a seed of the final new loss of `peak` above `rewarm`, for I4e on the weak shift. */
function higherBy(...differences: number[]): Evidence {
  return (part, arm) =>
    part === 'strong'
      ? []
      : differences.flatMap((difference, i) => {
          const sketch = goesOn([2, 3], 2.2, arm === 'peak' ? 2.5 + difference : 2.5);
          return evidenceOf({ [`${part}/${arm}`]: sketch }, { seeds: [i + 1], noise: 0 })(part, arm);
        });
}

describe('in words', () => {
  test('one seed', () => {
    expect(judge('I4e', higherBy(0.03)).sentence).toBe(
      'Weak shift: Seen once (1 seed): new loss ends at 2.540 nats held high and 2.510 lowered again: +0.030 nats, ' +
        'as the paper claims. At least 2 seeds are needed to rule out chance, better 3. ' +
        'Strong shift: not trained, so not judged.',
    );
    expect(judge('I4e', higherBy(-0.03)).sentence).toContain(': −0.030 nats, not as the paper claims.');
  });

  test('three seeds that agree', () => {
    // Mean 0.03, deviation 0.005: 4.303 * 0.005 / sqrt(3) = 0.0124.
    const verdict = judge('I4e', higherBy(0.025, 0.035, 0.03));
    expect(verdict.outcome).toBe('holds');
    expect(verdict.sentence).toContain(
      'New loss ends at 2.550 nats held high and 2.520 lowered again: +0.030 nats (95 % interval +0.018 to +0.042, 3 seeds).',
    );
    expect(verdict.effect).toBeCloseTo(0.03, 12);
    expect(verdict.interval).toEqual({ low: expect.closeTo(0.017578, 5), high: expect.closeTo(0.042422, 5) });
  });

  test('seeds that do not agree, and how many more would decide', () => {
    // Deviation 0.02, mean 0.02: the half-width is 0.0497 at 3 seeds, 0.0248 at 5 and 0.0210 at 6, 0.0185 at 7.
    const verdict = judge('I4e', higherBy(0, 0.02, 0.04));
    expect(verdict.outcome).toBe('cannot-tell');
    expect(verdict.sentence).toContain('Cannot tell yet: about 4 more seeds would decide.');
    expect(judge('I4e', higherBy(-0.9, 1, -0.1)).sentence).toContain('more than 20 more seeds would decide.');
  });

  test('a difference within the margin, wholly or not', () => {
    const none = judge('I4e', higherBy(0.002, 0.003, 0.0025));
    expect(none.outcome).toBe('no-difference');
    expect(none.sentence).toContain('The whole interval lies within ±0.005 nats: no difference.');
    // +0.000 to +0.007 leaves zero out, but the mean is too small to count and the upper end is not.
    expect(judge('I4e', higherBy(0.002, 0.0045, 0.004)).outcome).toBe('cannot-tell');
  });

  test('the opposite', () => {
    const { outcome, sentence } = judge('I4e', higherBy(-0.03, -0.031, -0.032));
    expect(outcome).toBe('reversed');
    expect(sentence).toContain(
      '−0.031 nats (95 % interval −0.033 to −0.029, 3 seeds). That is the opposite of the claim.',
    );
  });

  test('limits and alikeness', () => {
    const holds = evidenceOf(papers, { seeds: [0, 1, 2], noise: 0 });
    expect(judge('I5c', holds).sentence).toContain('The claim asks for at most 0.025 nats: all of the interval is.');
    expect(judge('I5b', holds).sentence).toContain(
      'share of the rise removed: +66.7 % (95 % interval +66.7 to +66.7, 3 seeds). The claim asks for at least 33.3 %: all of the interval is.',
    );
    expect(judge('I9a', holds).sentence).toContain('The whole interval lies within ±2.0 %, which counts as alike.');
  });

  test('arithmetic, with the gap that it is bought with', () => {
    expect(judge('I6d', evidenceOf(without(papers, 'strong'))).sentence).toMatch(
      /^Weak shift: Going on takes 1000 steps .* 2000, .*: 50\.0 % of the tokens are saved\. .* How close it comes: The average .* \+0\.020 nats/,
    );
  });
});

describe('several comparisons, one verdict', () => {
  test('a shift that was not trained is left out, and said', () => {
    for (const [left, said] of [
      ['weak', 'Weak shift: not trained, so not judged.'],
      ['strong', 'Strong shift: not trained, so not judged.'],
    ] as const) {
      const verdict = judge('I5a', evidenceOf(without(papers, left)));
      expect(verdict.outcome).toBe('holds');
      expect(verdict.sentence).toContain(said);
      expect(verdict.findings).toHaveLength(1);
    }
  });

  test('a shift that lacks one arm is not left out', () => {
    const { 'strong/replay-25': _, ...rest } = papers;
    const verdict = judge('I5a', evidenceOf(rest));
    expect(verdict.outcome).toBe('cannot-tell');
    expect(verdict.sentence).toContain('Strong shift: Needs the arm replay-25 on the strong shift.');
    expect(verdict.findings.map(({ outcome }) => outcome)).toEqual(['holds', 'cannot-tell']);
  });

  test('the weakest counts, with its own numbers', () => {
    const verdict = judge('I4e', evidenceOf(changed(papers, ends('strong/peak', { new: 1.05 }))));
    expect(verdict.findings.map(({ title, outcome }) => [title, outcome])).toEqual([
      ['Weak shift', 'holds'],
      ['Strong shift', 'reversed'],
    ]);
    expect([verdict.outcome, verdict.effect]).toEqual(['reversed', verdict.findings[1]?.effect]);
  });

  test('one clear counterexample decides, whatever is open elsewhere', () => {
    const { 'weak/peak': _, ...rest } = changed(papers, ends('strong/peak', { new: 1.05 }));
    const verdict = judge('I4e', evidenceOf(rest));
    expect(verdict.findings.map(({ outcome }) => outcome)).toEqual(['cannot-tell', 'reversed']);
    expect(verdict.outcome).toBe('reversed');
  });

  test('an order that is broken on the way does not hold', () => {
    const verdict = judge('I5a', evidenceOf(changed(papers, ends('weak/replay-5', { old: 2.3 }))));
    expect(verdict.outcome).toBe('cannot-tell');
    expect(verdict.sentence).toContain('But from 1 % to 5 % it clearly goes the other way: no steady order.');
  });
});

describe('pairs', () => {
  test('only seeds that every arm has count', () => {
    const some: Evidence = (part, arm) =>
      evidenceOf(papers, { seeds: arm === 'peak' ? [1, 2, 4] : [2, 3, 4], noise: 0 })(part, arm);
    expect(judge('I4e', some).n).toBe(2);
    const none: Evidence = (part, arm) =>
      evidenceOf(papers, { seeds: arm === 'peak' ? [1] : [2], noise: 0 })(part, arm);
    expect(judge('I4e', none).sentence).toContain(
      'Needs the same seed, measured to the end, in the arms peak and rewarm on the weak shift.',
    );
  });

  test('what all runs of a seed share does not widen the interval', () => {
    const { interval } = judge('I4e', evidenceOf(papers, { seeds: [1, 100], noise: 0 }));
    expect(interval?.high).toBeCloseTo(interval?.low ?? Number.NaN, 9);
  });

  test('a seed whose measurements are missing does not count', () => {
    const gap: Evidence = (part, arm) =>
      evidenceOf(papers)(part, arm).map((one) =>
        one.seed === 2 ? { ...one, stages: one.stages.map((stage) => ({ ...stage, evaluations: [] })) } : one,
      );
    expect(judge('I8c', gap)).toMatchObject({ outcome: 'holds', n: 2 });
    expect(judge('G2', gap).n).toBe(2);
    expect(judge('I10a', gap).n).toBe(2);
  });
});

describe('chance', () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

  test('does not turn a claim about the worst of several runs round', () => {
    const arms = ['base', 'scratch', 'union', 'rewarm', 'replay-5'];
    const equal = changed(papers, ...arms.map((arm) => becomes(`large/${arm}`, papers[`small/${arm}`]!)));
    const verdict = judge('I7a', evidenceOf(equal, { seeds, noise: 0.3 }));
    expect([verdict.outcome, verdict.sentence]).toEqual(['cannot-tell', verdict.sentence]);
    expect(verdict.interval?.high).toBeLessThan(0);
    expect(verdict.sentence).toContain('Taken one by one, though, no run shows it');
  });

  test('does not make equal runs unlike', () => {
    const equal = changed(papers, tie('weak', 'scratch', 'cosine-inf', 'invsqrt-inf'));
    expect(judge('I9a', evidenceOf(equal, { seeds, noise: 0.3 })).outcome).toBe('cannot-tell');
  });

  test('a little forgetting has no share', () => {
    const little = changed(papers, ends('weak/rewarm', { old: 2.18 }), ends('weak/replay-1', { old: 2.171 }));
    const { outcome, sentence } = judge('I5b', evidenceOf(little));
    expect(outcome).toBe('cannot-tell');
    expect(sentence).toContain('too little to say what share of it replay removes');
  });
});
