// What is composed in the Lab, as values: what all arms share, what each is, and when two are the same training.

import type { Shift } from '../compose';
import { contentHash } from '../hash';
import type { ownOffer } from '../offered';
import type { ScaleName } from '../spec';
import { presetOf, type Schedules } from './presets';
import { canonicalSchedule, sameSchedule } from './schedule';

/** Share of the scale's tokens that both stages train on. */
export type Budget = (typeof ownOffer.budgets)[number];

/** Of a file's name, letters that are kept. */
export const longestName = 80;

/** Weights of a file that all arms begin with, in place of the first stage. */
export interface StartWeights {
  readonly sha256: string;
  /** The file's, for people. */
  readonly name: string;
}

/** What all arms on the charts share. */
export interface Setting {
  readonly shift: Shift;
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  readonly budget: Budget;
  readonly start?: StartWeights;
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

/** The arms, and the one that is being composed. */
export interface Composed {
  readonly draft: ArmRecipe;
  readonly arms: readonly ArmEntry[];
}

/** The recipe without settings that its schedules do not use, so that equal trainings compare equal. */
export function canonicalArm({ first, second, replayPercent }: ArmRecipe): ArmRecipe {
  return { first: canonicalSchedule(first), second: canonicalSchedule(second), replayPercent };
}

export function sameArm(a: ArmRecipe, b: ArmRecipe): boolean {
  return a.replayPercent === b.replayPercent && sameSchedule(a.first, b.first) && sameSchedule(a.second, b.second);
}

export function sameSetting(a: Setting, b: Setting): boolean {
  const starts = a.start?.sha256 === b.start?.sha256;
  const sizes = a.scale === b.scale && a.budget === b.budget;
  return a.shift === b.shift && sizes && starts && a.seeds.join() === b.seeds.join();
}

/** The arm that trains exactly what the draft would, if there is one. */
export function armOfDraft(state: Composed): ArmEntry | undefined {
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

/** The arms that Run would train in the Lab: those listed, and the draft when it is new. */
export function armsToRun(state: Composed): readonly Pick<ArmEntry, 'id' | 'recipe'>[] {
  if (armOfDraft(state)) return state.arms;
  return [...state.arms, { id: armId(state.draft), recipe: canonicalArm(state.draft) }];
}

/** The first place in the palette that no arm has. */
export function freeSlot(arms: readonly ArmEntry[]): number {
  const used = new Set(arms.map((arm) => arm.slot));
  let slot = 0;
  while (used.has(slot)) slot++;
  return slot;
}
