// The verbs of the figures' pages: choose, look at what is kept, measure, train the chosen parts one after another, have
// trained arms write. Knows the worker only by its commands.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Figure, FigureId, PartKey } from '../experiment/figures/figure';
import type { Experiment } from '../experiment/spec';
import type { LabCommand, LabEvent, LabReply, Measured } from '../worker/protocol';
import {
  type Choices,
  type ChosenPart,
  chosenParts,
  everything,
  partsToRun,
  type Study,
  toggled,
} from './figureChoice';
import { createQueue, type Queue, type QueueVerbs } from './figureQueue';
import { isSlow, scalesOffered } from './machine';
import { isActive, type RunStore } from './run';

export type PartEstimate = { readonly kind: 'measuring' } | Measured;

export interface Writing {
  readonly phase: 'idle' | 'writing' | 'done';
  /** By plan node, one text a prompt. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** What could not be written; null when nothing is wrong. */
  readonly message: string | null;
}

export interface FigureState {
  readonly study: Study;
  /** True once the person has picked a scale; until then the machine may suggest one. */
  readonly scalePicked: boolean;
  readonly choices: Choices;
  /** By id of the plan that is asked about. */
  readonly estimates: Readonly<Record<string, PartEstimate>>;
  /** What was asked to run last; null before that. */
  readonly queue: Queue | null;
  readonly writing: Writing;
}

export interface FigureLab extends StoreApi<FigureState>, Omit<QueueVerbs, 'run'> {
  choose(change: Partial<Study>): void;
  toggleArm(figure: FigureId, part: PartKey, arm: string): void;
  togglePart(figure: FigureId, part: PartKey): void;
  /** The parts of a figure as they are chosen now. */
  parts(figure: Figure): ChosenPart[];
  /** Fetches what is kept of a figure and measures what is not; null when no figure is looked at any more. */
  look(figure: Figure | null): void;
  /** Trains the chosen parts one after another. `stepwise`: one step of the first, then pause. */
  start(figure: Figure, stepwise?: boolean): Promise<void>;
  /** The same for the figure that is looked at. */
  startLooked(stepwise: boolean): Promise<void>;
  /** Has these stages continue the prompts. */
  write(experiment: Experiment, nodes: readonly string[], prompts: readonly string[]): Promise<void>;
  take(events: readonly LabEvent[]): void;
  /** When the machine is known or has changed: proposes a size until the person has picked one. */
  fit(): void;
}

type Ask = (request: LabCommand) => Promise<LabReply | null>;

const first: FigureState = {
  study: { scale: 'S', seeds: 1, budget: 1 },
  scalePicked: false,
  choices: {},
  estimates: {},
  queue: null,
  writing: { phase: 'idle', texts: {}, message: null },
};

/** Time for a person to finish choosing before the machine is measured for it. */
const settleMs = 400;

/**
 * @param ask the worker; its answer is null when the worker is gone, which is said elsewhere
 * @param before,after a queue of runs: what else has to be held back meanwhile
 */
export function createFigureLab(ask: Ask, run: RunStore, before: () => void, after: () => void): FigureLab {
  const store = createStore<FigureState>()(() => first);
  const parts = (figure: Figure) => {
    const { study, choices } = store.getState();
    return chosenParts(figure, study, choices[figure.id] ?? everything);
  };
  const looking = lookingAt(ask, store, run, parts);
  const queue = createQueue(ask, run, (next) => store.setState({ queue: next }));
  const change = (figure: FigureId, next: (choice: typeof everything) => typeof everything) => {
    const { choices } = store.getState();
    store.setState({ choices: { ...choices, [figure]: next(choices[figure] ?? everything) } });
    looking.again();
  };
  const start = async (figure: Figure, stepwise = false) => {
    if (isActive(run.getState().phase)) return;
    const wanted = partsToRun(parts(figure), run.getState().machine);
    if (wanted.length === 0) return;
    looking.cancel();
    before();
    await queue.run(figure.id, wanted, stepwise);
    looking.again();
    after();
  };
  return {
    ...store,
    ...writing(ask, store),
    start,
    startLooked: async (stepwise) => {
      const figure = looking.current();
      if (figure) await start(figure, stepwise);
    },
    parts,
    look: looking.look,
    skip: queue.skip,
    choose: (study) => {
      store.setState((state) => ({
        study: { ...state.study, ...study },
        scalePicked: state.scalePicked || study.scale !== undefined,
      }));
      looking.again();
    },
    toggleArm: (figure, part, arm) =>
      change(figure, (choice) => ({
        ...choice,
        without: { ...choice.without, [part]: toggled(choice.without[part] ?? [], arm) },
      })),
    togglePart: (figure, part) =>
      change(figure, (choice) => ({ ...choice, postponed: toggled(choice.postponed, part) })),
    fit: () => {
      const { machine } = run.getState();
      const { scalePicked, study } = store.getState();
      if (!machine) return;
      const offered = scalesOffered(machine);
      if (scalePicked && offered.includes(study.scale)) return;
      const scale = isSlow(machine) ? 'XS' : ((scalePicked ? offered.at(-1) : 'S') ?? 'XS');
      store.setState({ study: { ...study, scale } });
      looking.again();
    },
  };
}

/** Keeps what is known about the figure that is looked at up to date; only the latest question's answer counts. */
function lookingAt(ask: Ask, store: StoreApi<FigureState>, run: RunStore, parts: (figure: Figure) => ChosenPart[]) {
  let current: Figure | null = null;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const recalled = new Set<string>();
  const note = (plan: string, estimate: PartEstimate) =>
    store.setState(({ estimates }) => ({ estimates: { ...estimates, [plan]: estimate } }));
  const now = async () => {
    const mine = ++asked;
    const { machine } = run.getState();
    if (!current || !machine) return;
    const chosen = parts(current);
    for (const { whole } of chosen) {
      if (recalled.has(whole.id)) continue;
      recalled.add(whole.id);
      await ask({ kind: 'recall', experiment: whole.experiment });
    }
    for (const { chosen: plan } of partsToRun(chosen, machine)) {
      if (mine !== asked || isActive(run.getState().phase)) return;
      if (store.getState().estimates[plan.id]?.kind !== 'measured') note(plan.id, { kind: 'measuring' });
      const reply = await ask({ kind: 'measure', experiment: plan.experiment });
      if (reply?.kind === 'measured') note(plan.id, reply);
    }
  };
  const cancel = () => {
    asked++;
    clearTimeout(timer);
  };
  const again = () => {
    cancel();
    timer = setTimeout(() => void now(), settleMs);
  };
  const look = (figure: Figure | null) => {
    current = figure;
    again();
  };
  return { look, again, cancel, current: () => current };
}

function writing(ask: Ask, store: StoreApi<FigureState>): Pick<FigureLab, 'write' | 'take'> {
  const set = (change: Partial<Writing>) => store.setState((state) => ({ writing: { ...state.writing, ...change } }));
  return {
    write: async (experiment, nodes, prompts) => {
      if (store.getState().writing.phase === 'writing') return;
      set({ phase: 'writing', texts: {}, message: null });
      const reply = await ask({ kind: 'sample', experiment, nodes, prompts });
      set({ phase: 'done', message: reply?.kind === 'sampled' ? reply.message : null });
    },
    take: (events) => {
      for (const event of events) {
        if (event.kind !== 'written') continue;
        set({ texts: { ...store.getState().writing.texts, [event.node]: event.texts } });
      }
    },
  };
}
