import { SILENT_LOG } from '../src/log.ts';
import { findExecutable } from '../src/workspace/executable.ts';
import { installPackages } from '../src/workspace/install-packages.ts';

/** Debian's package of each program that the tests run for real. */
const PACKAGES = new Map([
  ['heaptrack', 'heaptrack'],
  ['g++', 'g++'],
  ['make', 'make'],
  ['git', 'git'],
  ['zstd', 'zstd'],
]);

/** Installs what the tests need and this machine lacks, or says exactly what to do. */
export default async function setup(): Promise<void> {
  const searchPath = process.env.PATH ?? '';
  const missing = [...PACKAGES].filter(
    ([program]) => findExecutable(program, { searchPath, directory: '/' }) === null,
  );
  if (missing.length === 0) return;
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry) => entry[1] !== undefined),
  ) as Record<string, string>;
  const names = missing.map(([, name]) => name);
  console.log(`Installing ${names.join(', ')} …`);
  await installPackages(names, { environment, log: SILENT_LOG, signal: new AbortController().signal });
}
