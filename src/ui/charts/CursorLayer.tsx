// What follows the hand: the line, the points and the values under the pointer, and what the pins say. It listens to the
// cursor by itself, so that moving the pointer renders this layer and no chart.

import { useMemo, useSyncExternalStore } from 'react';
import { isShown, pixelOf, placeOf, type XAxis } from '../../plot/axis';
import { marker } from '../../plot/marks';
import { type Box, plotBox } from '../../plot/room';
import { type Domain, scale } from '../../plot/scale';
import type { ChartFormat, ChartLine, LinePoint, Reference } from '../../plot/types';
import { nearest } from './cursor';
import { Marks } from './Marks';
import styles from './Panel.module.css';
import { Deltas, useDeltaBlock } from './PinLayer';
import { Reach, type Readable } from './Reach';
import { type Hit, Tip } from './Tip';

interface CursorLayerProps extends Readable {
  readonly domain: Domain;
  readonly logY: boolean;
  readonly references: readonly Reference[];
  /** Where the note about smoothing stands. */
  readonly note: Box | null;
  readonly describeRate: (tokens: number) => string | null;
}

/** The line's point at these tokens; on a time axis, where lines have their own pace, the one nearest in time. */
function pointAt(points: readonly LinePoint[], tokens: number, axis: XAxis): LinePoint | undefined {
  if (axis.unit !== 'seconds') return points.find((point) => point.tokens === tokens);
  const times = points.map((point) => placeOf(axis, point));
  const now = axis.at(tokens);
  return now >= (times[0] ?? 0) && now <= (times.at(-1) ?? 0) ? points[nearest(times, now)] : undefined;
}

function hitsAt(lines: readonly ChartLine[], tokens: number, axis: XAxis): Hit[] {
  return lines
    .flatMap((line) => {
      const point = pointAt(line.points, tokens, axis);
      return point ? [{ line, point }] : [];
    })
    .sort((a, b) => b.point.mean - a.point.mean);
}

/** The place in the axis's own unit. */
function placeName({ unit, at }: XAxis, tokens: number, format: ChartFormat): string {
  if (unit === 'steps') return `step ${Math.round(at(tokens))}`;
  return unit === 'seconds' ? `${at(tokens).toFixed(1)} s` : format.tokens(tokens);
}

/** The token counts that have a value and are in sight, ascending. */
function stopsOf(lines: readonly ChartLine[], axis: XAxis): number[] {
  const all = new Set(lines.flatMap((line) => line.points.map((point) => point.tokens)));
  return [...all].filter((tokens) => isShown(axis, axis.at(tokens))).sort((a, b) => a - b);
}

type Placed = Pick<CursorLayerProps, 'frame' | 'axis' | 'domain' | 'logY' | 'lines'>;

/** All points of the curves in pixels. */
function pixelsOf({ frame, axis, domain, logY, lines }: Placed) {
  const x = pixelOf(axis, frame);
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  return lines.flatMap((line) => line.points.map((point) => ({ x: x(placeOf(axis, point)), y: y(point.mean) })));
}

export function CursorLayer(props: CursorLayerProps) {
  const { frame, axis, cursor, lines, references, domain, logY, note, format } = props;
  const position = useSyncExternalStore(cursor.subscribe, cursor.get);
  const stops = useMemo(() => stopsOf(lines, axis), [lines, axis]);
  const index = position === null ? -1 : nearest(stops, position);
  const tokens = index < 0 ? null : (stops[index] ?? null);
  const hits = tokens === null ? [] : hitsAt(lines, tokens, axis);
  const x = pixelOf(axis, frame);
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  const place = tokens === null ? '' : placeName(axis, tokens, format);
  const said = [
    ...hits.map(({ line, point }) => `${line.name} ${format.value(point.mean)}`),
    ...references.map(({ label, value }) => `${label} ${format.value(value)}`),
  ].join(', ');
  const at = tokens === null ? 0 : x(axis.at(tokens));
  const pixels = useMemo(() => pixelsOf({ frame, axis, domain, logY, lines }), [frame, axis, domain, logY, lines]);
  const block = useDeltaBlock({ frame, lines, pins: props.pins, format, pixels, note });
  return (
    <>
      {block && <Deltas {...block} />}
      <Reach {...props} stops={stops} index={index} said={tokens === null ? 'no position' : `${place}: ${said}`} />
      {tokens !== null && (
        <>
          <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
            <line
              x1={at}
              x2={at}
              y1={frame.plotTop}
              y2={frame.stripBottom}
              stroke="var(--edge)"
              strokeDasharray="2 2"
            />
            <Marks
              marks={hits
                .map(({ line, point }) => ({ line, left: x(placeOf(axis, point)), top: y(point.mean) }))
                .filter(({ top }) => top >= frame.plotTop && top <= frame.plotBottom)
                .map(({ line, left, top }) => marker(line.appearance, left, top))}
            />
          </svg>
          <Tip
            x={at}
            plot={plotBox(frame)}
            width={frame.width}
            head={`${place} ${props.describeRate(tokens) ?? ''}`}
            hits={hits}
            format={format}
            pixels={pixels}
            taken={[note, block?.box ?? null].filter((box) => box !== null)}
          />
        </>
      )}
    </>
  );
}
