// The frame of the page: header, banner, the Lab or About, and the keys.

import { useEffect, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { isActive } from '../store/run';
import { About } from './About';
import { Announcer } from './Announcer';
import styles from './App.module.css';
import { Banner } from './Banner';
import { useLab, useRun } from './context';
import { PageFault } from './Fault';
import { percent } from './format';
import { useHash } from './hooks';
import { useKeys } from './keyboard';
import { Lab } from './Lab';
import { Shortcuts } from './Shortcuts';
import { useTheme } from './theme';

/** How far the run is, in the tab's title. */
function useTitle(): void {
  const share = useRun(({ phase, progress }) =>
    isActive(phase) && progress ? progress.tokensDone / progress.tokensPlanned : null,
  );
  useEffect(() => {
    document.title = share === null ? 'Rewarm' : `(${percent(share)}) Rewarm`;
  }, [share]);
}

/** Asks before a page with a run of some length is left. */
function useLeaveQuestion(): void {
  const losing = useRun(({ phase, progress }) => isActive(phase) && (progress?.secondsLeft ?? 0) > 30);
  useEffect(() => {
    if (!losing) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [losing]);
}

export function App() {
  const lab = useLab();
  const about = useHash() === '#/about';
  const [theme, toggleTheme] = useTheme();
  const [tables, setTables] = useState(false);
  const keys = useRef<HTMLDialogElement>(null);
  useTitle();
  useLeaveQuestion();
  useKeys(
    useMemo(
      () => ({
        ' ': () => void (isActive(lab.run.getState().phase) ? lab.pauseOrResume() : lab.start()),
        s: () => void lab.step(),
        n: () => void (isActive(lab.run.getState().phase) || lab.recipe.getState().addDraft()),
        t: () => setTables((shown) => !shown),
        '?': () => keys.current?.showModal(),
      }),
      [lab],
    ),
  );
  return (
    <>
      <header className={styles.header}>
        <a className={styles.mark} href="#/">
          Re<i>warm</i>
        </a>
        <nav aria-label="Pages">
          <a href="#/" aria-current={about ? undefined : 'page'}>
            Lab
          </a>
          <a href="#/about" aria-current={about ? 'page' : undefined}>
            About
          </a>
        </nav>
        <button type="button" aria-label="Keys" onClick={() => keys.current?.showModal()}>
          ?
        </button>
        <button type="button" aria-label={theme === 'dark' ? 'Light page' : 'Dark page'} onClick={toggleTheme}>
          ◐
        </button>
      </header>
      <Banner />
      <ErrorBoundary FallbackComponent={PageFault} resetKeys={[about]}>
        {about ? <About /> : <Lab tables={tables} onTables={setTables} />}
      </ErrorBoundary>
      <Shortcuts dialog={keys} />
      <Announcer />
    </>
  );
}
