// From what a person asks of a figure (size, seeds, budget) to experiments of named arms.

import { armOf, experimentOf, mixtureOf, rounded, type ShiftName, shifts, stageOf } from '../compose';
import type { FigurePart } from '../part';
import { type Scale, scales } from '../scales';
import type { Schedule } from '../schedules';
import { constant } from '../schedules/constant';
import { cosine } from '../schedules/cosine';
import type { Multiple } from '../schedules/entry';
import { type InfiniteSchedule, infinite } from '../schedules/infinite';
import type { Arm, Experiment, ScaleName, Stage } from '../spec';
import { type ArmId, namedArm } from './arms';

export interface StudyOptions {
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  /** Share of the scale's steps that every stage gets, above 0 and at most 1. */
  readonly budget: number;
  /** Size of the model, with its learning rate, on the batches and steps of `scale`; `scale`'s own when left out. */
  readonly model?: ScaleName;
}

/** The scale of a study, its model exchanged where the options say so. */
function studyScale({ scale, model = scale }: StudyOptions): Scale {
  const { name, peak, model: shape } = scales[model];
  return { ...scales[scale], name, peak, model: shape };
}

/** Labels that say what an arm is beside the others of its figure, where its own label does not. */
export type Labels = Readonly<Partial<Record<ArmId, string>>>;

/** An experiment of named arms on one shift. */
export function studyExperiment(
  shift: ShiftName,
  options: StudyOptions,
  ids: readonly ArmId[],
  labels: Labels = {},
): Experiment {
  const scale = studyScale(options);
  const whole = scale.steps * options.budget;
  const [n0, n1] = [rounded(whole), rounded(whole * shifts[shift].length)];
  const arms = ids.map((id) => {
    const arm = namedArm(id, shifts[shift], scale, n0, n1);
    return { ...arm, label: labels[id] ?? arm.label };
  });
  return experimentOf(shifts[shift], scale, options.seeds, n0, arms);
}

/** A figure's two parts: the weak shift and the strong one, each with its own arms. */
export function shiftParts(
  options: StudyOptions,
  weak: readonly ArmId[],
  strong: readonly ArmId[],
  references: readonly ArmId[],
  labels: Labels = {},
): FigurePart[] {
  const part = (key: ShiftName, title: string, arms: readonly ArmId[]): FigurePart => ({
    key,
    title,
    experiment: studyExperiment(key, options, arms, labels),
    references,
  });
  return [part('weak', 'Weak shift', weak), part('strong', 'Strong shift', strong)];
}

const splitCount = 3;

/** The anneal alone: eta_const down to eta_min, exponentially. */
function anneal(schedule: InfiniteSchedule<Multiple>): InfiniteSchedule<Multiple> {
  return { ...schedule, warmup: 0, peak: schedule.constant, cooldownEnd: 0, constantEnd: 0 };
}

/** Share of a split that each anneal branch is trained on. */
const annealShare = 0.15;

/**
 * Three IID splits of the new text (Figure 10): the schedule repeated on each, or an infinite schedule whose trunk stays at
 * eta_const after the first cooldown, with an anneal branch forked at the end of each split. A branch reads on in its split
 * where the trunk stopped.
 */
export function splitsExperiment(options: StudyOptions): Experiment {
  const scale = studyScale(options);
  const steps = rounded((scale.steps * options.budget) / splitCount);
  const corpus = shifts.weak.new;
  const mixture = (split: number) => mixtureOf(`${corpus}/${split}`, corpus);
  const stage = (split: number, schedule: Schedule<Multiple>) =>
    stageOf(`split-${split}`, mixture(split), steps, schedule, scale);
  const splits = Array.from({ length: splitCount }, (_, i) => i + 1);
  const repeated = splits.map((split) => stage(split, cosine(1)));
  const arms: Arm[] = [armOf('cosine-repeat', 'cosine, repeated', repeated)];
  for (const cooldown of ['cosine', 'inverse-sqrt'] as const) {
    const id = cooldown === 'cosine' ? 'cosine-inf' : 'invsqrt-inf';
    const schedule = infinite(cooldown);
    const held = constant(schedule.constant, 0);
    const trunk = splits.map((split) => stage(split, split === 1 ? { ...schedule, constantEnd: 1 } : held));
    arms.push(armOf(id, `infinite, ${cooldown}`, trunk));
    for (const split of splits) {
      const reading = { ...mixture(split), skip: steps * scale.batch };
      const branch: Stage = {
        ...stageOf('anneal', reading, rounded(steps * annealShare), anneal(schedule), scale),
        optimizer: 'keep',
      };
      const label = `${cooldown}, annealed after ${split}`;
      arms.push(armOf(`${id}-anneal-${split}`, label, [...trunk.slice(0, split), branch]));
    }
  }
  const texts = { title: 'No shift: three parts of the speeches', old: corpus, new: corpus };
  return experimentOf(texts, scale, options.seeds, rounded(scale.steps * options.budget), arms);
}
