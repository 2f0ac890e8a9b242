// What the charts are given: curves, levels and schedules in their places, of a figure and of the Lab.

import { describe, expect, test } from 'vitest';
import {
  baseName,
  curveLines,
  type Drawn,
  levels,
  partLooks,
  scheduleLines,
  steepLines,
} from '../../src/drawing/lines';
import type { FigureId } from '../../src/experiment/figures';
import { figures } from '../../src/experiment/figures';
import { ownFigure } from '../../src/experiment/figures/own';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import { appearance, baseAppearance } from '../../src/plot/palette';
import { chosenParts, everything, labPart } from '../../src/store/parts';
import { createRecipeStore } from '../../src/store/recipe';
import { evidenceOf } from '../experiment/evidence';

const study = { scale: 'XS', seeds: 1, first: 1, budget: 1 } as const;

/** The first part of a figure, with some of its arms or all. */
function drawn(id: FigureId, ...arms: string[]): Drawn {
  const [chosen] = chosenParts(figures[id], study, everything);
  if (!chosen) throw new Error(`figure ${id} has no part`);
  const { part } = chosen;
  return { figure: figures[id], part, shown: new Set(arms.length > 0 ? arms : chosen.arms), looks: partLooks(part) };
}

describe('schedules', () => {
  test('are one line in ink where all runs have the same, from 0 at the switch', () => {
    const lines = scheduleLines(drawn('5'));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.appearance.colour).toBe('var(--ink)');
    expect(lines[0]?.points[0]?.tokens).toBe(0);
  });

  test('are one line each where they differ, and follow what is shown', () => {
    expect(scheduleLines(drawn('4'))).toHaveLength(5);
    expect(scheduleLines(drawn('4', 'floor', 'rewarm')).map(({ key }) => key)).toEqual(['floor', 'rewarm']);
  });
});

describe('curves', () => {
  const some = drawn('4', 'rewarm', 'union');
  const losses = { old: 2, new: 3 };
  const evidence = evidenceOf(some.part, {
    rewarm: [{ seed: 1, finals: [losses, { old: 2.2, new: 2.5 }] }],
    floor: [{ seed: 1, finals: [losses, losses] }],
    union: [{ seed: 1, finals: [{ old: 2.1, new: 2.6 }] }],
  });

  test('are drawn for what is shown; a reference is a level at its final loss and no curve', () => {
    const lines = curveLines(some, 'old', evidence);
    expect(lines.map(({ key, label }) => [key, label])).toEqual([['rewarm', '1×']]);
    expect(lines[0]?.points.at(-1)?.mean).toBe(2.2);
    expect(levels(some, 'new', evidence)).toMatchObject([{ key: 'union', label: 'union', value: 2.6 }]);
    expect(levels(drawn('4', 'rewarm'), 'new', evidence)).toEqual([]);
  });

  test('only a run from random weights may begin above the view', () => {
    expect([...steepLines(drawn('4'))]).toEqual(['scratch']);
    expect(steepLines(some).size).toBe(0);
    expect(steepLines(drawn('10')).has('cosine-inf-anneal-1')).toBe(false);
  });
});

test("experiments of one's own have a colour for each run and a name of what they differ in", () => {
  const recipe = createRecipeStore();
  recipe.addDraft();
  recipe.change({ replayPercent: 25 });
  const { part } = labPart(recipe.getState());
  const looks = partLooks(part);
  const ids = part.experiment.arms.map(({ id }) => id);
  expect(ids.map((id) => looks.appearance(id))).toEqual(ids.map((_, slot) => appearance(slot)));
  expect(ids.map((id) => looks.label(id))).toEqual(['re-warm', '25 % replay']);
});

describe('the Lab', () => {
  const recipe = createRecipeStore();
  recipe.addDraft();
  recipe.change({ replayPercent: 25 });
  const { part, arms } = labPart(recipe.getState());
  const looks = { appearance: (arm: string) => appearance(arms.indexOf(arm)), label: (arm: string) => `short ${arm}` };
  const own = (...shown: string[]): Drawn => ({ figure: ownFigure, part, shown: new Set(shown), looks });
  const all = own('rewarm', 'rewarm-replay25');
  const losses = { old: 2, new: 3 };
  const evidence = evidenceOf(part, {
    rewarm: [{ seed: 1, finals: [losses, { old: 2.5, new: 2 }] }],
    'rewarm-replay25': [{ seed: 1, finals: [losses, { old: 2.1, new: 2.2 }] }],
  });

  test('draws the beginning that its arms share once, in grey and without a name at its end', () => {
    const lines = curveLines(all, 'old', evidence);
    expect(lines.map(({ key, after, label }) => [key, after, label])).toEqual([
      ['base rewarm', undefined, null],
      ['rewarm', 'base rewarm', 'short rewarm'],
      ['rewarm-replay25', 'base rewarm', 'short rewarm-replay25'],
    ]);
    expect(lines[0]).toMatchObject({ name: baseName, appearance: baseAppearance });
    expect(lines.slice(1).map((line) => line.appearance)).toEqual([appearance(0), appearance(1)]);
    // Each goes on where the beginning has ended.
    const end = lines[0]?.points.at(-1);
    expect(lines.slice(1).map(({ points }) => points[0])).toEqual([end, end]);
    expect([...steepLines(all)]).toEqual(['base rewarm']);
  });

  test('keeps the beginning of an arm whose neighbour is hidden', () => {
    const keys = curveLines(own('rewarm-replay25'), 'new', evidence).map(({ key }) => key);
    expect(keys).toEqual(['base rewarm-replay25', 'rewarm-replay25']);
    expect(curveLines(own(), 'new', evidence)).toEqual([]);
  });

  test('draws equal schedules once in ink, and others in the colour of their arm', () => {
    expect(scheduleLines(all).map(({ key, appearance: { colour } }) => [key, colour])).toEqual([
      ['base rewarm', 'var(--ink)'],
      ['rewarm', 'var(--ink)'],
    ]);
    recipe.addDraft();
    recipe.change(presetSchedules('floor'));
    const more = labPart(recipe.getState());
    const lines = scheduleLines({ ...all, part: more.part, shown: new Set(more.arms) });
    expect(lines).toHaveLength(3);
    expect(lines[0]?.appearance.colour).toBe('var(--ink)');
    expect(lines[1]?.appearance).toEqual(appearance(0));
  });
});
