// Results that came in the address itself: drawn like those of a file. Nothing of them is kept.

import { useEffect, useState } from 'react';
import type { Sent } from '../../experiment/pool';
import { useLab } from '../context';
import { fetched } from '../fetched';
import { OpenFile } from '../files/OpenFile';
import { linkWords } from '../files/words';
import { faultWords } from '../strings';
import styles from './Gallery.module.css';
import { ResultsView } from './ResultsView';

/** What was sent, or a sentence why there is nothing. */
async function openedLink(letters: string | null): Promise<Sent | string> {
  if (letters === null) return linkWords.none;
  const reader = await fetched(() => import('../../link/results')).catch(() => null);
  if (!reader) return faultWords.gone;
  try {
    return { name: linkWords.name, results: reader.openResultsLink(letters) };
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
  const lab = useLab();
  const [opened, setOpened] = useState<Sent | string>(linkWords.opening);
  useEffect(() => {
    let wanted = true;
    const take = (what: Sent | string) => {
      setOpened(what);
      if (typeof what !== 'string') lab.opened.setState({ shown: what });
    };
    void openedLink(letters).then((what) => wanted && take(what));
    return () => {
      wanted = false;
      lab.opened.setState({ shown: null });
    };
  }, [letters, lab]);
  if (typeof opened !== 'string') {
    const { name, results } = opened;
    return (
      <ResultsView
        name={name}
        title={results.records.size === 0 ? linkWords.recipe : linkWords.heading}
        results={results}
        sent={[opened]}
        more={results.records.size === 0 ? undefined : linkWords.rounded}
        address={{ letters: letters ?? '', asked }}
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
