// Light or dark: what the system says until the person chooses, then that, remembered.

import { useState } from 'react';
import { useMedia } from './hooks';
import { settings } from './settings';

export type Theme = 'light' | 'dark';

export function useTheme(): [Theme, () => void] {
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState(() => settings.read('theme'));
  const theme = chosen ?? (systemDark ? 'dark' : 'light');
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    settings.write('theme', next);
    setChosen(next);
  };
  return [theme, toggle];
}
