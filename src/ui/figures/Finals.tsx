// The final losses of every seed, run by run: how far they scatter, whoever trained them.

import { useMemo } from 'react';
import type { Looks } from '../../drawing/lines';
import type { Evidence } from '../../experiment/evidence/evidence';
import type { FigurePart } from '../../experiment/part';
import type { Measure } from '../../experiment/readings';
import { type HistogramRow, histogram } from '../../plot/histogram';
import { labelSpace } from '../../plot/labels';
import { Marks } from '../charts/Marks';
import { useSize } from '../hooks';
import { panels } from '../strings';
import view from '../view/View.module.css';
import styles from './Figures.module.css';
import { senderWords } from './sent_words';

interface FinalsProps {
  readonly part: FigurePart;
  readonly measures: readonly Measure[];
  readonly evidence: Evidence;
  readonly looks: Looks;
}

function rowsOf(part: FigurePart, evidence: Evidence, looks: Looks, measure: Measure): HistogramRow[] {
  return part.experiment.arms.flatMap(({ id }): HistogramRow[] => {
    const values = evidence(part.key, id).flatMap(({ stages }) => stages.at(-1)?.final?.[measure] ?? []);
    return values.length === 0 ? [] : [{ key: id, label: looks.label(id), appearance: looks.appearance(id), values }];
  });
}

type Drawn = readonly { readonly measure: Measure; readonly rows: readonly HistogramRow[] }[];

function Drawings({ all }: { readonly all: Drawn }) {
  const [box, { width }] = useSize<HTMLDivElement>();
  const columns = width >= 620 ? all.length : 1;
  const own = Math.floor((width - 28 * (columns - 1)) / columns);
  return (
    <div className={styles.finals} ref={box}>
      {width > 0 &&
        all.map(({ measure, rows }) => {
          const { height, marks } = histogram(rows, own, labelSpace(rows.map(({ label }) => label)));
          return (
            <figure key={measure}>
              <figcaption className={view.small}>{panels[measure].title}</figcaption>
              <svg width={own} height={height} aria-hidden="true">
                <Marks marks={marks} />
              </svg>
            </figure>
          );
        })}
    </div>
  );
}

/** Where no run has two seeds that ended, the table says it all. */
export function Finals({ measures, part, evidence, looks }: FinalsProps) {
  const all = useMemo(
    () => measures.map((measure) => ({ measure, rows: rowsOf(part, evidence, looks, measure) })),
    [measures, part, evidence, looks],
  );
  if (all.every(({ rows }) => rows.every(({ values }) => values.length < 2))) return null;
  return (
    <section className={view.section} aria-label={senderWords.finals}>
      <h2>{senderWords.finals}</h2>
      <p className={view.small}>{senderWords.finalsHelp}</p>
      <Drawings all={all} />
    </section>
  );
}
