import { useLayoutEffect, useState } from 'preact/hooks';
import { readSetting, writeSetting } from './settings.ts';

/** Which colours a reader chose. */
export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme that the page has, kept for the next pages. `shownTheme` changes with its colours. */
export function useTheme(): {
  readonly theme: Theme;
  readonly shownTheme: string;
  readonly showNextTheme: () => void;
} {
  const [theme, setTheme] = useState(readTheme);
  const systemTheme = useSystemTheme();
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const showNextTheme = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    setTheme(next);
    writeSetting('theme', next);
  };
  return { theme, shownTheme: `${theme} ${systemTheme}`, showNextTheme };
}

function readTheme(): Theme {
  const stored = readSetting('theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function useSystemTheme(): string {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useLayoutEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isDark ? 'dark' : 'light';
}
