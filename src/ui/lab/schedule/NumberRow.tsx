// One number of a schedule: its name and what it comes to, a slider along the steps a person would choose, and a box
// that takes any number within the limits.

import {
  counts,
  numberOf,
  rangeOf,
  type ScheduleNumber,
  type ScheduleRecipe,
  type StageName,
  tidy,
  withNumber,
} from '../../../store/schedule';
import { isShare, rungOf, rungValue, shareStep } from '../../../store/scheduleSteps';
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

/** What a slider reaches: up to 10 % of warmup, the whole stage for other ends, 0.01 to 10 for rates, 1 to 100 for alpha. */
function trackOf(name: ScheduleNumber, value: number): Track {
  if (isShare(name)) {
    const step = shareStep(name);
    const max = Math.round((name === 'warmup' ? 0.1 : 1) / step);
    return { min: 0, max, position: Math.round(value / step), valueAt: (position) => tidy(position * step) };
  }
  const [low, high] = name === 'alpha' ? [1, 100] : [0.01, 10];
  return { min: rungOf(low), max: rungOf(high), position: rungOf(Math.max(value, low)), valueAt: rungValue };
}

interface NumberRowProps {
  readonly stage: StageName;
  readonly schedule: ScheduleRecipe;
  readonly name: ScheduleNumber;
  /** Peak of the scale. */
  readonly peak: number;
  readonly onChange: (schedule: ScheduleRecipe) => void;
}

export function NumberRow({ stage, schedule, name, peak, onChange }: NumberRowProps) {
  const { label, term, help } = scheduleWords.numbers[name];
  const spoken = `${label}, ${scheduleWords.stages[stage]}`;
  const value = numberOf(schedule, name);
  const { min, max } = rangeOf(schedule, name);
  const track = trackOf(name, value);
  const share = isShare(name);
  const unit = share ? '%' : name === 'alpha' ? '' : '×';
  const factor = share ? 100 : 1;
  return (
    <fieldset className={styles.number} disabled={!counts(schedule, name)} title={help}>
      <span className={styles.name}>
        {label} {!share && <span>{term}</span>}
        <small>{share ? term : name !== 'alpha' && rate(value * peak)}</small>
      </span>
      <input
        type="range"
        aria-label={spoken}
        aria-valuetext={numberText(name, value, peak)}
        min={track.min}
        max={track.max}
        step={1}
        value={track.position}
        onChange={(event) => onChange(withNumber(schedule, name, track.valueAt(Number(event.currentTarget.value))))}
      />
      <NumberBox
        label={spoken}
        unit={unit}
        value={tidy(value * factor)}
        min={tidy(min * factor)}
        max={tidy(max * factor)}
        step={share ? factor * shareStep(name) : name === 'peak' ? 0.1 : 0.01}
        onChange={(typed) => onChange(withNumber(schedule, name, typed / factor))}
      />
    </fieldset>
  );
}
