// A figure in small: its finished curves where there are some, else the learning rates that it plans. Without axes; the page
// behind it has them.

import { useMemo } from 'react';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { drawnArms, figureAxis } from '../../experiment/figures/lines';
import type { ChosenPart } from '../../store/figureChoice';
import { type Domain, scale } from '../charts/geometry';
import type { Appearance } from '../charts/types';
import { studyAppearance } from '../palette';
import styles from './Gallery.module.css';
import { curveLines, levelLines, scheduleLines } from './lines';
import { galleryWords } from './words';

const width = 320;
const height = 132;
const inset = 6;

interface Path {
  readonly key: string;
  readonly appearance: Appearance;
  readonly points: readonly (readonly [tokens: number, value: number])[];
}

/** Training from random weights begins far above everything that matters later. */
const steepShare = 0.1;

function extent(paths: readonly Path[], from: number): Domain {
  const values = paths.flatMap(({ points }) => points.filter(([at]) => at >= from).map(([, value]) => value));
  return { min: Math.min(...values), max: Math.max(...values) };
}

function measuredPaths(figure: Figure, chosen: ChosenPart, measure: Measure, evidence: Evidence, end: number): Path[] {
  const shown = new Set(chosen.arms);
  const curves = curveLines(figure, chosen, measure, evidence, shown);
  // A curve that another figure has left here does not make this one.
  if (2 * curves.length < drawnArms(figure, chosen.part).length) return [];
  return [...curves, ...levelLines(chosen, measure, evidence, shown, end)].map(({ key, appearance, points }) => ({
    key,
    appearance,
    points: points.map(({ tokens, mean }) => [tokens, mean] as const),
  }));
}

function plannedPaths(figure: Figure, chosen: ChosenPart, end: number): Path[] {
  return scheduleLines(figure, chosen, new Set(chosen.arms), { end }).map(({ key, appearance, points }) => ({
    key,
    appearance,
    points: points.map(({ tokens, rate }) => [tokens, rate] as const),
  }));
}

const rowHeight = 9;

/** The texts of each run as a row: grey the old text, in the run's colour the new. */
function Mixtures({ figure, chosen, top }: { figure: Figure; chosen: ChosenPart; top: number }) {
  const room = width - 2 * inset;
  return drawnArms(figure, chosen.part).map(({ arm }, i) => {
    const { replay } = arm.stages.at(-1)?.mixture ?? { replay: null };
    const old = (replay?.fraction ?? 0) * room;
    const y = top + i * rowHeight;
    return (
      <g key={arm.id}>
        <rect x={inset} y={y} width={old} height={rowHeight - 4} fill="var(--base)" />
        <rect x={inset + old} y={y} width={room - old} height={rowHeight - 4} fill={studyAppearance(arm.id).colour} />
      </g>
    );
  });
}

interface DrawingProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

export function Drawing({ figure, chosen, evidence }: DrawingProps) {
  const measure = figure.measures.at(-1) ?? 'd0';
  const end = figureAxis(figure, chosen.part).end;
  const measured = useMemo(
    () => measuredPaths(figure, chosen, measure, evidence, end),
    [figure, chosen, measure, evidence, end],
  );
  const planned = useMemo(() => plannedPaths(figure, chosen, end), [figure, chosen, end]);
  const paths = measured.length > 0 ? measured : planned;
  const domain =
    measured.length > 0
      ? extent(paths, figure.origin === 'start' ? steepShare * end : 0)
      : { min: 0, max: extent(paths, 0).max };
  const x = scale({ min: 0, max: end }, inset, width - inset);
  const mixed = measured.length === 0 && paths.length === 1;
  const floor = height - inset - (mixed ? 6 + rowHeight * drawnArms(figure, chosen.part).length : 0);
  const y = scale(domain, floor, inset);
  const d = ({ points }: Path) =>
    points.map(([at, value], i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return (
    <>
      <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {mixed && <Mixtures figure={figure} chosen={chosen} top={floor + 8} />}
        <line x1={inset} x2={width - inset} y1={height - 1} y2={height - 1} stroke="var(--hair)" />
        {paths.map((path) => (
          <path
            key={path.key}
            d={d(path)}
            fill="none"
            stroke={path.appearance.colour}
            strokeWidth={measured.length > 0 ? 1.6 : 1.3}
            strokeDasharray={path.appearance.dash}
            strokeLinejoin="round"
          />
        ))}
      </svg>
      <p className={styles.small}>
        {measured.length > 0
          ? `${measure === 'd0' ? 'Old data (D0)' : 'New data (D1)'}, ${galleryWords.ran}`
          : mixed
            ? galleryWords.mixed
            : galleryWords.planned}
      </p>
    </>
  );
}
