// What of the choices outlives the page, and the state that a later page begins with. A size that the machine suggested is not
// among them: another machine may suggest another.

import { parseExperiment } from '../experiment/parse';
import type { ScaleName } from '../experiment/spec';
import { type ChoicesState, firstChoices } from './choices';
import { toExperiment } from './experiment';
import { armsToRun, type Study } from './parts';
import { type ArmEntry, armId, firstRecipe, type RecipeState, type Setting } from './recipe';

/** What was composed in the Lab. */
export interface KeptRecipe {
  readonly setting: Pick<Setting, 'shift' | 'budget'> & { readonly scale: ScaleName | null; readonly seeds: number };
  readonly draft: RecipeState['draft'];
  readonly arms: readonly Omit<ArmEntry, 'id'>[];
}

/** What was chosen of the figures. */
export interface KeptChoices {
  readonly study: Omit<Study, 'scale'> & { readonly scale: ScaleName | null };
  readonly choices: ChoicesState['choices'];
}

export function keptRecipe({ setting, draft, arms, picked }: RecipeState): KeptRecipe {
  const { shift, seeds, budget } = setting;
  return {
    setting: { shift, scale: picked, seeds: seeds.length, budget },
    draft,
    arms: arms.map(({ recipe, slot, hidden }) => ({ recipe, slot, hidden })),
  };
}

export function keptChoices({ study, choices, picked }: ChoicesState): KeptChoices {
  return { study: { ...study, scale: picked }, choices };
}

/** The first recipe where nothing was kept, or nothing that can be trained. */
export function recalledRecipe(kept: KeptRecipe | null): RecipeState {
  if (!kept) return firstRecipe;
  const { setting, draft, arms } = kept;
  const state: RecipeState = {
    setting: {
      ...setting,
      scale: setting.scale ?? firstRecipe.setting.scale,
      seeds: Array.from({ length: setting.seeds }, (_, i) => i + 1),
    },
    draft,
    arms: arms.map((arm) => ({ ...arm, id: armId(arm.recipe) })),
    picked: setting.scale,
  };
  return canBeTrained(state) ? state : firstRecipe;
}

function canBeTrained(state: RecipeState): boolean {
  try {
    parseExperiment(toExperiment(state.setting, armsToRun(state)));
    return true;
  } catch {
    return false;
  }
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
