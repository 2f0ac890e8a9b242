// What the person has chosen and which arms are on the charts. Arms keep their slot (colour, dash, marker) for life.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { presetSchedules } from '../experiment/recipe/presets';
import {
  type ArmEntry,
  type ArmRecipe,
  armId,
  armOfDraft,
  canonicalArm,
  freeSlot,
  type Setting,
  type StartWeights,
  sameArm,
  sameSetting,
} from '../experiment/recipe/recipe';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';
import { fittingScale } from './machine';

export interface RecipeState {
  readonly setting: Setting;
  readonly draft: ArmRecipe;
  readonly arms: readonly ArmEntry[];
  /** The size that the person picked; null while the machine suggests one. */
  readonly picked: ScaleName | null;
  /** All of it came with an address, and the person has changed nothing since: then it is not remembered. */
  readonly linked: boolean;
}

export const armLimits = { arms: 12 } as const;

const defaultSetting: Setting = { shift: 'weak', scale: 'XS', seeds: [1], budget: 1 };
const defaultDraft: ArmRecipe = { ...presetSchedules('rewarm'), replayPercent: 0 };

export interface RecipeStore extends StoreApi<RecipeState> {
  set(setting: Partial<Setting>): void;
  /** Takes all of a setting, as it was when something was trained. */
  use(setting: Setting): void;
  /** Begins with weights of a file, which are of this size. */
  startFrom(start: StartWeights, scale: ScaleName): void;
  /** Begins with random weights again. */
  startRandom(): void;
  /** When the machine is known or has changed: takes the size that fits it. */
  fit(machine: Machine): void;
  change(draft: Partial<ArmRecipe>): void;
  /** Adds the draft to the arms unless an equal arm is there; returns the arm's id. */
  addDraft(): string;
  remove(id: string): void;
  toggleHidden(id: string): void;
  /** Takes the recipe of an address. */
  follow(linked: RecipeState, machine: Machine | null): void;
}

export const firstRecipe: RecipeState = {
  setting: defaultSetting,
  draft: defaultDraft,
  arms: [],
  picked: null,
  linked: false,
};

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
    setState(({ arms }) => ({ arms: change(arms), linked: false }));
  const fitTo = (machine: Machine) =>
    setState(({ setting, picked }) => ({ setting: { ...setting, scale: fittingScale(machine, picked) } }));
  return {
    ...store,
    set: (change) =>
      setState(({ setting, picked }) => ({
        setting: { ...setting, ...change },
        picked: change.scale ?? picked,
        linked: false,
      })),
    use: (setting) => setState({ setting, picked: setting.scale, linked: false }),
    startFrom: (start, scale) =>
      setState(({ setting }) => ({ setting: { ...setting, start, scale }, picked: scale, linked: false })),
    startRandom: () => setState(({ setting: { start: _, ...setting } }) => ({ setting, linked: false })),
    fit: fitTo,
    follow: (linked, machine) => {
      setState({ ...linked, linked: true });
      if (machine) fitTo(machine);
    },
    change: (change) => setState(({ draft }) => ({ draft: { ...draft, ...change }, linked: false })),
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
