// A figure in small: its finished curves where there are some, else the learning rates that it plans. Without axes; the page
// behind it has them.

import { useMemo } from 'react';
import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { drawnArms, figureAxis } from '../../experiment/figures/lines';
import { type Domain, scale } from '../../plot/scale';
import type { ChosenPart } from '../../store/figureChoice';
import type { Appearance } from '../charts/types';
import { studyAppearance } from '../palette';
import styles from './Gallery.module.css';
import { curveLines, levels, scheduleLines, steepArms } from './lines';
import { galleryWords } from './words';

const width = 320;
const height = 132;
const inset = 6;

interface Path {
  readonly key: string;
  readonly appearance: Appearance;
  readonly points: readonly (readonly [tokens: number, value: number])[];
  /** Tokens before which it may lie above the drawing. */
  readonly from: number;
}

/** What a run from random weights may leave above. */
const steepShare = 0.3;

function extent(paths: readonly Path[]): Domain {
  const values = paths.flatMap(({ points, from }) => points.filter(([at]) => at >= from).map(([, value]) => value));
  return { min: Math.min(...values), max: Math.max(...values) };
}

function measuredPaths(figure: Figure, chosen: ChosenPart, measure: Measure, evidence: Evidence, end: number): Path[] {
  const shown = new Set(chosen.arms);
  const curves = curveLines(figure, chosen, measure, evidence, shown);
  // A curve that another figure has left here does not make this one.
  if (2 * curves.length < drawnArms(figure, chosen.part).length) return [];
  const steep = steepArms(figure, chosen, shown);
  const lines = curves.map(({ key, appearance, points }) => ({
    key,
    appearance,
    from: steep.has(key) ? steepShare * end : 0,
    points: points.map(({ tokens, mean }) => [tokens, mean] as const),
  }));
  const level = (at: number) => [0, end].map((tokens) => [tokens, at] as const);
  const compared = levels(chosen, measure, evidence, shown);
  return [
    ...lines,
    ...compared.map(({ key, appearance, value }) => ({ key, appearance, from: 0, points: level(value) })),
  ];
}

function plannedPaths(figure: Figure, chosen: ChosenPart): Path[] {
  return scheduleLines(figure, chosen, new Set(chosen.arms)).map(({ key, appearance, points }) => ({
    key,
    appearance,
    from: 0,
    points: points.map(({ tokens, rate }) => [tokens, rate] as const),
  }));
}

const rowHeight = 8;
const barHeight = 3;

/** The texts of each run as a row: grey the old text, in the run's colour the new. */
function Mixtures({ figure, chosen, top }: { figure: Figure; chosen: ChosenPart; top: number }) {
  const room = width - 2 * inset;
  return drawnArms(figure, chosen.part).map(({ arm }, i) => {
    const { replay } = arm.stages.at(-1)?.mixture ?? { replay: null };
    const old = (replay?.fraction ?? 0) * room;
    const y = top + i * rowHeight;
    return (
      <g key={arm.id}>
        <rect x={inset} y={y} width={old} height={barHeight} fill="var(--base)" />
        <rect x={inset + old} y={y} width={room - old} height={barHeight} fill={studyAppearance(arm.id).colour} />
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
  const planned = useMemo(() => plannedPaths(figure, chosen), [figure, chosen]);
  const paths = measured.length > 0 ? measured : planned;
  const domain = measured.length > 0 ? extent(paths) : { min: 0, max: extent(paths).max };
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
