// The paper's final losses and peaks as points, a row an arm, and ours beside them in the same rows: points only, because
// only these are known. Each strip has its own scale: the paper counts nats a subword, we count nats a byte.

import { studyAppearance } from '../../drawing/lines';
import { shortName } from '../../drawing/names';
import type { Evidence } from '../../experiment/evidence/evidence';
import type { Figure } from '../../experiment/figures/figure';
import { figureTable, peakRows } from '../../experiment/figures/table';
import type { FigurePart } from '../../experiment/part';
import type { Measure } from '../../experiment/readings';
import { marker } from '../../plot/marks';
import { scale } from '../../plot/scale';
import { Marks } from '../charts/Marks';
import { loss } from '../format';
import { knownWords } from '../strings';
import view from '../view/View.module.css';
import styles from './Figures.module.css';
import { stripWords } from './words';

const rowHeight = 22;
const width = 132;
const names: Readonly<Record<Measure, string>> = { new: 'D1 new', old: 'D0 old' };

interface Point {
  readonly arm: string;
  readonly value: number | null;
}

interface StripProps {
  readonly title: string;
  readonly points: readonly Point[];
  readonly format: (value: number) => string;
}

function Strip({ title, points, format }: StripProps) {
  const values = points.flatMap(({ value }) => value ?? []);
  const x = scale({ min: Math.min(...values), max: Math.max(...values) }, 8, width - 52);
  const arms = points.map(({ arm }) => arm);
  const said = points.flatMap(({ arm, value }) => (value === null ? [] : `${shortName(arm, arms)} ${format(value)}`));
  return (
    <svg width={width} height={rowHeight * (points.length + 1)} role="img" aria-label={`${title}: ${said.join(', ')}`}>
      <text x="0" y="14" className={styles.stripHead}>
        {title}
      </text>
      {points.map(({ arm, value }, i) => {
        const y = rowHeight * (i + 1.5);
        return (
          <g key={arm}>
            <line x1="0" x2={width} y1={y} y2={y} stroke="var(--grid)" />
            {value !== null && (
              <>
                <Marks marks={[marker(studyAppearance(arm), x(value), y)]} />
                <text x={x(value) + 9} y={y + 4}>
                  {format(value)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Names({ arms }: { readonly arms: readonly string[] }) {
  return (
    <ul className={styles.stripNames} style={{ lineHeight: `${rowHeight}px`, paddingTop: rowHeight }}>
      {arms.map((arm) => (
        <li key={arm}>{shortName(arm, arms)}</li>
      ))}
    </ul>
  );
}

/** One strip of the paper's numbers and ours beside it. */
interface Column {
  readonly title: string;
  readonly theirs: readonly Point[];
  readonly ours: readonly Point[];
}

interface Group {
  /** Heading over the paper's side, with where the numbers come from. */
  readonly heading: string;
  readonly ourHeading: string;
  readonly columns: readonly Column[];
}

/** Final losses where the paper has them. */
function finals(figure: Figure, part: FigurePart, evidence: Evidence): Group | null {
  const paper = figure.paper[part.key];
  if (!paper) return null;
  const rows = figureTable(figure, part, evidence);
  const known = [...new Set(rows.flatMap((row) => (row.paper ? knownWords[row.paper.known] : [])))].join(', ');
  const columns = figure.measures.map((measure) => ({
    title: names[measure],
    theirs: rows.map((row) => ({ arm: row.arm, value: row.paper?.[measure] ?? null })),
    ours: rows.map((row) => ({ arm: row.arm, value: row.ours?.[measure] ?? null })),
  }));
  return { heading: stripWords.title(`${paper.source}, ${known}`), ourHeading: stripWords.ours, columns };
}

/** Highest rises of the old loss where the paper states them. */
function peaks(figure: Figure, part: FigurePart, evidence: Evidence): Group | null {
  if (!figure.peaks) return null;
  const { source, known } = figure.peaks;
  const rows = peakRows(figure, part, evidence);
  const column = {
    title: stripWords.rise,
    theirs: rows.map(({ arm, paper }) => ({ arm, value: paper })),
    ours: rows.map(({ arm, ours }) => ({ arm, value: ours })),
  };
  return {
    heading: stripWords.peaks(`${source}, ${knownWords[known]}`),
    ourHeading: stripWords.ourPeaks,
    columns: [column],
  };
}

function Strips({ group }: { readonly group: Group }) {
  const arms = group.columns[0]?.theirs.map(({ arm }) => arm) ?? [];
  const some = group.columns.some(({ ours }) => ours.some(({ value }) => value !== null));
  return (
    <section className={view.section}>
      <div className={styles.strips}>
        <figure>
          <figcaption>
            <h2>{group.heading}</h2>
          </figcaption>
          <section className={styles.strip} tabIndex={0} aria-label={group.heading}>
            <Names arms={arms} />
            {group.columns.map(({ title, theirs }) => (
              <Strip key={title} title={title} points={theirs} format={(value) => value.toFixed(2)} />
            ))}
          </section>
        </figure>
        <figure>
          <figcaption>
            <h2>{group.ourHeading}</h2>
          </figcaption>
          {some ? (
            <section className={styles.strip} tabIndex={0} aria-label={group.ourHeading}>
              <Names arms={arms} />
              {group.columns.map(({ title, ours }) => (
                <Strip key={title} title={title} points={ours} format={loss} />
              ))}
            </section>
          ) : (
            <p className={view.small}>{stripWords.open}</p>
          )}
        </figure>
      </div>
    </section>
  );
}

interface PaperStripProps {
  readonly figure: Figure;
  readonly part: FigurePart;
  readonly evidence: Evidence;
}

export function PaperStrip({ figure, part, evidence }: PaperStripProps) {
  const groups = [finals, peaks].flatMap((of) => of(figure, part, evidence) ?? []);
  return groups.map((group) => <Strips key={group.heading} group={group} />);
}
