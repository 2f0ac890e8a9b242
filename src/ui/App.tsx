// The frame of the page: header, banner, the figures, the Lab, About or the bench, and the keys.

import { Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { type FigureLink, readFigureQuery } from '../store/figure_link';
import type { LookLink } from '../store/look';
import { isActive } from '../store/session_state';
import { About } from './About';
import { Announcer } from './Announcer';
import styles from './App.module.css';
import { addressWords } from './address_words';
import { Banner } from './Banner';
import { useLab, useOpened, useSession } from './context';
import { PageFault } from './Fault';
import { fetchedPart, forgetFailures } from './fetched';
import { useSent } from './files/give';
import { percent } from './format';
import { isOwnAddress, useHash } from './hooks';
import { useKeyed, useKeys } from './keyboard';
import { Lab } from './lab/Lab';
import { useRecipeLink } from './lab/link';
import { NotFound } from './NotFound';
import { type Route, routeOf, titleOf } from './route';
import { Shortcuts } from './Shortcuts';
import { ScreenProvider, useScreenState } from './screen';
import { choicesKept } from './settings';

/** Few look at it, so it is fetched when it is opened. */
const Bench = fetchedPart(() => import('./bench/Bench'));
const Figures = fetchedPart(() => import('./figures/Figures'));

/** The page's name in its tab, and how far the run is. */
function useTitle(route: Route): void {
  const share = useSession(({ phase, progress }) =>
    isActive(phase) && progress ? progress.tokensDone / progress.tokensPlanned : null,
  );
  useEffect(() => {
    document.title = titleOf(route, share === null ? null : percent(share));
  }, [route, share]);
}

/** What an address says of a figure beside its number; null where it says nothing. */
function useFigureLink(route: Route, onTables: (tables: boolean) => void): FigureLink | null {
  const { choices, session } = useLab();
  const link = useMemo(
    () => (route.page === 'figure' && route.asked !== '' ? readFigureQuery(route.id, route.asked) : null),
    [route],
  );
  useLayoutEffect(() => {
    if (!link) return;
    if (!isOwnAddress() || !choicesKept.read('figures')) choices.follow(link.choices, session.getState().machine);
    onTables(link.look.tables);
  }, [link, choices, session, onTables]);
  return link;
}

/** Of an address that says more than is understood. */
function addressSentence(route: Route, link: LookLink | null): string | null {
  if (route.query) return addressWords.query;
  return link && link.leftOut.length > 0 ? addressWords.leftOut(link.leftOut) : null;
}

/** Asks before a page with a run of some length, or with what several people sent, is left. */
function useLeaveQuestion(): void {
  const training = useSession(({ phase, progress }) => isActive(phase) && (progress?.secondsLeft ?? 0) > 30);
  const pooled = useOpened(({ pool }) => (pool?.sent.length ?? 0) > 1);
  const losing = training || pooled;
  useEffect(() => {
    if (!losing) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [losing]);
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
  const at = useHash();
  const { visit } = at;
  // A new one each time: the same address may be gone to again.
  const route = useMemo(() => routeOf(at.hash), [at]);
  const { page } = route;
  const inFigures = page === 'gallery' || page === 'figure' || page === 'file' || page === 'link';
  const screen = useScreenState(route, at);
  const [tables, setTables] = useState(false);
  const figure = useFigureLink(route, setTables);
  const recipe = useRecipeLink(route, setTables);
  const link = figure ?? recipe.link;
  const dialog = useRef<HTMLDialogElement>(null);
  const keyed = useKeyed();
  useTitle(route);
  useSent();
  useLeaveQuestion();
  useKeys();
  return (
    <ScreenProvider value={screen}>
      {screen.ui === null && (
        <header className={styles.header}>
          <a className={styles.mark} href="#/">
            Re<i>warm</i>
          </a>
          <nav aria-label="Pages">
            <PageLink to="#/figures" here={inFigures}>
              Figures
            </PageLink>
            <PageLink to="#/" here={page === 'lab'}>
              Lab
            </PageLink>
            <PageLink to="#/about" here={page === 'about'}>
              About
            </PageLink>
          </nav>
          <button type="button" aria-label="Keys" {...keyed('?')} onClick={() => dialog.current?.showModal()}>
            ?
          </button>
          <button
            type="button"
            aria-label={screen.shown === 'dark' ? 'Light page' : 'Dark page'}
            onClick={screen.toggleTheme}
          >
            ◐
          </button>
        </header>
      )}
      {screen.ui !== 'embed' && <Banner address={recipe.refused ?? addressSentence(route, link)} />}
      <ErrorBoundary FallbackComponent={PageFault} onReset={forgetFailures} resetKeys={[visit]}>
        <Suspense fallback={<main />}>
          {page === 'about' && <About />}
          {page === 'bench' && <Bench />}
          {inFigures && <Figures key={visit} route={route} look={figure?.look} tables={tables} onTables={setTables} />}
          {page === 'lab' &&
            (recipe.opening ? <main /> : <Lab look={recipe.link?.look} tables={tables} onTables={setTables} />)}
          {page === 'unknown' && <NotFound />}
        </Suspense>
      </ErrorBoundary>
      <Shortcuts dialog={dialog} />
      <Announcer />
    </ScreenProvider>
  );
}
