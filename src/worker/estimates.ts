// How long a plan takes here, measured once for each model and number of runs; stages that are kept cost nothing.

import type { Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import type { Plan } from '../experiment/plan';
import { estimateSeconds, largestGroup, measureSpeed, type Speed } from '../train/measure';
import { lockstepShape } from '../train/shape';

/** The plan without stages that are known, and its share of the evaluations. */
export function remaining(plan: Plan, known: ReadonlySet<string>): Plan {
  const nodes = plan.nodes.filter((node) => !known.has(node.id));
  const steps = (list: Plan['nodes']) => list.reduce((sum, node) => sum + node.stage.steps, 0);
  const share = plan.nodes.length === 0 ? 0 : steps(nodes) / steps(plan.nodes);
  return { ...plan, nodes, tokens: plan.tokens * share, evaluationTokens: plan.evaluationTokens * share };
}

/** What is left of a plan. */
export interface Estimate {
  /** Null when it was not measured. */
  readonly seconds: number | null;
  /** Device memory of the largest group of runs; null where there is no device, or nothing to train. */
  readonly bytes: number | null;
  /** Share of the time that goes into measuring losses; null when it was not measured, or there is nothing to train. */
  readonly evaluationShare: number | null;
}

export class Estimates {
  readonly #speeds = new Map<string, Speed>();

  /** @param impatient true when nobody waits for the answer any more */
  async of(
    plan: Plan,
    engine: Engine,
    known: ReadonlySet<string>,
    impatient: () => boolean = () => false,
  ): Promise<Estimate> {
    const left = remaining(plan, known);
    if (left.nodes.length === 0) return { seconds: 0, bytes: null, evaluationShare: null };
    const runs = largestGroup(left);
    const { model, batch } = plan.experiment;
    const key = JSON.stringify([model, batch, runs]);
    const speed = this.#speeds.get(key) ?? (await measureSpeed(engine, plan.experiment, runs, undefined, impatient));
    if (speed === null) return { seconds: null, bytes: null, evaluationShare: null };
    this.#speeds.set(key, speed);
    const bytes = engine.adapter.kind === 'webgpu' ? lockstepBytes(lockstepShape(plan.experiment, runs)) : null;
    const seconds = estimateSeconds(left, speed);
    const training = estimateSeconds(left, { ...speed, secondsPerEvaluationToken: 0 });
    return { seconds, bytes, evaluationShare: seconds > 0 ? 1 - training / seconds : null };
  }

  /** For when the machine has changed. */
  forget(): void {
    this.#speeds.clear();
  }
}
