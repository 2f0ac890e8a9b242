// From what was chosen on the page to an `Experiment`: two stages, old data then new, the same for every arm but for
// what its recipe says.

import { shifts } from '../experiment/presets';
import { evaluationCadence, scales } from '../experiment/scales';
import { toSchedule } from '../experiment/schedules';
import type { Arm, Experiment, Stage } from '../experiment/spec';
import { armName } from './naming';
import type { ArmEntry, ArmRecipe, Setting } from './recipe';

/** Longest label of an arm that an experiment may have (experiment/schema.ts). */
const longestLabel = 80;

/** Steps of each stage. */
export function stageSteps({ scale, budget }: Pick<Setting, 'scale' | 'budget'>): number {
  return Math.round(scales[scale].steps * budget);
}

function stages(recipe: ArmRecipe, setting: Setting): readonly Stage[] {
  const { d0, d1 } = shifts[setting.shift];
  const { peak } = scales[setting.scale];
  const steps = stageSteps(setting);
  const fraction = recipe.replayPercent / 100;
  const replay = fraction === 0 ? null : { corpus: d0, fraction };
  return [
    {
      name: 'd0',
      mixture: { corpus: d0, replay: null },
      steps,
      schedule: toSchedule(recipe.first, peak),
      optimizer: 'reset',
    },
    {
      name: 'd1',
      mixture: { corpus: d1, replay },
      steps,
      schedule: toSchedule(recipe.second, peak),
      optimizer: 'reset',
    },
  ];
}

function label(recipe: ArmRecipe): string {
  const name = armName(recipe);
  return name.length <= longestLabel ? name : `${name.slice(0, longestLabel - 1)}…`;
}

/** The experiment of these arms; `arms` must not be empty. */
export function toExperiment(setting: Setting, arms: readonly Pick<ArmEntry, 'id' | 'recipe'>[]): Experiment {
  const scale = scales[setting.scale];
  const { title, d0, d1 } = shifts[setting.shift];
  const toArm = ({ id, recipe }: Pick<ArmEntry, 'id' | 'recipe'>): Arm => ({
    id,
    label: label(recipe),
    init: { kind: 'random' },
    stages: stages(recipe, setting),
  });
  return {
    v: 1,
    name: title,
    scale: setting.scale,
    model: scale.model,
    batch: scale.batch,
    seeds: setting.seeds,
    evaluation: { ...evaluationCadence(scale, stageSteps(setting)), d0, d1 },
    arms: arms.map(toArm),
  };
}
