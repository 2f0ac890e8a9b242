// Infinite schedules (Ibrahim et al. 2024, section 7.2, equations 3 and 4): warmup, cooldown from `peak` to `constant`,
// constant, exponential anneal to `floor`. A stage that goes on leaves the anneal out, a later one begins on the constant.

import type { Entry, Multiple, Rate, StageName, Warmed } from './entry';
import * as shared from './numbers';
import { clamp, fallCosine, limits, only, paper, rateSteps, share, tidy, usualFloor } from './numbers';

/** Phase ends are fractions of the stage's steps; an end of 1 leaves the later phases out. */
export interface InfiniteSchedule<R = Rate> extends Warmed<R> {
  readonly kind: 'infinite';
  readonly cooldown: 'cosine' | 'inverse-sqrt';
  readonly constant: R;
  readonly floor: R;
  readonly cooldownEnd: number;
  readonly constantEnd: number;
  /** Steepness of the inverse-square-root cooldown. */
  readonly alpha: number;
}

type Infinite = InfiniteSchedule<number>;

/** Table 14: where phases end, as shares of the steps, and the cooldown's steepness. */
const usual = { cooldownEnd: 0.6, constantEnd: 0.85, alpha: 10 } as const;

/** The constant rate lies midway between peak and floor. */
function usualConstant(peak: number): number {
  return tidy((peak + usualFloor(peak)) / 2);
}

/** All four phases with the authors' numbers. */
export function infinite(cooldown: Infinite['cooldown']): InfiniteSchedule<Multiple> {
  const rates = { peak: 1, constant: usualConstant(1), floor: usualFloor(1) };
  return { kind: 'infinite', cooldown, warmup: paper.warmup, ...rates, ...usual };
}

/** The same over two data sets: the first ends on the constant, where the second begins; that one anneals at its end. */
export function infinitePair(cooldown: Infinite['cooldown']) {
  const whole = infinite(cooldown);
  return {
    first: { ...whole, constantEnd: 1 },
    second: { ...whole, warmup: 0, peak: whole.constant, cooldownEnd: 0 },
  };
}

/** False for one that begins on its constant: it has no warmup and no cooldown, and its peak is not met. */
function hasStart({ cooldownEnd }: Infinite): boolean {
  return cooldownEnd > 0;
}

function isRooted({ cooldown, warmup, cooldownEnd }: Infinite): boolean {
  return cooldown === 'inverse-sqrt' && cooldownEnd > warmup;
}

function anneals({ constantEnd }: Infinite): boolean {
  return constantEnd < 1;
}

/** h(x) of equation 4. The -1 stands outside the root: h(0) = 0, so the cooldown starts at the peak. */
function fallRoot(alpha: number, x: number): number {
  return 1 / Math.sqrt(1 + alpha * x) - 1;
}

function cooled({ cooldown, peak, constant, alpha }: Infinite, x: number): number {
  if (cooldown === 'cosine') return fallCosine(peak, constant, x);
  return peak + ((constant - peak) / fallRoot(alpha, 1)) * fallRoot(alpha, x);
}

function rate(schedule: Infinite, step: number, steps: number): number {
  const { constant, floor } = schedule;
  const end = schedule.cooldownEnd * steps;
  const held = schedule.constantEnd * steps;
  if (step < end) return cooled(schedule, share(step, schedule.warmup * steps, end));
  if (step <= held) return constant;
  return constant * (floor / constant) ** share(step, held, steps);
}

const basis = (schedule: Infinite) => (hasStart(schedule) ? schedule.peak : 1);

const numbers = {
  warmup: { ...shared.warmup, counts: hasStart, tested: () => ({ min: 0, max: paper.warmup }) },
  peak: { ...shared.peak, counts: hasStart, tested: () => only(1) },
  cooldownEnd: {
    unit: 'share',
    label: 'Cooldown',
    term: 'ends at',
    help: 'Where the fall to the constant rate ends (cooldown end).',
    phrase: 'the end of the cooldown',
    name: (value) => ({ full: `cooldown to ${value}`, short: `cd ${value}` }),
    slider: limits.share,
    step: 0.01,
    usual: (schedule) => (hasStart(schedule) ? usual.cooldownEnd : 0),
    tested: (schedule) => only(hasStart(schedule) ? usual.cooldownEnd : 0),
  },
  alpha: {
    unit: 'plain',
    label: 'Steepness',
    term: 'α',
    help: 'How early the cooldown falls: more is earlier (alpha).',
    phrase: 'the steepness',
    name: (value) => ({ full: `alpha ${value}`, short: `α ${value}` }),
    slider: { min: 1, max: 100 },
    step: 0.01,
    usual: () => usual.alpha,
    tested: () => only(usual.alpha),
    shown: ({ cooldown }) => cooldown === 'inverse-sqrt',
    counts: isRooted,
  },
  constant: {
    ...rateSteps,
    label: 'Constant',
    term: 'η const',
    help: 'Rate that is held for as long as wanted (η const).',
    phrase: 'the constant rate',
    name: (value) => ({ full: `constant ${value}`, short: `const ${value}` }),
    usual: (schedule) => usualConstant(basis(schedule)),
    tested: () => only(usualConstant(1)),
  },
  constantEnd: {
    unit: 'share',
    label: 'Hold',
    term: 'ends at',
    help: 'Where the last fall begins (start of the anneal).',
    phrase: 'the end of the constant rate',
    name: (value) => ({ full: `constant to ${value}`, short: `hold ${value}` }),
    slider: limits.share,
    step: 0.01,
    usual: (_, stage) => (stage === 'first' ? 1 : usual.constantEnd),
    tested: (schedule) => only(anneals(schedule) ? usual.constantEnd : 1),
  },
  floor: {
    ...shared.floor,
    usual: (schedule) => usualFloor(basis(schedule)),
    tested: () => only(paper.floorShare),
    shown: anneals,
  },
} as const satisfies Entry<Infinite>['numbers'];

const handles = [
  shared.peakHandle,
  {
    name: 'cooldown',
    x: 'cooldownEnd',
    y: 'constant',
    level: 'constant',
    label: 'Constant rate',
    help: 'up and down for its height, left and right for the end of the cooldown',
  },
  {
    name: 'hold',
    x: 'constantEnd',
    y: null,
    level: 'constant',
    label: 'End of the constant rate',
    help: 'left and right for where the last fall begins',
  },
  shared.floorHandle,
] as const satisfies Entry<Infinite>['handles'];

function isInfinite(schedule: { readonly kind: string }): schedule is Infinite {
  return schedule.kind === 'infinite';
}

function from(cooldown: Infinite['cooldown'], given: Parameters<Entry<Infinite>['from']>[0], stage: StageName) {
  if (isInfinite(given)) return { ...given, cooldown };
  const { warmup, peak, floor = 0 } = given;
  // No exponential reaches zero.
  const lowest = clamp(floor > 0 ? floor : usualFloor(peak), { ...limits.rate, max: peak });
  const constant = Math.max(lowest, tidy((peak + lowest) / 2));
  const cooldownEnd = Math.max(warmup, usual.cooldownEnd);
  const constantEnd = stage === 'first' ? 1 : Math.max(cooldownEnd, usual.constantEnd);
  const ends = { cooldownEnd, constantEnd, alpha: usual.alpha };
  return { kind: 'infinite' as const, cooldown, warmup, peak, constant, floor: lowest, ...ends };
}

/** What does not count has the authors' value. */
function canonical(schedule: Infinite): Infinite {
  const { alpha, constant, floor, peak } = schedule;
  const rooted = isRooted(schedule);
  return {
    ...schedule,
    cooldown: rooted ? 'inverse-sqrt' : 'cosine',
    alpha: rooted ? alpha : usual.alpha,
    peak: hasStart(schedule) ? peak : constant,
    floor: anneals(schedule) ? floor : Math.min(paper.floorShare, constant),
  };
}

function entry<const C extends Infinite['cooldown']>(
  cooldown: C,
  label: string,
  spoken: string,
  own: string,
  short: string,
) {
  return {
    id: `infinite-${cooldown}` as const,
    fixed: { kind: 'infinite', cooldown },
    label: `infinite, ${label}`,
    spoken: `infinite, with ${spoken} cooldown`,
    // One that begins on its constant has no cooldown to be told by.
    name: (schedule) =>
      hasStart(schedule) ? { full: `infinite (${own})`, short: `inf. ${short}` } : { full: 'infinite', short: 'inf.' },
    numbers,
    bounds: [
      ['constant', 'peak'],
      ['floor', 'constant'],
      ['warmup', 'cooldownEnd'],
      ['cooldownEnd', 'constantEnd'],
    ],
    handles,
    rate,
    phases: ({ warmup, cooldownEnd, constantEnd }) => [
      { name: 'cooldown', start: warmup, end: cooldownEnd },
      { name: 'constant', start: cooldownEnd, end: constantEnd },
      { name: 'anneal', start: constantEnd, end: 1 },
    ],
    from: (given, stage) => from(cooldown, given, stage),
    canonical,
  } as const satisfies Entry<Infinite>;
}

export const infiniteCosine = entry('cosine', 'cosine', 'a cosine', 'cosine', 'cos');
export const infiniteRoot = entry('inverse-sqrt', 'root', 'an inverse square root', 'inverse root', 'root');
