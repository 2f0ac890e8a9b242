// The list of schedules, and what follows from it: the learning rate of every step, one pure function that trainer,
// preview, drawings and tests all call. Phase borders are real numbers (fraction times steps), never rounded, so that a
// schedule looks the same at every length.

import { type ConstantSchedule, constantEntry } from './constant';
import { type CosineSchedule, cosineEntry } from './cosine';
import type { Entry, Multiple, NumberEntry, NumberOf, Rate, SchedulePhase } from './entry';
import { type InfiniteSchedule, infiniteCosine, infiniteRoot } from './infinite';
import { decimal } from './numbers';

export type Schedule<R = Rate> = ConstantSchedule<R> | CosineSchedule<R> | InfiniteSchedule<R>;

const list = [constantEntry, cosineEntry, infiniteCosine, infiniteRoot] as const;

type Any = Schedule<number>;
export type ScheduleKind = (typeof list)[number]['id'];
export type ScheduleNumber = NumberOf<Any>;

/** An entry as those see it who do not know which one it is. */
export interface AnyEntry extends Omit<Entry<Any>, 'id' | 'fixed' | 'numbers'> {
  readonly id: ScheduleKind;
  readonly fixed: Readonly<Record<string, string>> & { readonly kind: string };
  readonly numbers: Readonly<Partial<Record<ScheduleNumber, NumberEntry<Any>>>>;
}

/** In the order of the editor. */
export const scheduleEntries: readonly AnyEntry[] = list;

/** Without a list made on the way: this is asked for every step and every point of a drawing. */
function isOf({ fixed }: AnyEntry, schedule: Any): boolean {
  for (const key in fixed) if (Reflect.get(schedule, key) !== fixed[key]) return false;
  return true;
}

export function entryOf(schedule: Any): AnyEntry {
  const found = scheduleEntries.find((entry) => isOf(entry, schedule));
  if (!found) throw new Error(`Unknown kind of schedule, ${schedule.kind}.`);
  return found;
}

/** All numbers of an entry, in the order of the curve. */
export function numberNames({ numbers }: AnyEntry): ScheduleNumber[] {
  return Object.keys(numbers).filter((name): name is ScheduleNumber => Object.hasOwn(numbers, name));
}

/** A number of the schedule; NaN for one that its kind does not have. */
export function numberOf(schedule: Any, name: ScheduleNumber): number {
  const numbers: Readonly<Partial<Record<ScheduleNumber, number>>> = schedule;
  return numbers[name] ?? Number.NaN;
}

/**
 * Learning rate of one step of a schedule.
 * @param step 0-based: the first step of a stage has t = 0 (with a warmup its rate is 0)
 * @param steps steps of the whole schedule
 */
export function learningRate(schedule: Any, step: number, steps: number): number {
  const warm = schedule.warmup * steps;
  if (warm > 0 && step <= warm) return (schedule.peak * step) / warm;
  return entryOf(schedule).rate(schedule, step, steps);
}

/** What the learning rate of a stage depends on; `scheduleSteps` where the stage ends before its schedule does. */
export interface RatedStage {
  readonly schedule: Any;
  readonly steps: number;
  readonly scheduleSteps?: number;
}

/** Learning rate of one step of a stage. */
export function stageRate({ schedule, steps, scheduleSteps = steps }: RatedStage, step: number): number {
  return learningRate(schedule, step, scheduleSteps);
}

/** The phases a schedule really has, in order; together they cover 0..1. */
export function schedulePhases(schedule: Any): SchedulePhase[] {
  const warmup: SchedulePhase = { name: 'warmup', start: 0, end: schedule.warmup };
  return [warmup, ...entryOf(schedule).phases(schedule)].filter((phase) => phase.end > phase.start);
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

/** The schedule the trainer takes, at a scale with this peak: 0.55 times 0.006 is the 0.0033 that a person would write. */
export function toSchedule(schedule: Schedule<Multiple>, peak: Rate): Schedule {
  const entry = entryOf(schedule);
  const rates = numberNames(entry).flatMap((name) => {
    if (entry.numbers[name]?.unit !== 'rate') return [];
    const rate = numberOf(schedule, name) * peak;
    return [[name, entry.bare ? rate : decimal(rate)] as const];
  });
  const numbers: Schedule<number> = schedule;
  return { ...numbers, ...Object.fromEntries(rates) };
}
