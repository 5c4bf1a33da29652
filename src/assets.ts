import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import description from '../package.json' with { type: 'json' };

/** Files that travel beside the code: in `dist/memtrack/` beside the bundle, in a checkout where they come from. */

const isBundled = !import.meta.url.endsWith('.ts');

export const VERSION: string = description.version;

/** WebAssembly of the demangler, see symbols/demangle.ts. */
export function readDemanglerWasm(): Promise<Buffer> {
  const path = isBundled ? './demangle.wasm' : '../node_modules/gecko-profiler-demangle/index_bg.wasm';
  return readFile(new URL(path, import.meta.url));
}

/** The program of report.html, which the build makes. */
export async function readViewer(): Promise<{ readonly script: string; readonly style: string }> {
  const folder = new URL(isBundled ? './' : '../dist/memtrack/', import.meta.url);
  const read = (name: string) => readFile(new URL(name, folder), 'utf8');
  const [script, style] = await Promise.all([read('viewer.js'), read('viewer.css')]);
  return { script, style };
}

/** Folder with the demo's `project` and the patch that improves it. */
export function demoDirectory(): string {
  return fileURLToPath(new URL('./demo/', import.meta.url));
}
