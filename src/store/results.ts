// What is known about each arm on the charts: its state and, when all its seeds have ended, its final values.

import { armPath } from '../experiment/plan';
import { type Spread, spread } from '../experiment/spread';
import type { FinalLosses } from '../train/events';
import type { ArmEntry } from './recipe';
import type { Board, NodeStatus, RunState } from './run';

export type ArmState = 'waiting' | 'training' | 'done' | 'reused' | 'failed' | 'stopped';

export interface ArmFinals {
  readonly d0: Spread;
  readonly d1: Spread;
  readonly average: Spread;
  /** D0 at the end minus D0 before the new data. */
  readonly forgotten: Spread;
  /** D1 before the new data minus D1 at the end. */
  readonly learned: Spread;
}

export interface ArmResult {
  readonly arm: ArmEntry;
  readonly state: ArmState;
  /** Why it failed, and where. */
  readonly message: string | null;
  /** Null until at least one seed has ended. */
  readonly finals: ArmFinals | null;
  readonly seeds: number;
}

interface SeedEnds {
  readonly before: FinalLosses;
  readonly after: FinalLosses;
}

function finalsOf(seeds: readonly SeedEnds[]): ArmFinals | null {
  if (seeds.length === 0) return null;
  const over = (value: (ends: SeedEnds) => number) => spread(seeds.map(value));
  return {
    d0: over(({ after }) => after.d0),
    d1: over(({ after }) => after.d1),
    average: over(({ after }) => (after.d0 + after.d1) / 2),
    forgotten: over(({ before, after }) => after.d0 - before.d0),
    learned: over(({ before, after }) => before.d1 - after.d1),
  };
}

function stateOf(statuses: readonly (NodeStatus | undefined)[], run: RunState): ArmState {
  if (statuses.some((status) => status?.state === 'failed')) return 'failed';
  const ended = statuses.every((status) => status?.final);
  if (ended) return statuses.every((status) => status?.state === 'reused') ? 'reused' : 'done';
  // A run of a figure says nothing about what is left of the Lab's.
  if (run.owner?.kind !== 'lab' || run.phase === 'stopped' || run.phase === 'failed') return 'stopped';
  return statuses.some((status) => status) ? 'training' : 'waiting';
}

function resultOf(board: Board, arm: ArmEntry, run: RunState): ArmResult {
  const paths = board.setting.seeds.map((seed) => armPath(board.plan, arm.id, seed));
  const statuses = paths.flat().map((node) => run.nodes[node.id]);
  const ends = paths.flatMap((path): SeedEnds[] => {
    const before = run.nodes[path.at(-2)?.id ?? '']?.final;
    const after = run.nodes[path.at(-1)?.id ?? '']?.final;
    return before && after ? [{ before, after }] : [];
  });
  const message = statuses.find((status) => status?.message)?.message ?? null;
  return { arm, state: stateOf(statuses, run), message, finals: finalsOf(ends), seeds: ends.length };
}

/** One result an arm, in the order of the board. */
export function armResults(run: RunState): ArmResult[] {
  const { board } = run;
  return board ? board.arms.map((arm) => resultOf(board, arm, run)) : [];
}
