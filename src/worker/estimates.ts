// How long a plan takes here, measured once for each shape and number of runs; stages that are kept cost nothing.

import type { Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { type Plan, shapeKey } from '../experiment/plan';
import { estimateSeconds, type LargestGroup, largestGroups, measureSpeed, type Speed } from '../train/measure';
import { lockstepShape } from '../train/shape';

/** What is left of a plan. */
export interface Estimate {
  /** Null when it was not measured. */
  readonly seconds: number | null;
  /** Device memory of the largest group of runs; null where there is no device, or nothing to train. */
  readonly bytes: number | null;
  /** Share of the time that goes into measuring losses; null when it was not measured, or there is nothing to train. */
  readonly evaluationShare: number | null;
}

export const unmeasured: Estimate = { seconds: null, bytes: null, evaluationShare: null };

export class Estimates {
  readonly #speeds = new Map<string, Speed>();

  /** @param impatient true when nobody waits for the answer any more */
  async of(
    plan: Plan,
    engine: Engine,
    known: ReadonlySet<string>,
    impatient: () => boolean = () => false,
  ): Promise<Estimate> {
    const left = { nodes: plan.nodes.filter(({ id }) => !known.has(id)) };
    const groups = largestGroups(left);
    if (groups.length === 0) return { seconds: 0, bytes: null, evaluationShare: null };
    const speeds = new Map<string, Speed>();
    for (const group of groups) {
      const speed = await this.#speedOf(group, engine, impatient);
      if (speed === null) return unmeasured;
      speeds.set(shapeKey(group.node), speed);
    }
    const secondsAt = (change: Partial<Speed>) =>
      estimateSeconds(left, (node) => ({ ...(speeds.get(shapeKey(node)) as Speed), ...change }));
    const seconds = secondsAt({});
    const training = secondsAt({ secondsPerEvaluationToken: 0 });
    const memory = groups.map(({ node, runs }) => lockstepBytes(lockstepShape(node, runs)));
    return {
      seconds,
      bytes: engine.adapter.kind === 'webgpu' ? Math.max(...memory) : null,
      evaluationShare: seconds > 0 ? 1 - training / seconds : null,
    };
  }

  /** For when the machine has changed. */
  forget(): void {
    this.#speeds.clear();
  }

  async #speedOf({ node, runs }: LargestGroup, engine: Engine, impatient: () => boolean): Promise<Speed | null> {
    const key = `${runs} ${shapeKey(node)}`;
    const speed = this.#speeds.get(key) ?? (await measureSpeed(engine, node, runs, undefined, impatient));
    if (speed) this.#speeds.set(key, speed);
    return speed;
  }
}
