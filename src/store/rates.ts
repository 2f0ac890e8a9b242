// The learning rate over a path of stages, sampled from the trainer's own function for drawing.

import { drawnSteps, type RatedStage, stageRate } from '../experiment/schedules';

export interface RatePoint {
  /** Steps since the first stage began. */
  readonly step: number;
  readonly rate: number;
}

/** The rate of every drawn step of each stage; a stage begins where the one before it ended, with the jump. */
export function rateCurves(stages: readonly RatedStage[]): RatePoint[][] {
  let before = 0;
  let end: RatePoint | null = null;
  return stages.map((stage) => {
    const points = drawnSteps(stage).map((step) => ({ step: before + step, rate: stageRate(stage, step) }));
    const curve: RatePoint[] = end ? [end, ...points] : points;
    end = points.at(-1) ?? null;
    before += stage.steps;
    return curve;
  });
}

/** Rate of the whole step nearest below `step`, counted over the path. */
export function rateAt(stages: readonly RatedStage[], step: number): number {
  let before = 0;
  for (const stage of stages) {
    if (step < before + stage.steps) return stageRate(stage, Math.max(0, Math.floor(step - before)));
    before += stage.steps;
  }
  const last = stages.at(-1);
  return last ? stageRate(last, last.steps - 1) : 0;
}
