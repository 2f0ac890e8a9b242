// The figures' corner of the page, fetched when it is opened: the gallery, or one figure.

import { type FigureId, figureIds } from '../../experiment/figures';
import { FigurePage } from './FigurePage';
import { FilePage } from './FilePage';
import { Gallery } from './Gallery';
import styles from './Gallery.module.css';
import { pageWords } from './words';

function isFigure(id: string): id is FigureId {
  return figureIds.some((known) => known === id);
}

interface FiguresProps {
  /** Of the figure; null for the gallery, `file` for results out of a file. */
  readonly id: string | null;
  readonly tables: boolean;
  readonly onTables: (tables: boolean) => void;
}

export default function Figures({ id, tables, onTables }: FiguresProps) {
  if (id === null) return <Gallery />;
  if (id === 'file') return <FilePage tables={tables} onTables={onTables} />;
  // Each figure has its own state: which part, what is solo.
  if (isFigure(id)) return <FigurePage key={id} id={id} tables={tables} onTables={onTables} />;
  return (
    <main className={styles.gallery}>
      <p>
        {pageWords.unknown} <a href="#/figures">{pageWords.back}</a>
      </p>
    </main>
  );
}
