// A figure's address after its `?`: what was chosen and how it is looked at, in words that a person reads and edits, and only
// what differs from the first visit. What it does not understand is left out and named.

import { type FigureId, figures } from '../experiment/figures';
import { studyOffer } from '../experiment/offered';
import type { PartKey } from '../experiment/part';
import { scaleNames } from '../experiment/scales';
import { type ChoicesState, firstChoices } from './choices';
import {
  armsNamed,
  armsText,
  type FigureLook,
  type LookDraft,
  type LookLink,
  lookKeys,
  lookPieces,
  numberOf,
  oneOf,
  type PartArms,
  plainLook,
  plainScreen,
  queryText,
  type Screen,
  screenPieces,
  type Take,
  takeQuery,
} from './look';
import { everything, type FigureChoice, studyOptions } from './parts';

export interface FigureLink extends LookLink {
  readonly choices: ChoicesState;
}

interface Draft extends LookDraft {
  study: ChoicesState['study'];
  picked: ChoicesState['picked'];
  choice: FigureChoice;
}

/** The arms of each part of a figure. */
function armsOf(id: FigureId): PartArms {
  const parts = figures[id].parts(studyOptions(firstChoices.study));
  return new Map(parts.map(({ key, experiment }): [PartKey, string[]] => [key, experiment.arms.map((arm) => arm.id)]));
}

/** `1,2,3`: numbers that follow each other, as many as are offered. */
function seedsOf(value: string): Pick<ChoicesState['study'], 'seeds' | 'first'> | undefined {
  const list = value.split(',');
  const first = Number(list[0]);
  const { min, max } = studyOffer.firstSeed;
  const inOrder = list.every((seed, i) => seed === String(first + i)) && first >= min && first <= max;
  const seeds = studyOffer.seeds.find((offered) => offered === list.length);
  return inOrder && Number.isInteger(first) && seeds !== undefined ? { seeds, first } : undefined;
}

const keys: Readonly<Record<string, Take<Draft>>> = {
  ...lookKeys,
  scale: (draft, value) => {
    const scale = oneOf(scaleNames, value.toUpperCase());
    if (scale === undefined) return false;
    draft.study = { ...draft.study, scale };
    draft.picked = scale;
    return true;
  },
  seeds: (draft, value) => {
    const seeds = seedsOf(value);
    draft.study = { ...draft.study, ...seeds };
    return seeds !== undefined;
  },
  budget: (draft, value) => {
    const budget = studyOffer.budgets.find((offered) => offered === numberOf(value));
    if (budget !== undefined) draft.study = { ...draft.study, budget };
    return budget !== undefined;
  },
  without: (draft, value) => {
    const without = armsNamed(draft.arms, value);
    if (without) draft.choice = { ...draft.choice, without };
    return without !== null;
  },
  later: (draft, value) => {
    const known = draft.arms;
    const parts = value.split(',').flatMap((part) => oneOf(known.keys(), part) ?? []);
    if (parts.length !== value.split(',').length) return false;
    draft.choice = { ...draft.choice, postponed: [...new Set(parts)] };
    return true;
  },
};

/** @param query what follows the `?`, not empty */
export function readFigureQuery(id: FigureId, query: string): FigureLink {
  const { study, choices: _, ...first } = firstChoices;
  const draft: Draft = { arms: armsOf(id), study, picked: first.picked, choice: everything, look: plainLook };
  const leftOut = takeQuery(query, keys, draft);
  const choices = { study: draft.study, picked: draft.picked, linked: true, choices: { [id]: draft.choice } };
  return { choices, look: draft.look, leftOut };
}

/** What follows the `?` for these choices and this look; empty where nothing differs from the first visit. */
export function figureQuery(
  id: FigureId,
  { study, picked, choices }: ChoicesState,
  look: FigureLook,
  screen: Screen = plainScreen,
): string {
  const { without, postponed } = choices[id] ?? everything;
  const seeds = studyOptions(study).seeds.join();
  const [shift, ...rest] = lookPieces(look, armsOf(id));
  return queryText([
    ...(shift ? [shift] : []),
    ['scale', picked],
    ['seeds', seeds === '1' ? null : seeds],
    ['budget', study.budget === firstChoices.study.budget ? null : String(study.budget)],
    ['without', armsText(without) || null],
    ['later', postponed.join() || null],
    ...rest,
    ...screenPieces(screen),
  ]);
}
