// One loss chart in recharts: grid, axis, bands, single seeds and mean lines. Everything that a hover or a label needs
// is drawn by other layers in the same frame, so this one renders only when the curves or the view change.

import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { placeOf, type XAxis as SharedAxis } from '../../plot/axis';
import { meanStroke, seedStroke, spreadOpacity } from '../../plot/curves';
import { axisWidth, type Frame } from '../../plot/frame';
import type { Domain } from '../../plot/scale';
import { tickDecimals } from '../../plot/ticks';
import type { ChartLine } from '../../plot/types';

interface LossChartProps {
  readonly frame: Frame;
  readonly lines: readonly ChartLine[];
  /** Drawn in front of the means, which then lie thin behind; by key. */
  readonly smooth: ReadonlyMap<string, readonly number[]> | null;
  readonly axis: SharedAxis;
  readonly domain: Domain;
  readonly logY: boolean;
  readonly ticks: readonly number[];
}

interface Row {
  x: number;
  [key: string]: number | [number, number];
}

/** One row a place on the x axis; each line has its own columns in it. A log axis has no place for 0. */
function rowsOf(lines: readonly ChartLine[], smooth: LossChartProps['smooth'], axis: SharedAxis): Row[] {
  const rows = new Map<number, Row>();
  const row = (x: number) => {
    const present = rows.get(x);
    if (present) return present;
    const made: Row = { x };
    rows.set(x, made);
    return made;
  };
  for (const { key, points, singles } of lines) {
    const front = smooth?.get(key);
    points.forEach((point, i) => {
      const at = row(placeOf(axis, point));
      at[key] = front?.[i] ?? point.mean;
      if (front) at[`${key} raw`] = point.mean;
      if (singles.length > 1) at[`${key} band`] = [point.low, point.high];
    });
    singles.forEach((single, i) => {
      for (const { tokens, value } of single) row(axis.at(tokens))[`${key} ${i}`] = value;
    });
  }
  return [...rows.values()].filter(({ x }) => !axis.log || x > 0).sort((a, b) => a.x - b.x);
}

function seriesOf({ key, appearance, singles }: ChartLine, isSmooth: boolean) {
  const still = { isAnimationActive: false, connectNulls: true, dot: false, activeDot: false } as const;
  const stroke = appearance.colour;
  const band = singles.length > 1 && (
    <Area
      {...still}
      key={`${key} band`}
      dataKey={`${key} band`}
      stroke="none"
      fill={stroke}
      fillOpacity={spreadOpacity}
    />
  );
  const thin = singles
    .map((_, seed) => `${key} ${seed}`)
    .map((name) => <Line {...still} {...seedStroke} key={name} dataKey={name} stroke={stroke} />);
  const raw = isSmooth && (
    <Line {...still} key={`${key} raw`} dataKey={`${key} raw`} stroke={stroke} strokeOpacity={0.55} />
  );
  return [
    band,
    ...thin,
    raw,
    <Line {...still} {...meanStroke(appearance)} key={key} dataKey={key} stroke={stroke} strokeLinejoin="round" />,
  ];
}

export const LossChart = memo(function LossChart(props: LossChartProps) {
  const { frame, lines, smooth, axis, domain, logY, ticks } = props;
  const rows = useMemo(() => rowsOf(lines, smooth, axis), [lines, smooth, axis]);
  const decimals = tickDecimals(ticks);
  const margin = {
    top: frame.plotTop,
    right: frame.width - frame.right,
    bottom: frame.height - frame.plotBottom,
    left: frame.left - axisWidth,
  };
  return (
    <ComposedChart width={frame.width} height={frame.height} data={rows} margin={margin} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--grid)" syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        scale={axis.log ? 'log' : 'linear'}
        domain={[axis.domain.min, axis.domain.max]}
        allowDataOverflow
        hide
      />
      <YAxis
        type="number"
        scale={logY ? 'log' : 'linear'}
        width={axisWidth}
        domain={[domain.min, domain.max]}
        ticks={[...ticks]}
        tickFormatter={(value: number) => value.toFixed(decimals)}
        tick={{ fill: 'var(--faint)', fontSize: 12 }}
        axisLine={false}
        tickLine={false}
        allowDataOverflow
        interval={0}
      />
      {lines.flatMap((line) => seriesOf(line, smooth !== null))}
    </ComposedChart>
  );
});
