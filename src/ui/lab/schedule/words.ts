// Values of the schedule editor as text.

import { numberOf, type ScheduleNumber, type ScheduleRecipe, type StageName, tidy } from '../../../store/schedule';
import type { Handle } from '../../../store/scheduleHandles';
import { type Schedules, untested } from '../../../store/schedulePresets';
import { isShare } from '../../../store/scheduleSteps';
import { rate } from '../../format';
import { scheduleWords } from '../../strings';

/** `2× = 1.2 × 10⁻²`, `1 %` or `10`. */
export function numberText(name: ScheduleNumber, value: number, peak: number): string {
  if (isShare(name)) return `${tidy(100 * value)} %`;
  return name === 'alpha' ? String(value) : `${value}× = ${rate(value * peak)}`;
}

/** Both values of a handle: `Peak 2× = 1.2 × 10⁻², warmup 1 %`. */
export function handleText(schedule: ScheduleRecipe, { x, y }: Handle, peak: number): string {
  return [y, x]
    .filter((name) => name !== null)
    .map((name) => ({ label: scheduleWords.numbers[name].label, value: numberOf(schedule, name), name }))
    .map(({ label, value, name }, i) => `${i === 0 ? label : label.toLowerCase()} ${numberText(name, value, peak)}`)
    .join(', ');
}

/** Names of a stage's numbers that the paper did not test. */
export function untestedText(schedule: ScheduleRecipe): string {
  return untested(schedule)
    .map((name) => scheduleWords.numbers[name].label.toLowerCase())
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
