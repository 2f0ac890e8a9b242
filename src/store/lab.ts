// Joins what was chosen, the worker and the run: the verbs behind the buttons. Knows the worker only by its port.

import { plan } from '../experiment/plan';
import type { LabCommand, LabPort, LabReply } from '../worker/protocol';
import { toExperiment } from './experiment';
import { type ArmEntry, armId, armOfDraft, canonicalArm, type RecipeState, type RecipeStore } from './recipe';
import { afterEnd, isActive, type RunStore } from './run';

export interface Lab {
  readonly recipe: RecipeStore;
  readonly run: RunStore;
  /** Looks at the machine, then measures. */
  open(): Promise<void>;
  /** Adds the draft if it is new and trains everything that is not trained yet. */
  start(): Promise<void>;
  pauseOrResume(): Promise<void>;
  /** One training step; starts the run when there is none. */
  step(): Promise<void>;
  stop(): Promise<void>;
  /** Times a few steps of what Run would train. */
  measure(): Promise<void>;
}

/** The arms that Run would train: those listed, and the draft when it is new. */
export function armsToRun(state: Pick<RecipeState, 'draft' | 'arms'>): readonly Pick<ArmEntry, 'id' | 'recipe'>[] {
  if (armOfDraft(state)) return state.arms;
  return [...state.arms, { id: armId(state.draft), recipe: canonicalArm(state.draft) }];
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function createLab(port: LabPort, recipe: RecipeStore, run: RunStore): Lab {
  port.listen((events) => run.take(events));

  const fail = (error: unknown) =>
    run.take([{ kind: 'fault', fault: 'internal', message: message(error), fatal: true }]);

  const command = async (argument: LabCommand): Promise<LabReply | null> => {
    try {
      return await port.command(argument);
    } catch (error) {
      fail(error);
      return null;
    }
  };

  let measurement = 0;
  const measure = async () => {
    if (isActive(run.getState().phase)) return;
    const mine = ++measurement;
    const { setting, ...rest } = recipe.getState();
    run.setState({ estimate: { kind: 'measuring' } });
    const reply = await command({ kind: 'measure', experiment: toExperiment(setting, armsToRun(rest)) });
    if (mine !== measurement) return;
    const seconds = reply?.kind === 'measured' ? reply.seconds : null;
    run.setState({ estimate: seconds === null ? { kind: 'unknown' } : { kind: 'known', seconds } });
  };

  const open = async () => {
    const reply = await command({ kind: 'detect' });
    if (reply?.kind !== 'machine') return;
    const { machine } = reply;
    run.setState({ machine });
    const slow = machine.adapter.kind === 'reference' || machine.adapter.isFallback;
    recipe.getState().suggestScale(slow ? 'XS' : 'S');
    await measure();
  };

  const start = async (stepwise: boolean) => {
    if (isActive(run.getState().phase)) return;
    recipe.getState().addDraft();
    const { setting, arms } = recipe.getState();
    measurement++;
    const experiment = toExperiment(setting, arms);
    const fresh = { progress: null, compiled: null, notice: null, nodes: {}, estimate: { kind: 'unknown' } } as const;
    run.setState({ ...fresh, board: { setting, arms, plan: plan(experiment) }, phase: 'compiling' });
    const reply = await command({ kind: 'start', experiment, stepwise });
    if (reply?.kind === 'ended') run.setState((state) => afterEnd(state, reply.end));
  };

  return {
    recipe,
    run,
    open,
    measure,
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
