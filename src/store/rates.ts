// The learning rate over a path of stages, sampled from the trainer's own function for drawing.

import { learningRate, schedulePhases } from '../experiment/schedule';
import type { Stage } from '../experiment/spec';

export interface RatePoint {
  /** Steps since the first stage began. */
  readonly step: number;
  readonly rate: number;
}

/** Even samples of a stage; borders of phases come on top, so that a short warmup keeps its corner. */
const samples = 72;

/** The rate of every drawn step of each stage; a stage begins where the one before it ended, with the jump. */
export function rateCurves(stages: readonly Pick<Stage, 'schedule' | 'steps'>[]): RatePoint[][] {
  let before = 0;
  let end: RatePoint | null = null;
  return stages.map(({ schedule, steps }) => {
    const at = new Set<number>();
    for (let i = 0; i <= samples; i++) at.add((i * steps) / samples);
    for (const phase of schedulePhases(schedule)) at.add(phase.start * steps).add(phase.end * steps);
    const drawn = [...at].filter((step) => step <= steps).sort((a, b) => a - b);
    const points = drawn.map((step) => ({ step: before + step, rate: learningRate(schedule, step, steps) }));
    const curve: RatePoint[] = end ? [end, ...points] : points;
    end = points.at(-1) ?? null;
    before += steps;
    return curve;
  });
}

/** Rate of the whole step nearest below `step`, counted over the path. */
export function rateAt(stages: readonly Pick<Stage, 'schedule' | 'steps'>[], step: number): number {
  let before = 0;
  for (const { schedule, steps } of stages) {
    if (step < before + steps) return learningRate(schedule, Math.max(0, Math.floor(step - before)), steps);
    before += steps;
  }
  const last = stages.at(-1);
  return last ? learningRate(last.schedule, last.steps - 1, last.steps) : 0;
}
