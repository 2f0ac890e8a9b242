// What of the choices outlives the page, and the state that a later page begins with. A size that the machine suggested is not
// among them: another machine may suggest another.

import { composedOf, type KeptRecipe } from '../experiment/recipe/kept';
import type { ScaleName } from '../experiment/spec';
import { type ChoicesState, firstChoices } from './choices';
import type { Study } from './parts';
import { firstRecipe, type RecipeState } from './recipe';

/** What was chosen of the figures. */
export interface KeptChoices {
  readonly study: Omit<Study, 'scale'> & { readonly scale: ScaleName | null };
  readonly choices: ChoicesState['choices'];
}

export function keptRecipe({ setting, draft, arms, picked }: RecipeState): KeptRecipe {
  const { shift, seeds, budget, start } = setting;
  return {
    setting: { shift, scale: picked, seeds: seeds.length, budget, ...(start && { start }) },
    draft,
    arms: arms.map(({ recipe, slot, hidden }) => ({ recipe, slot, hidden })),
  };
}

export function keptChoices({ study, choices, picked }: ChoicesState): KeptChoices {
  return { study: { ...study, scale: picked }, choices };
}

/** Null for what cannot be trained. */
export function recipeOf(kept: KeptRecipe): RecipeState | null {
  const composed = composedOf(kept, firstRecipe.setting.scale);
  if (!composed) return null;
  const { setting, draft, arms } = composed;
  return { setting, draft, arms, picked: kept.setting.scale, linked: false };
}

/** The first recipe where nothing was kept, or nothing that can be trained. */
export function recalledRecipe(kept: KeptRecipe | null): RecipeState {
  return (kept && recipeOf(kept)) ?? firstRecipe;
}

export function recalledChoices(kept: KeptChoices | null): ChoicesState {
  if (!kept) return firstChoices;
  const { study, choices } = kept;
  return {
    study: { ...study, scale: study.scale ?? firstChoices.study.scale },
    choices,
    picked: study.scale,
    linked: false,
  };
}
