// The two loss charts with the learning rate under each: what has been computed, or else the plan.

import { useCallback, useMemo } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useStore } from 'zustand';
import { labelSpace } from '../../plot/labels';
import { rateAt } from '../../store/rates';
import { createViewStore } from '../../store/view';
import { hasSeconds } from '../charts/axis';
import { ChartControls } from '../charts/ChartControls';
import { createCursor, createPins } from '../charts/cursor';
import { fitView } from '../charts/fit';
import { Panel, type PanelProps } from '../charts/Panel';
import { useLab, useRecipe, useRun } from '../context';
import { ChartFault } from '../Fault';
import { change, count, loss, percent, rate } from '../format';
import { useSize } from '../hooks';
import { figureWords, panels, shiftWords } from '../strings';
import { ChartTable } from './ChartTable';
import styles from './Figure.module.css';
import { chartLines, phasesOf, plannedBoard, rateLines, shownArms, tokensPerStep } from './figure';
import { summary } from './summary';

const cursor = createCursor();
const pins = createPins();
const viewStore = createViewStore();
const { toggle, change: changeView, refit } = viewStore.getState();
const showAll = () => toggle('showAll');
const zoomTo: PanelProps['onZoom'] = (zoom) => changeView({ zoom });
const format = { tokens: (tokens: number) => `${count(tokens)} tokens`, value: loss, change };

function useFigure() {
  const { run } = useLab();
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const setting = useRecipe((state) => state.setting);
  const ranBoard = useRun((state) => state.board);
  const version = useRun((state) => state.curves);
  const planned = useMemo(() => plannedBoard({ arms, draft, setting }), [arms, draft, setting]);
  const board = ranBoard ?? planned;
  const shown = useMemo(() => shownArms(board, arms, ranBoard !== null), [board, arms, ranBoard]);
  const lines = useMemo(() => {
    // The version is what tells that the book's arrays have grown.
    void version;
    const of = (measure: 'd0' | 'd1') => (ranBoard ? chartLines(ranBoard, shown, run.book, measure) : []);
    return { d0: of('d0'), d1: of('d1') };
  }, [ranBoard, shown, run.book, version]);
  const rates = useMemo(() => rateLines(board, shown), [board, shown]);
  const phases = useMemo(
    () => phasesOf(board.plan, [shiftWords[board.setting.shift].from, figureWords.newPhase]),
    [board],
  );
  return { board, shown, lines, rates, phases };
}

interface LossFigureProps
  extends Pick<
    PanelProps,
    'width' | 'labelSpace' | 'lines' | 'rates' | 'phases' | 'tokensPerStep' | 'view' | 'describeRate'
  > {
  readonly measure: 'd0' | 'd1';
  /** Of caption and chart together; null leaves it to the chart. */
  readonly height: number | null;
  readonly table: boolean;
}

/** One of the charts with its caption, or its table. */
function LossFigure(props: LossFigureProps) {
  const { measure, width, height, table, lines, phases, view } = props;
  const fitted = useMemo(() => {
    const { zoom, logX, logY: log } = view;
    const weight = view.smooth ? view.weight : null;
    return fitView({ lines, phases, references: [], showAll: view.showAll || logX, zoom, log, weight });
  }, [lines, phases, view]);
  const { title, plan } = panels[measure];
  const stacked = width < 440;
  const panelHeight = Math.max(240, height === null ? 320 : height - (stacked ? 44 : 27));
  return (
    <figure className={styles.panel} style={{ width }}>
      <figcaption data-stacked={stacked}>
        <h2>{title}</h2>
        {fitted && fitted.cutShare > 0 && !table ? (
          <p>
            {`y starts after the first ${percent(Math.max(0.01, fitted.cutShare))} `}
            <button type="button" className={styles.link} onClick={showAll}>
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
          <ChartTable name={title} lines={lines} height={panelHeight} />
        ) : (
          <Panel
            {...props}
            name={title}
            height={panelHeight}
            unit={figureWords.axis}
            domain={fitted?.domain ?? null}
            cursor={cursor}
            pins={pins}
            onZoom={zoomTo}
            format={format}
            plan={<p className={styles.note}>{plan}</p>}
          />
        )}
      </ErrorBoundary>
    </figure>
  );
}

/** The row of view controls and the space under it. */
const controlsHeight = 28;

export function Figure({ tables }: { readonly tables: boolean }) {
  const { board, shown, lines, rates, phases } = useFigure();
  const view = useStore(viewStore);
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const side = width >= 620;
  const all = [...lines.d1, ...lines.d0];
  // Before there is a curve, they would change nothing.
  const controls = !tables && all.length > 0;
  const describeRate = useCallback(
    (tokens: number) => {
      const same = rates.length === board.plan.experiment.arms[0]?.stages.length;
      const schedules = same ? board.plan.experiment.arms[0]?.stages : undefined;
      return schedules ? `· lr ${rate(rateAt(schedules, tokens / tokensPerStep(board.plan)))}` : null;
    },
    [board, rates],
  );
  return (
    <div className={styles.figure} ref={box} data-arms={shown.length}>
      {controls && (
        <div className={styles.controls}>
          <ChartControls
            view={view}
            seconds={hasSeconds(all)}
            pins={pins}
            onToggle={toggle}
            onChange={changeView}
            onFit={refit}
          />
        </div>
      )}
      {width > 0 &&
        (['d1', 'd0'] as const).map((measure) => (
          <LossFigure
            key={measure}
            measure={measure}
            width={side ? Math.floor((width - 28) / 2) : width}
            height={side ? height - (controls ? controlsHeight : 0) : null}
            table={tables}
            labelSpace={labelSpace(all.map(({ label }) => label))}
            lines={lines[measure]}
            rates={rates}
            phases={phases}
            tokensPerStep={tokensPerStep(board.plan)}
            view={view}
            describeRate={describeRate}
          />
        ))}
    </div>
  );
}
