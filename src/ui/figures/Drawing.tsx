// A figure in small: its finished curves where there are some, else the learning rates that it plans. Without axes; the page
// behind it has them.

import { useMemo } from 'react';
import { curveLines, type Drawn, levels, partLooks, scheduleLines, steepLines } from '../../drawing/lines';
import type { Evidence } from '../../experiment/evidence/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { drawnArms, figureAxis } from '../../experiment/figures/lines';
import type { Measure } from '../../experiment/readings';
import { type Mixture, type ThumbnailPath, thumbnail, thumbnailMarks } from '../../plot/thumbnail';
import type { ChosenPart } from '../../store/parts';
import { Marks } from '../charts/Marks';
import styles from './Gallery.module.css';
import { galleryWords } from './words';

/** What a run from random weights may leave above. */
const steepShare = 0.3;

function measuredPaths(drawn: Drawn, evidence: Evidence, measure: Measure, end: number): readonly ThumbnailPath[] {
  const curves = curveLines(drawn, measure, evidence);
  // A curve that another figure has left here does not make this one.
  if (2 * curves.length < drawnArms(drawn.figure, drawn.part).length) return [];
  const steep = steepLines(drawn);
  const lines = curves.map(({ key, appearance, points }) => ({
    appearance,
    from: steep.has(key) ? steepShare * end : 0,
    points: points.map(({ tokens, mean }) => [tokens, mean] as const),
  }));
  const level = (at: number) => [0, end].map((tokens) => [tokens, at] as const);
  const compared = levels(drawn, measure, evidence);
  return [...lines, ...compared.map(({ appearance, value }) => ({ appearance, from: 0, points: level(value) }))];
}

function plannedPaths(drawn: Drawn): readonly ThumbnailPath[] {
  return scheduleLines(drawn).map(({ appearance, points }) => ({
    appearance,
    from: 0,
    points: points.map(({ tokens, rate }) => [tokens, rate] as const),
  }));
}

function mixturesOf({ figure, part, looks }: Drawn): Mixture[] {
  return drawnArms(figure, part).map(({ arm }) => ({
    appearance: looks.appearance(arm.id),
    old: arm.stages.at(-1)?.mixture.replay?.fraction ?? 0,
  }));
}

interface DrawingProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

export function Drawing({ figure, chosen, evidence }: DrawingProps) {
  const measure = figure.measures.at(-1) ?? 'old';
  const { marks, kind, mixed } = useMemo(() => {
    const { part, arms } = chosen;
    const drawn = { figure, part, shown: new Set(arms), looks: partLooks(part) };
    const { end } = figureAxis(figure, part);
    const measured = measuredPaths(drawn, evidence, measure, end);
    const paths = measured.length > 0 ? measured : plannedPaths(drawn);
    const mixtures = measured.length === 0 && paths.length === 1 ? mixturesOf(drawn) : [];
    const shows = measured.length > 0 ? ('losses' as const) : ('rates' as const);
    return {
      marks: thumbnailMarks({ paths, end, kind: shows, mixtures }),
      kind: shows,
      mixed: mixtures.length > 0,
    };
  }, [figure, chosen, evidence, measure]);
  const drawn = measure === 'old' ? 'old data (D0)' : 'new data (D1)';
  const words = mixed ? galleryWords.mixed : galleryWords.planned;
  return (
    <>
      <svg className={styles.drawing} viewBox={`0 0 ${thumbnail.width} ${thumbnail.height}`} aria-hidden="true">
        <Marks marks={marks} />
      </svg>
      <p className={styles.small}>
        {kind === 'losses' ? `${chosen.part.title}, ${drawn}, ${galleryWords.ran}` : words}
      </p>
    </>
  );
}
