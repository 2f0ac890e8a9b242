// Results and experiments out of files and links that were opened here, those of several senders as one.

import { useOpened } from '../context';
import { OpenFile } from '../files/OpenFile';
import { fileWords } from '../strings';
import styles from './Gallery.module.css';
import { ResultsView } from './ResultsView';
import { PasteLinks } from './Senders';
import { senderWords } from './sent_words';

interface FilePageProps {
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function FilePage({ tables, onTables }: FilePageProps) {
  const pool = useOpened((state) => state.pool);
  if (pool) {
    const { results, sent } = pool;
    const names = sent.map(({ name }) => name);
    const title =
      sent.length > 1
        ? senderWords.pooled(sent.length)
        : results.records.size === 0
          ? fileWords.recipe
          : fileWords.title;
    return (
      <ResultsView
        key={names[0]}
        name={names.join(', ')}
        title={title}
        results={results}
        sent={sent}
        tables={tables}
        onTables={onTables}
      />
    );
  }
  return (
    <main className={styles.gallery}>
      <h1>{fileWords.heading}</h1>
      <p className={styles.lead}>{fileWords.lead}</p>
      <OpenFile />
      <PasteLinks />
    </main>
  );
}
