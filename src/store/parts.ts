// What a person asks of a figure or composes in the Lab, and the plans that follow from it.

import type { Figure } from '../experiment/figures/figure';
import { ownPart } from '../experiment/figures/own';
import type { StudyOptions } from '../experiment/figures/study';
import type { studyOffer } from '../experiment/offered';
import type { FigurePart, PartKey } from '../experiment/part';
import { type Plan, plan } from '../experiment/plan';
import { toExperiment } from '../experiment/recipe/experiment';
import { armsToRun } from '../experiment/recipe/recipe';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';
import { scalesOffered } from './machine';
import type { RecipeState } from './recipe';

export interface Study {
  readonly scale: ScaleName;
  /** How many: 1, 2, ... */
  readonly seeds: (typeof studyOffer.seeds)[number];
  /** The first of them; the others follow. In a class everyone takes another, so that results add up. */
  readonly first: number;
  /** Share of the scale's tokens. */
  readonly budget: (typeof studyOffer.budgets)[number];
}

export interface FigureChoice {
  /** Arms that are neither trained nor drawn, by part. */
  readonly without: Readonly<Partial<Record<PartKey, readonly string[]>>>;
  /** Parts that Run leaves out. */
  readonly postponed: readonly PartKey[];
}

export const everything: FigureChoice = { without: {}, postponed: [] };

export interface ChosenPart {
  /** As the figure defines it, with every arm. */
  readonly part: FigurePart;
  readonly whole: Plan;
  /** The arms that were chosen, in the figure's order. */
  readonly arms: readonly string[];
  /** Null without an arm. */
  readonly chosen: Plan | null;
  /** False where the person left the part out of the run. */
  readonly wanted: boolean;
}

export function studyOptions({ scale, seeds, first, budget }: Study): StudyOptions {
  return { scale, seeds: Array.from({ length: seeds }, (_, i) => first + i), budget };
}

export function chosenParts(figure: Figure, study: Study, choice: FigureChoice): ChosenPart[] {
  return figure.parts(studyOptions(study)).map((part) => {
    const without = choice.without[part.key] ?? [];
    const arms = part.experiment.arms.filter(({ id }) => !without.includes(id));
    const whole = plan(part.experiment);
    const all = arms.length === part.experiment.arms.length;
    return {
      part,
      whole,
      arms: arms.map(({ id }) => id),
      chosen: all ? whole : arms.length === 0 ? null : plan({ ...part.experiment, arms }),
      wanted: !choice.postponed.includes(part.key),
    };
  });
}

/** The Lab as the one part of a figure. */
export function labPart(state: Pick<RecipeState, 'setting' | 'draft' | 'arms'>): ChosenPart {
  return wholePart(ownPart(toExperiment(state.setting, armsToRun(state))));
}

/** A part with all its arms. */
export function wholePart(part: FigurePart): ChosenPart {
  const whole = plan(part.experiment);
  return { part, whole, chosen: whole, arms: part.experiment.arms.map(({ id }) => id), wanted: true };
}

/** False for a part whose model this machine is not asked to train. */
export function isOffered({ part }: ChosenPart, machine: Machine | null): boolean {
  const { scale } = part.experiment;
  return scale === 'custom' || scalesOffered(machine).includes(scale);
}

export type PartToRun = ChosenPart & { readonly chosen: Plan };

/** What Run would train: wanted, offered and not empty. */
export function partsToRun(parts: readonly ChosenPart[], machine: Machine | null): PartToRun[] {
  return parts.flatMap((one) => {
    const { chosen } = one;
    return one.wanted && chosen && isOffered(one, machine) ? [{ ...one, chosen }] : [];
  });
}

/** `value` added to the list, or taken out of it. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}
