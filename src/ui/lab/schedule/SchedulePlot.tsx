// The learning rate of both stages as the trainer will take it, with a handle at each point that a number places. The
// other arms' schedules are behind it.

import { useState } from 'react';
import { stageSteps } from '../../../experiment/recipe/experiment';
import type { Schedules } from '../../../experiment/recipe/presets';
import type { ScheduleRecipe } from '../../../experiment/recipe/schedule';
import { scales } from '../../../experiment/scales';
import { learningRate } from '../../../experiment/schedules';
import type { StageName } from '../../../experiment/schedules/entry';
import { appearance } from '../../../plot/palette';
import { handlesOf } from '../../../store/schedule_handles';
import { useLab, useRecipe } from '../../context';
import { rate } from '../../format';
import { useSize } from '../../hooks';
import { scheduleWords } from '../../strings';
import { curvePath, type Frame, handlePlaces, plotHeight, pointAt, topOf } from './geometry';
import { HandleMark } from './HandleMark';
import styles from './Schedule.module.css';
import { handleText } from './words';

const stages = ['first', 'second'] as const satisfies readonly StageName[];

/** Thin and pale: the schedules of the other arms that are on the charts. */
function Ghosts({ frame, steps }: { frame: Frame; steps: number }) {
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const own = stages.map((stage) => curvePath(frame, stage, draft[stage], steps));
  const seen = new Set(own);
  const paths = arms
    .filter((arm) => !arm.hidden)
    .flatMap(({ recipe, slot }) =>
      stages.map((stage) => ({ path: curvePath(frame, stage, recipe[stage], steps), slot })),
    )
    .filter(({ path }) => !seen.has(path) && seen.add(path));
  return paths.map(({ path, slot }) => (
    <path key={path} className={styles.ghost} d={path} stroke={appearance(slot).colour} />
  ));
}

/** `6 × 10⁻³ to 6 × 10⁻⁴`: what the stage's rate lies between, from the end of its warmup on. */
function rangeText(schedule: ScheduleRecipe, peak: number): string {
  const { warmup } = schedule;
  const rates = Array.from({ length: 101 }, (_, i) => learningRate(schedule, warmup + (i / 100) * (1 - warmup), 1));
  const [high, low] = [Math.max(...rates), Math.min(...rates)];
  return low < high * 0.999 ? `${rate(high * peak)} to ${rate(low * peak)}` : rate(high * peak);
}

/** The switch: where the old data's rate ends and the new data's begins. */
function Switch({ frame, first, second }: { frame: Frame; first: ScheduleRecipe; second: ScheduleRecipe }) {
  const from = pointAt(frame, 'first', 1, learningRate(first, 1, 1));
  const to = pointAt(frame, 'second', 0, learningRate(second, 0, 1));
  return <line className={styles.switch} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
}

interface Held {
  readonly stage: StageName;
  readonly name: string;
}

/** The values of the handle that has the focus; otherwise whose panel is whose. */
function Readout({ held, frame, draft, peak }: { held: Held | null; frame: Frame; draft: Schedules; peak: number }) {
  const handle = held && handlesOf(draft[held.stage]).find(({ name }) => name === held.name);
  if (!held || !handle) {
    return stages.map((stage, i) => (
      <text key={stage} className={styles.mark} x={2 + (i * frame.width) / 2} y="11">
        {scheduleWords.stages[stage]}
      </text>
    ));
  }
  const first = held.stage === 'first';
  return (
    <text className={styles.readout} x={first ? 2 : frame.width - 2} y="11" textAnchor={first ? 'start' : 'end'}>
      {handleText(draft[held.stage], handle, peak)}
    </text>
  );
}

/** What lies behind the curves: the new data's panel, zero and the scale's usual peak. */
function Ground({ frame, peak }: { frame: Frame; peak: number }) {
  const { width } = frame;
  const zero = pointAt(frame, 'first', 1, 0);
  const one = pointAt(frame, 'first', 1, 1);
  return (
    <>
      <rect x={width / 2} width={width / 2} height={plotHeight} fill="var(--band)" />
      <line className={styles.zero} x1="0" x2={width} y1={zero.y} y2={zero.y} />
      <line className={styles.one} x1="0" x2={width} y1={one.y} y2={one.y} />
      <text className={styles.mark} x={one.x + 8} y={one.y - 4} textAnchor="end">
        {rate(peak)}
      </text>
    </>
  );
}

export function SchedulePlot() {
  const { recipe } = useLab();
  const draft = useRecipe((state) => state.draft);
  const arms = useRecipe((state) => state.arms);
  const setting = useRecipe((state) => state.setting);
  const [box, { width }] = useSize<HTMLFieldSetElement>();
  /** Upper edge of the plot while a handle is dragged; it must not jump under the pointer. */
  const [dragTop, setDragTop] = useState<number | null>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const { peak } = scales[setting.scale];
  const steps = stageSteps(setting);
  const others = arms.filter((arm) => !arm.hidden).map((arm) => arm.recipe);
  const top = dragTop === null ? topOf([draft, ...others]) : Math.max(dragTop, topOf([draft]));
  const frame: Frame = { width: Math.max(width, 240), top };
  return (
    <fieldset ref={box} className={styles.plot}>
      <legend className="hidden-text">{scheduleWords.plot}</legend>
      <svg viewBox={`0 0 ${frame.width} ${plotHeight}`} role="none">
        <Ground frame={frame} peak={peak} />
        <Ghosts frame={frame} steps={steps} />
        <Switch frame={frame} first={draft.first} second={draft.second} />
        {stages.map((stage) => (
          <path key={stage} className={styles.curve} d={curvePath(frame, stage, draft[stage], steps)} />
        ))}
        <Readout held={held} frame={frame} draft={draft} peak={peak} />
        {stages.map((stage) => {
          const schedule = draft[stage];
          const handles = handlesOf(schedule);
          const places = handlePlaces(frame, stage, handles);
          return handles.map((handle, i) => (
            <HandleMark
              key={`${stage} ${handle.name}`}
              stage={stage}
              schedule={schedule}
              handle={handle}
              place={places[i] ?? { x: 0, y: 0 }}
              frame={frame}
              peak={peak}
              onChange={(changed) => recipe.change({ [stage]: changed })}
              onDrag={(dragging) => setDragTop(dragging ? frame.top : null)}
              onFocus={(focused) => setHeld(focused ? { stage, name: handle.name } : null)}
            />
          ));
        })}
      </svg>
      <div className={styles.under}>
        {stages.map((stage) => (
          <span key={stage}>
            <span className="hidden-text">{scheduleWords.stages[stage]}:</span> {rangeText(draft[stage], peak)}
          </span>
        ))}
      </div>
    </fieldset>
  );
}
