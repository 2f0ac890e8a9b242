// The runs that the figures and presets are made of, under one name each: an arm that two of them share is the same value, so
// the plan hashes it to the same stages and whoever has trained it once finds it again. Ratios are those of Ibrahim et al. 2024
// (tables 13 and 14, sections 4.2 and 7.2) and of Gupta et al. 2023; only the base learning rate is a scale's own.

import { armOf, mixtureOf, rounded, stageOf, type Texts } from '../compose';
import type { Scale } from '../scales';
import type { Schedule } from '../schedules';
import { constant } from '../schedules/constant';
import { cosine } from '../schedules/cosine';
import type { Multiple } from '../schedules/entry';
import { infinite } from '../schedules/infinite';
import { paper } from '../schedules/numbers';
import type { Arm } from '../spec';

/** What follows the base: how the learning rate goes on and which text is read. */
interface Continued {
  readonly label: string;
  readonly schedule: Schedule<Multiple>;
  readonly text: 'new' | 'same';
  /** Share of each batch that is old text. */
  readonly replay: number;
  /** Share of the base's steps after which it is left; 1 for its end. */
  readonly leftAt: number;
}

const usual: Continued = { label: 're-warm', schedule: cosine(1), text: 'new', replay: 0, leftAt: 1 };
const held: Continued = { ...usual, label: 'stay at the floor', schedule: constant(paper.floorShare, 0) };
const toPeak = (multiple: number): Continued => ({
  ...usual,
  label: `re-warm ${multiple}×`,
  schedule: cosine(multiple),
});
const warmed = (percent: number): Continued => ({
  ...usual,
  label: `warmup ${percent} %`,
  schedule: cosine(1, percent / 100),
});
const replayed = (percent: number): Continued => ({ ...usual, label: `${percent} % replay`, replay: percent / 100 });
/** Gupta et al. 2023 leave Pythia at its steps 10k and 27k of 143k. */
const left = (percent: number): Continued => ({
  ...usual,
  label: `from the ${percent} % checkpoint`,
  leftAt: percent / 100,
});
const onSame = (arm: Continued, label = arm.label): Continued => ({
  ...arm,
  text: 'same',
  label: `same data, ${label}`,
});

const continued = {
  floor: held,
  peak: { ...usual, label: 're-warm, no decay', schedule: constant(1, paper.warmup) },
  'rewarm-half': toPeak(0.5),
  rewarm: usual,
  'rewarm-double': toPeak(2),
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
  'same-floor': onSame(held, 'floor'),
  'same-rewarm-half': onSame(toPeak(0.5)),
  'same-rewarm': onSame(usual),
  'same-rewarm-double': onSame(toPeak(2)),
} satisfies Record<string, Continued>;

type ContinuedId = keyof typeof continued;
export type ArmId = 'base' | 'scratch' | 'union' | 'cosine-inf' | 'invsqrt-inf' | ContinuedId;

function isContinued(id: ArmId): id is ContinuedId {
  return Object.hasOwn(continued, id);
}

/**
 * One named arm.
 * @param n0 steps on the old text
 * @param n1 steps on the new text
 */
export function namedArm(id: ArmId, { old, new: fresh }: Texts, scale: Scale, n0: number, n1: number): Arm {
  const base = stageOf('d0', mixtureOf(old, old), n0, cosine(1), scale);
  if (isContinued(id)) {
    const { label, schedule, text, replay, leftAt }: Continued = continued[id];
    const before = leftAt === 1 ? base : { ...base, steps: rounded(n0 * leftAt), scheduleSteps: n0 };
    const mixture = mixtureOf(text === 'same' ? old : fresh, old, replay);
    return armOf(id, label, [before, stageOf('d1', mixture, n1, schedule, scale)]);
  }
  const scratch = (schedule: Schedule<Multiple>) => [stageOf('d1', mixtureOf(fresh, old), n1, schedule, scale)];
  switch (id) {
    case 'base':
      return armOf(id, 'old data only', [base]);
    case 'scratch':
      return armOf(id, 'new data only, from scratch', scratch(cosine(1)));
    case 'union': {
      const mixture = mixtureOf(fresh, old, n0 / (n0 + n1));
      return armOf(id, 'union, from scratch', [stageOf('union', mixture, n0 + n1, cosine(1), scale)]);
    }
    case 'cosine-inf':
      return armOf(id, 'infinite, cosine cooldown', scratch(infinite('cosine')));
    case 'invsqrt-inf':
      return armOf(id, 'infinite, inverse-sqrt cooldown', scratch(infinite('inverse-sqrt')));
    default:
      return id satisfies never;
  }
}
