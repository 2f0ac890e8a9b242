// The line, the points and the small table of values under the pointer. It is a slider for the keyboard, so that a
// screen reader reads values only when a person moves it, never because training went on.

import { type KeyboardEvent, type PointerEvent, useMemo, useSyncExternalStore } from 'react';
import { type Cursor, nearest } from './cursor';
import { type Domain, type Frame, scale } from './geometry';
import { MarkerShape } from './MarkerShape';
import styles from './Panel.module.css';
import type { ChartLine, LinePoint } from './types';

interface CursorLayerProps {
  readonly frame: Frame;
  readonly cursor: Cursor;
  readonly lines: readonly ChartLine[];
  readonly end: number;
  readonly domain: Domain;
  readonly name: string;
  /** `2.0 M tokens` */
  readonly formatTokens: (tokens: number) => string;
  readonly formatValue: (value: number) => string;
  /** Learning rate at these tokens in words, or null where arms differ. */
  readonly describeRate: (tokens: number) => string | null;
}

interface Hit {
  readonly line: ChartLine;
  readonly point: LinePoint;
}

function hitsAt(lines: readonly ChartLine[], tokens: number): Hit[] {
  return lines
    .flatMap((line) => {
      const point = line.points.find((candidate) => candidate.tokens === tokens);
      return point ? [{ line, point }] : [];
    })
    .sort((a, b) => b.point.mean - a.point.mean);
}

export function CursorLayer(props: CursorLayerProps) {
  const { frame, cursor, lines, end, domain, name, formatTokens, formatValue, describeRate } = props;
  const position = useSyncExternalStore(cursor.subscribe, cursor.get);
  const stops = useMemo(
    () => [...new Set(lines.flatMap((line) => line.points.map((point) => point.tokens)))].sort((a, b) => a - b),
    [lines],
  );
  const index = position === null ? -1 : nearest(stops, position);
  const tokens = index < 0 ? null : (stops[index] ?? null);
  const hits = tokens === null ? [] : hitsAt(lines, tokens);
  const x = scale({ min: 0, max: end }, frame.left, frame.right);
  const y = scale(domain, frame.plotBottom, frame.plotTop);

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cursor.set(Math.max(0, Math.min(1, inside / (frame.right - frame.left))) * end);
  };
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
    const last = stops.length - 1;
    const from = index < 0 ? last : index;
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : from + (steps[event.key] ?? Number.NaN);
    if (event.key === 'Escape') cursor.set(null);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    cursor.set(stops[Math.max(0, Math.min(last, to))] ?? null);
  };

  const said = hits.map(({ line, point }) => `${line.name} ${formatValue(point.mean)}`).join(', ');
  const flip = tokens !== null && x(tokens) > (frame.left + frame.right) / 2;
  return (
    <>
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
        aria-label={`Read values of: ${name}`}
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={tokens ?? 0}
        aria-valuetext={tokens === null ? 'no position' : `${formatTokens(tokens)}: ${said}`}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => cursor.set(null)}
        onBlur={() => cursor.set(null)}
        onKeyDown={move}
      />
      {tokens !== null && (
        <>
          <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
            <line
              x1={x(tokens)}
              x2={x(tokens)}
              y1={frame.plotTop}
              y2={frame.stripBottom}
              stroke="var(--edge)"
              strokeDasharray="2 2"
            />
            {hits.map(({ line, point }) => {
              const at = y(point.mean);
              if (at < frame.plotTop || at > frame.plotBottom) return null;
              const { colour, marker } = line.appearance;
              return <MarkerShape key={line.key} marker={marker} x={x(tokens)} y={at} colour={colour} />;
            })}
          </svg>
          <div
            className={styles.tip}
            style={flip ? { right: frame.width - x(tokens) + 10 } : { left: x(tokens) + 10 }}
            aria-hidden="true"
          >
            <p className={styles.tipHead}>
              {formatTokens(tokens)} {describeRate(tokens)}
            </p>
            {hits.map(({ line, point }) => (
              <p key={line.key} className={styles.tipRow}>
                <svg width="12" height="12" aria-hidden="true">
                  <MarkerShape marker={line.appearance.marker} x={6} y={6} colour={line.appearance.colour} />
                </svg>
                <span>{line.name}</span>
                <b>
                  {formatValue(point.mean)}
                  {line.singles.length > 1 &&
                    ` ± ${formatValue((point.high - point.low) / 2)} (${line.singles.length})`}
                </b>
              </p>
            ))}
          </div>
        </>
      )}
    </>
  );
}
