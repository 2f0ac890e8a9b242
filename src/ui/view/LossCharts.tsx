// The loss charts of a page in a row with the learning rate under each, their controls above them, or the same as tables.

import { useMemo } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useStore } from 'zustand';
import type { Measure } from '../../experiment/readings';
import { hasSeconds } from '../../plot/axis';
import { fitView } from '../../plot/fit';
import { labelSpace } from '../../plot/labels';
import type { ChartLine, Reference } from '../../plot/types';
import { type ChartView, createViewStore, type ViewStore } from '../../store/view';
import { ChartControls } from '../charts/ChartControls';
import { type Cell, type Cursor, createCursor, createPins } from '../charts/cursor';
import { Panel, type PanelProps } from '../charts/Panel';
import type { Pins } from '../charts/pins';
import { ChartFault } from '../Fault';
import { change, count, loss, percent } from '../format';
import { useSize } from '../hooks';
import { useScreen } from '../screen';
import { figureWords, panels } from '../strings';
import { ChartTable } from './ChartTable';
import styles from './LossCharts.module.css';
import { summary } from './summary';
import page from './View.module.css';

const format = { tokens: (tokens: number) => `${count(tokens)} tokens`, value: loss, change };

/** How the charts of one page are looked at together: cursor, pins and view. */
export interface Looking {
  readonly cursor: Cursor;
  readonly pins: Cell<Pins>;
  readonly view: ViewStore;
  readonly showAll: () => void;
  readonly zoomTo: PanelProps['onZoom'];
}

/** @param begin how it is looked at first, where that is not the plain way */
export function createLooking(begin: Partial<ChartView> = {}): Looking {
  const view = createViewStore(begin);
  return {
    cursor: createCursor(),
    pins: createPins(),
    view,
    showAll: () => view.toggle('showAll'),
    zoomTo: (zoom) => view.change({ zoom }),
  };
}

export type ByMeasure<T> = Readonly<Record<Measure, T>>;

type Shared = Pick<PanelProps, 'rates' | 'phases' | 'tokensPerStep' | 'describeRate'> & {
  /** May the steep beginning be left above the view? Right for training from random weights. */
  readonly steep: boolean;
  /** What a plot says while it has no curve. */
  readonly plan: ByMeasure<string>;
};

interface LossFigureProps extends Shared, Pick<PanelProps, 'width' | 'labelSpace' | 'lines' | 'view'> {
  readonly measure: Measure;
  /** Of caption and chart together; null leaves it to the chart. */
  readonly height: number | null;
  readonly table: boolean;
  readonly looking: Looking;
  readonly references: readonly Reference[];
}

/** One of the charts with its caption, or its table. */
function LossFigure(props: LossFigureProps) {
  const { measure, width, height, table, lines, references, phases, view, steep, looking } = props;
  const fitted = useMemo(() => {
    const { zoom, logX, logY: log } = view;
    const weight = view.smooth ? view.weight : null;
    return fitView({ lines, phases, references, showAll: view.showAll || logX || !steep, zoom, log, weight });
  }, [lines, references, phases, view, steep]);
  const { title } = panels[measure];
  const stacked = width < 440;
  const panelHeight = Math.max(240, height === null ? 320 : height - (stacked ? 44 : 27));
  return (
    <figure className={styles.panel} style={{ width }}>
      <figcaption data-stacked={stacked}>
        <h2>{title}</h2>
        {fitted && fitted.cutShare > 0 && !table ? (
          <p>
            {`y starts after the first ${percent(Math.max(0.01, fitted.cutShare))} `}
            <button type="button" className={page.link} onClick={looking.showAll}>
              {figureWords.showAll}
            </button>
          </p>
        ) : (
          <p>{figureWords.unit}</p>
        )}
        <p className="hidden-text">{summary(measure, lines, phases)}</p>
      </figcaption>
      <ErrorBoundary FallbackComponent={ChartFault} resetKeys={[phases]}>
        {table ? (
          <ChartTable name={title} lines={lines} references={references} height={panelHeight} />
        ) : (
          <Panel
            {...props}
            name={title}
            height={panelHeight}
            unit={figureWords.axis}
            domain={fitted?.domain ?? null}
            cursor={looking.cursor}
            pins={looking.pins}
            onZoom={looking.zoomTo}
            format={format}
            plan={<p className={styles.note}>{props.plan[measure]}</p>}
          />
        )}
      </ErrorBoundary>
    </figure>
  );
}

/** The row of view controls and the space under it. */
const controlsHeight = 28;

const noReferences: ByMeasure<readonly Reference[]> = { old: [], new: [] };

interface LossChartsProps extends Shared {
  /** From left to right. */
  readonly measures: readonly Measure[];
  readonly lines: ByMeasure<readonly ChartLine[]>;
  readonly references?: ByMeasure<readonly Reference[]>;
  readonly tables: boolean;
  readonly looking: Looking;
}

export function LossCharts(props: LossChartsProps) {
  const { measures, lines, references = noReferences, tables, looking, ...shared } = props;
  const view = useStore(looking.view);
  const { ui } = useScreen();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const roomy = width >= 620;
  const columns = roomy ? measures.length : 1;
  const all = measures.flatMap((measure) => lines[measure]);
  const level = ({ label, value }: Reference) => `${label} ${loss(value)}`;
  const labels = [...all.map(({ label }) => label), ...measures.flatMap((measure) => references[measure].map(level))];
  // Before there is a curve, they would change nothing.
  const controls = !tables && all.length > 0 && ui !== 'embed';
  return (
    <div className={styles.figure} ref={box}>
      {controls && (
        <div className={styles.controls}>
          <ChartControls
            view={view}
            seconds={hasSeconds(all)}
            pins={looking.pins}
            onToggle={looking.view.toggle}
            onChange={looking.view.change}
            onFit={looking.view.refit}
          />
        </div>
      )}
      {width > 0 &&
        measures.map((measure) => (
          <LossFigure
            key={measure}
            {...shared}
            measure={measure}
            width={Math.floor((width - 28 * (columns - 1)) / columns)}
            height={roomy ? height - (controls ? controlsHeight : 0) : null}
            table={tables}
            labelSpace={labelSpace(labels)}
            lines={lines[measure]}
            references={references[measure]}
            view={view}
            looking={looking}
          />
        ))}
    </div>
  );
}
