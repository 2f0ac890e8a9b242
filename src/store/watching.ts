// Keeps what is known about the parts that the page shows up to date: what is kept of them, and what the rest would take here.

import type { StoreApi } from 'zustand/vanilla';
import type { Plan } from '../experiment/plan';
import { type ChosenPart, partsToRun } from './parts';
import { type Ask, isActive, type PartEstimate, type SessionState, type View } from './session_state';

/** Time for a person to finish choosing before the machine is asked about it. */
const settleMs = 400;

const unmeasured: PartEstimate = {
  kind: 'measured',
  seconds: null,
  bytes: null,
  evaluationShare: null,
  together: null,
  repeats: [],
  kept: [],
};

interface Watching {
  look(view: View | null): void;
  recall(parts: readonly ChosenPart[]): Promise<void>;
  /** Asks once more about what is looked at. */
  again(): void;
  /** Asks no more until then. */
  cancel(): void;
}

export function watching(ask: Ask, store: StoreApi<SessionState>): Watching {
  let current: View | null = null;
  /** Only the latest question's answer counts. */
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = ({ id }: Plan, estimate: PartEstimate) =>
    store.setState(({ estimates }) => ({ estimates: { ...estimates, [id]: estimate } }));
  const recall = async (parts: readonly ChosenPart[]) => {
    await ask({ kind: 'recall', experiments: parts.map(({ whole }) => whole.experiment) });
  };
  const now = async () => {
    const mine = ++asked;
    if (!current) return;
    const { parts } = current;
    await recall(parts);
    for (const { chosen } of partsToRun(parts, store.getState().machine)) {
      // While a run is on nothing is measured; its end asks again.
      if (mine !== asked || isActive(store.getState().phase)) return;
      if (store.getState().estimates[chosen.id] === undefined) note(chosen, 'measuring');
      const reply = await ask({ kind: 'measure', experiment: chosen.experiment });
      note(chosen, reply?.kind === 'measured' ? reply : unmeasured);
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
  return {
    look: (view) => {
      current = view;
      again();
    },
    recall,
    again,
    cancel,
  };
}
