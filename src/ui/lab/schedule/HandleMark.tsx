// One point of the curve to take hold of: by mouse, pen or finger, or by keys once it has the focus.

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { rangeOf, type ScheduleRecipe } from '../../../experiment/recipe/schedule';
import { numberOf } from '../../../experiment/schedules';
import type { StageName } from '../../../experiment/schedules/entry';
import { dragged, type Handle, nudged } from '../../../store/schedule_handles';
import { scheduleWords } from '../../strings';
import { type Frame, handleSize, type Point, rateHeight, stageWidth, steady } from './geometry';
import styles from './Schedule.module.css';
import { handleText } from './words';

interface HandleMarkProps {
  readonly stage: StageName;
  readonly schedule: ScheduleRecipe;
  readonly handle: Handle;
  readonly place: Point;
  readonly frame: Frame;
  /** Peak of the scale, for the text. */
  readonly peak: number;
  readonly onChange: (schedule: ScheduleRecipe) => void;
  readonly onDrag: (dragging: boolean) => void;
  readonly onFocus: (focused: boolean) => void;
}

interface Grip {
  readonly x: number;
  readonly y: number;
  readonly schedule: ScheduleRecipe;
  /** The frame as it was, so that the plot may zoom out under a drag without changing what the drag means. */
  readonly frame: Frame;
}

/** Keeps the sheet from scrolling under a finger on the element: `touch-action` is not heard on unpainted SVG shapes. */
function useOwnTouch() {
  const element = useRef<SVGGElement>(null);
  useEffect(() => {
    const mark = element.current;
    const keep = (event: TouchEvent) => event.preventDefault();
    mark?.addEventListener('touchstart', keep, { passive: false });
    return () => mark?.removeEventListener('touchstart', keep);
  }, []);
  return element;
}

function cursorOf({ x, y }: Handle): string {
  return x && y ? 'move' : x ? 'ew-resize' : 'ns-resize';
}

export function HandleMark(props: HandleMarkProps) {
  const { stage, schedule, handle, place, frame, peak, onChange, onDrag, onFocus } = props;
  const element = useOwnTouch();
  const grip = useRef<Grip | null>(null);
  const { min, max } = rangeOf(schedule, handle.main);
  const take = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    grip.current = { x: event.clientX, y: event.clientY, schedule, frame };
    onDrag(true);
  };
  const move = (event: PointerEvent) => {
    if (!grip.current) return;
    const { x, y, schedule: start, frame: then } = grip.current;
    const share = steady(event.clientX - x) / stageWidth(then);
    onChange(dragged(start, handle.name, share, steady(y - event.clientY) / rateHeight(then)));
  };
  const drop = () => {
    grip.current = null;
    onDrag(false);
  };
  const press = (event: KeyboardEvent) => {
    // Alt and an arrow are the browser's: back and forward.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The page's own keys must not hear what is meant for the handle.
    event.stopPropagation();
    const next = nudged(schedule, handle.name, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    onChange(next);
  };
  return (
    <g
      ref={element}
      className={styles.handle}
      style={{ cursor: cursorOf(handle) }}
      role="slider"
      tabIndex={0}
      aria-label={`${handle.label} on the ${scheduleWords.stages[stage]}: ${handle.help}.`}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={numberOf(schedule, handle.main)}
      aria-valuetext={handleText(schedule, handle, peak)}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={press}
      onFocus={() => onFocus(true)}
      onBlur={() => onFocus(false)}
    >
      <rect
        x={place.x - handleSize / 2}
        y={place.y - handleSize / 2}
        width={handleSize}
        height={handleSize}
        fill="transparent"
      />
      <circle cx={place.x} cy={place.y} r="5" />
    </g>
  );
}
