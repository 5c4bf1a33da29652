/** What a reader chose for this page and the next ones. Storage may be forbidden; then it lasts as long as the page. */

export type Theme = 'system' | 'light' | 'dark';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}

export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(`memtrack.${name}`);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`memtrack.${name}`, value);
  } catch {
    // Kept in memory only.
  }
}
