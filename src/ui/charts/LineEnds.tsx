// Names and markers where the lines end, and the names of the lines to compare with.

import { placeLabels } from '../../plot/labels';
import { clamp, type Domain, scale } from '../../plot/scale';
import { isShown, pixelOf, placeOf, type XAxis } from './axis';
import { inDomain } from './Backdrop';
import type { Frame } from './geometry';
import { MarkerShape } from './MarkerShape';
import styles from './Panel.module.css';
import type { Appearance, ChartLine, Reference } from './types';

interface LineEndsProps {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly domain: Domain;
  readonly logY: boolean;
  readonly lines: readonly ChartLine[];
  /** What is drawn in front instead of the means, by key. */
  readonly smooth: ReadonlyMap<string, readonly number[]> | null;
  readonly references: readonly Reference[];
  readonly formatValue: (value: number) => string;
}

interface End {
  readonly key: string;
  readonly text: string | null;
  readonly appearance: Appearance;
  readonly x: number;
  readonly y: number;
  readonly marked: boolean;
}

const labelGap = 15;

/** A line without a label is marked only while it is the one that grows. */
function marked(line: ChartLine, lines: readonly ChartLine[]): boolean {
  const last = line.points.at(-1)?.tokens ?? 0;
  return line.label !== null || lines.every((other) => (other.points.at(-1)?.tokens ?? 0) <= last);
}

/** Where a line ends, or leaves the view on the right. */
function tipOf({ frame, axis, domain, logY, smooth }: LineEndsProps, line: ChartLine) {
  const x = pixelOf(axis, frame);
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  const pixels = (index: number) => {
    const point = line.points[index];
    return point && { x: x(placeOf(axis, point)), y: y(smooth?.get(line.key)?.[index] ?? point.mean) };
  };
  const last = line.points.findLastIndex((point) => isShown(axis, placeOf(axis, point)));
  const [tip, next] = [pixels(last), pixels(last + 1)];
  if (!tip || !next || !(next.x > tip.x)) return tip;
  return { x: frame.right, y: tip.y + ((next.y - tip.y) * (frame.right - tip.x)) / (next.x - tip.x) };
}

function endsOf(props: LineEndsProps): End[] {
  const { frame, lines } = props;
  return lines.flatMap((line): End[] => {
    const tip = tipOf(props, line);
    if (!tip || !marked(line, lines)) return [];
    const { key, label: text, appearance } = line;
    return [{ key, text, appearance, x: tip.x, y: clamp(tip.y, frame.plotTop, frame.plotBottom), marked: true }];
  });
}

export function LineEnds(props: LineEndsProps) {
  const { frame, domain, logY, references, formatValue } = props;
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  const compared = references
    .filter(({ value }) => inDomain(domain, value))
    .map(({ key, label, value, appearance }): End => {
      const text = `${label} ${formatValue(value)}`;
      return { key: `reference ${key}`, text, appearance, x: frame.right, y: y(value), marked: false };
    });
  const ends = [...endsOf(props), ...compared];
  const places = placeLabels(ends, labelGap, frame.plotTop + 6, frame.plotBottom - 4);
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      {ends.map(({ key, text, appearance, x, y: height, marked: withMarker }) => (
        <g key={key}>
          {withMarker && <MarkerShape marker={appearance.marker} x={x} y={height} colour={appearance.colour} />}
          <text
            className={styles.label}
            x={x + 9}
            y={(places.get(key) ?? height) + 4}
            style={{ fill: appearance.colour }}
          >
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
