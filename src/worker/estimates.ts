// How long a plan takes here, measured once for each shape and number of runs; stages that are kept cost nothing. Knows how
// many runs fit at once, by the budget and by what the device has refused.

import type { Engine } from '../engine/engine';
import { lockstepBytes } from '../engine/memory';
import { type Plan, shapeKey } from '../experiment/plan';
import { estimateSeconds, type GroupSize, habitOf, type Left, largestGroups, sizesToMeasure } from '../train/estimate';
import { tooLarge } from '../train/group';
import { measureSpeed, type Speed } from '../train/measure';
import { type MostRuns, runsWithin } from '../train/memory';
import { lockstepShape } from '../train/shape';
import type { Measured } from './protocol';

/** What is left of a plan. */
export type Estimate = Pick<Measured, 'seconds' | 'bytes' | 'evaluationShare' | 'together'>;

export const unmeasured: Estimate = { seconds: null, bytes: null, evaluationShare: null, together: null };

/**
 * Drawing the page takes time from a software adapter, which computes on the same cores: a tenth on two of them (LOG.md). A
 * measurement, during which nothing is drawn, does not show it.
 */
const drawing = 1.1;

export class Estimates {
  /** Of a shape, by number of runs. */
  readonly #speeds = new Map<string, Map<number, Speed>>();
  /** Of a shape, most runs that the device has not refused. */
  readonly #granted = new Map<string, number>();
  #within: MostRuns = runsWithin(Number.POSITIVE_INFINITY);

  /** Most runs of a shape that train at once. */
  readonly mostRuns: MostRuns = (shape) =>
    Math.min(this.#within(shape), this.#granted.get(shapeKey(shape)) ?? Number.POSITIVE_INFINITY);

  /**
   * @param startSeconds until the text is there
   * @param impatient true when nobody waits for the answer any more
   */
  async of(
    { nodes, experiment }: Plan,
    engine: Engine,
    known: ReadonlySet<string>,
    startSeconds = 0,
    impatient: () => boolean = () => false,
  ): Promise<Estimate> {
    const left = { experiment, nodes: nodes.filter(({ id }) => !known.has(id)) };
    if (left.nodes.length === 0) return { ...unmeasured, seconds: 0 };
    if (!(await this.#measured(left, engine, impatient))) return unmeasured;
    const speeds = (node: GroupSize['node']) => [...(this.#speeds.get(shapeKey(node))?.values() ?? [])];
    const { training, evaluation, states } = estimateSeconds(left, speeds, this.mostRuns);
    const seconds = (training + evaluation + states) * (engine.adapter.isFallback ? drawing : 1) + startSeconds;
    const groups = largestGroups(left, this.mostRuns);
    const memory = groups.map(({ node, runs }) => lockstepBytes(lockstepShape(node, runs)));
    return {
      seconds,
      bytes: engine.adapter.kind === 'webgpu' ? Math.max(...memory) : null,
      evaluationShare: evaluation / (training + evaluation),
      together: togetherOf(groups, largestGroups(left)),
    };
  }

  /** For when the machine has changed. @param budget bytes that training may hold there */
  forget(budget = Number.POSITIVE_INFINITY): void {
    this.#speeds.clear();
    this.#granted.clear();
    this.#within = runsWithin(budget);
  }

  /** Measures what is not known yet; false when nobody waits any more. A size that is refused is halved, as in training. */
  async #measured(left: Left, engine: Engine, impatient: () => boolean): Promise<boolean> {
    for (const { node, runs } of sizesToMeasure(left, this.mostRuns)) {
      const key = shapeKey(node);
      const known = this.#speeds.get(key) ?? new Map<number, Speed>();
      this.#speeds.set(key, known);
      if (known.has(runs)) continue;
      try {
        const speed = await measureSpeed(engine, node, runs, habitOf(left, node), undefined, impatient);
        if (speed === null) return false;
        known.set(runs, speed);
      } catch (error) {
        if (runs === 1 || !tooLarge(error)) throw error;
        this.#granted.set(key, Math.ceil(runs / 2));
        return this.#measured(left, engine, impatient);
      }
    }
    return true;
  }
}

/** The shape whose groups memory makes smallest beside what they could be. */
function togetherOf(groups: readonly GroupSize[], unlimited: readonly GroupSize[]): Measured['together'] {
  const pairs = groups.map(({ runs }, i) => ({ runs, of: unlimited[i]?.runs ?? runs }));
  const halved = pairs.filter(({ runs, of }) => runs < of).sort((a, b) => a.runs / a.of - b.runs / b.of);
  return halved[0] ?? null;
}
