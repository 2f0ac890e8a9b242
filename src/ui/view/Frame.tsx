// The first screen of a page with charts: the question, what to watch for, the charts or their tables, and what to make of the
// numbers.

import type { ReactNode, Ref } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import { Export } from '../files/Export';
import { Share } from '../files/Share';
import { useKeyed } from '../keyboard';
import { figureWords } from '../strings';
import { Charts, type ChartsProps } from './Charts';
import styles from './View.module.css';

interface FrameProps extends ChartsProps {
  readonly question: string;
  readonly lead: ReactNode;
  /** Choices of what is drawn. */
  readonly tabs?: ReactNode;
  readonly note: ReactNode;
  readonly onTables: (tables: boolean) => void;
  /** What the charts show, to save or to send; left out where there is nothing. */
  readonly results?: OpenedResults | undefined;
  readonly top?: Ref<HTMLDivElement>;
}

export function Frame({ question, lead, tabs, note, onTables, results, top, ...charts }: FrameProps) {
  const { tables } = charts;
  const keyed = useKeyed();
  return (
    <div className={styles.first} ref={top}>
      <div className={styles.head}>
        <h1>{question}</h1>
        {results && (
          <>
            <Share results={results} className={styles.save} />
            <Export results={results} className={styles.save} />
          </>
        )}
        <button
          type="button"
          className={styles.toggle}
          aria-pressed={tables}
          {...keyed('T')}
          onClick={() => onTables(!tables)}
        >
          {tables ? figureWords.chart : figureWords.table}
        </button>
      </div>
      <p className={styles.lead}>{lead}</p>
      {tabs}
      <div className={styles.figure}>
        <Charts {...charts} />
      </div>
      <p className={styles.scale}>{note}</p>
    </div>
  );
}
