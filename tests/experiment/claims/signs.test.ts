// Numbers with a sign: where the old loss falls nothing is forgotten, and neither a rule nor a sentence takes the fall for a
// small rise.

import { describe, expect, test } from 'vitest';
import { claims } from '../../../src/experiment/claims';
import type { Verdict } from '../../../src/experiment/claims/claim';
import { becomes, changed, ends, evidenceOf, goesOn, papers, type World } from './world';

const judge = (id: string, world: World): Verdict =>
  (claims[id] as NonNullable<(typeof claims)[string]>).judge(evidenceOf(world, { seeds: [0, 1, 2], noise: 0 }));

describe('a fall of the old loss', () => {
  test('is no forgetting to take a share of, and is called a fall', () => {
    const better = changed(papers, ends('weak/rewarm', { old: 2.011 }), ends('weak/replay-1', { old: 2 }));
    const [weak, strong] = judge('I5b', better).findings;
    expect(weak).toMatchObject({ outcome: 'cannot-tell', effect: null, n: 3 });
    expect(weak?.sentence).toBe(
      'Without replay the old loss falls by 0.159 nats in one seed: nothing is forgotten of which replay could remove a share.',
    );
    expect(strong?.outcome).toBe('holds');
  });

  test('a small rise is called a rise', () => {
    const little = changed(papers, ends('weak/rewarm', { old: 2.18 }));
    expect(judge('I5b', little).sentence).toContain(
      'Without replay the old loss rises by 0.010 nats in one seed: too little to say what share of it replay removes.',
    );
  });

  test('is as large a change as a rise, of which the ends of warmups are a share', () => {
    // The four end 0.05 apart after a fall by 1 nat: 5 %. Of the least change that is divided by it would be 25.
    const better = changed(
      papers,
      ...['warmup-0', 'warmup-0p5', 'rewarm', 'warmup-2'].map((arm, i) =>
        becomes(`weak/${arm}`, goesOn([3, 3], i === 3 ? 2.05 : 2, 2)),
      ),
    );
    const [old] = judge('I3a', better).findings;
    expect(old).toMatchObject({ outcome: 'holds', effect: expect.closeTo(5, 9) });
    expect(old?.sentence).toContain(
      'The old losses of the four warmups end 0.050 nats apart, and with 1 % the old loss falls by 1.000; the distance in percent of 1.000 nats: +5.0 %',
    );
  });

  test('a change too small to divide by is told beside what is divided by', () => {
    expect(judge('I3a', papers).findings[1]?.sentence).toContain(
      'with 1 % the new loss falls by 0.200; the distance in percent of 0.200 nats',
    );
    const little = changed(papers, ends('weak/rewarm', { old: 2.22 }));
    expect(judge('I3a', little).findings[0]?.sentence).toContain(
      'with 1 % the old loss rises by 0.050; the distance in percent of 0.200 nats',
    );
  });

  test('on both shifts is no forgetting to compare; on the strong one alone it is the opposite', () => {
    const both = changed(papers, ends('weak/rewarm', { old: 2.07 }), ends('strong/rewarm', { old: 2.1 }));
    expect(judge('I4h', both)).toMatchObject({ outcome: 'no-difference', effect: 0 });
    const one = changed(papers, ends('strong/rewarm', { old: 2.1 }));
    expect(judge('I4h', one)).toMatchObject({ outcome: 'reversed', effect: expect.closeTo(-0.81, 9) });
    // Nothing forgotten on the weak shift is not tripled either.
    const weak = changed(papers, ends('weak/rewarm', { old: 2.07 }));
    expect(judge('I4h', weak)).toMatchObject({ outcome: 'holds', effect: expect.closeTo(1.39, 9) });
  });

  test.each(['I4a', 'I4c', 'I5a', 'I5b'])('%s writes changes with their sign', (id) => {
    expect(judge(id, papers).sentence).toContain('+0.2');
    const better = changed(papers, ends('weak/rewarm-half', { old: 2.07 }), ends('weak/replay-50', { old: 2.07 }));
    if (id === 'I4a' || id === 'I5a')
      expect(judge(id, better).sentence).toMatch(/The change of the old loss is .*−0\.100/);
    expect(judge(id, better).sentence).not.toContain('forgetting is');
  });
});

test('to be further and further behind is no lead that shrinks', () => {
  const behind = changed(
    papers,
    becomes('weak/floor', goesOn([2, 3], 2.6, 2.5, 0.4)),
    becomes('weak/rewarm', goesOn([2, 3], 2.1, 2.5, 0.1)),
  );
  const [first, later] = judge('G3', behind).findings;
  expect(first?.outcome).toBe('reversed');
  expect(later).toMatchObject({ outcome: 'no-difference', effect: 0 });
  expect(later?.sentence).toMatch(
    /The floor is behind by 0\.3\d\d nats after a sixth of the steps and behind by 0\.500 at the end/,
  );
});

test('what replay adds and where a union trails is said in words, not as a negative gain', () => {
  const worse = changed(papers, ends('large/replay-5', { old: 2.08 }), ends('small/union', { old: 2.2 }));
  expect(judge('I7c', worse).sentence).toContain(
    'ends lower by 0.210 nats in the smaller model and higher by 0.100 in the larger',
  );
  expect(judge('I7d', worse).sentence).toContain(
    'The union trails by 0.030 nats on old text and leads by 0.000 on new',
  );
});

describe('the saving of Figure 6', () => {
  test('counts the seeds that have shown how close it comes', () => {
    expect(judge('I6d', papers)).toMatchObject({ outcome: 'holds', n: 3 });
  });

  test('is not claimed from a base alone, before its runs have ended', () => {
    const evidence = evidenceOf(papers, { seeds: [1], noise: 0 });
    const begun = claims['I6d']?.judge((part, arm) =>
      evidence(part, arm).map((run) => ({ ...run, stages: run.stages.map((stage) => ({ ...stage, final: null })) })),
    );
    expect(begun).toMatchObject({ outcome: 'cannot-tell', n: 0 });
    expect(begun?.sentence).toContain('Needs the arms');
  });
});
