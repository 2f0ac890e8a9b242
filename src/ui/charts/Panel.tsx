// A panel: one loss chart with the learning rate under it on the same x axis. Layers share one frame and one axis, so
// that bands, curves, strip, cursor and pins agree to the pixel.

import { type ReactNode, useMemo } from 'react';
import type { Range } from '../../plot/axis';
import { clockOf, firstTokens, xAxis } from '../../plot/axis';
import { endMarks, levelMarks } from '../../plot/curves';
import { frameOf } from '../../plot/frame';
import { backdropMarks, stripMarks } from '../../plot/panel';
import type { Domain } from '../../plot/scale';
import { smoothed } from '../../plot/smoothing';
import { lossTicks } from '../../plot/ticks';
import type { ChartFormat, ChartLine, Phases, RateLine, Reference } from '../../plot/types';
import type { ChartView } from '../../store/view';
import { chartWords } from '../strings';
import { BumpNote, bumpNote } from './BumpNote';
import { CursorLayer } from './CursorLayer';
import type { Cell, Cursor } from './cursor';
import { LossChart } from './LossChart';
import { Layer } from './Marks';
import styles from './Panel.module.css';
import { PinLines } from './PinLayer';
import type { Pins } from './pins';

export interface PanelProps {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly labelSpace: number;
  readonly lines: readonly ChartLine[];
  readonly rates: readonly RateLine[];
  readonly references?: readonly Reference[];
  readonly phases: Phases;
  readonly tokensPerStep: number;
  /** Over the y axis. */
  readonly unit: string;
  readonly view: ChartView;
  /** Vertical view (see `fitView`); null before there is a value. */
  readonly domain: Domain | null;
  readonly cursor: Cursor;
  readonly pins: Cell<Pins>;
  /** A part of the x axis was chosen in the chart; null asks for everything. */
  readonly onZoom: (range: Range | null) => void;
  readonly format: ChartFormat;
  /** Learning rate at these tokens in words, or null where arms differ. */
  readonly describeRate: (tokens: number) => string | null;
  /** What the plot says while it has no curve. */
  readonly plan: ReactNode;
}

const noReferences: readonly Reference[] = [];

/** The axis, made anew only when something changes what it shows. */
function useAxis({ lines, phases: { end }, tokensPerStep, view: { xUnit: unit, logX: log, zoom } }: PanelProps) {
  const clock = useMemo(() => (unit === 'seconds' ? clockOf(lines) : null), [unit, lines]);
  const first = log ? firstTokens(lines, tokensPerStep) : tokensPerStep;
  return useMemo(
    () => xAxis({ unit, log, zoom, end, tokensPerStep, clock, firstTokens: first }),
    [unit, log, zoom, end, tokensPerStep, clock, first],
  );
}

export function Panel(props: PanelProps) {
  const { name, width, height, labelSpace, lines, rates, references = noReferences, phases, view, domain } = props;
  const strip = domain ? Math.max(44, Math.round(height * 0.14)) : Math.round(height * 0.3);
  const frame = useMemo(
    () => frameOf({ width, height, labels: labelSpace, strip }),
    [width, height, labelSpace, strip],
  );
  const axis = useAxis(props);
  const { logY, smooth: isSmooth, weight } = view;
  const smooth = useMemo(() => (isSmooth ? smoothed(lines, weight) : null), [lines, isSmooth, weight]);
  const yTicks = useMemo(() => (domain ? lossTicks(domain, logY, height) : []), [domain, logY, height]);
  // Neither changes while a run goes on.
  const unit = domain ? props.unit : '';
  const backdrop = useMemo(() => backdropMarks(frame, axis, phases, unit), [frame, axis, phases, unit]);
  const rateStrip = useMemo(() => stripMarks(frame, axis, rates, chartWords.x[axis.unit]), [frame, axis, rates]);
  const plot = domain && { frame, axis, domain, logY, lines, references };
  const start = phases.bands.at(-1)?.start ?? 0;
  const note = useMemo(
    () => (domain && smooth ? bumpNote({ frame, axis, domain, logY, lines, smooth, start }) : null),
    [frame, axis, domain, logY, lines, smooth, start],
  );
  return (
    <div className={styles.panel} style={{ width, height }}>
      <Layer frame={frame} marks={backdrop} />
      {plot && (
        <>
          <PinLines frame={frame} axis={axis} pins={props.pins} />
          <Layer frame={frame} marks={levelMarks(plot, references)} />
          <LossChart
            frame={frame}
            lines={lines}
            smooth={smooth}
            axis={axis}
            domain={plot.domain}
            logY={logY}
            ticks={yTicks}
          />
        </>
      )}
      <Layer frame={frame} marks={rateStrip} />
      {plot ? (
        <>
          <Layer frame={frame} marks={endMarks({ ...plot, smooth, formatValue: props.format.value })} />
          {note && <BumpNote {...note} />}
          <CursorLayer
            {...plot}
            note={note?.box ?? null}
            name={name}
            end={phases.end}
            cursor={props.cursor}
            pins={props.pins}
            onZoom={props.onZoom}
            format={props.format}
            describeRate={props.describeRate}
          />
        </>
      ) : (
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
    </div>
  );
}
