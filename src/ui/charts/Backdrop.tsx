// Behind the curves: the phases as faint bands with their names, and the lines to compare with.

import { clamp, type Domain, scale } from '../../plot/scale';
import { textWidth } from '../../plot/ticks';
import { pixelOf, type XAxis } from './axis';
import type { Frame } from './geometry';
import styles from './Panel.module.css';
import type { Band, Phases, Reference } from './types';

interface BackdropProps {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly phases: Phases;
  readonly unit: string;
}

interface VisibleBand extends Band {
  readonly left: number;
  readonly right: number;
  /** The phase begins inside the view, not at or before its edge. */
  readonly begins: boolean;
}

function visibleBands({ end, bands }: Phases, axis: XAxis, frame: Frame): VisibleBand[] {
  const x = pixelOf(axis, frame);
  const inside = (tokens: number) => clamp(x(axis.at(tokens)), frame.left, frame.right);
  return bands
    .map((band, i) => {
      const left = inside(band.start);
      return { ...band, left, right: inside(bands[i + 1]?.start ?? end), begins: i > 0 && left > frame.left };
    })
    .filter(({ left, right }) => right > left);
}

export function Backdrop({ frame, axis, phases, unit }: BackdropProps) {
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      {visibleBands(phases, axis, frame).map(({ start, name, shaded, left, right, begins }) => {
        const indent = begins || shaded ? 8 : 0;
        return (
          <g key={start}>
            {shaded && <rect x={left} width={right - left} height={frame.stripBottom} fill="var(--band)" />}
            {begins && <line x1={left} x2={left} y1={0} y2={frame.stripBottom} stroke="var(--hair)" />}
            {indent + textWidth(name) <= right - left && (
              <text x={left + indent} y={15}>
                {name}
              </text>
            )}
          </g>
        );
      })}
      <text x={frame.left - 8} y={15} textAnchor="end">
        {unit}
      </text>
    </svg>
  );
}

interface ReferencesProps {
  readonly frame: Frame;
  readonly domain: Domain;
  readonly logY: boolean;
  readonly references: readonly Reference[];
}

export function inDomain({ min, max }: Domain, value: number): boolean {
  return value >= min && value <= max;
}

export function References({ frame, domain, logY, references }: ReferencesProps) {
  const y = scale(domain, frame.plotBottom, frame.plotTop, logY);
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      {references
        .filter(({ value }) => inDomain(domain, value))
        .map(({ key, value, appearance }) => (
          <line
            key={key}
            x1={frame.left}
            x2={frame.right}
            y1={y(value)}
            y2={y(value)}
            stroke={appearance.colour}
            strokeDasharray={appearance.dash || '5 4'}
          />
        ))}
    </svg>
  );
}
