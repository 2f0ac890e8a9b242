// The learning rate of both stages as the trainer will take it, small, beside its controls.

import { useMemo } from 'react';
import { scales } from '../../experiment/scales';
import { firstSchedule, secondSchedule } from '../../store/experiment';
import { rateCurves } from '../../store/rates';
import type { ArmRecipe } from '../../store/recipe';
import { useRecipe } from '../context';
import { rate } from '../format';
import { recipeWords } from '../strings';
import styles from './Recipe.module.css';

const width = 272;
const height = 54;

/** The stages' schedules of a recipe at the scale that is chosen. */
function useSchedules(draft: ArmRecipe) {
  const { steps, peak } = scales[useRecipe((state) => state.setting.scale)];
  return useMemo(
    () => [
      { schedule: firstSchedule(draft, peak), steps },
      { schedule: secondSchedule(draft, peak), steps },
    ],
    [draft, peak, steps],
  );
}

export function SchedulePreview() {
  const draft = useRecipe((state) => state.draft);
  const stages = useSchedules(draft);
  const curves = useMemo(() => rateCurves(stages), [stages]);
  const points = curves.flat();
  const total = stages.reduce((sum, stage) => sum + stage.steps, 0);
  const highest = Math.max(...points.map((point) => point.rate));
  const path = points
    .map(({ step, rate: value }, i) => {
      const x = (step / total) * width;
      const y = height - 1 - (value / highest) * (height - 8);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  const second = (curves[1] ?? []).slice(1).map((point) => point.rate);
  const [peak, floor] = [Math.max(...second), Math.min(...second.filter((value) => value > 0))];
  return (
    <div className={styles.preview}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Learning rate on the new data: up to ${rate(peak)}, down to ${rate(floor)}`}
      >
        <rect x={width / 2} width={width / 2} height={height} fill="var(--band)" />
        <path d={path} fill="none" stroke="var(--ink)" strokeWidth="1.6" strokeLinejoin="round" />
      </svg>
      <div className={styles.under} aria-hidden="true">
        <span>{recipeWords.schedule.old}</span>
        <span>
          {rate(peak)}
          {peak > floor * 1.001 && ` to ${rate(floor)}`}
        </span>
      </div>
    </div>
  );
}
