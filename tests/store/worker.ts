// A port that answers like the worker, and the events of a stage that trains or was kept.

import { vi } from 'vitest';
import type { Evaluation, StageRecord } from '../../src/experiment/evidence/record';
import { createLab } from '../../src/store/lab';
import type { ChosenPart } from '../../src/store/parts';
import { createRecipeStore } from '../../src/store/recipe';
import type { TrainEvent } from '../../src/train/events';
import { memoryOf } from '../../src/worker/memory';
import type { LabCommand, LabEvent, LabListener, LabPort, LabReply, Machine } from '../../src/worker/protocol';

export const adapter = { kind: 'webgpu', vendor: 'v', architecture: 'a', description: '', isFallback: false } as const;
export const machine: Machine = {
  adapter,
  obstacle: null,
  detail: null,
  limits: { maxStorageBufferBindingSize: 2 ** 27 },
  memory: memoryOf({ handheld: false, gigabytes: 8 }),
};
export const slow: Machine = { ...machine, adapter: { ...adapter, isFallback: true } };

export const measured = (seconds: number | null, bytes: number | null = 9) =>
  ({
    kind: 'measured',
    seconds,
    bytes,
    evaluationShare: seconds === null ? null : 0.2,
    together: null,
    repeats: [],
    kept: [],
  }) as const;

interface Port extends LabPort {
  readonly heard: LabCommand[];
  send: LabListener;
  /** Ends the run that goes on. */
  end: (reply: LabReply) => void;
  answer: (command: LabCommand) => Promise<LabReply>;
}

function port(): Port {
  const made: Port = {
    heard: [],
    send: () => undefined,
    end: () => undefined,
    listen: (listener) => {
      made.send = listener;
    },
    command: (command) => {
      made.heard.push(command);
      return made.answer(command);
    },
    answer: async (command) => {
      switch (command.kind) {
        case 'detect':
          return { kind: 'machine', machine };
        case 'measure':
          return measured(40);
        case 'start':
          return new Promise((resolve) => {
            made.end = resolve;
          });
        case 'stop':
          made.end({ kind: 'ended', end: 'stopped' });
          return { kind: 'ok' };
        case 'sample':
          return { kind: 'sampled', message: null };
        default:
          return { kind: 'ok' };
      }
    },
  };
  return made;
}

/** A lab beside its worker, before anything was asked. */
export function closed() {
  const worker = port();
  const lab = createLab(worker, createRecipeStore());
  const { session } = lab;
  return {
    worker,
    lab,
    session,
    kinds: () => worker.heard.map(({ kind }) => kind),
    items: () => session.getState().queue?.items.map(({ part, state }) => `${part} ${state}`),
    estimate: ({ chosen }: ChosenPart) => session.getState().estimates[chosen?.id ?? ''],
    settle: () => vi.advanceTimersByTimeAsync(0),
  };
}

/** The same when the machine is known, and what was asked for it is forgotten. */
export async function opened() {
  const made = closed();
  await made.lab.open();
  made.worker.heard.length = 0;
  return made;
}

export const train = (event: TrainEvent): LabEvent => ({ kind: 'train', event });
export const started = (node: string) => train({ kind: 'node-started', node });

/** Measured after `step`, old loss and new. */
export const evaluation = (step: number, ...values: number[]): Evaluation => ({ step, trainLoss: null, values });

/** `seconds`: half of the steps, when left out. */
export const evaluated = (node: string, at: Evaluation, seconds = 0.5 * at.step) =>
  train({ kind: 'evaluated', node, evaluation: at, seconds });

/** A whole record that ends with these losses, measured once if nothing else is said. */
export function record(
  node: string,
  final: readonly [number, number],
  origin: StageRecord['origin'] = 'trained',
  evaluations: readonly Evaluation[] = [evaluation(0, ...final)],
): StageRecord {
  const maker = { version: '0', engine: 'webgpu', adapter: 'v a', kernels: null };
  return { node, origin, evaluations, final, failure: null, corpora: [], maker };
}

export const finished = (...values: Parameters<typeof record>) =>
  train({ kind: 'node-finished', record: record(...values) });

/** The events of a stage that trains to its end. */
export function trained(node: string, steps: readonly number[], old: number, fresh: number): LabEvent[] {
  const evaluations = steps.map((step) => evaluation(step, old, fresh));
  return [
    started(node),
    ...evaluations.map((one) => evaluated(node, one)),
    finished(node, [old, fresh], 'trained', evaluations),
  ];
}
