// The charts of one part of a figure: curves from its origin on, runs that only compare as level lines, schedules under them.

import { useCallback, useMemo } from 'react';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { figureAxis } from '../../experiment/figures/lines';
import type { ChosenPart } from '../../store/figureChoice';
import { isBeingTrained } from '../../store/figureEvidence';
import { rateAt } from '../../store/rates';
import { useRun } from '../context';
import { rate } from '../format';
import { type Looking, LossCharts } from '../lab/LossCharts';
import { curveLines, drawnSchedules, levels, type Shown, scheduleLines, steepArms } from './lines';
import { pageWords } from './words';

interface ChartsProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
  readonly shown: Shown;
  readonly tables: boolean;
  readonly looking: Looking;
}

function useCurves({ figure, chosen, evidence, shown }: ChartsProps) {
  return useMemo(() => {
    const of = (measure: Measure) => curveLines(figure, chosen, measure, evidence, shown);
    const lines = { d0: of('d0'), d1: of('d1') };
    // Levels to compare with mean nothing before there is something to compare.
    const compared = (measure: Measure) =>
      lines[measure].length === 0 ? [] : levels(chosen, measure, evidence, shown);
    return { lines, references: { d0: compared('d0'), d1: compared('d1') } };
  }, [figure, chosen, evidence, shown]);
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

/** True while the stage before the switch trains, of which these charts show nothing. */
function useBefore({ figure, chosen }: ChartsProps): boolean {
  const phase = useRun((state) => state.phase);
  const planned = useRun((state) => state.planned);
  return figure.origin === 'switch' && isBeingTrained({ phase, planned }, chosen.whole.nodes);
}

export function Charts(props: ChartsProps) {
  const { figure, chosen, shown, tables, looking } = props;
  const { batch, model } = chosen.part.experiment;
  const { lines, references } = useCurves(props);
  const phases = useMemo(() => figureAxis(figure, chosen.part), [figure, chosen]);
  const rates = useMemo(() => scheduleLines(figure, chosen, shown), [figure, chosen, shown]);
  const describeRate = useRateWords(props);
  const before = useBefore(props);
  return (
    <LossCharts
      measures={figure.measures}
      lines={lines}
      references={references}
      rates={rates}
      phases={phases}
      tokensPerStep={batch * model.context}
      describeRate={describeRate}
      steep={steepArms(figure, chosen, shown).size > 0}
      plan={before ? { d0: pageWords.base, d1: pageWords.base } : pageWords.plan}
      tables={tables}
      looking={looking}
    />
  );
}
