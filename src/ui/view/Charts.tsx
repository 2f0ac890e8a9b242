// The charts of one part of a figure: curves from its origin on, runs that only compare as level lines, schedules under them.

import { useCallback, useMemo } from 'react';
import { curveLines, type Drawn, levels, scheduleLines, steepLines, underLines } from '../../drawing/lines';
import type { Evidence } from '../../experiment/evidence/evidence';
import { commonRate, figureAxis } from '../../experiment/figures/lines';
import type { Measure } from '../../experiment/readings';
import type { Phases } from '../../plot/types';
import { rate } from '../format';
import { type ByMeasure, type Looking, LossCharts } from './LossCharts';

export interface ChartsProps extends Drawn {
  readonly evidence: Evidence;
  /** What was trained here of the same, to be drawn over it. */
  readonly over?: Evidence | undefined;
  readonly tables: boolean;
  readonly looking: Looking;
  /** What a chart says while it has no curve. */
  readonly plan: ByMeasure<string>;
  /** Names of the phases along the x axis, where they are not the figure's own. */
  readonly phaseNames?: readonly string[];
}

function usePhases({ figure, part }: Drawn, names: readonly string[] | undefined): Phases {
  return useMemo(() => {
    const { end, bands } = figureAxis(figure, part);
    return { end, bands: bands.map((band, i) => ({ ...band, name: names?.[i] ?? band.name })) };
  }, [figure, part, names]);
}

export function Charts(props: ChartsProps) {
  const { figure, part, shown, looks, evidence, over, tables, looking, plan, phaseNames } = props;
  const drawn = useMemo(() => ({ figure, part, shown, looks }), [figure, part, shown, looks]);
  const { lines, references } = useMemo(() => {
    const of = (measure: Measure) => {
      const sent = curveLines(drawn, measure, evidence);
      const here = over ? curveLines(drawn, measure, over) : [];
      return here.length === 0 ? sent : [...underLines(sent, here), ...here];
    };
    const curves = { old: of('old'), new: of('new') };
    // Levels to compare with mean nothing before there is something to compare.
    const compared = (measure: Measure) => (curves[measure].length === 0 ? [] : levels(drawn, measure, evidence));
    return { lines: curves, references: { old: compared('old'), new: compared('new') } };
  }, [drawn, evidence, over]);
  const phases = usePhases(drawn, phaseNames);
  const rates = useMemo(() => scheduleLines(drawn), [drawn]);
  const describeRate = useCallback(
    (tokens: number) => {
      const common = commonRate(figure, part, tokens, (arm) => shown.has(arm));
      return common === null ? null : `· lr ${rate(common)}`;
    },
    [figure, part, shown],
  );
  const { batch, model } = part.experiment;
  return (
    <LossCharts
      measures={figure.measures}
      lines={lines}
      references={references}
      rates={rates}
      phases={phases}
      tokensPerStep={batch * model.context}
      describeRate={describeRate}
      steep={steepLines(drawn).size > 0}
      plan={plan}
      tables={tables}
      looking={looking}
    />
  );
}
