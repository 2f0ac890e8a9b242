// The paper's final losses as points, a row an arm, and ours beside them in the same rows: points only, because only the
// ends are known. Each strip has its own scale: the paper counts nats a subword, we count nats a byte.

import type { Evidence } from '../../experiment/figures/evidence';
import type { Figure, Measure } from '../../experiment/figures/figure';
import { figureTable } from '../../experiment/figures/table';
import { scale } from '../../plot/scale';
import type { ChosenPart } from '../../store/figureChoice';
import { MarkerShape } from '../charts/MarkerShape';
import { loss } from '../format';
import { studyAppearance } from '../palette';
import styles from './Figures.module.css';
import { knownWords, shortName, stripWords } from './words';

const rowHeight = 22;
const width = 132;
const names: Readonly<Record<Measure, string>> = { d1: 'D1 new', d0: 'D0 old' };

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
  return (
    <svg
      width={width}
      height={rowHeight * (points.length + 1)}
      role="img"
      aria-label={`${title}: ${values.length} values, all in the table above`}
    >
      <text x="0" y="14" className={styles.stripHead}>
        {title}
      </text>
      {points.map(({ arm, value }, i) => {
        const y = rowHeight * (i + 1.5);
        const { colour, marker } = studyAppearance(arm);
        return (
          <g key={arm}>
            <line x1="0" x2={width} y1={y} y2={y} stroke="var(--grid)" />
            {value !== null && (
              <>
                <MarkerShape marker={marker} x={x(value)} y={y} colour={colour} />
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

interface PaperStripProps {
  readonly figure: Figure;
  readonly chosen: ChosenPart;
  readonly evidence: Evidence;
}

export function PaperStrip({ figure, chosen, evidence }: PaperStripProps) {
  const paper = figure.paper[chosen.part.key];
  if (!paper) return null;
  const rows = figureTable(figure, chosen.part, evidence);
  const arms = rows.map(({ arm }) => arm);
  const known = [...new Set(rows.flatMap((row) => (row.paper ? knownWords[row.paper.known] : [])))].join(', ');
  const side = (
    of: (row: (typeof rows)[number]) => Record<Measure, number | null> | null,
    format: StripProps['format'],
  ) =>
    figure.measures.map((measure) => (
      <Strip
        key={measure}
        title={names[measure]}
        points={rows.map((row) => ({ arm: row.arm, value: of(row)?.[measure] ?? null }))}
        format={format}
      />
    ));
  const some = rows.some(({ ours }) => ours);
  return (
    <section className={styles.section}>
      <div className={styles.strips}>
        <figure>
          <figcaption>
            <h2>{stripWords.title(`${paper.source}, ${known}`)}</h2>
          </figcaption>
          <div className={styles.strip}>
            <Names arms={arms} />
            {side(
              ({ paper: theirs }) => theirs,
              (value) => value.toFixed(2),
            )}
          </div>
        </figure>
        <figure>
          <figcaption>
            <h2>{stripWords.ours}</h2>
          </figcaption>
          {some ? (
            <div className={styles.strip}>
              <Names arms={arms} />
              {side(({ ours }) => ours, loss)}
            </div>
          ) : (
            <p className={styles.small}>{stripWords.open}</p>
          )}
        </figure>
      </div>
    </section>
  );
}
