// From what a person asks of a figure (size, seeds, budget) to experiments of named arms.

import { evaluationCadence, type Scale, scales } from '../scales';
import type { Schedule } from '../schedules';
import type { InfiniteSchedule } from '../schedules/infinite';
import type { Arm, CorpusName, Experiment, ScaleName, Stage } from '../spec';
import { type ArmId, cosine, infinite, rounded, type ShiftName, studyArm, texts } from './arms';
import type { FigurePart } from './figure';

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
  const { peak, floor, model: shape } = scales[model];
  return { ...scales[scale], model: shape, peak, floor };
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
  const { title, d0, d1 } = texts[shift];
  return experimentOf(
    title,
    { d0, d1 },
    options,
    ids.map((id) => {
      const arm = studyArm(id, shift, studyScale(options), options.budget);
      return { ...arm, label: labels[id] ?? arm.label };
    }),
  );
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

function experimentOf(
  name: string,
  measured: { d0: CorpusName; d1: CorpusName },
  options: StudyOptions,
  arms: readonly Arm[],
): Experiment {
  const scale = studyScale(options);
  const { model, batch } = scale;
  const evaluation = { ...measured, ...evaluationCadence(scale, rounded(scale.steps * options.budget)) };
  return { v: 1, name, scale: options.model ?? options.scale, model, batch, seeds: options.seeds, evaluation, arms };
}

const splitCount = 3;

/** The anneal alone: eta_const down to eta_min, exponentially. */
function anneal(schedule: InfiniteSchedule): InfiniteSchedule {
  return { ...schedule, warmup: 0, peak: schedule.constant, cooldownEnd: 0, constantEnd: 0 };
}

const random = { kind: 'random' } as const;

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
  const { d1 } = texts.weak;
  const corpus = (split: number) => `${d1}/${split}`;
  const stage = (split: number, schedule: Schedule): Stage => ({
    name: `split-${split}`,
    mixture: { corpus: corpus(split), replay: null },
    steps,
    schedule,
    optimizer: 'reset',
  });
  const splits = Array.from({ length: splitCount }, (_, i) => i + 1);
  const repeated = splits.map((split) => stage(split, cosine(scale.peak, scale.warmup)));
  const arms: Arm[] = [{ id: 'cosine-repeat', label: 'cosine, repeated', init: random, stages: repeated }];
  for (const cooldown of ['cosine', 'inverse-sqrt'] as const) {
    const id = cooldown === 'cosine' ? 'cosine-inf' : 'invsqrt-inf';
    const name = cooldown === 'cosine' ? 'cosine' : 'inverse-sqrt';
    const schedule = infinite(scale, cooldown);
    const held: Schedule = { kind: 'constant', warmup: 0, peak: schedule.constant };
    const trunk = splits.map((split) => stage(split, split === 1 ? { ...schedule, constantEnd: 1 } : held));
    arms.push({ id, label: `infinite, ${name}`, init: random, stages: trunk });
    for (const split of splits) {
      const branch: Stage = {
        name: 'anneal',
        mixture: { corpus: corpus(split), skip: steps * scale.batch, replay: null },
        steps: rounded(steps * annealShare),
        schedule: anneal(schedule),
        optimizer: 'keep',
      };
      const stages = [...trunk.slice(0, split), branch];
      arms.push({ id: `${id}-anneal-${split}`, label: `${name}, annealed after ${split}`, init: random, stages });
    }
  }
  return experimentOf('No shift: three parts of the speeches', { d0: d1, d1 }, options, arms);
}
