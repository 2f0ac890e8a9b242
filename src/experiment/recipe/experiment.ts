// From what was chosen on the page to an `Experiment`: two stages, old data then new, the same for every arm but for
// what its recipe says; the second alone where weights of a file stand for the first.

import { armOf, experimentOf, mixtureOf, rounded, shifts, stageOf } from '../compose';
import { continuedFrom } from '../continued';
import { scales } from '../scales';
import type { Experiment } from '../spec';
import { armName } from './naming';
import type { ArmEntry, ArmRecipe, Setting } from './recipe';

/** Longest label of an arm that an experiment may have (experiment/schema.ts). */
const longestLabel = 80;

/** Steps of each stage. */
export function stageSteps({ scale, budget }: Pick<Setting, 'scale' | 'budget'>): number {
  return rounded(scales[scale].steps * budget);
}

function label(recipe: ArmRecipe): string {
  const name = armName(recipe);
  return name.length <= longestLabel ? name : `${name.slice(0, longestLabel - 1)}…`;
}

/** The experiment of these arms; `arms` must not be empty. */
export function toExperiment(setting: Setting, arms: readonly Pick<ArmEntry, 'id' | 'recipe'>[]): Experiment {
  const [shift, scale, steps] = [shifts[setting.shift], scales[setting.scale], stageSteps(setting)];
  const { old, new: fresh } = shift;
  const made = arms.map(({ id, recipe: { first, second, replayPercent }, recipe }) =>
    armOf(id, label(recipe), [
      stageOf('d0', mixtureOf(old, old), steps, first, scale),
      stageOf('d1', mixtureOf(fresh, old, replayPercent / 100), steps, second, scale),
    ]),
  );
  const whole = experimentOf(shift, scale, setting.seeds, steps, made);
  return setting.start ? continuedFrom(whole, setting.start.sha256) : whole;
}
