// What the lab's own experiments are put together from, whoever asks for them: figures, presets or the page. The same
// choice makes the same values bit for bit, so the plan hashes it alike and finds again what was trained once.

import { evaluationCadence, type Scale } from './scales';
import { type Schedule, toSchedule } from './schedules';
import type { Multiple } from './schedules/entry';
import type { Arm, CorpusName, Experiment, Mixture, Stage } from './spec';

export type Shift = 'weak' | 'strong' | 'none';

/** The shifts that figures of the papers study. */
export type ShiftName = Exclude<Shift, 'none'>;

/** Old and new text. */
export interface Texts {
  /** With the words a reader meets. */
  readonly title: string;
  readonly old: CorpusName;
  readonly new: CorpusName;
}

/**
 * `length`: how long the paper trains on the new text, relative to the old one (300 B and 200 B tokens). Figures keep that;
 * presets and the Lab train as long on both, so that another shift is another text and nothing else.
 */
export const shifts: Readonly<Record<Shift, Texts & { readonly length: number }>> = {
  weak: { title: 'Weak shift: literature, then speeches', old: 'literature', new: 'speeches', length: 1 },
  strong: { title: 'Strong shift: literature, then German', old: 'literature', new: 'german', length: 2 / 3 },
  none: { title: 'No shift: two parts of literature', old: 'literature/1', new: 'literature/2', length: 1 },
};

/** Whole steps; a stage has at least one. */
export function rounded(steps: number): number {
  return Math.max(1, Math.round(steps));
}

/** @param replay share of each batch that is `old` text */
export function mixtureOf(corpus: CorpusName, old: CorpusName, replay = 0): Mixture {
  return { corpus, replay: replay === 0 ? null : { corpus: old, fraction: replay } };
}

/** A stage as the papers begin each, with the optimizer reset. */
export function stageOf(
  name: string,
  mixture: Mixture,
  steps: number,
  schedule: Schedule<Multiple>,
  { peak }: Pick<Scale, 'peak'>,
): Stage {
  return { name, mixture, steps, schedule: toSchedule(schedule, peak), optimizer: 'reset' };
}

export function armOf(id: string, label: string, stages: readonly Stage[]): Arm {
  return { id, label, init: { kind: 'random' }, stages };
}

/** @param steps of a stage, which evaluation is made for */
export function experimentOf(
  { title, old, new: fresh }: Texts,
  scale: Scale,
  seeds: readonly number[],
  steps: number,
  arms: readonly Arm[],
): Experiment {
  const { name, model, batch } = scale;
  const evaluation = { d0: old, d1: fresh, ...evaluationCadence(scale, steps) };
  return { v: 1, name: title, scale: name, model, batch, seeds, evaluation, arms };
}
