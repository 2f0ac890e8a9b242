// How far each arm of a part is.

import { armPath, type Plan, type PlanNode } from '../experiment/plan';
import { isActive, type SessionState } from './session_state';

export type ArmState = 'waiting' | 'training' | 'done' | 'reused' | 'failed' | 'stopped';

export interface ArmProgress {
  /** Null where nothing is known and nothing is going on. */
  readonly state: ArmState | null;
  /** Why it failed, and where. */
  readonly message: string | null;
}

type Known = Pick<SessionState, 'records' | 'phase' | 'planned'>;

/** True while the run that goes on will train these stages, or trains them. */
export function isBeingTrained({ phase, planned }: Pick<Known, 'phase' | 'planned'>, nodes: readonly PlanNode[]) {
  return isActive(phase) && nodes.some(({ id }) => planned.has(id));
}

function stateOf(known: Known, ends: readonly PlanNode[], path: readonly PlanNode[]): ArmState | null {
  const records = path.map(({ id }) => known.records.get(id));
  if (records.every((record) => record?.final)) {
    return records.every((record) => record?.origin === 'kept') ? 'reused' : 'done';
  }
  // What arms have in common says nothing about one of them.
  const own = path.filter(({ arms, stageIndex }) => arms.length === 1 || stageIndex > 0);
  const begun = own.some(({ id }) => known.records.has(id));
  if (isBeingTrained(known, ends)) return begun ? 'training' : 'waiting';
  return begun ? 'stopped' : null;
}

export function armProgress(whole: Plan, arm: string, known: Known): ArmProgress {
  const paths = whole.experiment.seeds.map((seed) => armPath(whole, arm, seed));
  const path = paths.flat();
  const failure = path.map(({ id }) => known.records.get(id)?.failure).find((one) => one);
  if (failure) return { state: 'failed', message: failure.message };
  const ends = paths.flatMap((one) => one.at(-1) ?? []);
  return { state: stateOf(known, ends, path), message: null };
}
