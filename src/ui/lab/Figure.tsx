// The two loss charts with the learning rate under each: what has been computed, or else the plan.

import { useCallback, useMemo, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { rateAt } from '../../store/rates';
import { createCursor } from '../charts/cursor';
import { type View, verticalView } from '../charts/geometry';
import { Panel } from '../charts/Panel';
import type { ChartLine } from '../charts/types';
import { useLab, useRecipe, useRun } from '../context';
import { ChartFault } from '../Fault';
import { count, loss, percent, rate } from '../format';
import { useSize } from '../hooks';
import { figureWords, panels, shiftWords } from '../strings';
import { ChartTable } from './ChartTable';
import styles from './Figure.module.css';
import { chartLines, phasesOf, plannedBoard, rateLines, shownArms } from './figure';
import { summary } from './summary';

const cursor = createCursor();
const formatTokens = (tokens: number) => `${count(tokens)} tokens`;
const formatTick = (tokens: number) => (tokens === 0 ? '0 tokens' : count(tokens));

/** Right margin for the longest label. */
function labelSpace(lines: readonly ChartLine[]): number {
  const longest = Math.max(0, ...lines.map((line) => line.label?.length ?? 0));
  return longest === 0 ? 14 : Math.min(120, 18 + 7 * longest);
}

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
  return { board, shown, lines, rates, phases: useMemo(() => phasesOf(board.plan), [board]) };
}

function viewOf(lines: readonly ChartLine[], phases: { switchAt: number; end: number }, showAll: boolean): View | null {
  const points = lines.flatMap((line) => [
    ...line.points,
    ...line.singles.flatMap((single) => single.map(({ tokens, value }) => ({ tokens, low: value, high: value }))),
  ]);
  return verticalView(points, phases.switchAt, phases.end, showAll);
}

export function Figure({ tables }: { readonly tables: boolean }) {
  const { board, shown, lines, rates, phases } = useFigure();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const side = width >= 620;
  const [showAll, setShowAll] = useState(false);
  const space = labelSpace([...lines.d1, ...lines.d0]);
  const words = shiftWords[board.setting.shift];
  const names = [words.from, figureWords.newPhase] as const;
  const describeRate = useCallback(
    (tokens: number) => {
      const same = rates.length === board.plan.experiment.arms[0]?.stages.length;
      const schedules = same ? board.plan.experiment.arms[0]?.stages : undefined;
      const perStep = board.plan.experiment.batch * board.plan.experiment.model.context;
      return schedules ? `· lr ${rate(rateAt(schedules, tokens / perStep))}` : null;
    },
    [board, rates],
  );
  const panel = (measure: 'd1' | 'd0') => {
    const view = viewOf(lines[measure], phases, showAll);
    const title = panels[measure].title;
    const panelWidth = side ? Math.floor((width - 28) / 2) : width;
    const stacked = panelWidth < 440;
    const panelHeight = Math.max(240, side ? height - (stacked ? 44 : 27) : 320);
    return (
      <figure key={measure} className={styles.panel} style={{ width: panelWidth }}>
        <figcaption data-stacked={stacked}>
          <h2>{title}</h2>
          {view && (view.cutShare > 0 || showAll) ? (
            <p>
              {!showAll && `y starts after the first ${percent(Math.max(0.01, view.cutShare))} `}
              <button type="button" className={styles.link} onClick={() => setShowAll(!showAll)}>
                {showAll ? figureWords.fit : figureWords.showAll}
              </button>
            </p>
          ) : (
            <p>{figureWords.unit}</p>
          )}
          <p className="hidden-text">{summary(measure, lines[measure], phases)}</p>
        </figcaption>
        <ErrorBoundary FallbackComponent={ChartFault} resetKeys={[board]}>
          {tables ? (
            <ChartTable name={title} lines={lines[measure]} height={panelHeight} />
          ) : (
            width > 0 && (
              <Panel
                name={title}
                width={panelWidth}
                height={panelHeight}
                labelSpace={space}
                lines={lines[measure]}
                rates={rates}
                phases={phases}
                unit={figureWords.axis}
                phaseNames={names}
                domain={view?.domain ?? null}
                cursor={cursor}
                formatTokens={formatTokens}
                formatValue={loss}
                formatTick={formatTick}
                describeRate={describeRate}
                plan={<p className={styles.note}>{panels[measure].plan}</p>}
              />
            )
          )}
        </ErrorBoundary>
      </figure>
    );
  };
  return (
    <div className={styles.figure} ref={box} data-arms={shown.length}>
      {panel('d1')}
      {panel('d0')}
    </div>
  );
}
