// From what was chosen on the page to an `Experiment`: two stages, old data then new, the same for every arm but for
// what its recipe says. Numbers are those of Ibrahim et al. 2024 (sections 4.2 and 7.2, tables 13 and 14).

import { shifts } from '../experiment/presets';
import { evaluationCadence, scales } from '../experiment/scales';
import type { Arm, CosineSchedule, Experiment, InfiniteSchedule, Schedule, Stage } from '../experiment/spec';
import { armName } from './naming';
import type { ArmEntry, ArmRecipe, Setting } from './recipe';

/** Lowest learning rate of a schedule, as a share of its peak. */
const floorShare = 0.1;
const firstWarmup = 0.01;

function cosine(peak: number, warmup: number): CosineSchedule {
  return { kind: 'cosine', warmup, peak, floor: floorShare * peak };
}

/** The infinite schedule's constant lies midway between peak and floor. */
function infinite(peak: number, cooldown: InfiniteSchedule['cooldown']): InfiniteSchedule {
  const floor = floorShare * peak;
  const constant = (peak + floor) / 2;
  const ends = { cooldownEnd: 0.6, constantEnd: 1 };
  return { kind: 'infinite', cooldown, warmup: firstWarmup, peak, constant, floor, alpha: 10, ...ends };
}

/** Learning rate while the old data is read. */
export function firstSchedule(recipe: ArmRecipe, peak: number): Schedule {
  switch (recipe.atSwitch) {
    case 'infinite-cosine':
      return infinite(peak, 'cosine');
    case 'infinite-inverse-sqrt':
      return infinite(peak, 'inverse-sqrt');
    case 'floor':
    case 'rewarm':
    case 'peak':
      return cosine(peak, firstWarmup);
    default:
      return recipe.atSwitch satisfies never;
  }
}

/** Learning rate while the new data is read. */
export function secondSchedule(recipe: ArmRecipe, peak: number): Schedule {
  const warmup = recipe.warmupPercent / 100;
  const own = peak * recipe.peakMultiple;
  switch (recipe.atSwitch) {
    case 'floor':
      return { kind: 'constant', warmup: 0, peak: floorShare * peak };
    case 'rewarm':
      return cosine(own, warmup);
    case 'peak':
      return { kind: 'constant', warmup, peak: own };
    case 'infinite-cosine':
    case 'infinite-inverse-sqrt': {
      // Later tasks start on the constant and anneal at their end.
      const first = infinite(peak, recipe.atSwitch === 'infinite-cosine' ? 'cosine' : 'inverse-sqrt');
      return { ...first, warmup: 0, peak: first.constant, cooldownEnd: 0, constantEnd: 0.85 };
    }
    default:
      return recipe.atSwitch satisfies never;
  }
}

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
      schedule: firstSchedule(recipe, peak),
      optimizer: 'reset',
    },
    { name: 'd1', mixture: { corpus: d1, replay }, steps, schedule: secondSchedule(recipe, peak), optimizer: 'reset' },
  ];
}

/** The experiment of these arms; `arms` must not be empty. */
export function toExperiment(setting: Setting, arms: readonly Pick<ArmEntry, 'id' | 'recipe'>[]): Experiment {
  const scale = scales[setting.scale];
  const { title, d0, d1 } = shifts[setting.shift];
  const toArm = ({ id, recipe }: Pick<ArmEntry, 'id' | 'recipe'>): Arm => ({
    id,
    label: armName(recipe),
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
