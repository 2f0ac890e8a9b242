// The learning rate of both stages as the trainer will take it, beside its controls. Its second peak can be dragged: up
// for a higher one, right for a longer warmup. The number boxes below do the same by keyboard.

import { type PointerEvent, useMemo, useRef } from 'react';
import { scales } from '../../experiment/scales';
import { firstSchedule, secondSchedule } from '../../store/experiment';
import { rateCurves } from '../../store/rates';
import { type ArmRecipe, armLimits, hasPeak } from '../../store/recipe';
import { useLab, useRecipe } from '../context';
import { rate } from '../format';
import { recipeWords } from '../strings';
import styles from './Recipe.module.css';

const width = 272;
const height = 54;
/** Pixels up that double the peak. */
const doubling = 30;

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

const between = (value: number, { min, max }: { min: number; max: number }) => Math.max(min, Math.min(max, value));

/** The peak and warmup that a drag of (dx, dy) pixels from `start` asks for, in steps a person would choose. */
export function draggedPeak(
  start: ArmRecipe,
  dx: number,
  dy: number,
): Pick<ArmRecipe, 'peakMultiple' | 'warmupPercent'> {
  const multiple = start.peakMultiple * 2 ** (-dy / doubling);
  const percent = start.warmupPercent + (dx / (width / 2)) * 100;
  return {
    peakMultiple: between(Math.round(multiple * 10) / 10, { ...armLimits.peakMultiple, min: 0.1 }),
    warmupPercent: between(Math.round(percent * 2) / 2, armLimits.warmupPercent),
  };
}

function Handle({ draft, x, y }: { draft: ArmRecipe; x: number; y: number }) {
  const { recipe } = useLab();
  const start = useRef<{ x: number; y: number; draft: ArmRecipe } | null>(null);
  const grab = (event: PointerEvent<SVGCircleElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, y: event.clientY, draft };
  };
  const drag = (event: PointerEvent) => {
    const from = start.current;
    if (from) recipe.getState().change(draggedPeak(from.draft, event.clientX - from.x, event.clientY - from.y));
  };
  const drop = () => {
    start.current = null;
  };
  return (
    <circle
      className={styles.handle}
      cx={x}
      cy={y}
      r="5"
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
    />
  );
}

export function SchedulePreview() {
  const draft = useRecipe((state) => state.draft);
  const stages = useSchedules(draft);
  const curves = useMemo(() => rateCurves(stages), [stages]);
  const points = curves.flat();
  const total = stages.reduce((sum, stage) => sum + stage.steps, 0);
  const highest = Math.max(...points.map((point) => point.rate));
  const x = (step: number) => (step / total) * width;
  const y = (value: number) => height - 1 - (value / highest) * (height - 8);
  const path = points.map(
    ({ step, rate: value }, i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  const second = (curves[1] ?? []).slice(1).map((point) => point.rate);
  const [peak, floor] = [Math.max(...second), Math.min(...second.filter((value) => value > 0))];
  const top = total / 2 + (draft.warmupPercent / 100) * (total / 2);
  return (
    <div className={styles.preview}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Learning rate on the new data: up to ${rate(peak)}, down to ${rate(floor)}`}
      >
        <rect x={width / 2} width={width / 2} height={height} fill="var(--band)" />
        <path d={path.join('')} fill="none" stroke="var(--ink)" strokeWidth="1.6" strokeLinejoin="round" />
        {hasPeak(draft.atSwitch) && <Handle draft={draft} x={x(top)} y={y(peak)} />}
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
