// A figure in small: its finished curves where there are some, else the learning rates that it plans. Without axes; the page
// behind it has them.

import { useMemo } from 'react';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { drawnArms, figureAxis } from '../../experiment/figures/lines';
import { type Mixture, type ThumbnailPath, thumbnail, thumbnailMarks } from '../../plot/thumbnail';
import type { ChosenPart } from '../../store/figureChoice';
import { Marks } from '../charts/Marks';
import { studyAppearance } from '../palette';
import styles from './Gallery.module.css';
import { curveLines, levels, scheduleLines, steepArms } from './lines';
import { galleryWords } from './words';

/** What a run from random weights may leave above. */
const steepShare = 0.3;

function measuredPaths(
  { figure, chosen, evidence }: DrawingProps,
  measure: Measure,
  end: number,
): readonly ThumbnailPath[] {
  const shown = new Set(chosen.arms);
  const curves = curveLines(figure, chosen, measure, evidence, shown);
  // A curve that another figure has left here does not make this one.
  if (2 * curves.length < drawnArms(figure, chosen.part).length) return [];
  const steep = steepArms(figure, chosen, shown);
  const lines = curves.map(({ key, appearance, points }) => ({
    appearance,
    from: steep.has(key) ? steepShare * end : 0,
    points: points.map(({ tokens, mean }) => [tokens, mean] as const),
  }));
  const level = (at: number) => [0, end].map((tokens) => [tokens, at] as const);
  const compared = levels(chosen, measure, evidence, shown);
  return [...lines, ...compared.map(({ appearance, value }) => ({ appearance, from: 0, points: level(value) }))];
}

function plannedPaths({ figure, chosen }: DrawingProps): readonly ThumbnailPath[] {
  return scheduleLines(figure, chosen, new Set(chosen.arms)).map(({ appearance, points }) => ({
    appearance,
    from: 0,
    points: points.map(({ tokens, rate }) => [tokens, rate] as const),
  }));
}

function mixturesOf({ figure, chosen }: DrawingProps): Mixture[] {
  return drawnArms(figure, chosen.part).map(({ arm }) => ({
    appearance: studyAppearance(arm.id),
    old: arm.stages.at(-1)?.mixture.replay?.fraction ?? 0,
  }));
}

interface DrawingProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

export function Drawing({ figure, chosen, evidence }: DrawingProps) {
  const measure = figure.measures.at(-1) ?? 'd0';
  const { marks, kind, mixed } = useMemo(() => {
    const props = { figure, chosen, evidence };
    const { end } = figureAxis(figure, chosen.part);
    const measured = measuredPaths(props, measure, end);
    const paths = measured.length > 0 ? measured : plannedPaths(props);
    const mixtures = measured.length === 0 && paths.length === 1 ? mixturesOf(props) : [];
    const drawn = measured.length > 0 ? ('losses' as const) : ('rates' as const);
    return {
      marks: thumbnailMarks({ paths, end, kind: drawn, mixtures }),
      kind: drawn,
      mixed: mixtures.length > 0,
    };
  }, [figure, chosen, evidence, measure]);
  const words = mixed ? galleryWords.mixed : galleryWords.planned;
  return (
    <>
      <svg className={styles.drawing} viewBox={`0 0 ${thumbnail.width} ${thumbnail.height}`} aria-hidden="true">
        <Marks marks={marks} />
      </svg>
      <p className={styles.small}>
        {kind === 'losses' ? `${measure === 'd0' ? 'Old data (D0)' : 'New data (D1)'}, ${galleryWords.ran}` : words}
      </p>
    </>
  );
}
