// The Lab's two loss charts: what has been computed, or else the plan.

import { useCallback, useMemo } from 'react';
import { rateAt } from '../../store/rates';
import { useLab, useRecipe, useRun } from '../context';
import { rate } from '../format';
import { figureWords, panels, shiftWords } from '../strings';
import { chartLines, phasesOf, plannedBoard, rateLines, shownArms, tokensPerStep } from './figure';
import { createLooking, LossCharts } from './LossCharts';

const looking = createLooking();
const measures = ['d1', 'd0'] as const;
const planned = { d1: panels.d1.plan, d0: panels.d0.plan };

function useFigure() {
  const { run } = useLab();
  const arms = useRecipe((state) => state.arms);
  const draft = useRecipe((state) => state.draft);
  const setting = useRecipe((state) => state.setting);
  const ranBoard = useRun((state) => state.board);
  const version = useRun((state) => state.curves);
  const plan = useMemo(() => plannedBoard({ arms, draft, setting }), [arms, draft, setting]);
  const board = ranBoard ?? plan;
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
  return { board, lines, rates, phases };
}

export function Figure({ tables }: { readonly tables: boolean }) {
  const { board, lines, rates, phases } = useFigure();
  const describeRate = useCallback(
    (tokens: number) => {
      const same = rates.length === board.plan.experiment.arms[0]?.stages.length;
      const schedules = same ? board.plan.experiment.arms[0]?.stages : undefined;
      return schedules ? `· lr ${rate(rateAt(schedules, tokens / tokensPerStep(board.plan)))}` : null;
    },
    [board, rates],
  );
  return (
    <LossCharts
      measures={measures}
      lines={lines}
      rates={rates}
      phases={phases}
      tokensPerStep={tokensPerStep(board.plan)}
      describeRate={describeRate}
      steep
      plan={planned}
      tables={tables}
      looking={looking}
    />
  );
}
