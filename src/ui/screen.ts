// What of the page is there at all: everything, charts alone inside another page (`ui=embed`), or what a projector needs
// (`ui=present`). It stands in the address; P and Escape change it.

import { createContext, useContext, useEffect, useLayoutEffect, useState } from 'react';
import { plainScreen, type Screen, screenAsked } from '../store/look';
import { useMedia, type Visit } from './hooks';
import type { Route } from './route';
import { settings } from './settings';

export interface ScreenControl extends Screen {
  /** What it was drawn for. */
  readonly at: Visit;
  /** Presents, or shows the whole page again. */
  readonly toggle: () => void;
}

const Context = createContext<ScreenControl>({ ...plainScreen, at: { hash: '', visit: 0 }, toggle: () => undefined });
export const ScreenProvider = Context.Provider;
export const useScreen = () => useContext(Context);

const askedBy = (route: Route) => screenAsked('asked' in route ? route.asked : '');

/** Light or dark: the address, where it says so, else the person's choice, else the system; never remembered for an embed. */
export function useScreenState(route: Route, at: Visit) {
  const [{ ui, theme }, setScreen] = useState<Screen>(() => askedBy(route));
  const [chosen, setChosen] = useState(() => settings.read('theme'));
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const wanted = theme ?? (ui === 'embed' ? null : chosen);
  useEffect(() => setScreen(askedBy(route)), [route]);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (wanted) dataset['theme'] = wanted;
    else delete dataset['theme'];
    if (ui) dataset['ui'] = ui;
    else delete dataset['ui'];
  }, [wanted, ui]);
  const shown = wanted ?? (systemDark ? 'dark' : 'light');
  const toggleTheme = () => {
    const next = shown === 'dark' ? 'light' : 'dark';
    settings.write('theme', next);
    setChosen(next);
    setScreen((screen) => ({ ...screen, theme: null }));
  };
  const toggle = () => setScreen((screen) => ({ ...screen, ui: screen.ui === null ? 'present' : null }));
  return { ui, theme, at, shown, toggle, toggleTheme };
}
