// The planned learning rate and the x axis; neither changes while a run goes on.

import { memo } from 'react';
import { type Domain, scale } from '../../plot/scale';
import { logTicks, placeTicks, tickLabels, ticks } from '../../plot/ticks';
import { chartWords } from '../strings';
import { pixelOf, type XAxis } from './axis';
import type { Frame } from './geometry';
import styles from './Panel.module.css';
import type { RateLine } from './types';

interface StripProps {
  readonly frame: Frame;
  readonly axis: XAxis;
  readonly rates: readonly RateLine[];
}

/** The points of a log axis: instead of zero tokens, where the axis begins. */
function fromPositive(points: RateLine['points'], begin: number): RateLine['points'] {
  const [first, second] = points;
  if (!first || !second || first.tokens > 0) return points;
  const rate = first.rate + ((second.rate - first.rate) * begin) / second.tokens;
  return begin < second.tokens ? [{ tokens: begin, rate }, ...points.slice(1)] : points.slice(1);
}

/** Round values along the axis: about one every 90 pixels, at most six. */
function axisTicks(domain: Domain, log: boolean, width: number): number[] {
  const count = Math.min(5, width / 90);
  const made = log ? logTicks(domain, count) : ticks(domain, count);
  // One number alone gives no scale.
  return made.length > 1 ? made : ticks(domain, 2 * count);
}

export const Strip = memo(function Strip({ frame, axis, rates }: StripProps) {
  const x = pixelOf(axis, frame);
  const highest = Math.max(...rates.flatMap((line) => line.points.map((point) => point.rate)), Number.MIN_VALUE);
  const y = scale({ min: 0, max: highest }, frame.stripBottom - 1, frame.stripTop + 2);
  const path = (line: RateLine) =>
    (axis.log ? fromPositive(line.points, axis.tokensAt(axis.full.min)) : line.points)
      .map(({ tokens, rate }, i) => `${i === 0 ? 'M' : 'L'}${x(axis.at(tokens)).toFixed(1)} ${y(rate).toFixed(1)}`)
      .join('');
  const values = axisTicks(axis.domain, axis.log, frame.right - frame.left);
  const placed = placeTicks(values, tickLabels(values, axis.log), chartWords.x[axis.unit], x, frame);
  return (
    <svg className={styles.layer} width={frame.width} height={frame.height} aria-hidden="true">
      <line x1={frame.left} x2={frame.right} y1={frame.stripBottom} y2={frame.stripBottom} stroke="var(--hair)" />
      <text x={frame.left - 8} y={frame.stripTop + 11} textAnchor="end">
        lr
      </text>
      <svg
        aria-hidden="true"
        x={frame.left - 1}
        width={frame.right - frame.left + 2}
        height={frame.height}
        viewBox={`${frame.left - 1} 0 ${frame.right - frame.left + 2} ${frame.height}`}
      >
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
      </svg>
      {placed.map(({ x: middle, text }) => (
        <text key={text} x={middle} y={frame.height - 5} textAnchor="middle">
          {text}
        </text>
      ))}
    </svg>
  );
});
