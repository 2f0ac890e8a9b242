// Says so, at the place, when smoothing takes away what the chart is there to show.

import { isShown, pixelOf, placeOf, type XAxis } from '../../plot/axis';
import type { Frame } from '../../plot/frame';
import type { Box } from '../../plot/room';
import { clamp, type Domain, scale } from '../../plot/scale';
import { hiddenBump } from '../../plot/smoothing';
import { textWidth } from '../../plot/ticks';
import type { ChartLine } from '../../plot/types';
import styles from './Panel.module.css';

interface BumpOptions {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly domain: Domain;
  readonly logY: boolean;
  readonly lines: readonly ChartLine[];
  readonly smooth: ReadonlyMap<string, readonly number[]>;
  /** Tokens at which the last phase begins. */
  readonly start: number;
}

export interface Note {
  readonly text: string;
  readonly box: Box;
}

/** The note beside the top of the bump, or over it where there is no room; null without need or in a zoom elsewhere. */
export function bumpNote({ frame, axis, domain, logY, lines, smooth, start }: BumpOptions): Note | null {
  const bump = hiddenBump(lines, smooth, start);
  const point = lines.find(({ key }) => key === bump?.key)?.points.find(({ tokens }) => tokens === bump?.tokens);
  if (!bump || !point || !isShown(axis, placeOf(axis, point))) return null;
  const x = pixelOf(axis, frame)(placeOf(axis, point));
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY)(bump.top);
  const text = `Smoothing hides a ${bump.height.toFixed(2)} bump here`;
  const width = textWidth(text);
  const left = Math.min(x + 8, Math.max(frame.left, frame.width - width));
  const top = clamp(left < x ? y - 22 : y - 9, frame.plotTop, frame.plotBottom - 20);
  return { text, box: { left, top, width, height: 18 } };
}

export function BumpNote({ text, box: { left, top } }: Note) {
  return (
    <p className={styles.bump} style={{ left, top }} role="note">
      {text}
    </p>
  );
}
