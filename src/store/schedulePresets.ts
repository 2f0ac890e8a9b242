// The quick choices as pairs of schedules, the schedule that a kind begins with, and what the paper tested of each.

import type { InfiniteSchedule } from '../experiment/spec';
import {
  canonicalSchedule,
  clamp,
  counts,
  kindOf,
  numberOf,
  numbersOf,
  paper,
  type Range,
  type ScheduleKind,
  type ScheduleNumber,
  type ScheduleRecipe,
  type StageName,
  scheduleLimits,
  tidy,
} from './schedule';

/** What the learning rate does when new data arrives. */
export type AtSwitch = 'floor' | 'rewarm' | 'peak' | 'infinite-cosine' | 'infinite-inverse-sqrt';

/** Both stages of an arm. */
export interface Schedules {
  readonly first: ScheduleRecipe;
  readonly second: ScheduleRecipe;
}

/** The lowest rate is a tenth of the peak in all of the paper. */
export function usualFloor(peak: number): number {
  return tidy(paper.floorShare * peak);
}

/** The constant rate lies midway between peak and floor. */
export function usualConstant(peak: number): number {
  return tidy((peak + usualFloor(peak)) / 2);
}

function cosine(peak: number): ScheduleRecipe {
  return { kind: 'cosine', warmup: paper.warmup, peak, floor: usualFloor(peak) };
}

/** The first stage ends on the constant, where training goes on; later ones begin there and anneal at their end. */
function infinite(cooldown: InfiniteSchedule['cooldown'], stage: StageName): InfiniteSchedule {
  const { warmup, alpha, cooldownEnd, constantEnd } = paper;
  const [floor, constant] = [usualFloor(1), usualConstant(1)];
  if (stage === 'first') {
    const ends = { cooldownEnd, constantEnd: 1 };
    return { kind: 'infinite', cooldown, warmup, peak: 1, constant, floor, alpha, ...ends };
  }
  const ends = { cooldownEnd: 0, constantEnd };
  return { kind: 'infinite', cooldown, warmup: 0, peak: constant, constant, floor, alpha, ...ends };
}

/** True for the presets that have a peak of their own on the new data. */
export function hasPeak(name: AtSwitch): boolean {
  return name === 'rewarm' || name === 'peak';
}

/** @param peak of the second stage, for the presets that have one */
export function presetSchedules(name: AtSwitch, peak = 1): Schedules {
  switch (name) {
    case 'floor':
      return { first: cosine(1), second: { kind: 'constant', warmup: 0, peak: usualFloor(1) } };
    case 'rewarm':
      return { first: cosine(1), second: cosine(peak) };
    case 'peak':
      return { first: cosine(1), second: { kind: 'constant', warmup: paper.warmup, peak } };
    case 'infinite-cosine':
      return { first: infinite('cosine', 'first'), second: infinite('cosine', 'second') };
    case 'infinite-inverse-sqrt':
      return { first: infinite('inverse-sqrt', 'first'), second: infinite('inverse-sqrt', 'second') };
    default:
      return name satisfies never;
  }
}

export function sameSchedule(a: ScheduleRecipe, b: ScheduleRecipe): boolean {
  const [x, y] = [canonicalSchedule(a), canonicalSchedule(b)];
  return kindOf(x) === kindOf(y) && numbersOf(x).every((name) => numberOf(x, name) === numberOf(y, name));
}

const presetNames: readonly AtSwitch[] = ['floor', 'rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'];

/** The preset that these schedules are, with its peak on the new data; null when they were shaped by hand. */
export function presetOf({ first, second }: Schedules): { name: AtSwitch; peak: number } | null {
  for (const name of presetNames) {
    const peak = hasPeak(name) ? second.peak : 1;
    const preset = presetSchedules(name, peak);
    if (sameSchedule(preset.first, first) && sameSchedule(preset.second, second)) return { name, peak };
  }
  return null;
}

/** A schedule of another kind that keeps the numbers both have; the rest is the authors'. */
export function withKind(schedule: ScheduleRecipe, kind: ScheduleKind, stage: StageName): ScheduleRecipe {
  if (kindOf(schedule) === kind) return schedule;
  const { warmup, peak } = schedule;
  const floor = schedule.kind === 'constant' ? usualFloor(peak) : schedule.floor;
  switch (kind) {
    case 'constant':
      return { kind, warmup, peak };
    case 'cosine':
      return { kind, warmup, peak, floor };
    case 'infinite-cosine':
    case 'infinite-inverse-sqrt': {
      const cooldown = kind === 'infinite-cosine' ? 'cosine' : 'inverse-sqrt';
      if (schedule.kind === 'infinite') return { ...schedule, cooldown };
      const lowest = clamp(floor > 0 ? floor : usualFloor(peak), { ...scheduleLimits.rate, max: peak });
      const rates = { peak, constant: Math.max(lowest, tidy((peak + lowest) / 2)), floor: lowest };
      const cooldownEnd = Math.max(warmup, paper.cooldownEnd);
      const constantEnd = stage === 'first' ? 1 : Math.max(cooldownEnd, paper.constantEnd);
      return { kind: 'infinite', cooldown, warmup, ...rates, cooldownEnd, constantEnd, alpha: paper.alpha };
    }
    default:
      return kind satisfies never;
  }
}

/** What the paper tested of a number beside the schedule's others. */
function testedRange(schedule: ScheduleRecipe, name: ScheduleNumber): Range {
  const only = (value: number): Range => ({ min: value, max: value });
  switch (name) {
    case 'warmup':
      return { min: 0, max: schedule.kind === 'cosine' ? 0.02 : paper.warmup };
    case 'peak':
      if (schedule.kind === 'cosine') return { min: 0.5, max: 2 };
      return schedule.kind === 'constant' ? { min: paper.floorShare, max: 1 } : only(1);
    case 'floor':
      return only(schedule.kind === 'cosine' ? usualFloor(schedule.peak) : paper.floorShare);
    case 'constant':
      return only(usualConstant(1));
    case 'cooldownEnd':
      return schedule.kind === 'infinite' && schedule.cooldownEnd === 0 ? only(0) : only(paper.cooldownEnd);
    case 'constantEnd':
      return schedule.kind === 'infinite' && schedule.constantEnd === 1 ? only(1) : only(paper.constantEnd);
    case 'alpha':
      return only(paper.alpha);
    default:
      return name satisfies never;
  }
}

/** The numbers whose value lies outside what the paper tested. */
export function untested(schedule: ScheduleRecipe): ScheduleNumber[] {
  return numbersOf(schedule).filter((name) => {
    const { min, max } = testedRange(schedule, name);
    const value = numberOf(schedule, name);
    return counts(schedule, name) && (value < min || value > max);
  });
}
