// What the figures' charts are given: every run can be told from its neighbours, schedules and levels are in their places.

import { describe, expect, test } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { type FigureId, figureIds } from '../../src/experiment/figures/figure';
import { promptsOf } from '../../src/experiment/figures/prompts';
import { chosenParts, everything } from '../../src/store/figureChoice';
import { curveLines, drawnSchedules, levels, scheduleLines, steepArms } from '../../src/ui/figures/lines';
import { shortName } from '../../src/ui/figures/words';
import { studyAppearance } from '../../src/ui/palette';
import { evidenceOf } from '../experiment/evidence';

const study = { scale: 'XS', seeds: 1, budget: 1 } as const;
const partsOf = (id: FigureId) => chosenParts(figures[id], study, everything);
const first = (id: FigureId) => {
  const [part] = partsOf(id);
  if (!part) throw new Error(`figure ${id} has no part`);
  return part;
};
/** Branches that leave a run at different places are one family and look alike. */
const family = (arm: string) => arm.replace(/-anneal-\d$/, '-anneal');

describe.each(figureIds)('figure %s', (id) => {
  test('gives every run of a part a short name and a look of its own', () => {
    for (const { arms } of partsOf(id)) {
      const families = [...new Set(arms.map(family))];
      const looks = new Set(arms.map((arm) => JSON.stringify(studyAppearance(arm))));
      expect(looks.size).toBe(families.length);
      const plain = arms.filter((arm) => family(arm) === arm);
      expect(new Set(plain.map((arm) => shortName(arm, arms))).size).toBe(plain.length);
      expect(arms.filter((arm) => shortName(arm, arms).length > 13)).toEqual([]);
    }
  });

  test('has two beginnings to continue for each of its texts', () => {
    for (const { part } of partsOf(id)) {
      const { evaluation } = part.experiment;
      const corpora = new Set([evaluation.d0, evaluation.d1]);
      expect(promptsOf(part.experiment).map(({ corpus }) => corpus)).toEqual([...corpora].flatMap((one) => [one, one]));
    }
  });
});

test('what belongs together has one colour, and a dash tells it apart', () => {
  expect(studyAppearance('same-rewarm').colour).toBe(studyAppearance('rewarm').colour);
  expect(studyAppearance('same-rewarm').dash).not.toBe(studyAppearance('rewarm').dash);
  expect(studyAppearance('cosine-inf-anneal-2').colour).toBe(studyAppearance('cosine-inf').colour);
});

describe('schedules', () => {
  test('are one line in ink where all runs have the same, from 0 at the switch', () => {
    const part = first('5');
    const lines = scheduleLines(figures['5'], part, new Set(part.arms));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.appearance.colour).toBe('var(--ink)');
    expect(lines[0]?.points[0]?.tokens).toBe(0);
  });

  test('are one line each where they differ, and follow what is shown', () => {
    const part = first('4');
    expect(scheduleLines(figures['4'], part, new Set(part.arms))).toHaveLength(5);
    const shown = new Set(['floor', 'rewarm']);
    expect(scheduleLines(figures['4'], part, shown).map(({ key }) => key)).toEqual(['floor', 'rewarm']);
    expect(drawnSchedules(figures['4'], part, shown).map(({ arm }) => arm)).toEqual(['floor', 'rewarm']);
  });
});

describe('curves', () => {
  const part = first('4');
  const shown = new Set(['rewarm', 'union']);
  const losses = { d0: 2, d1: 3 };
  const evidence = evidenceOf(part.part, {
    rewarm: [{ seed: 1, finals: [losses, { d0: 2.2, d1: 2.5 }] }],
    floor: [{ seed: 1, finals: [losses, losses] }],
    union: [{ seed: 1, finals: [{ d0: 2.1, d1: 2.6 }] }],
  });

  test('are drawn for what is shown; a reference is a level at its final loss and no curve', () => {
    const lines = curveLines(figures['4'], part, 'd0', evidence, shown);
    expect(lines.map(({ key, label }) => [key, label])).toEqual([['rewarm', '1×']]);
    expect(lines[0]?.points.at(-1)?.mean).toBe(2.2);
    expect(levels(part, 'd1', evidence, shown)).toMatchObject([{ key: 'union', label: 'union', value: 2.6 }]);
    expect(levels(part, 'd1', evidence, new Set(['rewarm']))).toEqual([]);
  });

  test('only a run from random weights may begin above the view', () => {
    expect([...steepArms(figures['4'], part, new Set(part.arms))]).toEqual(['scratch']);
    expect(steepArms(figures['4'], part, shown).size).toBe(0);
    const splits = first('10');
    expect(steepArms(figures['10'], splits, new Set(splits.arms)).has('cosine-inf-anneal-1')).toBe(false);
  });
});
