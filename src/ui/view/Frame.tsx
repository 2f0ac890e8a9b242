// The first screen of a page with charts: the question, what to watch for, the charts or their tables, and what to make of the
// numbers.

import type { ReactNode, Ref } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import { wholeAddress } from '../../store/look';
import { screenWords } from '../address_words';
import { Export } from '../files/Export';
import { Share } from '../files/Share';
import { useKeyed } from '../keyboard';
import { useScreen } from '../screen';
import { figureWords } from '../strings';
import { Charts, type ChartsProps } from './Charts';
import styles from './View.module.css';

/** From another page to this one, as it is looked at there. */
function OpenWhole() {
  return (
    <p className={styles.whole}>
      <a href={wholeAddress(location.href)} target="_blank" rel="noopener">
        {screenWords.open}
      </a>
    </p>
  );
}

interface FrameProps extends ChartsProps {
  readonly question: string;
  readonly lead: ReactNode;
  /** Choices of what is drawn. */
  readonly tabs?: ReactNode;
  readonly note: ReactNode;
  readonly onTables: (tables: boolean) => void;
  /** What the charts show, to save or to send; left out where there is nothing. */
  readonly results?: OpenedResults | undefined;
  /** To share: the address of what is chosen, with how it is looked at or without; and the latter alone, as a query. */
  readonly settings?: ((look: boolean) => Promise<string | null>) | undefined;
  readonly asked: string;
  /** What is drawn, under the charts. */
  readonly legend?: ReactNode;
  readonly top?: Ref<HTMLDivElement>;
}

export function Frame(props: FrameProps) {
  const { question, lead, tabs, note, onTables, results, settings, asked, legend, top, ...charts } = props;
  const { tables } = charts;
  const { ui, toggle } = useScreen();
  const keyed = useKeyed();
  if (ui === 'embed') {
    return (
      <div className={styles.embed} ref={top}>
        <h1 className="hidden-text">{question}</h1>
        <div className={styles.figure}>
          <Charts {...charts} />
        </div>
        <OpenWhole />
      </div>
    );
  }
  const present = (
    <button
      type="button"
      className={styles.save}
      {...keyed(ui === 'present' ? 'P Escape' : 'P', screenWords.help[ui ?? 'whole'])}
      onClick={toggle}
    >
      {ui === 'present' ? screenWords.leave : screenWords.present}
    </button>
  );
  if (ui === 'present') {
    return (
      <div className={styles.first} ref={top}>
        <div className={styles.head}>
          <h1>{question}</h1>
          {present}
        </div>
        {tabs}
        <div className={styles.figure}>
          <Charts {...charts} />
        </div>
        {legend}
      </div>
    );
  }
  return (
    <div className={styles.first} ref={top}>
      <div className={styles.head}>
        <h1>{question}</h1>
        {present}
        {(results || settings) && (
          <Share
            title={question}
            results={results}
            settings={settings}
            fromWeights={charts.part.experiment.arms.some(({ init }) => init.kind === 'weights')}
            asked={asked}
            className={styles.save}
          />
        )}
        {results && <Export results={results} className={styles.save} />}
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
      {legend}
      <p className={styles.scale}>{note}</p>
    </div>
  );
}
