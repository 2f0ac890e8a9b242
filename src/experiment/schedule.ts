// The learning rate of every step: one pure function that the trainer, the preview chart, the exporter and the
// tests all call. Formulas of Ibrahim et al. 2024, equations 1-4. Phase borders are real numbers (fraction times
// steps), never rounded, so that a schedule looks the same at every length.

import type { InfiniteSchedule, Schedule, Stage } from './spec';

export type PhaseName = 'warmup' | 'decay' | 'cooldown' | 'constant' | 'anneal';

/** One phase of a stage's schedule; `start` and `end` are fractions of the stage's steps. */
export interface SchedulePhase {
  readonly name: PhaseName;
  readonly start: number;
  readonly end: number;
}

/** What the learning rate of a stage depends on. */
export type RatedStage = Pick<Stage, 'schedule' | 'steps' | 'scheduleSteps'>;

/**
 * Learning rate of one step of a schedule.
 * @param step 0-based: the first step of a stage has t = 0 (with a warmup its rate is 0)
 * @param steps steps of the whole schedule
 */
export function learningRate(schedule: Schedule, step: number, steps: number): number {
  const warm = schedule.warmup * steps;
  if (warm > 0 && step <= warm) return (schedule.peak * step) / warm;
  switch (schedule.kind) {
    case 'constant':
      return schedule.peak;
    case 'cosine':
      return fallCosine(schedule.peak, schedule.floor, share(step, warm, steps));
    case 'infinite':
      return afterWarmup(schedule, step, steps);
    default:
      schedule satisfies never;
      throw new Error('Unknown kind of schedule.');
  }
}

/** Learning rate of one step of a stage, also where the stage ends before its schedule does. */
export function stageRate({ schedule, steps, scheduleSteps = steps }: RatedStage, step: number): number {
  return learningRate(schedule, step, scheduleSteps);
}

/** The phases a schedule really has, in order; together they cover 0..1. */
export function schedulePhases(schedule: Schedule): SchedulePhase[] {
  const phases: SchedulePhase[] = [{ name: 'warmup', start: 0, end: schedule.warmup }];
  switch (schedule.kind) {
    case 'constant':
      phases.push({ name: 'constant', start: schedule.warmup, end: 1 });
      break;
    case 'cosine':
      phases.push({ name: 'decay', start: schedule.warmup, end: 1 });
      break;
    case 'infinite':
      phases.push({ name: 'cooldown', start: schedule.warmup, end: schedule.cooldownEnd });
      phases.push({ name: 'constant', start: schedule.cooldownEnd, end: schedule.constantEnd });
      phases.push({ name: 'anneal', start: schedule.constantEnd, end: 1 });
      break;
    default:
      schedule satisfies never;
  }
  return phases.filter((phase) => phase.end > phase.start);
}

/** Even samples of a stage; borders of phases come on top, so that a short warmup keeps its corner. */
const samples = 72;

/** Steps of a stage, ascending and not whole, at which drawing its rate shows every corner. */
export function drawnSteps({ schedule, steps, scheduleSteps = steps }: RatedStage): number[] {
  const at = new Set<number>();
  for (let i = 0; i <= samples; i++) at.add((i * steps) / samples);
  for (const phase of schedulePhases(schedule)) at.add(phase.start * scheduleSteps).add(phase.end * scheduleSteps);
  return [...at].filter((step) => step <= steps).sort((a, b) => a - b);
}

/** Cooldown from peak to constant, constant, exponential anneal to the floor. */
function afterWarmup(schedule: InfiniteSchedule, step: number, steps: number): number {
  const cooled = schedule.cooldownEnd * steps;
  const held = schedule.constantEnd * steps;
  if (step < cooled) return cooldown(schedule, share(step, schedule.warmup * steps, cooled));
  if (step <= held) return schedule.constant;
  return schedule.constant * (schedule.floor / schedule.constant) ** share(step, held, steps);
}

function cooldown(schedule: InfiniteSchedule, x: number): number {
  switch (schedule.cooldown) {
    case 'cosine':
      return fallCosine(schedule.peak, schedule.constant, x);
    case 'inverse-sqrt':
      return (
        schedule.peak +
        ((schedule.constant - schedule.peak) / fallRoot(schedule.alpha, 1)) * fallRoot(schedule.alpha, x)
      );
    default:
      schedule.cooldown satisfies never;
      throw new Error('Unknown kind of cooldown.');
  }
}

/** h(x) of equation 4. The -1 stands outside the root: h(0) = 0, so the cooldown starts at the peak. */
function fallRoot(alpha: number, x: number): number {
  return 1 / Math.sqrt(1 + alpha * x) - 1;
}

function fallCosine(from: number, to: number, x: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * x));
}

/** How much of the way from `start` to `end` is done, 0..1; a phase without length is over. */
function share(step: number, start: number, end: number): number {
  return end > start ? Math.min(1, (step - start) / (end - start)) : 1;
}
