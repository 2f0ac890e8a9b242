// A panel: one loss chart with the learning rate under it on the same x axis. Layers share one frame, so that band,
// curves, strip and cursor agree to the pixel.

import { memo, type ReactNode, useMemo } from 'react';
import { CursorLayer } from './CursorLayer';
import type { Cursor } from './cursor';
import { type Domain, type Frame, frameOf, scale, ticks } from './geometry';
import { LossChart } from './LossChart';
import { placeLabels } from './labels';
import { MarkerShape } from './MarkerShape';
import styles from './Panel.module.css';
import type { ChartLine, Phases, RateLine } from './types';

export interface PanelProps {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly labelSpace: number;
  readonly lines: readonly ChartLine[];
  readonly rates: readonly RateLine[];
  readonly phases: Phases;
  /** Over the y axis. */
  readonly unit: string;
  /** Written once over each phase. */
  readonly phaseNames: readonly [string, string];
  /** Vertical view; null before there is a value. */
  readonly domain: Domain | null;
  readonly cursor: Cursor;
  readonly formatTokens: (tokens: number) => string;
  readonly formatValue: (value: number) => string;
  readonly formatTick: (tokens: number) => string;
  readonly describeRate: (tokens: number) => string | null;
  /** What the plot says while it has no curve. */
  readonly plan: ReactNode;
}

const labelGap = 15;

interface BackdropProps {
  readonly frame: Frame;
  readonly phases: Phases;
  readonly names: readonly [string, string];
  readonly unit: string;
}

function Backdrop({ frame, phases, names, unit }: BackdropProps) {
  const x = scale({ min: 0, max: phases.end }, frame.left, frame.right);
  const border = x(phases.switchAt);
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      <rect x={border} width={frame.right - border} height={frame.stripBottom} fill="var(--band)" />
      <line x1={border} x2={border} y1={0} y2={frame.stripBottom} stroke="var(--hair)" />
      <text x={frame.left - 8} y={15} textAnchor="end">
        {unit}
      </text>
      <text x={frame.left} y={15}>
        {names[0]}
      </text>
      <text x={border + 8} y={15}>
        {names[1]}
      </text>
    </svg>
  );
}

interface StripProps {
  readonly frame: Frame;
  readonly rates: readonly RateLine[];
  readonly end: number;
  readonly formatTick: (tokens: number) => string;
}

/** The planned learning rate and the x axis; it does not change while a run goes on. */
const Strip = memo(function Strip({ frame, rates, end, formatTick }: StripProps) {
  const x = scale({ min: 0, max: end }, frame.left, frame.right);
  const highest = Math.max(...rates.flatMap((line) => line.points.map((point) => point.rate)), Number.MIN_VALUE);
  const y = scale({ min: 0, max: highest }, frame.stripBottom - 1, frame.stripTop + 2);
  const path = (line: RateLine) =>
    line.points
      .map(({ tokens, rate }, i) => `${i === 0 ? 'M' : 'L'}${x(tokens).toFixed(1)} ${y(rate).toFixed(1)}`)
      .join('');
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      <line x1={frame.left} x2={frame.right} y1={frame.stripBottom} y2={frame.stripBottom} stroke="var(--hair)" />
      <text x={frame.left - 8} y={frame.stripTop + 11} textAnchor="end">
        lr
      </text>
      {rates.map((line) => (
        <path
          key={line.key}
          d={path(line)}
          fill="none"
          stroke={line.appearance.colour}
          strokeWidth={1.5}
          strokeDasharray={line.appearance.dash}
          strokeLinejoin="round"
        />
      ))}
      {ticks({ min: 0, max: end }, Math.min(5, (frame.right - frame.left) / 90)).map((value) => (
        <text key={value} x={x(value)} y={frame.height - 5} textAnchor={value === 0 ? 'start' : 'middle'}>
          {formatTick(value)}
        </text>
      ))}
    </svg>
  );
});

/** A line without a label is marked only while it is the one that grows. */
function marked(line: ChartLine, lines: readonly ChartLine[]): boolean {
  const last = line.points.at(-1)?.tokens ?? 0;
  return line.label !== null || lines.every((other) => (other.points.at(-1)?.tokens ?? 0) <= last);
}

/** Names and markers where the lines end. */
function LineEnds({
  frame,
  lines,
  end,
  domain,
}: {
  frame: Frame;
  lines: readonly ChartLine[];
  end: number;
  domain: Domain;
}) {
  const x = scale({ min: 0, max: end }, frame.left, frame.right);
  const y = scale(domain, frame.plotBottom, frame.plotTop);
  const inside = (value: number) => Math.max(frame.plotTop, Math.min(frame.plotBottom, y(value)));
  const ends = lines.flatMap((line) => {
    const point = line.points.at(-1);
    return point && marked(line, lines) ? [{ line, x: x(point.tokens), y: inside(point.mean) }] : [];
  });
  const places = placeLabels(
    ends.map((one) => ({ key: one.line.key, y: one.y })),
    labelGap,
    frame.plotTop + 6,
    frame.plotBottom - 4,
  );
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      {ends.map(({ line, x: tip, y: height }) => (
        <g key={line.key}>
          <MarkerShape marker={line.appearance.marker} x={tip} y={height} colour={line.appearance.colour} />
          <text
            className={styles.label}
            x={tip + 9}
            y={(places.get(line.key) ?? height) + 4}
            style={{ fill: line.appearance.colour }}
          >
            {line.label}
          </text>
        </g>
      ))}
    </svg>
  );
}

export function Panel(props: PanelProps) {
  const { name, width, height, labelSpace, lines, rates, phases, domain, cursor } = props;
  const strip = domain ? Math.max(44, Math.round(height * 0.14)) : Math.round(height * 0.3);
  const frame = useMemo(
    () => frameOf({ width, height, labels: labelSpace, strip }),
    [width, height, labelSpace, strip],
  );
  const yTicks = useMemo(() => (domain ? ticks(domain, Math.max(3, Math.round(height / 90))) : []), [domain, height]);
  return (
    <div className={styles.panel} style={{ width, height }}>
      <Backdrop frame={frame} phases={phases} names={props.phaseNames} unit={domain ? props.unit : ''} />
      {domain && <LossChart frame={frame} lines={lines} end={phases.end} domain={domain} ticks={yTicks} />}
      <Strip frame={frame} rates={rates} end={phases.end} formatTick={props.formatTick} />
      {domain && <LineEnds frame={frame} lines={lines} end={phases.end} domain={domain} />}
      {!domain && (
        <div
          className={styles.plan}
          style={{
            left: frame.left,
            width: frame.right - frame.left,
            top: frame.plotTop,
            bottom: height - frame.plotBottom,
          }}
        >
          {props.plan}
        </div>
      )}
      {domain && (
        <CursorLayer
          frame={frame}
          cursor={cursor}
          lines={lines}
          end={phases.end}
          domain={domain}
          name={name}
          formatTokens={props.formatTokens}
          formatValue={props.formatValue}
          describeRate={props.describeRate}
        />
      )}
    </div>
  );
}
