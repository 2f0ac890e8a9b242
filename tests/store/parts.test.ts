// From what a person has chosen of a figure, or composed in the Lab, to the plans that are run.

import { describe, expect, test } from 'vitest';
import { figures } from '../../src/experiment/figures';
import { armsToRun } from '../../src/experiment/recipe/recipe';
import { chosenParts, everything, isOffered, labPart, partsToRun, type Study } from '../../src/store/parts';
import { createRecipeStore } from '../../src/store/recipe';
import { machine, slow } from './worker';

const five = figures['5'];
const small: Study = { scale: 'XS', seeds: 1, first: 1, budget: 0.1 };

describe('a figure', () => {
  test('an arm left out of a part leaves the plan, the rest of it and the other part stay', () => {
    const [weak, strong] = chosenParts(five, small, { ...everything, without: { weak: ['replay-1', 'union'] } });
    expect(weak?.arms).not.toContain('replay-1');
    const ids = new Set(weak?.whole.nodes.map(({ id }) => id));
    expect(weak?.chosen?.nodes.every(({ id }) => ids.has(id))).toBe(true);
    expect(weak?.chosen?.nodes).toHaveLength((weak?.whole.nodes.length ?? 0) - 2);
    expect(strong?.arms).toEqual(strong?.part.experiment.arms.map(({ id }) => id));
  });

  test('a part without arms, left out, or with a model too large for the machine is not run', () => {
    const all = five.parts({ scale: 'XS', seeds: [1], budget: 1 })[0]?.experiment.arms.map(({ id }) => id) ?? [];
    const choice = { without: { weak: all }, postponed: ['strong' as const] };
    expect(partsToRun(chosenParts(five, small, choice), machine)).toEqual([]);
    const sizes = chosenParts(figures['7'], small, everything);
    expect(sizes.map((part) => isOffered(part, slow))).toEqual([true, false]);
    expect(partsToRun(sizes, slow).map(({ part }) => part.key)).toEqual(['small']);
  });
});

describe('the Lab', () => {
  test('is one part: the arms that are listed, and the draft where it is new', () => {
    const recipe = createRecipeStore();
    expect(labPart(recipe.getState()).arms).toEqual(['rewarm']);
    recipe.addDraft();
    expect(labPart(recipe.getState()).arms).toEqual(['rewarm']);
    recipe.change({ replayPercent: 25 });
    const part = labPart(recipe.getState());
    expect(part.arms).toEqual(['rewarm', 'rewarm-replay25']);
    expect(armsToRun(recipe.getState()).map(({ id }) => id)).toEqual(part.arms);
    expect(recipe.getState().arms).toHaveLength(1);
    expect(part.chosen).toBe(part.whole);
    expect(partsToRun([part], machine).map(({ part: { key } }) => key)).toEqual(['own']);
  });
});
