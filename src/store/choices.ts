// What a person has chosen of the figures. Size, seeds and budget hold for all figures, so that figures find each other's
// stages; arms and parts are chosen for each figure alone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FigureId } from '../experiment/figures';
import type { PartKey } from '../experiment/part';
import type { Machine } from '../worker/protocol';
import { isSlow, scalesOffered } from './machine';
import { everything, type FigureChoice, type Study, toggled } from './parts';

export interface ChoicesState {
  readonly study: Study;
  /** True once the person has picked a scale; until then the machine may suggest one. */
  readonly scalePicked: boolean;
  readonly choices: Readonly<Partial<Record<FigureId, FigureChoice>>>;
}

export interface ChoicesStore extends StoreApi<ChoicesState> {
  choose(change: Partial<Study>): void;
  toggleArm(figure: FigureId, part: PartKey, arm: string): void;
  togglePart(figure: FigureId, part: PartKey): void;
  /** When the machine is known or has changed: proposes a size until the person has picked one. */
  fit(machine: Machine): void;
}

const first: ChoicesState = { study: { scale: 'S', seeds: 1, budget: 1 }, scalePicked: false, choices: {} };

export function createChoicesStore(): ChoicesStore {
  const store = createStore<ChoicesState>()(() => first);
  const change = (figure: FigureId, next: (choice: FigureChoice) => FigureChoice) =>
    store.setState(({ choices }) => ({ choices: { ...choices, [figure]: next(choices[figure] ?? everything) } }));
  return {
    ...store,
    choose: (study) =>
      store.setState((state) => ({
        study: { ...state.study, ...study },
        scalePicked: state.scalePicked || study.scale !== undefined,
      })),
    toggleArm: (figure, part, arm) =>
      change(figure, (choice) => ({
        ...choice,
        without: { ...choice.without, [part]: toggled(choice.without[part] ?? [], arm) },
      })),
    togglePart: (figure, part) =>
      change(figure, (choice) => ({ ...choice, postponed: toggled(choice.postponed, part) })),
    fit: (machine) => {
      const { scalePicked, study } = store.getState();
      const offered = scalesOffered(machine);
      if (scalePicked && offered.includes(study.scale)) return;
      const scale = isSlow(machine) ? 'XS' : ((scalePicked ? offered.at(-1) : 'S') ?? 'XS');
      if (scale !== study.scale) store.setState({ study: { ...study, scale } });
    },
  };
}
