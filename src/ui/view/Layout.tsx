// The frame of a page with charts: choices in a column beside it, and what there is to press under them. Below 1000 px the
// column is a sheet and the bar stays at the bottom.

import { type ReactNode, useRef } from 'react';
import { useMedia } from '../hooks';
import { useScreen } from '../screen';
import styles from './View.module.css';

interface LayoutProps {
  /** What the column is about. */
  readonly name: string;
  /** What opens it where it is a sheet. */
  readonly open: string;
  readonly column: ReactNode;
  readonly bar: ReactNode;
  readonly children: ReactNode;
}

export function Layout({ name, open, column, bar, children }: LayoutProps) {
  const wide = useMedia('(min-width: 1000px)');
  const sheet = useRef<HTMLDialogElement>(null);
  const { ui } = useScreen();
  if (ui === 'embed') return <main>{children}</main>;
  if (ui === 'present') {
    return (
      <main className={styles.present}>
        <div className={styles.page}>{children}</div>
        <div className={styles.foot}>{bar}</div>
      </main>
    );
  }
  return (
    <main className={styles.lab}>
      {wide ? (
        <aside className={styles.side} aria-label={name}>
          <div className={styles.scroll}>{column}</div>
          {bar}
        </aside>
      ) : (
        <dialog ref={sheet} className={styles.sheet} aria-label={name}>
          <div className={styles.sheetHead}>
            <h2>{name}</h2>
            <button type="button" onClick={() => sheet.current?.close()}>
              Done
            </button>
          </div>
          {column}
        </dialog>
      )}
      <div className={styles.page}>{children}</div>
      {!wide && (
        <div className={styles.sticky}>
          <button type="button" className={styles.recipe} onClick={() => sheet.current?.showModal()}>
            {open}
          </button>
          {bar}
        </div>
      )}
    </main>
  );
}
