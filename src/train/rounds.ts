// Which stages are trained at the same time. Those that others wait for go first; the last stages of all paths then train
// together, so that the curves of a figure grow at once and a small model fills a large GPU.

import { needs, type PlanNode } from '../experiment/plan';

/**
 * Of the stages that can start, those to start now: the ones that others wait for, or else all, the longest first, so that
 * groups are of about equal length.
 */
export function nextRound(ready: readonly PlanNode[], open: readonly PlanNode[]): PlanNode[] {
  const waitedFor = new Set(open.flatMap(needs));
  const urgent = ready.filter(({ id }) => waitedFor.has(id));
  return [...(urgent.length > 0 ? urgent : ready)].sort((a, b) => b.stage.steps - a.stage.steps);
}

/** All rounds of these stages; a stage that needs none of them can start at once. */
export function rounds(nodes: readonly PlanNode[]): PlanNode[][] {
  const all: PlanNode[][] = [];
  let open = [...nodes];
  while (open.length > 0) {
    const waiting = new Set(open.map(({ id }) => id));
    const round = nextRound(
      open.filter((node) => !needs(node).some((id) => waiting.has(id))),
      open,
    );
    all.push(round);
    const started = new Set(round);
    open = open.filter((node) => !started.has(node));
  }
  return all;
}
