/** What a reader chose for this page and the next ones. Storage may be forbidden; then it lasts as long as the page. */

/** Null when it was never chosen. */
export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(`memtrack.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a choice, as far as the browser lets us. */
export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(`memtrack.${name}`, value);
  } catch {
    // Kept in memory only.
  }
}
