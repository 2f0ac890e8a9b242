// How far each arm of a part is.

import { armPath, type Plan, type PlanNode } from '../experiment/plan';
import type { ChosenPart } from './parts';
import { isActive, type SessionState, type View } from './session_state';

/** `stopped`: asked for by the last run, which ended before it. `part`: some of it is there, whoever has trained that. */
export type ArmState = 'waiting' | 'training' | 'done' | 'reused' | 'failed' | 'stopped' | 'part';

export interface ArmProgress {
  /** Null where nothing is known and nothing is going on. */
  readonly state: ArmState | null;
  /** Why it failed, and where. */
  readonly message: string | null;
  /** Seeds that have ended, of so many. */
  readonly ended: number;
  readonly seeds: number;
}

type Known = Pick<SessionState, 'records' | 'phase' | 'planned'>;

/** True while the run that goes on will train these stages, or trains them. */
export function isBeingTrained({ phase, planned }: Pick<Known, 'phase' | 'planned'>, nodes: readonly PlanNode[]) {
  return isActive(phase) && nodes.some(({ id }) => planned.has(id));
}

/** True where the run that goes on, or was the last, is this page's and of what it shows now. */
export function isOfRun({ owner, planned }: Pick<SessionState, 'owner' | 'planned'>, { id, parts }: View): boolean {
  return owner === id && parts.some(({ whole }) => whole.nodes.some((node) => planned.has(node.id)));
}

/** @param paths of the seeds that have not ended */
function stateOf(known: Known, paths: readonly (readonly PlanNode[])[], ended: number): ArmState | null {
  // What arms have in common says nothing about one of them.
  const own = paths.flat().filter(({ arms, stageIndex }) => arms.length === 1 || stageIndex > 0);
  const begun = own.some(({ id }) => known.records.has(id));
  const ends = paths.flatMap((path) => path.at(-1) ?? []);
  if (isBeingTrained(known, ends)) return begun ? 'training' : 'waiting';
  const over = known.phase === 'stopped' || known.phase === 'failed';
  if (begun && over && ends.some(({ id }) => known.planned.has(id))) return 'stopped';
  return begun || ended > 0 ? 'part' : null;
}

export interface RunCount {
  readonly ended: number;
  readonly all: number;
}

/** How many of the chosen runs have ended, over all parts, each seed for itself. */
export function runsEnded(parts: readonly ChosenPart[], known: Known): RunCount {
  const runs = parts.flatMap(({ whole, arms }) => arms.map((arm) => armProgress(whole, arm, known)));
  const sum = (of: (run: ArmProgress) => number) => runs.reduce((total, run) => total + of(run), 0);
  return { ended: sum(({ ended }) => ended), all: sum(({ seeds }) => seeds) };
}

export function armProgress(whole: Plan, arm: string, known: Known): ArmProgress {
  const paths = whole.experiment.seeds.map((seed) => armPath(whole, arm, seed));
  const recordsOf = (path: readonly PlanNode[]) => path.map(({ id }) => known.records.get(id));
  const open = paths.filter((path) => recordsOf(path).some((record) => !record?.final));
  const seeds = { ended: paths.length - open.length, seeds: paths.length };
  const records = paths.flatMap(recordsOf);
  const failure = records.map((record) => record?.failure).find((one) => one);
  if (failure) return { ...seeds, state: 'failed', message: failure.message };
  const reused = records.every((record) => record?.origin === 'kept');
  const state = open.length > 0 ? stateOf(known, open, seeds.ended) : reused ? 'reused' : 'done';
  return { ...seeds, state, message: null };
}
