// The frame of the page: header, banner, the figures, the Lab, About or the bench, and the keys.

import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { Lab as LabVerbs } from '../store/lab';
import { isActive } from '../store/session_state';
import { About } from './About';
import { Announcer } from './Announcer';
import styles from './App.module.css';
import { Banner } from './Banner';
import { useLab, useSession } from './context';
import { PageFault } from './Fault';
import { fetchedPart, forgetFailures } from './fetched';
import { useDroppedFiles } from './files/open';
import { percent } from './format';
import { useHash } from './hooks';
import { type KeyVerbs, useKeys } from './keyboard';
import { Lab } from './lab/Lab';
import { Shortcuts } from './Shortcuts';
import { useTheme } from './theme';

/** Few look at it, so it is fetched when it is opened. */
const Bench = fetchedPart(() => import('./bench/Bench'));
const Figures = fetchedPart(() => import('./figures/Figures'));

/** How far the run is, in the tab's title. */
function useTitle(): void {
  const share = useSession(({ phase, progress }) =>
    isActive(phase) && progress ? progress.tokensDone / progress.tokensPlanned : null,
  );
  useEffect(() => {
    document.title = share === null ? 'Rewarm' : `(${percent(share)}) Rewarm`;
  }, [share]);
}

/** Asks before a page with a run of some length is left. */
function useLeaveQuestion(): void {
  const losing = useSession(({ phase, progress }) => isActive(phase) && (progress?.secondsLeft ?? 0) > 30);
  useEffect(() => {
    if (!losing) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [losing]);
}

type Route =
  | { readonly page: 'lab' | 'about' | 'bench' }
  /** `id`: of the figure, null for the gallery, `file` for results out of a file. */
  | { readonly page: 'figures'; readonly id: string | null };

function routeOf(hash: string): Route {
  const id = /^#\/fig\/([\w-]+)$/.exec(hash)?.[1];
  if (id !== undefined) return { page: 'figures', id };
  if (hash === '#/file') return { page: 'figures', id: 'file' };
  if (hash === '#/figures') return { page: 'figures', id: null };
  return { page: hash === '#/about' ? 'about' : hash === '#/bench' ? 'bench' : 'lab' };
}

/** Space and S run what is on screen; N belongs to the Lab. */
function runVerbs(lab: LabVerbs, route: Route): KeyVerbs {
  const { session } = lab;
  const active = () => isActive(session.getState().phase);
  const start = (stepwise: boolean) => (route.page === 'lab' ? lab.startOwn(stepwise) : session.startLooked(stepwise));
  const verbs: KeyVerbs = {
    ' ': () => void (active() ? session.pauseOrResume() : start(false)),
    s: () => void (active() ? session.step() : start(true)),
  };
  if (route.page !== 'lab') return verbs;
  return { ...verbs, n: () => void (active() || lab.recipe.addDraft()) };
}

interface LinkProps {
  readonly to: string;
  readonly here: boolean;
  readonly children: string;
}

function PageLink({ to, here, children }: LinkProps) {
  return (
    <a href={to} aria-current={here ? 'page' : undefined}>
      {children}
    </a>
  );
}

export function App() {
  const lab = useLab();
  const hash = useHash();
  const route = useMemo(() => routeOf(hash), [hash]);
  const { page } = route;
  const [theme, toggleTheme] = useTheme();
  const [tables, setTables] = useState(false);
  const keys = useRef<HTMLDialogElement>(null);
  useTitle();
  useDroppedFiles();
  useLeaveQuestion();
  useKeys(
    useMemo(() => {
      const list = { '?': () => keys.current?.showModal() };
      // There a run would end what is being measured.
      if (page === 'bench') return list;
      return {
        ...runVerbs(lab, route),
        t: () => setTables((shown) => !shown),
        ...list,
      };
    }, [lab, page, route]),
  );
  return (
    <>
      <header className={styles.header}>
        <a className={styles.mark} href="#/">
          Re<i>warm</i>
        </a>
        <nav aria-label="Pages">
          <PageLink to="#/figures" here={page === 'figures'}>
            Figures
          </PageLink>
          <PageLink to="#/" here={page === 'lab'}>
            Lab
          </PageLink>
          <PageLink to="#/about" here={page === 'about'}>
            About
          </PageLink>
        </nav>
        <button type="button" aria-label="Keys" onClick={() => keys.current?.showModal()}>
          ?
        </button>
        <button type="button" aria-label={theme === 'dark' ? 'Light page' : 'Dark page'} onClick={toggleTheme}>
          ◐
        </button>
      </header>
      <Banner />
      <ErrorBoundary FallbackComponent={PageFault} onReset={forgetFailures} resetKeys={[hash]}>
        <Suspense fallback={<main />}>
          {page === 'about' && <About />}
          {page === 'bench' && <Bench />}
          {page === 'figures' && <Figures id={route.id} tables={tables} onTables={setTables} />}
          {page === 'lab' && <Lab tables={tables} onTables={setTables} />}
        </Suspense>
      </ErrorBoundary>
      <Shortcuts dialog={keys} />
      <Announcer />
    </>
  );
}
