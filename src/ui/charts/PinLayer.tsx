// The pinned places as lines behind the curves, and the change of every curve between two of them, where it hides the
// least.

import { useMemo, useSyncExternalStore } from 'react';
import { isShown, pixelOf, type XAxis } from '../../plot/axis';
import type { Frame } from '../../plot/frame';
import { type Box, corners, freest, plotBox } from '../../plot/room';
import { textWidth } from '../../plot/ticks';
import type { ChartFormat, ChartLine } from '../../plot/types';
import { chartWords } from '../strings';
import type { Cell } from './cursor';
import { Swatch } from './Marks';
import styles from './Panel.module.css';
import { deltas, type Pins } from './pins';

interface PinLinesProps {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly pins: Cell<Pins>;
}

export function PinLines({ frame, axis, pins: cell }: PinLinesProps) {
  const pins = useSyncExternalStore(cell.subscribe, cell.get);
  const x = pixelOf(axis, frame);
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      {pins
        .map((tokens) => axis.at(tokens))
        .filter((value) => isShown(axis, value))
        .map((value) => (
          <line
            key={value}
            x1={x(value)}
            x2={x(value)}
            y1={frame.plotTop}
            y2={frame.stripBottom}
            stroke="var(--edge)"
            strokeWidth={1.5}
          />
        ))}
    </svg>
  );
}

export interface DeltaBlock {
  readonly head: string;
  readonly rows: readonly { readonly line: ChartLine; readonly name: string; readonly text: string }[];
  readonly box: Box;
}

interface BlockOptions {
  readonly frame: Frame;
  readonly lines: readonly ChartLine[];
  readonly pins: Cell<Pins>;
  readonly format: ChartFormat;
  /** The curves' points in pixels. */
  readonly pixels: readonly { readonly x: number; readonly y: number }[];
  /** Where another text is. */
  readonly note: Box | null;
}

const rowHeight = 18;

/** What the pins say and where, or null without pins. */
export function useDeltaBlock({ frame, lines, pins: cell, format, pixels, note }: BlockOptions): DeltaBlock | null {
  const pins = useSyncExternalStore(cell.subscribe, cell.get);
  return useMemo(() => {
    if (pins.length === 0) return null;
    const found = deltas(lines, pins);
    const one = pins.length === 1;
    const apart = `Δ over ${format.tokens(Math.abs((pins[1] ?? 0) - pins[0]))}`;
    const head = one ? chartWords.pinAnother : found.length > 0 ? apart : chartWords.noCommon;
    const plot = plotBox(frame);
    const block = (short: boolean) => {
      const rows = found.map(({ line, change }) => {
        const name = short ? (line.label ?? line.name) : line.name;
        return { line, name, text: `${format.change(change)} nats` };
      });
      const width = 12 + Math.max(textWidth(head), ...rows.map(({ name, text }) => 60 + textWidth(name + text)));
      return { head, rows, width, height: rowHeight * (rows.length + 1) + 8 };
    };
    const full = block(false);
    const { rows, width, height } = full.width > 0.6 * plot.width ? block(true) : full;
    const size = { width, height };
    return { head, rows, box: { ...size, ...freest(corners(plot, size), size, pixels, note ? [note] : []) } };
  }, [pins, lines, format, frame, pixels, note]);
}

export function Deltas({ head, rows, box }: DeltaBlock) {
  return (
    <div className={styles.deltas} style={{ left: box.left, top: box.top, width: box.width }}>
      <p className={styles.tipHead}>{head}</p>
      {rows.map(({ line, name, text }) => (
        <p key={line.key} className={styles.tipRow}>
          <Swatch appearance={line.appearance} />
          <span>{name}</span> <b>{text}</b>
        </p>
      ))}
    </div>
  );
}
