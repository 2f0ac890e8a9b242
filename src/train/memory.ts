// How much memory a group of runs takes while it trains, and how many runs a budget holds at once. A device's limits speak of
// single buffers; a phone ends a tab for the sum of all that it holds.

import { lockstepBytes } from '../engine/memory';
import { parameterCount } from '../engine/model';
import type { PlanNode } from '../experiment/plan';
import { type GroupShape, lockstepShape } from './shape';

/** Runs in one group, whatever the memory. */
const mostRuns = 8;

/** Most runs of a shape in one group; 1 at least. */
export type MostRuns = (shape: GroupShape) => number;

export const unlimited: MostRuns = () => mostRuns;

/**
 * A run's state is held three times at most beside the device's buffers, when a group opens: by the stage that it goes on
 * from, as what it starts with, and on its way to the device. Each is weights and two moments of 4 bytes.
 */
const copies = 3;

/** Bytes while R runs train: buffers of the device, staging, and states in JavaScript. */
export function trainingBytes(group: GroupShape, runs: number): number {
  const shape = lockstepShape(group, runs);
  return lockstepBytes(shape) + copies * runs * 3 * 4 * parameterCount(shape.model);
}

/** As many runs as the budget holds. A single one is always tried: what is offered was decided before. */
export function runsWithin(budget: number): MostRuns {
  return (shape) => {
    let runs = mostRuns;
    while (runs > 1 && trainingBytes(shape, runs) > budget) runs -= 1;
    return runs;
  };
}

/** As few groups as `most` allows, of one shape each and of about equal size. They train one after another. */
export function groupsOf(alike: readonly PlanNode[], most: MostRuns): PlanNode[][] {
  const [first] = alike;
  if (first === undefined) return [];
  const count = Math.ceil(alike.length / Math.max(1, most(first)));
  const size = Math.ceil(alike.length / count);
  return Array.from({ length: count }, (_, i) => alike.slice(i * size, (i + 1) * size));
}
