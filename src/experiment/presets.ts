// The experiments that ship: what happens to old and new text when training goes on, for a weak shift, a strong one
// and none. Three arms each: stay at the floor, warm up again, warm up again with a quarter of old text.

import { evaluationCadence, scales } from './scales';
import type { Schedule } from './schedules';
import type { Arm, CorpusName, Experiment, Mixture, ScaleName, Stage } from './spec';

export type PresetName = 'weak' | 'strong' | 'none';

export interface PresetOptions {
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  /** Steps of each stage; the scale's own number when left out. */
  readonly steps?: number;
}

/** Old and new text of each preset, with the words a reader meets. */
export const shifts: Readonly<Record<PresetName, { title: string; d0: CorpusName; d1: CorpusName }>> = {
  weak: { title: 'Weak shift: literature, then speeches', d0: 'literature', d1: 'speeches' },
  strong: { title: 'Strong shift: literature, then German', d0: 'literature', d1: 'german' },
  none: { title: 'No shift: two parts of literature', d0: 'literature/1', d1: 'literature/2' },
};

export function preset(name: PresetName, options: PresetOptions): Experiment {
  const { title, d0, d1 } = shifts[name];
  const scale = scales[options.scale];
  const steps = options.steps ?? scale.steps;
  const { peak, floor, warmup } = scale;
  const cosine: Schedule = { kind: 'cosine', warmup, peak, floor };
  const base: Stage = {
    name: 'd0',
    mixture: { corpus: d0, replay: null },
    steps,
    schedule: cosine,
    optimizer: 'reset',
  };
  const arm = (id: string, label: string, schedule: Schedule, replay: Mixture['replay']): Arm => {
    const next: Stage = { name: 'd1', mixture: { corpus: d1, replay }, steps, schedule, optimizer: 'reset' };
    return { id, label, init: { kind: 'random' }, stages: [base, next] };
  };
  return {
    v: 1,
    name: title,
    scale: options.scale,
    model: scale.model,
    batch: scale.batch,
    seeds: options.seeds,
    evaluation: { d0, d1, ...evaluationCadence(scale, steps) },
    arms: [
      arm('floor', 'Stay at floor', { kind: 'constant', warmup: 0, peak: floor }, null),
      arm('rewarm', 'Re-warm', cosine, null),
      arm('rewarm-replay25', 'Re-warm, 25 % replay', cosine, { corpus: d0, fraction: 0.25 }),
    ],
  };
}
