// One stage's schedule as a recipe holds it: the trainer's own `Schedule`, but with learning rates as multiples of the
// scale's peak, so that another model size keeps the ratios. What can be said of its numbers: which count, how far each
// may go beside the others, and what the paper tested (Ibrahim et al. 2024, sections 4.2 and 7.2, tables 13 and 14).

import type { InfiniteSchedule, Schedule } from '../experiment/spec';

/** Rates are multiples of the scale's peak; everything else is as in `Schedule`. */
export type ScheduleRecipe = Schedule;
export type StageName = 'first' | 'second';
export type ScheduleKind = 'constant' | 'cosine' | 'infinite-cosine' | 'infinite-inverse-sqrt';
export type ScheduleNumber = 'warmup' | 'peak' | 'cooldownEnd' | 'constant' | 'alpha' | 'constantEnd' | 'floor';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The authors' values, rates as multiples of their peak. */
export const paper = { warmup: 0.01, floorShare: 0.1, cooldownEnd: 0.6, constantEnd: 0.85, alpha: 10 } as const;

/**
 * What a person may ask for. Rates end far inside the schema's bounds, which are for absolute rates, so that a recipe
 * stays valid at every scale; 1000 times the peak of a scale is far beyond what still trains.
 */
export const scheduleLimits = {
  rate: { min: 0.001, max: 1000 },
  alpha: { min: 0.001, max: 1000 },
} as const;

/** Without the dust of binary fractions: 0.1 times 3 is 0.3. Six digits are more than a person tells apart. */
export function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

export function clamp(value: number, { min, max }: Range): number {
  return Math.max(min, Math.min(max, value));
}

export function kindOf(schedule: ScheduleRecipe): ScheduleKind {
  return schedule.kind === 'infinite' ? `infinite-${schedule.cooldown}` : schedule.kind;
}

/** False when an infinite schedule begins on its constant: it has no warmup and no cooldown, and its peak is not met. */
export function hasStart(schedule: ScheduleRecipe): boolean {
  return schedule.kind !== 'infinite' || schedule.cooldownEnd > 0;
}

function hasCooldown({ warmup, cooldownEnd }: InfiniteSchedule): boolean {
  return cooldownEnd > warmup;
}

/** The numbers of a kind in the order of the curve. */
export function numbersOf(schedule: ScheduleRecipe): readonly ScheduleNumber[] {
  switch (schedule.kind) {
    case 'constant':
      return ['warmup', 'peak'];
    case 'cosine':
      return ['warmup', 'peak', 'floor'];
    case 'infinite':
      return [
        ...(['warmup', 'peak', 'cooldownEnd'] as const),
        ...(schedule.cooldown === 'inverse-sqrt' ? (['alpha'] as const) : []),
        ...(['constant', 'constantEnd'] as const),
        // An anneal that is left out meets no floor.
        ...(schedule.constantEnd < 1 ? (['floor'] as const) : []),
      ];
    default:
      return schedule satisfies never;
  }
}

/** True when another value of this number would train something else. */
export function counts(schedule: ScheduleRecipe, name: ScheduleNumber): boolean {
  if (!numbersOf(schedule).includes(name)) return false;
  if (name === 'warmup' || name === 'peak') return hasStart(schedule);
  return name !== 'alpha' || (schedule.kind === 'infinite' && hasCooldown(schedule));
}

/** A number of the schedule; NaN for one that its kind does not have. */
export function numberOf(schedule: ScheduleRecipe, name: ScheduleNumber): number {
  const numbers: Readonly<Partial<Record<ScheduleNumber, number>>> = schedule;
  return numbers[name] ?? Number.NaN;
}

/** How far a number may go while the others stay: floor <= constant <= peak, warmup <= cooldown end <= constant end. */
export function rangeOf(schedule: ScheduleRecipe, name: ScheduleNumber): Range {
  const { rate, alpha } = scheduleLimits;
  if (schedule.kind === 'constant') return name === 'warmup' ? { min: 0, max: 1 } : rate;
  if (schedule.kind === 'cosine') {
    if (name === 'warmup') return { min: 0, max: 1 };
    return name === 'floor' ? { min: 0, max: schedule.peak } : { ...rate, min: Math.max(rate.min, schedule.floor) };
  }
  switch (name) {
    case 'warmup':
      return { min: 0, max: schedule.cooldownEnd };
    case 'peak':
      return { ...rate, min: schedule.constant };
    case 'cooldownEnd':
      return { min: schedule.warmup, max: schedule.constantEnd };
    case 'constant':
      return {
        min: schedule.constantEnd < 1 ? schedule.floor : rate.min,
        max: hasStart(schedule) ? schedule.peak : rate.max,
      };
    case 'alpha':
      return alpha;
    case 'constantEnd':
      return { min: schedule.cooldownEnd, max: 1 };
    case 'floor':
      return { ...rate, max: schedule.constant };
    default:
      return name satisfies never;
  }
}

/** The schedule with one number changed, as far as the others allow; they stay where they are. */
export function withNumber(schedule: ScheduleRecipe, name: ScheduleNumber, value: number): ScheduleRecipe {
  if (!numbersOf(schedule).includes(name) || Number.isNaN(value)) return schedule;
  const changed: ScheduleRecipe = { ...schedule, [name]: tidy(clamp(value, rangeOf(schedule, name))) };
  return changed.kind === 'infinite' ? withHiddenNumbers(changed) : changed;
}

/** Numbers that no part of the curve shows give way to those that it shows, and else are kept for when they return. */
function withHiddenNumbers(schedule: InfiniteSchedule): InfiniteSchedule {
  const { constant, floor, peak } = schedule;
  return { ...schedule, peak: Math.max(peak, constant), floor: Math.min(floor, constant) };
}

/** The same training always as the same value: what does not count has the authors' value. */
export function canonicalSchedule(schedule: ScheduleRecipe): ScheduleRecipe {
  if (schedule.kind !== 'infinite') return schedule;
  const { alpha, constant, constantEnd, floor, peak } = schedule;
  const rooted = schedule.cooldown === 'inverse-sqrt' && hasCooldown(schedule);
  return {
    ...schedule,
    cooldown: rooted ? 'inverse-sqrt' : 'cosine',
    alpha: rooted ? alpha : paper.alpha,
    peak: hasStart(schedule) ? peak : constant,
    floor: constantEnd < 1 ? floor : Math.min(paper.floorShare, constant),
  };
}

/** The schedule the trainer takes, at a scale with this peak. */
export function toSchedule(schedule: ScheduleRecipe, peak: number): Schedule {
  switch (schedule.kind) {
    case 'constant':
      return { ...schedule, peak: schedule.peak * peak };
    case 'cosine':
      return { ...schedule, peak: schedule.peak * peak, floor: schedule.floor * peak };
    case 'infinite':
      return {
        ...schedule,
        peak: schedule.peak * peak,
        constant: schedule.constant * peak,
        floor: schedule.floor * peak,
      };
    default:
      return schedule satisfies never;
  }
}
