// The page's remembered choices. How it looks is the browser's; what is composed and chosen is each tab's own, so that tabs do
// not change each other's runs, and a new tab begins with what was chosen last.

import { choiceShapes, pageShapes } from '../storage/choices';
import { Settings } from '../storage/settings';
import type { ChoicesStore } from '../store/choices';
import type { RecipeStore } from '../store/recipe';
import { keptChoices, keptRecipe } from '../store/remembered';

export const settings = new Settings(pageShapes, () => localStorage);

export const choicesKept = new Settings(
  choiceShapes,
  () => sessionStorage,
  () => localStorage,
);

/** Keeps what is chosen from now on. What only the machine has changed, or an address, is not written. */
export function remember(recipe: RecipeStore, choices: ChoicesStore, kept: typeof choicesKept): void {
  const keep = <T extends { readonly linked: boolean }>(key: 'lab' | 'figures', of: (state: T) => unknown) => {
    return (state: T, before: T) => {
      if (state.linked) return;
      const value = of(state);
      if (before.linked || JSON.stringify(value) !== JSON.stringify(of(before))) kept.write(key, value);
    };
  };
  recipe.subscribe(keep('lab', keptRecipe));
  choices.subscribe(keep('figures', keptChoices));
}
