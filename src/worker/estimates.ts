// How long a plan takes here, measured once for each model and number of runs; stages that are kept cost nothing.

import type { Engine } from '../engine/engine';
import type { Plan } from '../experiment/plan';
import { mostRuns } from '../train/loop';
import { estimateSeconds, measureSpeed, type Speed } from '../train/measure';

/** The plan without stages that are known, and its share of the evaluations. */
export function remaining(plan: Plan, known: ReadonlySet<string>): Plan {
  const nodes = plan.nodes.filter((node) => !known.has(node.id));
  const steps = (list: Plan['nodes']) => list.reduce((sum, node) => sum + node.stage.steps, 0);
  const share = plan.nodes.length === 0 ? 0 : steps(nodes) / steps(plan.nodes);
  return { ...plan, nodes, tokens: plan.tokens * share, evaluationTokens: plan.evaluationTokens * share };
}

function widest(plan: Plan): number {
  const atDepth = new Map<number, number>();
  for (const { stageIndex } of plan.nodes) atDepth.set(stageIndex, (atDepth.get(stageIndex) ?? 0) + 1);
  return Math.max(0, ...atDepth.values());
}

export class Estimates {
  readonly #speeds = new Map<string, Speed>();

  async seconds(plan: Plan, engine: Engine, known: ReadonlySet<string>): Promise<number> {
    const left = remaining(plan, known);
    if (left.nodes.length === 0) return 0;
    const runs = Math.min(mostRuns, widest(left));
    const { model, batch } = plan.experiment;
    const key = JSON.stringify([model, batch, runs]);
    const speed = this.#speeds.get(key) ?? (await measureSpeed(engine, plan.experiment, runs));
    this.#speeds.set(key, speed);
    return estimateSeconds(left, speed);
  }

  /** For when the machine has changed. */
  forget(): void {
    this.#speeds.clear();
  }
}
