// How the figures' runs look and are called: every run can be told from its neighbours.

import { describe, expect, test } from 'vitest';
import { studyAppearance } from '../../src/drawing/lines';
import { shortName } from '../../src/drawing/names';
import { type FigureId, figureIds, figures } from '../../src/experiment/figures';
import { promptsOf } from '../../src/experiment/figures/prompts';
import { chosenParts, everything } from '../../src/store/parts';

const study = { scale: 'XS', seeds: 1, first: 1, budget: 1 } as const;
const partsOf = (id: FigureId) => chosenParts(figures[id], study, everything);
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
