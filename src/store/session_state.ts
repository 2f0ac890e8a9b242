// The state of the conversation with the worker, and what each of the worker's events makes of it: pure, so that it can be
// read.

import type { Records } from '../experiment/evidence/record';
import type { FigureId } from '../experiment/figures';
import type { PartKey } from '../experiment/part';
import type { PlanNode } from '../experiment/plan';
import { recordsAfter, type TrainEvent } from '../train/events';
import type { Fault, LabCommand, LabEvent, LabReply, Machine, Measured, RunEnd } from '../worker/protocol';
import type { ChosenPart } from './parts';

export type Phase = 'idle' | 'compiling' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

export interface Progress {
  readonly tokensDone: number;
  readonly tokensPlanned: number;
  readonly tokensPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface Notice {
  readonly fault: Fault;
  readonly message: string;
}

export type QueueState = 'waiting' | 'training' | 'done' | 'skipped' | 'stopped' | 'failed';

export interface QueueItem {
  readonly part: PartKey;
  /** Id of the plan that was asked for. */
  readonly plan: string;
  readonly title: string;
  readonly state: QueueState;
}

export interface Queue {
  readonly view: ViewId;
  readonly items: readonly QueueItem[];
}

/** Whose parts they are: a figure's, or the Lab's own. */
export type ViewId = FigureId | 'own';

/** What the page shows and Run would train. */
export interface View {
  readonly id: ViewId;
  readonly parts: readonly ChosenPart[];
}

export type PartEstimate = 'measuring' | Measured;

export interface Writing {
  readonly phase: 'idle' | 'writing' | 'done';
  /** By plan node, one text a prompt. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** What could not be written; null when nothing is wrong. */
  readonly message: string | null;
}

export interface SessionState {
  readonly phase: Phase;
  readonly machine: Machine | null;
  /** Whose run goes on, or was the last; null before the first. */
  readonly owner: ViewId | null;
  /** Ids of the stages of that run. */
  readonly planned: ReadonlySet<string>;
  readonly compiled: { readonly done: number; readonly total: number } | null;
  readonly progress: Progress | null;
  readonly notice: Notice | null;
  /** What every stage has shown, by plan node: stages are shared, so whoever trains one, all charts have it. */
  readonly records: Records;
  /** By id of the plan that is asked about. */
  readonly estimates: Readonly<Record<string, PartEstimate>>;
  /** What was asked to run last; null before that. */
  readonly queue: Queue | null;
  readonly writing: Writing;
}

/** Asks the worker; its answer is null when the worker is gone, which is said elsewhere. */
export type Ask = (request: LabCommand) => Promise<LabReply | null>;

/** What a run begins with, and a page without one. */
const unstarted = {
  phase: 'idle',
  owner: null,
  planned: new Set<string>(),
  compiled: null,
  progress: null,
} as const;

export const idleSession: SessionState = {
  ...unstarted,
  machine: null,
  notice: null,
  records: new Map(),
  estimates: {},
  queue: null,
  writing: { phase: 'idle', texts: {}, message: null },
};

/** True while the worker is busy with the run. */
export function isActive(phase: Phase): boolean {
  return phase === 'compiling' || phase === 'running' || phase === 'paused';
}

/** The state when a run was asked for and nothing was heard of it; what had failed before is tried again. */
export function begun(state: SessionState, owner: ViewId, nodes: readonly PlanNode[]): SessionState {
  const planned = new Set(nodes.map(({ id }) => id));
  const records = new Map([...state.records].filter(([id, { failure }]) => !failure || !planned.has(id)));
  return { ...state, ...unstarted, records, owner, planned, phase: 'compiling', notice: null };
}

/** The state when the worker says that the run is over; a fatal fault before that stays `failed`. */
export function afterEnd(state: SessionState, end: RunEnd): SessionState {
  return isActive(state.phase) ? { ...state, phase: end } : state;
}

function afterTraining(before: SessionState, event: TrainEvent): SessionState {
  const state = { ...before, records: recordsAfter(before.records, event) };
  const running = state.phase === 'compiling' ? 'running' : state.phase;
  switch (event.kind) {
    case 'compiling':
      return { ...state, phase: 'compiling', compiled: { done: event.done, total: event.total } };
    case 'node-started':
    case 'evaluated':
      return { ...state, phase: running };
    case 'progress': {
      const { tokensDone, tokensPlanned, tokensPerSecond, secondsLeft } = event;
      return { ...state, phase: running, progress: { tokensDone, tokensPlanned, tokensPerSecond, secondsLeft } };
    }
    case 'halved':
      return { ...state, notice: { fault: 'out-of-memory', message: event.message } };
    case 'planned':
    case 'steps':
    case 'node-finished':
    case 'node-failed':
    case 'finished':
      return state;
    default:
      return event satisfies never;
  }
}

/** A stage that is on the charts stays as it is: it is the same, or trains just now. */
function afterKept(state: SessionState, { records: kept }: Extract<LabEvent, { kind: 'kept' }>): SessionState {
  const records = new Map(state.records);
  for (const record of kept) {
    const known = records.get(record.node);
    const trains = isActive(state.phase) && state.planned.has(record.node);
    if (!known || (known.final === null && !trains)) records.set(record.node, record);
  }
  return { ...state, records };
}

/** The state after one event. */
export function afterEvent(state: SessionState, event: LabEvent): SessionState {
  switch (event.kind) {
    case 'train':
      return isActive(state.phase) ? afterTraining(state, event.event) : state;
    case 'kept':
      return afterKept(state, event);
    case 'machine':
      return { ...state, machine: event.machine };
    case 'paused':
      return isActive(state.phase) ? { ...state, phase: 'paused' } : state;
    case 'resumed':
      return state.phase === 'paused' ? { ...state, phase: 'running' } : state;
    case 'written':
      return {
        ...state,
        writing: { ...state.writing, texts: { ...state.writing.texts, [event.node]: event.texts } },
      };
    case 'bench-progress':
    case 'bench-report':
      return state;
    case 'fault': {
      const notice = { fault: event.fault, message: event.message };
      return { ...state, notice, phase: event.fatal && isActive(state.phase) ? 'failed' : state.phase };
    }
    default:
      return event satisfies never;
  }
}
