import { SILENT_LOG } from '../src/log.ts';
import { findExecutable } from '../src/workspace/executable.ts';
import { installPackages } from '../src/workspace/install-packages.ts';
import { findBrowser } from './viewer/browser.ts';

/** Debian's package of each program that the tests run for real. */
const PACKAGES = new Map([
  ['heaptrack', 'heaptrack'],
  ['g++', 'g++'],
  ['make', 'make'],
  ['git', 'git'],
  ['perl', 'perl'],
  ['python3', 'python3'],
  ['zstd', 'zstd'],
]);

/** What some tests use when it is there; the others do without. */
const OPTIONAL_PACKAGES = new Map([['clang++', 'clang']]);

/** Installs what the tests need and this machine lacks, or says exactly what to do. */
export default async function setup(): Promise<void> {
  // Where only recording is tested, neither a browser nor a second compiler is needed.
  const isRecordingOnly = process.env.TEST_TOOLS === 'recording';
  const browser = isRecordingOnly || findBrowser() !== null ? [] : ['chromium'];
  await install([...missingPackages(PACKAGES), ...browser]);
  if (isRecordingOnly) return;
  try {
    await install(missingPackages(OPTIONAL_PACKAGES));
  } catch (error) {
    console.log(`Their tests are skipped: ${error instanceof Error ? error.message : error}`);
  }
}

function missingPackages(packages: ReadonlyMap<string, string>): readonly string[] {
  const searchPath = process.env.PATH ?? '';
  return [...packages]
    .filter(([program]) => findExecutable(program, { searchPath, directory: '/' }) === null)
    .map(([, name]) => name);
}

async function install(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry) => entry[1] !== undefined),
  ) as Record<string, string>;
  console.log(`Installing ${names.join(', ')} …`);
  await installPackages(names, { environment, log: SILENT_LOG, signal: new AbortController().signal });
}
