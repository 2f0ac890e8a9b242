// How long a plan takes, from the speed of its groups: walks through them as the trainer does, and counts what it does.

import { setWindows } from '../experiment/evaluation';
import { byShape, type Plan, type PlanNode, shapeKey } from '../experiment/plan';
import type { ReadingSet } from '../experiment/readings';
import type { Habit, Speed } from './measure';
import { groupsOf, type MostRuns, unlimited } from './memory';
import { rounds } from './rounds';

/** What is left of a plan, or all of it. */
export type Left = Pick<Plan, 'nodes' | 'experiment'>;

/** Groups in the order in which they train. */
function groups({ nodes }: Pick<Plan, 'nodes'>, most: MostRuns): PlanNode[][] {
  return rounds(nodes)
    .flatMap(byShape)
    .flatMap((alike) => groupsOf(alike, most));
}

/** Groups that train in lockstep have one shape. */
export interface GroupSize {
  /** Any node of it, which has its shape. */
  readonly node: PlanNode;
  /** R */
  readonly runs: number;
}

/** Of every shape the group with the most runs. */
export function largestGroups(plan: Pick<Plan, 'nodes'>, most: MostRuns = unlimited): GroupSize[] {
  return extremes(plan, most).map(({ node, largest }) => ({ node, runs: largest }));
}

/** Of every shape the least and the most runs that ever train together: what must be measured, once where they are one. */
export function sizesToMeasure(plan: Pick<Plan, 'nodes'>, most: MostRuns): GroupSize[] {
  return extremes(plan, most).flatMap(({ node, least, largest }) =>
    [...new Set([least, largest])].map((runs) => ({ node, runs })),
  );
}

function extremes(plan: Pick<Plan, 'nodes'>, most: MostRuns) {
  const all = groups(plan, most);
  return byShape(plan.nodes).flatMap(([node]) => {
    if (node === undefined) return [];
    const own = all.filter(([first]) => first && shapeKey(first) === shapeKey(node));
    // Runs that end leave their group, which goes on with those that are longer.
    const sizes = own.flatMap((group) => group.map(({ stage }) => lasting(group, stage.steps).length));
    return { node, least: Math.min(...sizes), largest: Math.max(...sizes) };
  });
}

/** Runs of a group that still train in the step that ends as the `step`-th. */
function lasting(group: readonly PlanNode[], step: number): PlanNode[] {
  return group.filter(({ stage }) => stage.steps >= step);
}

export function habitOf({ experiment }: Pick<Plan, 'experiment'>, { stage, evaluateAt }: PlanNode): Habit {
  return {
    steps: Math.max(1, Math.round(stage.steps / evaluateAt.length)),
    windows: setWindows(experiment, 'curve'),
  };
}

/** A speed at R runs, from those measured of a shape: on the straight line between the two beside it. */
export function speedAt(measured: readonly Speed[], runs: number): Speed {
  const sorted = [...measured].sort((a, b) => a.runs - b.runs);
  const above = sorted.find((speed) => speed.runs >= runs) ?? sorted.at(-1);
  const below = sorted.findLast((speed) => speed.runs <= runs) ?? sorted[0];
  if (!above || !below) throw new Error('No speed was measured.');
  const share = above.runs === below.runs ? 0 : (runs - below.runs) / (above.runs - below.runs);
  const between = (of: (speed: Speed) => number) => of(below) + share * (of(above) - of(below));
  return {
    runs,
    secondsPerStep: between((speed) => speed.secondsPerStep),
    secondsPerEvaluationToken: between((speed) => speed.secondsPerEvaluationToken),
    secondsPerState: between((speed) => speed.secondsPerState),
  };
}

/** Seconds, by what they are spent on. */
export interface Seconds {
  readonly training: number;
  readonly evaluation: number;
  /** States written and read back. */
  readonly states: number;
}

/**
 * What the plan takes, when none of it was trained before.
 * @param measured speeds of a node's shape
 */
export function estimateSeconds(
  left: Left,
  measured: (node: PlanNode) => readonly Speed[],
  most: MostRuns = unlimited,
): Seconds {
  const tokens = (set: ReadingSet) => setWindows(left.experiment, set) * left.experiment.model.context;
  const cost = { curve: tokens('curve'), final: tokens('final') };
  const all = groups(left, most).map((group) => groupSeconds(group, measured(group[0] as PlanNode), cost));
  const sum = (of: (seconds: Seconds) => number) => all.reduce((total, one) => total + of(one), 0);
  return { training: sum((s) => s.training), evaluation: sum((s) => s.evaluation), states: sum((s) => s.states) };
}

/** Every run of a group is measured whenever one of them wants it, as the trainer does. */
function groupSeconds(
  group: readonly PlanNode[],
  measured: readonly Speed[],
  cost: Readonly<Record<ReadingSet, number>>,
): Seconds {
  const total = { training: 0, evaluation: 0, states: 0 };
  const ends = [...new Set(group.map(({ stage }) => stage.steps))].sort((a, b) => a - b);
  // What goes on from another stage knows its losses at step 0.
  if (group.some(({ start }) => start.kind !== 'continue')) {
    total.evaluation += cost.curve * speedAt(measured, group.length).secondsPerEvaluationToken;
  }
  let from = 0;
  for (const end of ends) {
    const runs = lasting(group, end);
    const speed = speedAt(measured, runs.length);
    const stops = new Set(runs.flatMap(({ evaluateAt }) => evaluateAt.filter((step) => step > from && step <= end)));
    total.training += (end - from) * speed.secondsPerStep;
    total.evaluation += (cost.curve * stops.size + cost.final) * speed.secondsPerEvaluationToken;
    // Whoever ends is read, whoever stays is read and written anew.
    total.states += runs.length * speed.secondsPerState;
    from = end;
  }
  return total;
}
