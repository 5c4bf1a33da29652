import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export interface BuiltViewer {
  /** One classic script, that needs nothing else. */
  readonly script: string;
  readonly style: string;
  readonly moduleIds: readonly string[];
}

/** Builds the program of report.html. Minified: it is in every report. */
export async function buildViewer(): Promise<BuiltViewer> {
  const bundle = await rolldown({
    cwd: ROOT,
    input: 'src/viewer/main.tsx',
    platform: 'browser',
    tsconfig: join(ROOT, 'src/viewer/tsconfig.json'),
    transform: { target: 'es2022' },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: { legal: false } });
  await bundle.close();
  const [chunk] = output;
  const styles = [
    join(ROOT, 'src/viewer/viewer.css'),
    fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css')),
  ];
  const style = (await Promise.all(styles.map((path) => readFile(path, 'utf8')))).join('\n');
  return {
    // Inside a page these two would end the script, or open a comment in it.
    script: chunk.code.replaceAll(/<(?=\/script|!--)/gi, '\\x3c'),
    style: style.replaceAll(/\s*\/\*.*?\*\/|^\s+/gms, '').replaceAll('\n', ' '),
    moduleIds: chunk.moduleIds,
  };
}
