// The frame of the page: header, banner, the Lab, About or the bench, and the keys.

import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
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

/** Few look at it, so it is fetched when it is opened. */
const Bench = lazy(() => import('./bench/Bench'));

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
  const hash = useHash();
  const about = hash === '#/about';
  const bench = hash === '#/bench';
  const [theme, toggleTheme] = useTheme();
  const [tables, setTables] = useState(false);
  const keys = useRef<HTMLDialogElement>(null);
  useTitle();
  useLeaveQuestion();
  useKeys(
    useMemo(() => {
      const list = { '?': () => keys.current?.showModal() };
      // There a run would end what is being measured.
      if (bench) return list;
      return {
        ' ': () => void (isActive(lab.run.getState().phase) ? lab.pauseOrResume() : lab.start()),
        s: () => void lab.step(),
        n: () => void (isActive(lab.run.getState().phase) || lab.recipe.getState().addDraft()),
        t: () => setTables((shown) => !shown),
        ...list,
      };
    }, [lab, bench]),
  );
  return (
    <>
      <header className={styles.header}>
        <a className={styles.mark} href="#/">
          Re<i>warm</i>
        </a>
        <nav aria-label="Pages">
          <a href="#/" aria-current={about || bench ? undefined : 'page'}>
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
      <ErrorBoundary FallbackComponent={PageFault} resetKeys={[hash]}>
        {about && <About />}
        {bench && (
          <Suspense fallback={<main />}>
            <Bench />
          </Suspense>
        )}
        {!about && !bench && <Lab tables={tables} onTables={setTables} />}
      </ErrorBoundary>
      <Shortcuts dialog={keys} />
      <Announcer />
    </>
  );
}
