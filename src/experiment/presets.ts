// The experiments that ship: what happens to old and new text when training goes on. Three arms each: stay at the floor,
// warm up again, warm up again with a quarter of old text.

import { experimentOf, type Shift, shifts } from './compose';
import { type ArmId, namedArm } from './figures/arms';
import { scales } from './scales';
import { decimal } from './schedules/numbers';
import type { Arm, Experiment, ScaleName, Stage } from './spec';

export interface PresetOptions {
  readonly scale: ScaleName;
  readonly seeds: readonly number[];
  /** Steps of each stage; the scale's own number when left out. */
  readonly steps?: number;
}

/** What figures call an arm, and its id and label here. */
const arms: readonly (Pick<Arm, 'id' | 'label'> & { readonly named: ArmId })[] = [
  { named: 'floor', id: 'floor', label: 'Stay at floor' },
  { named: 'rewarm', id: 'rewarm', label: 'Re-warm' },
  { named: 'replay-25', id: 'rewarm-replay25', label: 'Re-warm, 25 % replay' },
];

/** Stages that presets have left are known by the decimal floor of their cosine, those of figures by the bare product. */
function withDecimalFloor(stage: Stage): Stage {
  const { schedule } = stage;
  return schedule.kind === 'cosine' ? { ...stage, schedule: { ...schedule, floor: decimal(schedule.floor) } } : stage;
}

export function preset(name: Shift, { scale: size, seeds, steps = scales[size].steps }: PresetOptions): Experiment {
  const [shift, scale] = [shifts[name], scales[size]];
  const made = arms.map(({ named, id, label }): Arm => {
    const arm = namedArm(named, shift, scale, steps, steps);
    return { ...arm, id, label, stages: arm.stages.map(withDecimalFloor) };
  });
  return experimentOf(shift, scale, seeds, steps, made);
}
