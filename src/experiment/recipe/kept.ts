// A recipe of the Lab as it is kept and sent: its shape, and what it composes. Both ways in believe the same.

import * as v from 'valibot';
import type { shifts } from '../compose';
import { ownOffer } from '../offered';
import { parseExperiment, SpecError } from '../parse';
import { scaleNames } from '../scales';
import { recipeSchedule } from '../schema';
import type { ScaleName } from '../spec';
import { toExperiment } from './experiment';
import { type ArmRecipe, armId, armsToRun, type Composed, longestName, type Setting } from './recipe';

/** More than any recipe has. */
const most = { arms: 24, slot: 100 } as const;

const shiftNames = ['none', 'weak', 'strong'] as const satisfies readonly (keyof typeof shifts)[];

export const armEntries = {
  first: recipeSchedule,
  second: recipeSchedule,
  replayPercent: v.picklist(ownOffer.replay),
} as const;

export const placeEntries = {
  slot: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most.slot)),
  hidden: v.boolean(),
} as const;

export const settingEntries = {
  shift: v.picklist(shiftNames),
  /** The size, where the person has picked one. */
  scale: v.nullable(v.picklist(scaleNames)),
  seeds: v.picklist(ownOffer.seeds),
  budget: v.picklist(ownOffer.budgets),
  start: v.exactOptional(
    v.strictObject({
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      name: v.pipe(v.string(), v.maxLength(longestName)),
    }),
  ),
} as const;

export const recipeSchema = v.strictObject({
  setting: v.strictObject(settingEntries),
  draft: v.strictObject(armEntries),
  arms: v.pipe(
    v.array(v.strictObject({ recipe: v.strictObject(armEntries), ...placeEntries })),
    v.maxLength(most.arms),
    v.check((arms) => new Set(arms.map(({ slot }) => slot)).size === arms.length),
  ),
});

/** What was composed in the Lab. */
export interface KeptRecipe {
  readonly setting: Pick<Setting, 'shift' | 'budget' | 'start'> & {
    readonly scale: ScaleName | null;
    readonly seeds: number;
  };
  readonly draft: ArmRecipe;
  readonly arms: readonly { readonly recipe: ArmRecipe; readonly slot: number; readonly hidden: boolean }[];
}

/** @param scale the size where none was picked; null for what cannot be trained */
export function composedOf({ setting, draft, arms }: KeptRecipe, scale: ScaleName) {
  const state: Composed & { readonly setting: Setting } = {
    setting: {
      ...setting,
      scale: setting.scale ?? scale,
      seeds: Array.from({ length: setting.seeds }, (_, i) => i + 1),
    },
    draft,
    arms: arms.map((arm) => ({ ...arm, id: armId(arm.recipe) })),
  };
  try {
    return { ...state, experiment: parseExperiment(toExperiment(state.setting, armsToRun(state))) };
  } catch (error) {
    if (error instanceof SpecError) return null;
    throw error;
  }
}
