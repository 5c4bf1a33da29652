/**
 * Builds `dist/`: what GitHub runs, and `npx memtrack`. Third-party code gets chunks of its own, so that a change of
 * ours rewrites ours alone; everything is unminified, so that it can be read. Same sources, same bytes.
 *
 *   npm run build
 */

import { readFileSync } from 'node:fs';
import { chmod, copyFile, cp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { buildViewer } from './build-viewer.ts';
import { collectLicenses } from './licenses.ts';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = join(ROOT, 'src') + sep;
const DIST = join(ROOT, 'dist');
/** What a config file is held to; the code reads the very file that editors do. */
const CONFIG_SCHEMA = join(ROOT, 'docs/memtrack.schema.json');

/**
 * jsdom reads two files from beside its own code when it is loaded. In a bundle they are not there: the worker for
 * synchronous requests, which drawing never makes, and a style sheet, which is put in its place.
 */
const jsdomInOneFile: Plugin = {
  name: 'jsdom-in-one-file',
  transform: {
    filter: { id: /jsdom[\\/]lib[\\/].*(XMLHttpRequest-impl|style-rules)\.js$/ },
    handler(code, id) {
      const withoutWorker = code.replace(
        /(require\.resolve\s*\?\s*)?require\.resolve\(\s*["']\.\/xhr-sync-worker\.js["']\s*\)(\s*:\s*null)?/,
        'null',
      );
      return {
        code: withoutWorker.replace(
          /fs\.readFileSync\(\s*path\.resolve\(__dirname,\s*["']([^"']+\.css)["']\)[^)]*\)/,
          (_match, path: string) => JSON.stringify(readFileSync(resolve(dirname(id), path), 'utf8')),
        ),
      };
    },
  },
};

/** What the main step and the post step share. */
const FILES_OF_BOTH_STEPS = new Set([
  'action-log.ts',
  'check.ts',
  'directories.ts',
  'end-process.ts',
  'job.ts',
]);

/** Our code by folder, as in src/: what is loaded late (the picture) stays apart from what is always needed. */
function ownChunk(id: string): string | null {
  const [folder, ...rest] = relative(SOURCE, id).split(sep);
  if (folder === 'action' && FILES_OF_BOTH_STEPS.has(rest[0])) return 'memtrack/job';
  if (folder.startsWith('action') || folder.startsWith('cli') || folder.endsWith('-worker.ts')) return null;
  if (id === CONFIG_SCHEMA || (folder === 'settings' && /^(config|yaml)-/.test(rest[0])))
    return 'memtrack/config';
  if (folder === 'render' && rest[0] === 'svg.ts') return 'memtrack/picture';
  if (folder === 'publish' && rest[0] !== 'directory.ts') return 'memtrack/github';
  return `memtrack/${folder.replace('.ts', '')}`;
}

/** Where a module of ours imports a third-party one. */
interface Door {
  readonly own: string;
  readonly thirdParty: string;
}

/** The chunk for what only one part of our code needs, so that it is loaded with that part, which may be late. */
function chunkBehind({ own, thirdParty }: Door): string {
  if (own.endsWith('/render/svg.ts')) return 'third-party/picture';
  if (own.endsWith('/artifacts/archive.ts')) return 'third-party/zip';
  if (own.endsWith('/runner-services/carry-out-order.ts')) {
    return thirdParty.includes('/@actions/cache/') ? 'third-party/cache' : 'third-party/artifact';
  }
  if (own.includes('/symbols/')) return 'third-party/demangler';
  return 'third-party/github';
}

function thirdPartyChunk(doors: readonly Door[]): string {
  const chunks = [...new Set(doors.map(chunkBehind))].sort();
  if (chunks.length === 1) return chunks[0];
  // What is always there is not loaded twice.
  if (chunks.includes('third-party/github')) return 'third-party/github';
  return 'third-party/shared';
}

/** All the ways on which our code comes to import `id`. */
function doorsTo(
  id: string,
  moduleInfo: (id: string) => { importers: readonly string[]; dynamicImporters: readonly string[] } | null,
): readonly Door[] {
  const doors: Door[] = [];
  const seen = new Set([id]);
  for (const at of seen) {
    const info = moduleInfo(at);
    for (const importer of [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])]) {
      if (importer.startsWith(SOURCE)) doors.push({ own: importer, thirdParty: at });
      else seen.add(importer);
    }
  }
  return doors;
}

await rm(DIST, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: ROOT,
  input: {
    action: 'src/action.ts',
    'action-post': 'src/action-post.ts',
    cli: 'src/cli.ts',
    'trace-worker': 'src/trace-worker.ts',
    'folded-worker': 'src/folded-worker.ts',
    'runner-services-worker': 'src/runner-services-worker.ts',
  },
  platform: 'node',
  preserveEntrySignatures: false,
  // Optional native helpers of jsdom and ws: absent is fine.
  external: ['canvas', 'bufferutil', 'utf-8-validate'],
  transform: { target: 'node20' },
  plugins: [jsdomInOneFile],
});
const { output } = await bundle.write({
  dir: DIST,
  format: 'esm',
  minify: false,
  comments: { legal: false },
  // A chunk that stands for one module is a door of a few bytes, by which that module is loaded late.
  chunkFileNames: ({ facadeModuleId }) => {
    if (facadeModuleId == null) return '[name].js';
    return facadeModuleId.startsWith(SOURCE) ? 'memtrack/load/[name].js' : 'third-party/load/[name].js';
  },
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: 'own',
        test: (id) => id.startsWith(SOURCE) || id === CONFIG_SCHEMA,
        name: ownChunk,
      },
      {
        debugName: 'third-party',
        test: /[\\/]node_modules[\\/]/,
        name: (id, context) => thirdPartyChunk(doorsTo(id, (of) => context.getModuleInfo(of))),
      },
    ],
  },
});
await bundle.close();

const viewer = await buildViewer();
const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
modules.push(...viewer.moduleIds);
await writeFile(join(DIST, 'LICENSES.txt'), await collectLicenses(modules));
await writeFile(join(DIST, 'package.json'), '{ "type": "module" }\n');
await copyFile(
  join(ROOT, 'node_modules/gecko-profiler-demangle/index_bg.wasm'),
  join(DIST, 'memtrack/demangle.wasm'),
);
await cp(join(ROOT, 'src/demo'), join(DIST, 'memtrack/demo'), { recursive: true });
await writeFile(join(DIST, 'memtrack/viewer.js'), viewer.script);
await writeFile(join(DIST, 'memtrack/viewer.css'), viewer.style);
await chmod(join(DIST, 'cli.js'), 0o755);
