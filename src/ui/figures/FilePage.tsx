// Results out of a file that was opened here.

import { useOpened } from '../context';
import { OpenFile } from '../files/OpenFile';
import { fileWords } from '../strings';
import styles from './Gallery.module.css';
import { ResultsView } from './ResultsView';

interface FilePageProps {
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function FilePage({ tables, onTables }: FilePageProps) {
  const name = useOpened((state) => state.name);
  const results = useOpened((state) => state.results);
  if (results && name !== null) {
    const { title } = fileWords;
    return <ResultsView key={name} name={name} title={title} results={results} tables={tables} onTables={onTables} />;
  }
  return (
    <main className={styles.gallery}>
      <h1>{fileWords.heading}</h1>
      <p className={styles.lead}>{fileWords.lead}</p>
      <OpenFile />
    </main>
  );
}
