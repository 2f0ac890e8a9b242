// A stage's learning rates as GPT-NeoX's arguments. Its main branch knows constant and cosine; where it has no such curve, the
// style is one that it refuses, so that nothing trains on another curve unnoticed.

import type { Schedule } from '../experiment/schedules';
import type { InfiniteSchedule } from '../experiment/schedules/infinite';
import type { Stage } from '../experiment/spec';
import type { Scaling } from './shapes';
import type { Section } from './yaml';

export interface NeoxSchedule {
  /** Highest rate, which GPT-NeoX has among the optimizer's numbers. */
  readonly peak: number;
  readonly section: Section;
  /** Why the main branch cannot train it; null where it can. */
  readonly missing: string | null;
}

/** One that begins on its constant and never anneals is a constant. */
function isConstant({ cooldownEnd, constantEnd }: InfiniteSchedule): boolean {
  return cooldownEnd === 0 && constantEnd === 1;
}

function infinite(schedule: InfiniteSchedule, iterations: number, { rate }: Scaling): NeoxSchedule {
  const { cooldown, warmup, cooldownEnd, constantEnd, alpha } = schedule;
  const [peak, constant, floor] = [schedule.peak, schedule.constant, schedule.floor].map((one) => rate(one));
  const at = (share: number) => Math.round(share * iterations);
  const style = cooldown === 'cosine' ? 'infinite_cosine' : 'infinite_inv_sqrt';
  const steep = cooldown === 'inverse-sqrt' ? ` with alpha ${alpha}` : '';
  const missing = 'infinite schedules are only in the open pull request 1194 of GPT-NeoX';
  const says = [
    `NOT IN GPT-NeoX's main branch: ${missing}, by the paper's authors. The style below is theirs; the main branch refuses it.`,
    'Look up in that branch how the other numbers are written; there the ends of phases may be durations.',
    cooldownEnd > 0
      ? `Warmup to ${peak} until iteration ${at(warmup)}, ${cooldown} cooldown${steep} to ${constant} until ${at(cooldownEnd)}.`
      : 'No warmup and no cooldown: the stage begins on its constant.',
    `Constant ${constant} until ${at(constantEnd)}${constantEnd < 1 ? `, exponential anneal to ${floor} until ${iterations}` : ', and no anneal'}.`,
  ];
  const values = { 'lr-decay-style': style, 'lr-decay-iters': iterations, warmup, min_lr: rate(schedule.floor) };
  return { peak: rate(schedule.peak), section: { says, values }, missing };
}

function constantRate(lr: number, warmup: number, iterations: number, says: readonly string[]): NeoxSchedule {
  const values = { 'lr-decay-style': 'constant', 'lr-decay-iters': iterations, warmup, min_lr: 0 };
  return { peak: lr, section: { says, values }, missing: null };
}

export function neoxSchedule({ steps, scheduleSteps = steps, ...stage }: Stage, scaling: Scaling): NeoxSchedule {
  const iterations = scaling.iterations(scheduleSteps);
  const schedule: Schedule = stage.schedule;
  const early = scheduleSteps > steps ? ['The stage is left before its schedule ends.'] : [];
  switch (schedule.kind) {
    case 'constant':
      return constantRate(scaling.rate(schedule.peak), schedule.warmup, iterations, early);
    case 'cosine': {
      const [lr, min_lr] = [scaling.rate(schedule.peak), scaling.rate(schedule.floor)];
      const says = [
        ...early,
        'warmup is the share of lr-decay-iters that raises the rate from zero.',
        'The fall ends at min_lr since pull request 1008 of GPT-NeoX (August 2023); before, it was only cut off there.',
      ];
      const values = { 'lr-decay-style': 'cosine', 'lr-decay-iters': iterations, warmup: schedule.warmup, min_lr };
      return { peak: lr, section: { says, values }, missing: null };
    }
    case 'infinite': {
      if (!isConstant(schedule)) return infinite(schedule, iterations, scaling);
      const says = [
        ...early,
        'The part of an infinite schedule that begins on its constant and does not anneal is a constant.',
      ];
      return constantRate(scaling.rate(schedule.constant), 0, iterations, says);
    }
    default:
      return schedule satisfies never;
  }
}
