// The charts of one part of a figure, side by side: loss on the new text, loss on the old, learning rates under both.

import { useCallback, useMemo } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { figureAxis } from '../../experiment/figures/lines';
import type { ChosenPart } from '../../store/figureChoice';
import { isBeingTrained } from '../../store/figureEvidence';
import { rateAt } from '../../store/rates';
import { createCursor } from '../charts/cursor';
import { verticalView } from '../charts/geometry';
import { Panel } from '../charts/Panel';
import type { ChartLine } from '../charts/types';
import { useRun } from '../context';
import { ChartFault } from '../Fault';
import { count, loss, rate } from '../format';
import { useSize } from '../hooks';
import { ChartTable } from '../lab/ChartTable';
import figureStyles from '../lab/Figure.module.css';
import { summary } from '../lab/summary';
import { figureWords, panels } from '../strings';
import { curveLines, drawnSchedules, levelLines, type Shown, scheduleLines, within } from './lines';
import { pageWords } from './words';

const cursor = createCursor();
const formatTokens = (tokens: number) => `${count(tokens)} tokens`;
const formatTick = (tokens: number) => (tokens === 0 ? '0 tokens' : count(tokens));
/** Share of a run from random weights that may lie above the view. */
const steepShare = 1 / 3;

/** Right margin for the longest label. */
function labelSpace(lines: readonly ChartLine[]): number {
  const longest = Math.max(0, ...lines.map((line) => line.label?.length ?? 0));
  return longest === 0 ? 14 : Math.min(120, 18 + 7 * longest);
}

interface ChartsProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
  readonly shown: Shown;
  /** Share of the x axis that is drawn. */
  readonly window: number;
  readonly tables: boolean;
}

function useCharts({ figure, chosen, evidence, shown, window }: ChartsProps) {
  const axis = useMemo(() => figureAxis(figure, chosen.part), [figure, chosen]);
  const end = window * axis.end;
  const lines = useMemo(() => {
    const of = (measure: Measure) => {
      const curves = curveLines(figure, chosen, measure, evidence, shown).map((line) => within(line, end));
      // Levels to compare with mean nothing before there is something to compare.
      return curves.length === 0 ? [] : [...curves, ...levelLines(chosen, measure, evidence, shown, end)];
    };
    return { d0: of('d0'), d1: of('d1') };
  }, [figure, chosen, evidence, shown, end]);
  const rates = useMemo(() => scheduleLines(figure, chosen, shown, { end }), [figure, chosen, shown, end]);
  const switchAt = figure.origin === 'switch' ? 0 : end;
  return { end, lines, rates, phases: useMemo(() => ({ switchAt, end }), [switchAt, end]) };
}

/** The rate in words where all curves have the same. */
function useRateWords({ figure, chosen, shown }: ChartsProps) {
  return useCallback(
    (tokens: number) => {
      const schedules = drawnSchedules(figure, chosen, shown);
      const keys = new Set(schedules.map(({ start, stages }) => JSON.stringify([start, stages])));
      const { batch, model } = chosen.part.experiment;
      const [first] = schedules;
      if (!first || keys.size > 1) return null;
      return `· lr ${rate(rateAt(first.stages, (tokens - first.start) / (batch * model.context)))}`;
    },
    [figure, chosen, shown],
  );
}

/** What an empty plot says: what it will show, or that the stage before it trains now. */
function usePlanWords({ figure, chosen }: ChartsProps): (measure: Measure) => string {
  const phase = useRun((state) => state.phase);
  const planned = useRun((state) => state.planned);
  const before = figure.origin === 'switch' && isBeingTrained({ phase, planned }, chosen.whole.nodes);
  return (measure) => (before ? pageWords.base : pageWords.plan[measure]);
}

export function Charts(props: ChartsProps) {
  const { figure, chosen, tables } = props;
  const planWords = usePlanWords(props);
  const { lines, rates, phases, end } = useCharts(props);
  const describeRate = useRateWords(props);
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const beside = width >= 620 && figure.measures.length > 1;
  const space = labelSpace(figure.measures.flatMap((measure) => lines[measure]));
  const names: readonly [string, string] =
    figure.origin === 'switch' ? ['', pageWords.fromSwitch] : [pageWords.fromStart, ''];
  const panel = (measure: Measure) => {
    const own = lines[measure];
    const points = own.flatMap((line) => [
      ...line.points,
      ...line.singles.flatMap((single) => single.map(({ tokens, value }) => ({ tokens, low: value, high: value }))),
    ]);
    const view = verticalView(points, steepShare * phases.switchAt, end, false);
    const { title } = panels[measure];
    const panelWidth = beside ? Math.floor((width - 28) / 2) : width;
    const stacked = panelWidth < 440;
    const panelHeight = Math.max(240, width >= 620 ? height - (stacked ? 44 : 27) : 320);
    return (
      <figure key={measure} className={figureStyles.panel} style={{ width: panelWidth }}>
        <figcaption data-stacked={stacked}>
          <h2>{title}</h2>
          <p>{figureWords.unit}</p>
          <p className="hidden-text">{summary(measure, own, phases)}</p>
        </figcaption>
        <ErrorBoundary FallbackComponent={ChartFault} resetKeys={[chosen]}>
          {tables ? (
            <ChartTable name={title} lines={own} height={panelHeight} />
          ) : (
            width > 0 && (
              <Panel
                name={title}
                width={panelWidth}
                height={panelHeight}
                labelSpace={space}
                lines={own}
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
                plan={<p className={figureStyles.note}>{planWords(measure)}</p>}
              />
            )
          )}
        </ErrorBoundary>
      </figure>
    );
  };
  return (
    <div className={figureStyles.figure} ref={box}>
      {figure.measures.map(panel)}
    </div>
  );
}
