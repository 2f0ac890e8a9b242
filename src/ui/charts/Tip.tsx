// The small table of values beside the cursor, above or below, where it hides less of the curves.

import { marker } from '../../plot/marks';
import { type Box, freest } from '../../plot/room';
import { clamp } from '../../plot/scale';
import { textWidth } from '../../plot/ticks';
import type { ChartFormat, ChartLine, LinePoint } from '../../plot/types';
import { Marks } from './Marks';
import styles from './Panel.module.css';

export interface Hit {
  readonly line: ChartLine;
  readonly point: LinePoint;
}

interface TipProps {
  /** Pixels of the cursor. */
  readonly x: number;
  readonly plot: Box;
  /** Of the whole panel, which the table does not leave. */
  readonly width: number;
  readonly head: string;
  readonly hits: readonly Hit[];
  readonly format: ChartFormat;
  readonly pixels: readonly { readonly x: number; readonly y: number }[];
  /** Where other texts are. */
  readonly taken: readonly Box[];
}

/** `2.249 ± 0.010 (3)`: the spread only where there is one. */
function valueText({ line, point }: Hit, format: ChartFormat): string {
  const spread = ` ± ${format.value((point.high - point.low) / 2)} (${line.singles.length})`;
  return format.value(point.mean) + (line.singles.length > 1 ? spread : '');
}

export function Tip({ x, plot, width, head, hits, format, pixels, taken }: TipProps) {
  const widths = hits.map((hit) => 40 + textWidth(hit.line.name + valueText(hit, format)));
  const size = { width: 22 + Math.max(textWidth(head), ...widths), height: 38 + 18 * hits.length };
  const beside = x > plot.left + plot.width / 2 ? x - 10 - size.width : x + 10;
  const left = clamp(beside, 0, Math.max(0, width - size.width));
  const bottom = plot.top + plot.height - size.height;
  const place = freest(
    [
      { left, top: plot.top },
      { left, top: Math.max(plot.top, bottom) },
    ],
    size,
    pixels,
    taken,
  );
  return (
    <div className={styles.tip} style={{ ...place, width: size.width }} aria-hidden="true">
      <p className={styles.tipHead}>{head}</p>
      {hits.map((hit) => (
        <p key={hit.line.key} className={styles.tipRow}>
          <svg width="12" height="12" aria-hidden="true">
            <Marks marks={[marker(hit.line.appearance, 6, 6)]} />
          </svg>
          <span>{hit.line.name}</span>
          <b>{valueText(hit, format)}</b>
        </p>
      ))}
    </div>
  );
}
