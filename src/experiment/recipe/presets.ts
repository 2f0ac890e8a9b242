// The quick choices: what the learning rate does when new data arrives, as pairs of schedules.

import { constant } from '../schedules/constant';
import { cosine } from '../schedules/cosine';
import type { Multiple, Name } from '../schedules/entry';
import { infinitePair } from '../schedules/infinite';
import { paper } from '../schedules/numbers';
import { type ScheduleRecipe, sameSchedule } from './schedule';

export type AtSwitch = 'floor' | 'rewarm' | 'peak' | 'infinite-cosine' | 'infinite-inverse-sqrt';

/** Both stages of an arm. */
export interface Schedules {
  readonly first: ScheduleRecipe;
  readonly second: ScheduleRecipe;
}

interface Preset extends Name {
  /** True for one that has a peak of its own on the new data. */
  readonly peaked: boolean;
  schedules(peak: Multiple): Schedules;
}

export const presets: Readonly<Record<AtSwitch, Preset>> = {
  floor: {
    full: 'stay at the floor',
    short: 'floor',
    peaked: false,
    schedules: () => ({ first: cosine(1), second: constant(paper.floorShare, 0) }),
  },
  rewarm: {
    full: 're-warm',
    short: 're-warm',
    peaked: true,
    schedules: (peak) => ({ first: cosine(1), second: cosine(peak) }),
  },
  peak: {
    full: 're-warm, no decay',
    short: 'no decay',
    peaked: true,
    schedules: (peak) => ({ first: cosine(1), second: constant(peak, paper.warmup) }),
  },
  'infinite-cosine': {
    full: 'infinite, cosine',
    short: 'inf. cos',
    peaked: false,
    schedules: () => infinitePair('cosine'),
  },
  'infinite-inverse-sqrt': {
    full: 'infinite, inverse root',
    short: 'inf. root',
    peaked: false,
    schedules: () => infinitePair('inverse-sqrt'),
  },
};

const presetNames: readonly AtSwitch[] = ['floor', 'rewarm', 'peak', 'infinite-cosine', 'infinite-inverse-sqrt'];

export function hasPeak(name: AtSwitch): boolean {
  return presets[name].peaked;
}

/** @param peak of the second stage, for the presets that have one */
export function presetSchedules(name: AtSwitch, peak = 1): Schedules {
  return presets[name].schedules(peak);
}

/** The preset that these schedules are, with its peak on the new data; null when they were shaped by hand. */
export function presetOf({ first, second }: Schedules): { name: AtSwitch; peak: number } | null {
  for (const name of presetNames) {
    const peak = hasPeak(name) ? second.peak : 1;
    const preset = presetSchedules(name, peak);
    if (sameSchedule(preset.first, first) && sameSchedule(preset.second, second)) return { name, peak };
  }
  return null;
}
