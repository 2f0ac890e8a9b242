// What a person has chosen of the figures. Size, seeds and budget hold for all figures, so that figures find each other's
// stages; arms and parts are chosen for each figure alone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FigureId } from '../experiment/figures';
import type { PartKey } from '../experiment/part';
import type { ScaleName } from '../experiment/spec';
import type { Machine } from '../worker/protocol';
import { fittingScale } from './machine';
import { everything, type FigureChoice, type Study, toggled } from './parts';

export interface ChoicesState {
  readonly study: Study;
  /** The size that the person picked; null while the machine suggests one. */
  readonly picked: ScaleName | null;
  readonly choices: Readonly<Partial<Record<FigureId, FigureChoice>>>;
  /** All of it came with an address, and the person has changed nothing since: then it is not remembered. */
  readonly linked: boolean;
}

export interface ChoicesStore extends StoreApi<ChoicesState> {
  choose(change: Partial<Study>): void;
  toggleArm(figure: FigureId, part: PartKey, arm: string): void;
  togglePart(figure: FigureId, part: PartKey): void;
  /** Takes what an address says of a figure; what was chosen of others stays. */
  follow(linked: ChoicesState, machine: Machine | null): void;
  /** When the machine is known or has changed: takes the size that fits it. */
  fit(machine: Machine): void;
}

export const firstChoices: ChoicesState = {
  study: { scale: 'S', seeds: 1, first: 1, budget: 1 },
  picked: null,
  choices: {},
  linked: false,
};

/** Whether anything that this figure is trained with is the person's choice. */
export function isChosen({ study, picked, choices }: ChoicesState, figure: FigureId): boolean {
  const { seeds, first, budget } = firstChoices.study;
  const { without, postponed } = choices[figure] ?? everything;
  const all = postponed.length === 0 && Object.values(without).every((arms) => arms.length === 0);
  return picked !== null || study.seeds !== seeds || study.first !== first || study.budget !== budget || !all;
}

export function createChoicesStore(begin: ChoicesState = firstChoices): ChoicesStore {
  const store = createStore<ChoicesState>()(() => begin);
  const change = (figure: FigureId, next: (choice: FigureChoice) => FigureChoice) =>
    store.setState(({ choices }) => ({
      choices: { ...choices, [figure]: next(choices[figure] ?? everything) },
      linked: false,
    }));
  const fitTo = (machine: Machine) =>
    store.setState(({ study, picked }) => ({ study: { ...study, scale: fittingScale(machine, picked) } }));
  return {
    ...store,
    follow: (linked, machine) => {
      store.setState(({ choices }) => ({ ...linked, choices: { ...choices, ...linked.choices } }));
      if (machine) fitTo(machine);
    },
    choose: (study) =>
      store.setState((state) => ({
        study: { ...state.study, ...study },
        picked: study.scale ?? state.picked,
        linked: false,
      })),
    toggleArm: (figure, part, arm) =>
      change(figure, (choice) => ({
        ...choice,
        without: { ...choice.without, [part]: toggled(choice.without[part] ?? [], arm) },
      })),
    togglePart: (figure, part) =>
      change(figure, (choice) => ({ ...choice, postponed: toggled(choice.postponed, part) })),
    fit: fitTo,
  };
}
