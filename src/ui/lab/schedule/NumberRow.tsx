// One number of a schedule: its name and what it comes to, a slider along the steps a person would choose, and a box
// that takes any number within the limits.

import { counts, quantityOf, rangeOf, type ScheduleRecipe, withNumber } from '../../../experiment/recipe/schedule';
import { numberOf, type ScheduleNumber } from '../../../experiment/schedules';
import type { Quantity, StageName } from '../../../experiment/schedules/entry';
import { tidy } from '../../../experiment/schedules/numbers';
import { rungOf, rungValue } from '../../../store/schedule_steps';
import { NumberBox } from '../../controls/NumberBox';
import { rate } from '../../format';
import { scheduleWords } from '../../strings';
import styles from './Schedule.module.css';
import { numberText } from './words';

interface Track {
  readonly min: number;
  readonly max: number;
  readonly position: number;
  valueAt(position: number): number;
}

/** A slider's whole positions: steps of a share, rungs of other numbers. */
function trackOf({ unit, slider, step }: Quantity, value: number): Track {
  const { min, max } = slider;
  if (unit === 'share') {
    const position = Math.round(value / step);
    return { min: 0, max: Math.round(max / step), position, valueAt: (place) => tidy(place * step) };
  }
  return { min: rungOf(min), max: rungOf(max), position: rungOf(Math.max(value, min)), valueAt: rungValue };
}

const units = { share: '%', rate: '×', plain: '' } as const;

interface NumberRowProps {
  readonly stage: StageName;
  readonly schedule: ScheduleRecipe;
  readonly name: ScheduleNumber;
  /** Peak of the scale. */
  readonly peak: number;
  readonly onChange: (schedule: ScheduleRecipe) => void;
}

export function NumberRow({ stage, schedule, name, peak, onChange }: NumberRowProps) {
  const quantity = quantityOf(schedule, name);
  const { unit, label, term, help } = quantity;
  const spoken = `${label}, ${scheduleWords.stages[stage]}`;
  const value = numberOf(schedule, name);
  const { min, max } = rangeOf(schedule, name);
  const track = trackOf(quantity, value);
  const share = unit === 'share';
  const factor = share ? 100 : 1;
  return (
    <fieldset className={styles.number} disabled={!counts(schedule, name)} title={help}>
      <span className={styles.name}>
        {label} {!share && <span>{term}</span>}
        <small>{share ? term : unit === 'rate' && rate(value * peak)}</small>
      </span>
      <input
        type="range"
        aria-label={spoken}
        aria-valuetext={numberText(quantity, value, peak)}
        min={track.min}
        max={track.max}
        step={1}
        value={track.position}
        onChange={(event) => onChange(withNumber(schedule, name, track.valueAt(Number(event.currentTarget.value))))}
      />
      <NumberBox
        label={spoken}
        unit={units[unit]}
        value={tidy(value * factor)}
        min={tidy(min * factor)}
        max={tidy(max * factor)}
        step={factor * quantity.step}
        onChange={(typed) => onChange(withNumber(schedule, name, typed / factor))}
      />
    </fieldset>
  );
}
