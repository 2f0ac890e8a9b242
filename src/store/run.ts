// The state of the one run the page has: a small machine driven by the worker's events. No view, no worker in here.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FigureId, PartKey } from '../experiment/figures/figure';
import type { Plan } from '../experiment/plan';
import type { FinalLosses, TrainEvent } from '../train/events';
import type { Fault, LabEvent, Machine, RunEnd } from '../worker/protocol';
import type { ArmEntry, Setting } from './recipe';
import { SeriesBook } from './series';

export type Phase = 'idle' | 'compiling' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

export type Estimate =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'known'; readonly seconds: number /** Device memory. */; readonly bytes: number | null };

export interface NodeStatus {
  readonly state: 'training' | 'reused' | 'done' | 'failed';
  readonly final: FinalLosses | null;
  /** Why it failed, and where. */
  readonly message: string | null;
}

/** What is on the charts: fixed when Run is pressed. */
export interface Board {
  readonly setting: Setting;
  readonly arms: readonly ArmEntry[];
  readonly plan: Plan;
}

/** Whose run it is. Stages are kept by their content hash, so whoever trains one, all charts have it. */
export type Owner =
  | { readonly kind: 'lab' }
  | { readonly kind: 'figure'; readonly figure: FigureId; readonly part: PartKey };

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

export interface RunState {
  readonly phase: Phase;
  readonly machine: Machine | null;
  readonly estimate: Estimate;
  /** What the Lab has run last. */
  readonly board: Board | null;
  /** Of the run that goes on, or was the last; null before the first. */
  readonly owner: Owner | null;
  /** Ids of the stages of that run. */
  readonly planned: ReadonlySet<string>;
  readonly compiled: { readonly done: number; readonly total: number } | null;
  readonly progress: Progress | null;
  readonly nodes: Readonly<Record<string, NodeStatus>>;
  readonly notice: Notice | null;
  /** `SeriesBook.version` when the state last changed. */
  readonly curves: number;
}

const idleRun: RunState = {
  phase: 'idle',
  machine: null,
  estimate: { kind: 'unknown' },
  board: null,
  owner: null,
  planned: new Set(),
  compiled: null,
  progress: null,
  nodes: {},
  notice: null,
  curves: 0,
};

/** True while the worker is busy with the run. */
export function isActive(phase: Phase): boolean {
  return phase === 'compiling' || phase === 'running' || phase === 'paused';
}

function withNode(state: RunState, node: string, change: Partial<NodeStatus>): RunState {
  const before = state.nodes[node] ?? { state: 'training', final: null, message: null };
  return { ...state, nodes: { ...state.nodes, [node]: { ...before, ...change } } };
}

function afterTraining(state: RunState, event: TrainEvent, book: SeriesBook): RunState {
  switch (event.kind) {
    case 'planned':
    case 'steps':
    case 'finished':
      return state;
    case 'compiling':
      return { ...state, phase: 'compiling', compiled: { done: event.done, total: event.total } };
    case 'node-started': {
      book.restart(event.node);
      const next = withNode(state, event.node, { state: event.cached ? 'reused' : 'training', message: null });
      return { ...next, phase: state.phase === 'compiling' ? 'running' : state.phase };
    }
    case 'evaluated':
      book.append(event.node, event.evaluation, event.seconds);
      return state.phase === 'compiling' ? { ...state, phase: 'running' } : state;
    case 'progress': {
      const { tokensDone, tokensPlanned, tokensPerSecond, secondsLeft } = event;
      const progress = { tokensDone, tokensPlanned, tokensPerSecond, secondsLeft };
      return { ...state, progress, phase: state.phase === 'compiling' ? 'running' : state.phase };
    }
    case 'node-finished': {
      const reused = state.nodes[event.node]?.state === 'reused';
      return withNode(state, event.node, { state: reused ? 'reused' : 'done', final: event.final });
    }
    case 'node-failed':
      return withNode(state, event.node, { state: 'failed', message: event.message });
    default:
      return event satisfies never;
  }
}

type Recalled = Extract<LabEvent, { kind: 'recalled' }>;

/** A stage that is on the charts stays as it is: it is the same, or just being replayed. */
function afterRecall(state: RunState, { node, evaluations, final }: Recalled, book: SeriesBook): RunState {
  if (state.nodes[node]) return state;
  book.restart(node);
  for (const evaluation of evaluations) book.append(node, evaluation);
  return withNode(state, node, { state: 'reused', final });
}

/** The state after one event; curves go to the book. */
function afterEvent(state: RunState, event: LabEvent, book: SeriesBook): RunState {
  switch (event.kind) {
    case 'train':
      return isActive(state.phase) ? afterTraining(state, event.event, book) : state;
    case 'recalled':
      return afterRecall(state, event, book);
    case 'machine':
      return { ...state, machine: event.machine };
    case 'paused':
      return isActive(state.phase) ? { ...state, phase: 'paused' } : state;
    case 'resumed':
      return state.phase === 'paused' ? { ...state, phase: 'running' } : state;
    case 'bench-progress':
    case 'bench-report':
    case 'written':
      return state;
    case 'fault': {
      const notice = { fault: event.fault, message: event.message };
      return { ...state, notice, phase: event.fatal && isActive(state.phase) ? 'failed' : state.phase };
    }
    default:
      return event satisfies never;
  }
}

/** The state when the worker says that the run is over; a fatal fault before that stays `failed`. */
export function afterEnd(state: RunState, end: RunEnd): RunState {
  return isActive(state.phase) ? { ...state, phase: end } : state;
}

export interface RunStore extends StoreApi<RunState> {
  readonly book: SeriesBook;
  /** Puts the Lab's board on its charts and waits for the worker; what has ended before stays known, whatever comes. */
  begin(board: Board): void;
  /** The same for a part of a figure; the Lab's board stays. */
  beginPart(figure: FigureId, part: PartKey, plan: Plan): void;
  /** Takes a batch of events with one change of state. */
  take(events: readonly LabEvent[]): void;
}

export function createRunStore(): RunStore {
  const book = new SeriesBook();
  const store = createStore<RunState>()(() => idleRun);
  const take = (events: readonly LabEvent[]) => {
    let state = store.getState();
    for (const event of events) state = afterEvent(state, event, book);
    store.setState({ ...state, curves: book.version });
  };
  const restart = (plan: Plan, change: Pick<RunState, 'board' | 'owner'>) => {
    const { machine, nodes } = store.getState();
    const ended = Object.entries(nodes).filter(([, status]) => status.final !== null);
    store.setState({
      ...idleRun,
      ...change,
      planned: new Set(plan.nodes.map(({ id }) => id)),
      machine,
      curves: book.version,
      nodes: Object.fromEntries(ended),
      phase: 'compiling',
    });
  };
  return {
    ...store,
    book,
    take,
    begin: (board) => restart(board.plan, { board, owner: { kind: 'lab' } }),
    beginPart: (figure, part, plan) =>
      restart(plan, { board: store.getState().board, owner: { kind: 'figure', figure, part } }),
  };
}
