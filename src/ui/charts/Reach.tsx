// What a hand or the keyboard does in a chart: read, pin, zoom. It is a slider for the keyboard, so that a screen reader
// reads values only when a person moves it, never because training went on.

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { Range } from '../../plot/axis';
import { tokensAtPixel, type XAxis } from '../../plot/axis';
import type { Frame } from '../../plot/frame';
import { clamp } from '../../plot/scale';
import type { ChartFormat, ChartLine } from '../../plot/types';
import { chartWords } from '../strings';
import { type Cell, type Cursor, nearest } from './cursor';
import styles from './Panel.module.css';
import { deltas, type Pins, togglePin } from './pins';
import { dragged, zoomedByKey, zoomFactor } from './zoom';

/** The chart that is being read, and what a hand may change. */
export interface Readable {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly lines: readonly ChartLine[];
  readonly name: string;
  /** Tokens at the end of the last phase. */
  readonly end: number;
  readonly cursor: Cursor;
  readonly pins: Cell<Pins>;
  readonly onZoom: (range: Range | null) => void;
  readonly format: ChartFormat;
}

interface ReachProps extends Readable {
  /** Token counts in sight that have a value. */
  readonly stops: readonly number[];
  /** Which of them the cursor is at; -1 when it is nowhere. */
  readonly index: number;
  /** The place and the values there, in words. */
  readonly said: string;
}

/** A horizontal drag in progress, in pixels of the panel. */
interface Drag {
  readonly from: number;
  readonly to: number;
}

function pinWords([a, b]: Pins, { lines, format }: ReachProps): string {
  if (a === undefined) return 'no pins';
  if (b === undefined) return `pinned at ${format.tokens(a)}`;
  const changes = deltas(lines, [a, b]).map(({ line, change }) => `${line.name} ${format.change(change)} nats`);
  const text = changes.join(', ') || chartWords.noCommon;
  return `from ${format.tokens(Math.min(a, b))} to ${format.tokens(Math.max(a, b))}: ${text}`;
}

/** Pinning at the cursor, and what it says to a screen reader: only when a person pins. */
function usePinning(props: ReachProps) {
  const { pins, stops, index } = props;
  const [said, setSaid] = useState('');
  const change = (next: Pins) => {
    pins.set(next);
    setSaid(pinWords(next, props));
  };
  const pinAt = (stop: number) => {
    const tokens = stops[stop];
    if (tokens !== undefined) change(togglePin(pins.get(), tokens));
  };
  return { said, change, pin: () => pinAt(index < 0 ? stops.length - 1 : index), pinAt };
}

type Pinning = ReturnType<typeof usePinning>;

function usePointer({ frame, axis, cursor, pins, stops, onZoom }: ReachProps, pinning: Pinning) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const start = useRef<number | null>(null);
  const wasDrag = useRef(false);
  const beforeClicks = useRef<Pins>([]);
  const tokensAt = tokensAtPixel(axis, frame);
  const pixel = ({ clientX, currentTarget }: MouseEvent<HTMLDivElement>) => {
    // On a projector the page is drawn larger than it counts.
    const { left, width } = currentTarget.getBoundingClientRect();
    const scale = width / currentTarget.offsetWidth || 1;
    return clamp((clientX - left) / scale + frame.left, frame.left, frame.right);
  };
  const follow = (event: MouseEvent<HTMLDivElement>) => cursor.set(tokensAt(pixel(event)));
  const end = () => {
    start.current = null;
    setDrag(null);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      follow(event);
      wasDrag.current = false;
      // A finger reads by dragging; only a mouse or a pen selects.
      if (event.pointerType === 'touch' || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = pixel(event);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      follow(event);
      const from = start.current;
      if (from !== null && dragged(from, pixel(event), tokensAt)) wasDrag.current = true;
      if (from !== null && wasDrag.current) setDrag({ from, to: pixel(event) });
    },
    onPointerUp: () => {
      const range = drag && dragged(drag.from, drag.to, tokensAt);
      // A range without two values would show an empty chart.
      if (range && stops.filter((stop) => stop >= range.from && stop <= range.to).length > 1) onZoom(range);
      end();
    },
    onPointerCancel: end,
    onPointerLeave: () => cursor.set(null),
    onClick: (event: MouseEvent<HTMLDivElement>) => {
      if (wasDrag.current) return;
      if (event.detail > 1) {
        pinning.change(beforeClicks.current);
        onZoom(null);
        return;
      }
      beforeClicks.current = pins.get();
      pinning.pinAt(nearest(stops, tokensAt(pixel(event))));
    },
  };
  return { drag, cancel: end, handlers };
}

const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
const zooms: Readonly<Record<string, number>> = {
  '+': zoomFactor,
  '=': zoomFactor,
  '-': 1 / zoomFactor,
  _: 1 / zoomFactor,
};

export function Reach(props: ReachProps) {
  const { frame, axis, cursor, stops, index, onZoom } = props;
  const pinning = usePinning(props);
  const { drag, cancel, handlers } = usePointer(props, pinning);
  const last = stops.length - 1;
  const tokens = stops[index] ?? null;

  const press = ({ key }: KeyboardEvent): boolean => {
    const move = key === 'Home' ? -last : key === 'End' ? last : moves[key];
    const zoom = zooms[key];
    if (move !== undefined) cursor.set(stops[clamp((index < 0 ? last : index) + move, 0, last)] ?? null);
    else if (zoom !== undefined) onZoom(zoomedByKey(axis, tokens, zoom));
    else if (key === '0') onZoom(null);
    else if (key === 'Enter') pinning.pin();
    else if (key === 'Escape' && drag) cancel();
    else if (key === 'Escape') cursor.set(null);
    else return false;
    return true;
  };

  return (
    <>
      {drag && (
        <div
          className={styles.selection}
          style={{
            left: Math.min(drag.from, drag.to),
            width: Math.abs(drag.to - drag.from),
            top: frame.plotTop,
            height: frame.stripBottom - frame.plotTop,
          }}
        />
      )}
      <div
        className={styles.reach}
        style={{
          left: frame.left,
          width: frame.right - frame.left,
          top: frame.plotTop,
          height: frame.stripBottom - frame.plotTop,
        }}
        role="slider"
        tabIndex={stops.length > 0 ? 0 : -1}
        aria-label={`Read values of: ${props.name}`}
        aria-valuemin={0}
        aria-valuemax={props.end}
        aria-valuenow={tokens ?? 0}
        aria-valuetext={props.said}
        onBlur={() => cursor.set(null)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (press(event)) event.preventDefault();
        }}
        {...handlers}
      />
      <p className="hidden-text" role="status">
        {pinning.said}
      </p>
    </>
  );
}
