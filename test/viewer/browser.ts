import { type Browser, chromium } from 'playwright-core';
import { findExecutable } from '../../src/workspace/executable.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser of this machine, or null. */
export function findBrowser(searchPath = process.env.PATH ?? ''): string | null {
  for (const name of NAMES) {
    const path = findExecutable(name, { searchPath, directory: '/' });
    if (path !== null) return path;
  }
  return null;
}

export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: 180_000,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
