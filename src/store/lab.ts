// Joins what was chosen, the worker and the session: the verbs behind the buttons. Knows the worker only by its port.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabPort } from '../worker/protocol';
import { type BenchStore, createBenchStore } from './bench';
import { type ChoicesStore, createChoicesStore } from './choices';
import { isSlow, scalesOffered } from './machine';
import { createOpenedStore, type OpenedStore } from './opened';
import { labPart } from './parts';
import type { RecipeStore, Setting } from './recipe';
import { createSession, type Session } from './session';
import { type Ask, isActive, type View } from './session_state';

export interface Lab {
  readonly session: Session;
  readonly recipe: RecipeStore;
  readonly choices: ChoicesStore;
  readonly bench: BenchStore;
  readonly opened: OpenedStore;
  /** What the Lab's run that goes on, or was the last, was set to; null before one. */
  readonly ran: StoreApi<{ readonly setting: Setting | null }>;
  /** Looks at the machine. */
  open(): Promise<void>;
  /** Adds the draft of the Lab if it is new, and trains everything there that is not trained yet. */
  startOwn(stepwise: boolean): Promise<void>;
}

/** The Lab's arms as the parts of a figure: those listed, and the draft where it is new. */
export function ownView(recipe: RecipeStore): View {
  return { id: 'own', parts: [labPart(recipe.getState())] };
}

export function createLab(port: LabPort, recipe: RecipeStore): Lab {
  const ask: Ask = async (request) => {
    try {
      return await port.command(request);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      session.take([{ kind: 'fault', fault: 'worker', message, fatal: true }]);
      return null;
    }
  };
  const session = createSession(ask);
  const bench = createBenchStore(ask);
  const choices = createChoicesStore();
  const ran = createStore<{ readonly setting: Setting | null }>()(() => ({ setting: null }));
  port.listen((events) => {
    session.take(events);
    bench.take(events);
  });
  // Sizes follow the machine, at first and when it has changed.
  session.subscribe(({ machine }, before) => {
    if (!machine || machine === before.machine) return;
    recipe.suggestScale(isSlow(machine) ? 'XS' : 'S');
    fitScale(recipe, session);
    choices.fit(machine);
  });
  return {
    session,
    recipe,
    choices,
    bench,
    opened: createOpenedStore(),
    ran,
    open: session.detect,
    startOwn: async (stepwise) => {
      if (isActive(session.getState().phase)) return;
      recipe.addDraft();
      ran.setState({ setting: recipe.getState().setting });
      await session.start(ownView(recipe), stepwise);
    },
  };
}

/** When the machine turns out smaller than the chosen size, takes the largest it can train and says so. */
function fitScale(recipe: RecipeStore, session: Session): void {
  const { scale } = recipe.getState().setting;
  const offered = scalesOffered(session.getState().machine);
  const largest = offered.at(-1);
  if (offered.includes(scale) || !largest) return;
  recipe.set({ scale: largest });
  session.setState({
    notice: { fault: 'limits', message: `Size ${scale} is too large for this machine. Switched to ${largest}.` },
  });
}
