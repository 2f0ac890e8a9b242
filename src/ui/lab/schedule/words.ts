// Values of the schedule editor as text.

import type { Schedules } from '../../../experiment/recipe/presets';
import { quantityOf, type ScheduleRecipe, untested } from '../../../experiment/recipe/schedule';
import { numberOf } from '../../../experiment/schedules';
import type { Quantity, StageName } from '../../../experiment/schedules/entry';
import { tidy } from '../../../experiment/schedules/numbers';
import type { Handle } from '../../../store/schedule_handles';
import { rate } from '../../format';
import { scheduleWords } from '../../strings';

/** `2× = 1.2 × 10⁻²`, `1 %` or `10`. */
export function numberText({ unit }: Quantity, value: number, peak: number): string {
  if (unit === 'share') return `${tidy(100 * value)} %`;
  return unit === 'plain' ? String(value) : `${value}× = ${rate(value * peak)}`;
}

/** Both values of a handle: `Peak 2× = 1.2 × 10⁻², warmup 1 %`. */
export function handleText(schedule: ScheduleRecipe, { x, y }: Handle, peak: number): string {
  return [y, x]
    .filter((name) => name !== null)
    .map((name) => ({ quantity: quantityOf(schedule, name), value: numberOf(schedule, name) }))
    .map(({ quantity, value }, i) => {
      const { label } = quantity;
      return `${i === 0 ? label : label.toLowerCase()} ${numberText(quantity, value, peak)}`;
    })
    .join(', ');
}

/** Names of a stage's numbers that the paper did not test. */
export function untestedText(schedule: ScheduleRecipe): string {
  return untested(schedule)
    .map((name) => quantityOf(schedule, name).label.toLowerCase())
    .join(', ');
}

/** The same for both stages; empty when there is none. */
export function allUntestedText(schedules: Schedules): string {
  return (['first', 'second'] as const satisfies readonly StageName[])
    .flatMap((stage) => {
      const names = untestedText(schedules[stage]);
      return names === '' ? [] : [`${names} (${scheduleWords.stages[stage]})`];
    })
    .join(', ');
}
