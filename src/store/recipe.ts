// What the person has chosen and which arms are on the charts. Arms keep their slot (colour, dash, marker) for life.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Shift } from '../experiment/compose';
import { contentHash } from '../experiment/hash';
import type { ownOffer } from '../experiment/offered';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';
import { fittingScale } from './machine';
import { canonicalSchedule, sameSchedule } from './schedule';
import { presetOf, presetSchedules, type Schedules } from './schedule_presets';

/** Share of the scale's tokens that both stages train on. */
export type Budget = (typeof ownOffer.budgets)[number];

/** What all arms on the charts share. */
export interface Setting {
  readonly shift: Shift;
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  readonly budget: Budget;
}

/** What arms differ in: the schedules of old and new data, and replay. */
export interface ArmRecipe extends Schedules {
  /** Share of each batch of the second stage that is old data. */
  readonly replayPercent: number;
}

export interface ArmEntry {
  readonly id: string;
  readonly recipe: ArmRecipe;
  /** Place in the palette of colours, dashes and markers. */
  readonly slot: number;
  readonly hidden: boolean;
}

export interface RecipeState {
  readonly setting: Setting;
  readonly draft: ArmRecipe;
  readonly arms: readonly ArmEntry[];
  /** The size that the person picked; null while the machine suggests one. */
  readonly picked: ScaleName | null;
}

export const armLimits = { arms: 12 } as const;

const defaultSetting: Setting = { shift: 'weak', scale: 'XS', seeds: [1], budget: 1 };
const defaultDraft: ArmRecipe = { ...presetSchedules('rewarm'), replayPercent: 0 };

/** The recipe without settings that its schedules do not use, so that equal trainings compare equal. */
export function canonicalArm({ first, second, replayPercent }: ArmRecipe): ArmRecipe {
  return { first: canonicalSchedule(first), second: canonicalSchedule(second), replayPercent };
}

function sameArm(a: ArmRecipe, b: ArmRecipe): boolean {
  return a.replayPercent === b.replayPercent && sameSchedule(a.first, b.first) && sameSchedule(a.second, b.second);
}

export function sameSetting(a: Setting, b: Setting): boolean {
  return a.shift === b.shift && a.scale === b.scale && a.budget === b.budget && a.seeds.join() === b.seeds.join();
}

/** The arm that trains exactly what the draft would, if there is one. */
export function armOfDraft(state: Pick<RecipeState, 'draft' | 'arms'>): ArmEntry | undefined {
  return state.arms.find((arm) => sameArm(arm.recipe, state.draft));
}

/**
 * Letters, digits and dashes, at most 40: `rewarm-2x-replay25` for presets. Schedules shaped by hand have more numbers
 * than that holds, and are named by a hash of them.
 */
export function armId(recipe: ArmRecipe): string {
  const { first, second, replayPercent } = canonicalArm(recipe);
  const number = (value: number) => String(value).replace('.', 'p');
  const preset = presetOf({ first, second });
  const parts: string[] = preset ? [preset.name] : ['custom', contentHash({ first, second }).slice(0, 16)];
  if (preset && preset.peak !== 1) parts.push(`${number(preset.peak)}x`);
  if (replayPercent !== 0) parts.push(`replay${number(replayPercent)}`);
  return parts.join('-');
}

/** The first place in the palette that no arm has. */
export function freeSlot(arms: readonly ArmEntry[]): number {
  const used = new Set(arms.map((arm) => arm.slot));
  let slot = 0;
  while (used.has(slot)) slot++;
  return slot;
}

export interface RecipeStore extends StoreApi<RecipeState> {
  set(setting: Partial<Setting>): void;
  /** When the machine is known or has changed: takes the size that fits it. */
  fit(machine: Machine): void;
  change(draft: Partial<ArmRecipe>): void;
  /** Adds the draft to the arms unless an equal arm is there; returns the arm's id. */
  addDraft(): string;
  remove(id: string): void;
  toggleHidden(id: string): void;
}

export const firstRecipe: RecipeState = { setting: defaultSetting, draft: defaultDraft, arms: [], picked: null };

/** Whether anything is not as on the first visit. */
export function isComposed({ setting, draft, arms, picked }: RecipeState): boolean {
  const { scale } = setting;
  return (
    arms.length > 0 ||
    picked !== null ||
    !sameSetting(setting, { ...defaultSetting, scale }) ||
    !sameArm(draft, defaultDraft)
  );
}

export function createRecipeStore(begin: RecipeState = firstRecipe): RecipeStore {
  const store = createStore<RecipeState>()(() => begin);
  const { getState, setState } = store;
  const toArms = (change: (arms: readonly ArmEntry[]) => readonly ArmEntry[]) =>
    setState(({ arms }) => ({ arms: change(arms) }));
  return {
    ...store,
    set: (change) =>
      setState(({ setting, picked }) => ({ setting: { ...setting, ...change }, picked: change.scale ?? picked })),
    fit: (machine) =>
      setState(({ setting, picked }) => ({ setting: { ...setting, scale: fittingScale(machine, picked) } })),
    change: (change) => setState(({ draft }) => ({ draft: { ...draft, ...change } })),
    addDraft: () => {
      const present = armOfDraft(getState());
      if (present) return present.id;
      const recipe = canonicalArm(getState().draft);
      const id = armId(recipe);
      toArms((arms) => [...arms, { id, recipe, slot: freeSlot(arms), hidden: false }]);
      return id;
    },
    remove: (id) => toArms((arms) => arms.filter((arm) => arm.id !== id)),
    toggleHidden: (id) => toArms((arms) => arms.map((arm) => (arm.id === id ? { ...arm, hidden: !arm.hidden } : arm))),
  };
}
