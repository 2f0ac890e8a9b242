// Results that came in the address itself: drawn like those of a file. Nothing of them is kept.

import { useEffect, useState } from 'react';
import type { OpenedResults } from '../../experiment/saved';
import { fetched } from '../fetched';
import { OpenFile } from '../files/OpenFile';
import { linkWords } from '../files/words';
import { faultWords } from '../strings';
import styles from './Gallery.module.css';
import { ResultsView } from './ResultsView';

/** Results, or a sentence why there are none. */
async function openedLink(letters: string | null): Promise<OpenedResults | string> {
  if (letters === null) return linkWords.none;
  const reader = await fetched(() => import('../../link/results')).catch(() => null);
  if (!reader) return faultWords.gone;
  try {
    return reader.openResultsLink(letters);
  } catch (error) {
    if (error instanceof reader.LinkError) return error.message;
    throw error;
  }
}

interface LinkPageProps {
  readonly letters: string | null;
  /** How the address wants it to be looked at. */
  readonly asked: string;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export function LinkPage({ letters, asked, tables, onTables }: LinkPageProps) {
  const [opened, setOpened] = useState<OpenedResults | string>(linkWords.opening);
  useEffect(() => {
    let wanted = true;
    void openedLink(letters).then((what) => wanted && setOpened(what));
    return () => {
      wanted = false;
    };
  }, [letters]);
  if (typeof opened !== 'string') {
    return (
      <ResultsView
        name={linkWords.name}
        title={linkWords.heading}
        results={opened}
        address={{ letters: letters ?? '', asked }}
        more={linkWords.rounded}
        tables={tables}
        onTables={onTables}
      />
    );
  }
  return (
    <main className={styles.gallery}>
      <h1>{linkWords.heading}</h1>
      <p className={styles.lead} role="status">
        {opened}
      </p>
      <p>
        <a href="#/figures">{linkWords.figures}</a>
      </p>
      <OpenFile />
    </main>
  );
}
