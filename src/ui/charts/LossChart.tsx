// One loss chart in recharts: grid, axis, bands, single seeds and mean lines. Everything that a hover or a label needs
// is drawn by other layers in the same frame, so this one renders only when the curves change.

import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import { axisWidth, type Domain, type Frame, tickDecimals } from './geometry';
import type { ChartLine } from './types';

interface LossChartProps {
  readonly frame: Frame;
  readonly lines: readonly ChartLine[];
  readonly end: number;
  readonly domain: Domain;
  readonly ticks: readonly number[];
}

interface Row {
  tokens: number;
  [key: string]: number | [number, number];
}

/** One row a token count; each line has its own columns in it. */
function rowsOf(lines: readonly ChartLine[]): Row[] {
  const rows = new Map<number, Row>();
  const row = (tokens: number) => {
    const present = rows.get(tokens);
    if (present) return present;
    const made: Row = { tokens };
    rows.set(tokens, made);
    return made;
  };
  for (const { key, points, singles } of lines) {
    for (const { tokens, mean, low, high } of points) {
      const at = row(tokens);
      at[key] = mean;
      if (singles.length > 1) at[`${key} band`] = [low, high];
    }
    singles.forEach((single, i) => {
      for (const { tokens, value } of single) row(tokens)[`${key} ${i}`] = value;
    });
  }
  return [...rows.values()].sort((a, b) => a.tokens - b.tokens);
}

function seriesOf({ key, appearance, singles }: ChartLine) {
  const still = { isAnimationActive: false, connectNulls: true, dot: false, activeDot: false } as const;
  const stroke = appearance.colour;
  const band = singles.length > 1 && (
    <Area {...still} key={`${key} band`} dataKey={`${key} band`} stroke="none" fill={stroke} fillOpacity={0.15} />
  );
  const thin = singles
    .map((_, seed) => `${key} ${seed}`)
    .map((name) => (
      <Line {...still} key={name} dataKey={name} stroke={stroke} strokeWidth={0.75} strokeOpacity={0.45} />
    ));
  return [
    band,
    ...thin,
    <Line
      {...still}
      key={key}
      dataKey={key}
      stroke={stroke}
      strokeWidth={2}
      strokeDasharray={appearance.dash}
      strokeLinejoin="round"
      strokeLinecap="round"
    />,
  ];
}

export const LossChart = memo(function LossChart({ frame, lines, end, domain, ticks }: LossChartProps) {
  const rows = useMemo(() => rowsOf(lines), [lines]);
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
      <XAxis dataKey="tokens" type="number" domain={[0, end]} allowDataOverflow hide />
      <YAxis
        type="number"
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
      {lines.flatMap(seriesOf)}
    </ComposedChart>
  );
});
