// What the person has chosen and which arms are on the charts. Arms keep their slot (colour, dash, marker) for life.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ScaleName } from '../experiment/spec';

export type Shift = 'none' | 'weak' | 'strong';

/** What the learning rate does when new data arrives. */
export type AtSwitch = 'floor' | 'rewarm' | 'peak' | 'infinite-cosine' | 'infinite-inverse-sqrt';

/** Share of the scale's tokens that both stages train on. */
export type Budget = 0.25 | 0.5 | 1;

/** What all arms on the charts share. */
export interface Setting {
  readonly shift: Shift;
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  readonly budget: Budget;
}

/** What arms differ in. */
export interface ArmRecipe {
  readonly atSwitch: AtSwitch;
  /** Peak of the second stage as a multiple of the first stage's. */
  readonly peakMultiple: number;
  /** Share of the second stage's steps that raise the learning rate. */
  readonly warmupPercent: number;
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
  /** True once the person has picked a scale; until then the machine may suggest one. */
  readonly scalePicked: boolean;
  set(setting: Partial<Setting>): void;
  suggestScale(scale: ScaleName): void;
  change(draft: Partial<ArmRecipe>): void;
  /** Adds the draft to the arms unless an equal arm is there; returns the arm's id. */
  addDraft(): string;
  remove(id: string): void;
  toggleHidden(id: string): void;
}

export const armLimits = {
  peakMultiple: { min: 0.05, max: 10 },
  warmupPercent: { min: 0, max: 50 },
  arms: 12,
} as const;

const defaultSetting: Setting = { shift: 'weak', scale: 'XS', seeds: [1], budget: 1 };
const defaultDraft: ArmRecipe = { atSwitch: 'rewarm', peakMultiple: 1, warmupPercent: 1, replayPercent: 0 };

/** True for the options that have a peak and a warmup of their own. */
export function hasPeak(atSwitch: AtSwitch): boolean {
  return atSwitch === 'rewarm' || atSwitch === 'peak';
}

/** The recipe without settings that its schedule does not use, so that equal trainings compare equal. */
export function canonicalArm(recipe: ArmRecipe): ArmRecipe {
  return hasPeak(recipe.atSwitch) ? recipe : { ...recipe, peakMultiple: 1, warmupPercent: 1 };
}

function sameArm(a: ArmRecipe, b: ArmRecipe): boolean {
  const [x, y] = [canonicalArm(a), canonicalArm(b)];
  return (
    x.atSwitch === y.atSwitch &&
    x.peakMultiple === y.peakMultiple &&
    x.warmupPercent === y.warmupPercent &&
    x.replayPercent === y.replayPercent
  );
}

export function sameSetting(a: Setting, b: Setting): boolean {
  return a.shift === b.shift && a.scale === b.scale && a.budget === b.budget && a.seeds.join() === b.seeds.join();
}

/** The arm that trains exactly what the draft would, if there is one. */
export function armOfDraft(state: Pick<RecipeState, 'draft' | 'arms'>): ArmEntry | undefined {
  return state.arms.find((arm) => sameArm(arm.recipe, state.draft));
}

/** Letters, digits and dashes: `rewarm-2x-warmup5-replay25`. */
export function armId(recipe: ArmRecipe): string {
  const { atSwitch, peakMultiple, warmupPercent, replayPercent } = canonicalArm(recipe);
  const number = (value: number) => String(value).replace('.', 'p');
  const parts: string[] = [atSwitch];
  if (peakMultiple !== 1) parts.push(`${number(peakMultiple)}x`);
  if (warmupPercent !== 1) parts.push(`warmup${number(warmupPercent)}`);
  if (replayPercent !== 0) parts.push(`replay${number(replayPercent)}`);
  return parts.join('-');
}

function freeSlot(arms: readonly ArmEntry[]): number {
  const used = new Set(arms.map((arm) => arm.slot));
  let slot = 0;
  while (used.has(slot)) slot++;
  return slot;
}

export type RecipeStore = StoreApi<RecipeState>;

export function createRecipeStore(): RecipeStore {
  return createStore<RecipeState>()((set, get) => ({
    setting: defaultSetting,
    draft: defaultDraft,
    arms: [],
    scalePicked: false,
    set: (change) =>
      set(({ setting, scalePicked }) => ({
        setting: { ...setting, ...change },
        scalePicked: scalePicked || change.scale !== undefined,
      })),
    suggestScale: (scale) => {
      if (!get().scalePicked) set(({ setting }) => ({ setting: { ...setting, scale } }));
    },
    change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change } })),
    addDraft: () => {
      const present = armOfDraft(get());
      if (present) return present.id;
      const recipe = canonicalArm(get().draft);
      const id = armId(recipe);
      set(({ arms }) => ({ arms: [...arms, { id, recipe, slot: freeSlot(arms), hidden: false }] }));
      return id;
    },
    remove: (id) => set(({ arms }) => ({ arms: arms.filter((arm) => arm.id !== id) })),
    toggleHidden: (id) =>
      set(({ arms }) => ({ arms: arms.map((arm) => (arm.id === id ? { ...arm, hidden: !arm.hidden } : arm)) })),
  }));
}
