// The runs that the figures are made of, under one name each: an arm that two figures share is the same value, so the plan
// hashes it to the same stages and whoever has trained it once finds it again. Ratios are those of Ibrahim et al. 2024
// (tables 13 and 14, sections 4.2 and 7.2) and of Gupta et al. 2023; only the base learning rate is a scale's own.

import type { Scale } from '../scales';
import type { Schedule } from '../schedules';
import type { InfiniteSchedule } from '../schedules/infinite';
import type { Arm, CorpusName, Mixture, Stage } from '../spec';

export type ShiftName = 'weak' | 'strong';

/** Old and new text of a shift, and how long the new one is trained on, relative to the old one (300 B and 200 B tokens). */
export const texts: Readonly<Record<ShiftName, { title: string; d0: CorpusName; d1: CorpusName; length: number }>> = {
  weak: { title: 'Weak shift: literature, then speeches', d0: 'literature', d1: 'speeches', length: 1 },
  strong: { title: 'Strong shift: literature, then German', d0: 'literature', d1: 'german', length: 2 / 3 },
};

export function cosine(peak: number, warmup: number): Schedule {
  return { kind: 'cosine', warmup, peak, floor: peak / 10 };
}

/** Phase ends of the authors' infinite schedules, as shares of the steps they were made for. */
const infiniteEnds = { warmup: 0.01, cooldownEnd: 0.6, constantEnd: 0.85, alpha: 10 } as const;

/** eta_const lies midway between eta_max and eta_min. */
export function infinite({ peak, floor }: Scale, cooldown: InfiniteSchedule['cooldown']): InfiniteSchedule {
  return { kind: 'infinite', cooldown, peak, constant: (peak + floor) / 2, floor, ...infiniteEnds };
}

/** What follows the base: how the learning rate goes on and which text is read. */
interface Continued {
  readonly label: string;
  readonly schedule: (scale: Scale) => Schedule;
  readonly text: 'new' | 'same';
  /** Share of each batch that is old text. */
  readonly replay: number;
  /** Share of the base's steps after which it is left; 1 for its end. */
  readonly leftAt: number;
}

const usual: Continued = {
  label: 're-warm',
  schedule: ({ peak, warmup }) => cosine(peak, warmup),
  text: 'new',
  replay: 0,
  leftAt: 1,
};

const held: Pick<Continued, 'schedule'> = { schedule: ({ floor }) => ({ kind: 'constant', warmup: 0, peak: floor }) };
const toPeak = (multiple: number): Pick<Continued, 'schedule'> => ({
  schedule: ({ peak, warmup }) => cosine(multiple * peak, warmup),
});
const warmed = (percent: number): Continued => ({
  ...usual,
  label: `warmup ${percent} %`,
  schedule: ({ peak }) => cosine(peak, percent / 100),
});
const replayed = (percent: number): Continued => ({ ...usual, label: `${percent} % replay`, replay: percent / 100 });
/** Gupta et al. 2023 leave Pythia at its steps 10k and 27k of 143k. */
const left = (percent: number): Continued => ({
  ...usual,
  label: `from the ${percent} % checkpoint`,
  leftAt: percent / 100,
});

const continued = {
  floor: { ...usual, ...held, label: 'stay at the floor' },
  peak: {
    ...usual,
    label: 're-warm, no decay',
    schedule: ({ peak, warmup }) => ({ kind: 'constant', warmup, peak }),
  },
  'rewarm-half': { ...usual, ...toPeak(0.5), label: 're-warm 0.5×' },
  rewarm: usual,
  'rewarm-double': { ...usual, ...toPeak(2), label: 're-warm 2×' },
  'warmup-0': warmed(0),
  'warmup-0p5': warmed(0.5),
  'warmup-2': warmed(2),
  'replay-0p5': replayed(0.5),
  'replay-1': replayed(1),
  'replay-5': replayed(5),
  'replay-10': replayed(10),
  'replay-25': replayed(25),
  'replay-50': replayed(50),
  'from-7': left(7),
  'from-19': left(19),
  'same-floor': { ...usual, ...held, text: 'same', label: 'same data, floor' },
  'same-rewarm-half': { ...usual, ...toPeak(0.5), text: 'same', label: 'same data, re-warm 0.5×' },
  'same-rewarm': { ...usual, text: 'same', label: 'same data, re-warm' },
  'same-rewarm-double': { ...usual, ...toPeak(2), text: 'same', label: 'same data, re-warm 2×' },
} satisfies Record<string, Continued>;

type ContinuedId = keyof typeof continued;
export type ArmId = 'base' | 'scratch' | 'union' | 'cosine-inf' | 'invsqrt-inf' | ContinuedId;

function isContinued(id: ArmId): id is ContinuedId {
  return Object.hasOwn(continued, id);
}

/** Whole steps; a stage has at least one. */
export function rounded(steps: number): number {
  return Math.max(1, Math.round(steps));
}

const random = { kind: 'random' } as const;

/**
 * One named arm of a shift's study.
 * @param budget share of the scale's steps
 */
export function studyArm(id: ArmId, shift: ShiftName, scale: Scale, budget: number): Arm {
  const { d0, d1, length } = texts[shift];
  const n0 = rounded(scale.steps * budget);
  const n1 = rounded(scale.steps * budget * length);
  const usualSchedule = cosine(scale.peak, scale.warmup);
  const stage = (name: string, mixture: Mixture, steps: number, schedule: Schedule): Stage => ({
    name,
    mixture,
    steps,
    schedule,
    optimizer: 'reset',
  });
  const base = stage('d0', { corpus: d0, replay: null }, n0, usualSchedule);
  const arm = (label: string, ...stages: Stage[]): Arm => ({ id, label, init: random, stages });
  if (isContinued(id)) {
    const { label, schedule, text, replay, leftAt }: Continued = continued[id];
    const before = leftAt === 1 ? base : { ...base, steps: rounded(n0 * leftAt), scheduleSteps: n0 };
    const mixture: Mixture = {
      corpus: text === 'same' ? d0 : d1,
      replay: replay === 0 ? null : { corpus: d0, fraction: replay },
    };
    return arm(label, before, stage('d1', mixture, n1, schedule(scale)));
  }
  const fresh = (schedule: Schedule) => stage('d1', { corpus: d1, replay: null }, n1, schedule);
  switch (id) {
    case 'base':
      return arm('old data only', base);
    case 'scratch':
      return arm('new data only, from scratch', fresh(usualSchedule));
    case 'union': {
      const mixture = { corpus: d1, replay: { corpus: d0, fraction: n0 / (n0 + n1) } };
      return arm('union, from scratch', stage('union', mixture, n0 + n1, usualSchedule));
    }
    case 'cosine-inf':
      return arm('infinite, cosine cooldown', fresh(infinite(scale, 'cosine')));
    case 'invsqrt-inf':
      return arm('infinite, inverse-sqrt cooldown', fresh(infinite(scale, 'inverse-sqrt')));
    default:
      return id satisfies never;
  }
}
