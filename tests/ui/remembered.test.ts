// What was chosen is there again after a reload: the same runs as before, each tab its own, and nothing of what is broken.

import { describe, expect, test } from 'vitest';
import { figureIds } from '../../src/experiment/figures';
import { ownOffer, studyOffer } from '../../src/experiment/offered';
import { presetSchedules } from '../../src/experiment/recipe/presets';
import { withKind } from '../../src/experiment/recipe/schedule';
import { scheduleEntries } from '../../src/experiment/schedules';
import { choiceShapes } from '../../src/storage/choices';
import { Settings, type TextStore } from '../../src/storage/settings';
import { createChoicesStore, firstChoices, isChosen } from '../../src/store/choices';
import { createLab } from '../../src/store/lab';
import { labPart } from '../../src/store/parts';
import { createRecipeStore, firstRecipe, isComposed } from '../../src/store/recipe';
import { recalledChoices, recalledRecipe } from '../../src/store/remembered';
import { remember } from '../../src/ui/settings';
import { text } from '../storage/memory';
import { machine, slow } from '../store/worker';

/** A page that begins with what is kept, and keeps what is chosen on it. */
function open(...stores: TextStore[]) {
  const kept = new Settings(choiceShapes, ...stores.map((store) => () => store));
  const recipe = createRecipeStore(recalledRecipe(kept.read('lab')));
  const choices = createChoicesStore(recalledChoices(kept.read('figures')));
  remember(recipe, choices, kept);
  const port = { listen: () => undefined, command: async () => ({ kind: 'ok' as const }) };
  return { recipe, choices, lab: createLab(port, recipe, choices), plan: () => labPart(recipe.getState()).whole.id };
}

const kinds = scheduleEntries.map(({ id }) => id);

describe('after a reload', () => {
  test('the Lab would train the same stages: shift, size, seeds, tokens, and every arm in its place', () => {
    const kept = text();
    const { recipe, plan } = open(kept);
    recipe.set({ shift: 'strong', scale: 'M', seeds: [1, 2, 3], budget: 0.25 });
    recipe.change({ replayPercent: 25 });
    recipe.addDraft();
    recipe.change(presetSchedules('infinite-cosine'));
    recipe.toggleHidden(recipe.addDraft());
    recipe.remove('rewarm-replay25');
    recipe.change({ replayPercent: 0.5 });
    const later = open(kept);
    expect(later.recipe.getState()).toEqual(recipe.getState());
    expect(later.plan()).toBe(plan());
    expect(later.recipe.getState().arms).toMatchObject([{ id: 'infinite-cosine-replay25', slot: 1, hidden: true }]);
  });

  test('so for every kind of schedule and everything that is offered', () => {
    const kept = text();
    const { recipe, choices } = open(kept);
    const checks: (() => void)[] = [
      ...kinds.map((kind) => () => recipe.change({ second: withKind(recipe.getState().draft.second, kind, 'second') })),
      ...ownOffer.replay.map((replayPercent) => () => recipe.change({ replayPercent })),
      ...ownOffer.seeds.map((n) => () => recipe.set({ seeds: Array.from({ length: n }, (_, i) => i + 1) })),
      ...ownOffer.budgets.map((budget) => () => recipe.set({ budget })),
      ...(['none', 'weak', 'strong'] as const).map((shift) => () => recipe.set({ shift })),
      ...(['XS', 'S', 'M', 'L'] as const).map((scale) => () => {
        recipe.set({ scale });
        choices.choose({ scale });
      }),
      ...studyOffer.seeds.map((seeds) => () => choices.choose({ seeds })),
      ...studyOffer.budgets.map((budget) => () => choices.choose({ budget })),
      ...figureIds.map((id) => () => choices.togglePart(id, 'strong')),
    ];
    for (const choose of checks) {
      choose();
      const later = open(kept);
      expect(later.recipe.getState()).toEqual(recipe.getState());
      expect(later.choices.getState()).toEqual(choices.getState());
    }
  });

  test('weights that the Lab begins with stay', () => {
    const kept = text();
    const { recipe } = open(kept);
    recipe.startFrom({ sha256: 'ab'.repeat(32), name: 'mine.safetensors' }, 'S');
    const later = open(kept).recipe.getState();
    expect(later.setting.start).toEqual({ sha256: 'ab'.repeat(32), name: 'mine.safetensors' });
    expect(later.picked).toBe('S');
  });

  test('figures have the same runs, parts and study', () => {
    const kept = text();
    const { choices } = open(kept);
    choices.choose({ seeds: 3, first: 4, budget: 0.1 });
    choices.toggleArm('5', 'weak', 'union');
    choices.togglePart('5', 'strong');
    const state = open(kept).choices.getState();
    expect(state).toEqual({ ...choices.getState(), picked: null });
    expect(state.study).toEqual({ scale: 'S', seeds: 3, first: 4, budget: 0.1 });
    expect(state.choices).toEqual({ '5': { without: { weak: ['union'] }, postponed: ['strong'] } });
  });

  test('a size that this machine is not offered is not trained, and comes back where it is', () => {
    const kept = text();
    open(kept).recipe.set({ scale: 'M' });
    const later = open(kept);
    later.recipe.fit(slow);
    expect(later.recipe.getState().setting.scale).toBe('XS');
    const again = open(kept);
    again.recipe.fit(machine);
    expect(again.recipe.getState().setting.scale).toBe('M');
  });

  test('a tab has its own choices, and a new one the last', () => {
    const browser = text();
    const [a, b] = [text(), text()];
    open(a, browser).recipe.set({ shift: 'strong' });
    open(b, browser).recipe.set({ shift: 'none' });
    expect(open(a, browser).recipe.getState().setting.shift).toBe('strong');
    expect(open(b, browser).recipe.getState().setting.shift).toBe('none');
    expect(open(text(), browser).recipe.getState().setting.shift).toBe('none');
  });

  test('what the machine alone has changed is not kept', () => {
    const kept = text();
    const { recipe, choices } = open(kept);
    recipe.fit(machine);
    choices.fit(slow);
    expect([...kept.held.keys()]).toEqual([]);
  });
});

describe('nothing is believed', () => {
  /** What a page with choices of both kinds has left, changed by `spoil`. */
  function spoiled(spoil: (lab: Record<string, unknown>, figures: Record<string, unknown>) => void) {
    const kept = text();
    const { recipe, choices } = open(kept);
    recipe.set({ shift: 'strong' });
    recipe.addDraft();
    choices.choose({ seeds: 3 });
    const [lab, figures] = ['lab', 'figures'].map((key) => JSON.parse(kept.held.get(`rewarm.${key}`) ?? ''));
    spoil(lab, figures);
    kept.held.set('rewarm.lab', JSON.stringify(lab));
    kept.held.set('rewarm.figures', JSON.stringify(figures));
    return open(kept);
  }
  const cosine = (numbers: object) => ({ kind: 'cosine', warmup: 0.01, peak: 1, floor: 0.1, ...numbers });
  const recipeOf = (first: object) => ({ first, second: cosine({}), replayPercent: 0 });

  test('choices of before there was a first seed are whole, and begin with 1', () => {
    const { choices } = spoiled((_, figures) => Reflect.deleteProperty(figures['study'] as object, 'first'));
    expect(choices.getState().study).toMatchObject({ seeds: 3, first: 1 });
  });

  test('but what is whole', () => {
    expect(spoiled(() => undefined).recipe.getState().setting.shift).toBe('strong');
  });

  test.each<[string, (lab: Record<string, unknown>, figures: Record<string, unknown>) => void]>([
    ['a setting that is gone', (lab) => delete lab['setting']],
    ['a key of another version', (lab) => Object.assign(lab, { v: 7 })],
    ['a shift that does not exist', (lab) => Object.assign(lab['setting'] as object, { shift: 'constructor' })],
    ['a million seeds', (lab) => Object.assign(lab['setting'] as object, { seeds: 1e6 })],
    ['a budget of a thousand', (lab) => Object.assign(lab['setting'] as object, { budget: 1000 })],
    ['a schedule that does not exist', (lab) => Object.assign(lab, { draft: recipeOf({ kind: '__proto__' }) })],
    ['a rate that is too high', (lab) => Object.assign(lab, { draft: recipeOf(cosine({ peak: 1e9 })) })],
    [
      'a rate that vanishes at the scale',
      (lab) => Object.assign(lab, { draft: recipeOf(cosine({ peak: 5e-324, floor: 0 })) }),
    ],
    ['a floor above the peak', (lab) => Object.assign(lab, { draft: recipeOf(cosine({ floor: 2 })) })],
    [
      'an arm twice',
      (lab) =>
        Object.assign(lab, { arms: [0, 1].map((slot) => ({ recipe: recipeOf(cosine({})), slot, hidden: false })) }),
    ],
    [
      'two arms of one look',
      (lab) =>
        Object.assign(lab, {
          arms: [1, 2].map((peak) => ({ recipe: recipeOf(cosine({ peak })), slot: 0, hidden: false })),
        }),
    ],
    [
      'too many arms',
      (lab) =>
        Object.assign(lab, {
          arms: Array.from({ length: 999 }, (_, slot) => ({
            recipe: recipeOf(cosine({ peak: 1 + slot / 1000 })),
            slot,
            hidden: false,
          })),
        }),
    ],
    ['a list', (lab) => Object.assign(lab, { arms: null })],
  ])('%s: the Lab begins as on a first visit', (_, spoil) => {
    const { recipe } = spoiled(spoil);
    expect(recipe.getState()).toEqual(firstRecipe);
  });

  test.each<[string, (lab: Record<string, unknown>, figures: Record<string, unknown>) => void]>([
    [
      'a figure that does not exist',
      (_, figures) => Object.assign(figures, { choices: { '99': { without: {}, postponed: [] } } }),
    ],
    [
      'a part that does not exist',
      (_, figures) => Object.assign(figures, { choices: { '5': { without: {}, postponed: ['x'] } } }),
    ],
    ['a first seed that is none', (_, figures) => Object.assign(figures['study'] as object, { first: 0 })],
    ['seeds that are not offered', (_, figures) => Object.assign(figures['study'] as object, { seeds: 4 })],
    ['a size that does not exist', (_, figures) => Object.assign(figures['study'] as object, { scale: 'XXL' })],
  ])('%s: the figures begin as on a first visit, and the Lab as it was left', (_, spoil) => {
    const { choices, recipe } = spoiled(spoil);
    expect(choices.getState()).toEqual(firstChoices);
    expect(recipe.getState().setting.shift).toBe('strong');
  });
});

describe('back to the defaults', () => {
  test('of the Lab: nothing is composed, also after a reload', () => {
    const kept = text();
    const { recipe, lab } = open(kept);
    expect(isComposed(recipe.getState())).toBe(false);
    recipe.set({ budget: 0.25 });
    expect(isComposed(recipe.getState())).toBe(true);
    recipe.addDraft();
    lab.startOver('own');
    expect(recipe.getState()).toEqual(firstRecipe);
    expect(isComposed(open(kept).recipe.getState())).toBe(false);
  });

  test('of a figure: its runs and the study of all, not the runs of others', () => {
    const { choices, lab } = open(text());
    choices.choose({ seeds: 5 });
    choices.toggleArm('5', 'weak', 'union');
    choices.toggleArm('3', 'weak', 'rewarm');
    expect(isChosen(choices.getState(), '5')).toBe(true);
    lab.startOver('5');
    expect(isChosen(choices.getState(), '5')).toBe(false);
    expect(isChosen(choices.getState(), '3')).toBe(true);
    expect(choices.getState().study).toEqual(firstChoices.study);
  });
});
