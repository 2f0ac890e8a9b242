// Joins what was chosen, the worker and the run: the verbs behind the buttons. Knows the worker only by its port.

import { plan } from '../experiment/plan';
import type { LabCommand, LabPort, LabReply } from '../worker/protocol';
import { type BenchStore, createBenchStore } from './bench';
import { toExperiment } from './experiment';
import { createFigureLab, type FigureLab } from './figureLab';
import { isSlow, scalesOffered } from './machine';
import { type ArmEntry, armId, armOfDraft, canonicalArm, type RecipeState, type RecipeStore } from './recipe';
import { afterEnd, isActive, type RunStore } from './run';

export interface Lab {
  readonly recipe: RecipeStore;
  readonly run: RunStore;
  readonly bench: BenchStore;
  readonly figures: FigureLab;
  /** Looks at the machine, then measures; from then on measures again when the recipe changes. */
  open(): Promise<void>;
  /** Adds the draft if it is new and trains everything that is not trained yet. */
  start(): Promise<void>;
  pauseOrResume(): Promise<void>;
  /** One training step; starts the run when there is none. */
  step(): Promise<void>;
  stop(): Promise<void>;
}

/** Time for a person to finish choosing before the machine is measured for it. */
const settleMs = 400;

/** The arms that Run would train: those listed, and the draft when it is new. */
export function armsToRun(state: Pick<RecipeState, 'draft' | 'arms'>): readonly Pick<ArmEntry, 'id' | 'recipe'>[] {
  if (armOfDraft(state)) return state.arms;
  return [...state.arms, { id: armId(state.draft), recipe: canonicalArm(state.draft) }];
}

export function createLab(port: LabPort, recipe: RecipeStore, run: RunStore): Lab {
  const command = async (request: LabCommand): Promise<LabReply | null> => {
    try {
      return await port.command(request);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      run.take([{ kind: 'fault', fault: 'worker', message, fatal: true }]);
      return null;
    }
  };

  const bench = createBenchStore(command);
  port.listen((events) => {
    run.take(events);
    bench.take(events);
    figures.take(events);
    if (!events.some((event) => event.kind === 'machine')) return;
    fitScale(recipe, run);
    figures.fit();
  });
  const measure = measuring(command, recipe, run);
  const figures = createFigureLab(command, run, measure.cancel, measure.soon);

  const start = async (stepwise: boolean) => {
    if (isActive(run.getState().phase)) return;
    recipe.getState().addDraft();
    const { setting, arms } = recipe.getState();
    const experiment = toExperiment(setting, arms);
    measure.cancel();
    run.begin({ setting, arms, plan: plan(experiment) });
    const reply = await command({ kind: 'start', experiment, stepwise });
    if (reply?.kind === 'ended') run.setState((state) => afterEnd(state, reply.end));
    measure.soon();
  };

  return {
    recipe,
    run,
    bench,
    figures,
    open: async () => {
      const reply = await command({ kind: 'detect' });
      if (reply?.kind !== 'machine') return;
      run.setState({ machine: reply.machine });
      recipe.getState().suggestScale(isSlow(reply.machine) ? 'XS' : 'S');
      figures.fit();
      recipe.subscribe((now, before) => {
        if (now.setting !== before.setting || now.draft !== before.draft || now.arms !== before.arms) measure.soon();
      });
      await measure.now();
    },
    start: () => start(false),
    pauseOrResume: async () => {
      const { phase } = run.getState();
      if (phase === 'paused') await command({ kind: 'resume' });
      else if (isActive(phase)) await command({ kind: 'pause' });
    },
    step: async () => {
      if (isActive(run.getState().phase)) await command({ kind: 'step' });
      else await start(true);
    },
    stop: async () => {
      if (isActive(run.getState().phase)) await command({ kind: 'stop' });
    },
  };
}

/** Keeps the estimate up to date; only the latest question's answer counts. */
function measuring(command: (request: LabCommand) => Promise<LabReply | null>, recipe: RecipeStore, run: RunStore) {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = async () => {
    if (isActive(run.getState().phase)) return;
    const mine = ++asked;
    const { setting, draft, arms } = recipe.getState();
    run.setState({ estimate: { kind: 'measuring' } });
    const reply = await command({ kind: 'measure', experiment: toExperiment(setting, armsToRun({ draft, arms })) });
    if (mine !== asked) return;
    const { seconds, bytes } = reply?.kind === 'measured' ? reply : { seconds: null, bytes: null };
    run.setState({ estimate: seconds === null ? { kind: 'unknown' } : { kind: 'known', seconds, bytes } });
  };
  const cancel = () => {
    asked++;
    clearTimeout(timer);
  };
  const soon = () => {
    cancel();
    if (isActive(run.getState().phase)) return;
    run.setState({ estimate: { kind: 'measuring' } });
    timer = setTimeout(() => void now(), settleMs);
  };
  return { now, soon, cancel };
}

/** When the machine turns out smaller than the chosen size, takes the largest it can train and says so. */
function fitScale(recipe: RecipeStore, run: RunStore): void {
  const { scale } = recipe.getState().setting;
  const offered = scalesOffered(run.getState().machine);
  const largest = offered.at(-1);
  if (offered.includes(scale) || !largest) return;
  recipe.getState().set({ scale: largest });
  run.setState({
    notice: { fault: 'limits', message: `Size ${scale} is too large for this machine. Switched to ${largest}.` },
  });
}
