// Joins what was chosen, the worker and the session: the verbs behind the buttons. Knows the worker only by its port.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Setting } from '../experiment/recipe/recipe';
import { longestName } from '../experiment/recipe/recipe';
import type { ScaleName } from '../experiment/spec';
import type { LabPort, Machine } from '../worker/protocol';
import { type BenchStore, createBenchStore } from './bench';
import { type ChoicesStore, createChoicesStore, firstChoices } from './choices';
import { fittingScale, scalesOffered } from './machine';
import { createMessages, type Messages } from './messages';
import { createOpenedStore, type OpenedStore } from './opened';
import { labPart } from './parts';
import { firstRecipe, type RecipeStore } from './recipe';
import { createSession, type Session } from './session';
import { type Ask, isActive, type View, type ViewId } from './session_state';

export interface Lab {
  readonly session: Session;
  readonly recipe: RecipeStore;
  readonly choices: ChoicesStore;
  readonly bench: BenchStore;
  readonly opened: OpenedStore;
  readonly messages: Messages;
  /** What the Lab's run that goes on, or was the last, was set to; null before one. */
  readonly ran: StoreApi<{ readonly setting: Setting | null }>;
  /** Looks at the machine. */
  open(): Promise<void>;
  /** Has the Lab begin with weights of a file. @returns why it cannot, a sentence; null where it does */
  startFrom(name: string, file: Uint8Array, config: string | null): Promise<string | null>;
  /** Adds the draft of the Lab if it is new, and trains everything there that is not trained yet. */
  startOwn(stepwise: boolean): Promise<void>;
  /** The first choices again for the Lab, or for a figure and the size, seeds and text of all. What was trained stays. */
  startOver(view: ViewId): void;
}

/** The Lab's arms as the parts of a figure: those listed, and the draft where it is new. */
export function ownView(recipe: RecipeStore): View {
  return { id: 'own', parts: [labPart(recipe.getState())] };
}

export function createLab(port: LabPort, recipe: RecipeStore, choices: ChoicesStore = createChoicesStore()): Lab {
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
  const opened = createOpenedStore();
  const messages = createMessages(session, opened);
  const ran = createStore<{ readonly setting: Setting | null }>()(() => ({ setting: null }));
  port.listen((events) => {
    session.take(events);
    bench.take(events);
  });
  // Sizes follow the machine, at first and when it has changed.
  session.subscribe(({ machine }, before) => {
    if (!machine || machine === before.machine) return;
    recipe.fit(machine);
    choices.fit(machine);
    sayUnfit([recipe.getState().picked, choices.getState().picked], machine, session);
  });
  return {
    session,
    recipe,
    choices,
    bench,
    opened,
    messages,
    ran,
    open: session.detect,
    startFrom: (name, file, config) => startFrom(ask, session, recipe, { name, file, config }),
    startOwn: async (stepwise) => {
      if (isActive(session.getState().phase)) return;
      recipe.addDraft();
      ran.setState({ setting: recipe.getState().setting });
      await session.start(ownView(recipe), stepwise);
    },
    startOver: (view) => {
      const { machine } = session.getState();
      if (view === 'own') {
        recipe.setState(firstRecipe);
        if (machine) recipe.fit(machine);
        return;
      }
      const { [view]: _, ...others } = choices.getState().choices;
      choices.setState({ ...firstChoices, choices: others });
      if (machine) choices.fit(machine);
    },
  };
}

/** When the machine turns out smaller than a size that was picked, says which one is trained instead. */
function sayUnfit(picked: readonly (ScaleName | null)[], machine: Machine, session: Session): void {
  const unfit = picked.find((scale) => scale !== null && fittingScale(machine, scale) !== scale) ?? null;
  if (unfit === null) return;
  const message = `Size ${unfit} is too large for this machine. Switched to ${fittingScale(machine, unfit)}.`;
  session.setState({ notice: { fault: 'limits', message } });
}

/** Weights of a size that is not offered here could not be trained from. */
async function startFrom(
  ask: Ask,
  session: Session,
  recipe: RecipeStore,
  given: { readonly name: string; readonly file: Uint8Array; readonly config: string | null },
): Promise<string | null> {
  const reply = await ask({ kind: 'open-weights', ...given });
  if (reply?.kind === 'refused') return reply.message;
  if (reply?.kind !== 'weights') return 'They could not be read.';
  const { sha256, scale } = reply;
  if (!scalesOffered(session.getState().machine).includes(scale)) {
    return `They are of size ${scale}, which this machine is not asked to train.`;
  }
  recipe.startFrom({ sha256, name: given.name.slice(0, longestName) }, scale);
  return null;
}
