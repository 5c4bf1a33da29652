import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * Who may import whom. Arrows go down this table, never up: pure folders first, then those that touch the world, then
 * the commands, then the two shells. An entry is a folder or a file of src/; `outside` names packages and node:
 * modules. What is not listed here may not be imported.
 */
interface Rule {
  readonly inside: readonly string[];
  readonly outside?: readonly string[];
  /** Modules, and files outside of src/, that only one file of the folder may import. */
  readonly outsideOfFile?: Readonly<Record<string, readonly string[]>>;
}

const RULES: Readonly<Record<string, Rule>> = {
  'errors.ts': { inside: [] },
  'log.ts': { inside: [] },
  'assets.ts': { inside: ['..'], outside: ['node:fs/promises', 'node:url'] },
  // Pure: same input, same output.
  profile: { inside: ['errors.ts'] },
  formats: {
    inside: ['profile', 'symbols', 'errors.ts'],
    outsideOfFile: { 'formats/decompress.ts': ['node:stream', 'node:zlib'] },
  },
  symbols: {
    inside: ['errors.ts'],
    outsideOfFile: { 'symbols/demangle.ts': ['gecko-profiler-demangle/index_bg.js'] },
  },
  diff: { inside: ['profile', 'symbols'] },
  flamegraph: { inside: ['diff', 'profile'] },
  report: { inside: ['flamegraph', 'diff', 'profile'] },
  'viewer-data': { inside: ['report', 'flamegraph', 'diff', 'profile'] },
  render: {
    inside: ['viewer-data', 'report', 'flamegraph', 'profile'],
    outsideOfFile: {
      'render/svg.ts': ['d3-node'],
      'render/html.ts': ['node:crypto'],
      'render/html-data.ts': ['node:zlib'],
    },
  },
  // In a browser: it shows, and what it computes is what the pure folders compute.
  viewer: {
    inside: ['viewer-data', 'render', 'report', 'flamegraph', 'diff', 'profile'],
    outside: ['preact', 'preact/hooks'],
    outsideOfFile: { 'viewer/timeline-chart.tsx': ['uplot'] },
  },
  measurement: { inside: ['profile', 'errors.ts'] },
  settings: {
    inside: ['profile', 'report', 'errors.ts'],
    outsideOfFile: {
      'settings/command-line.ts': ['node:util'],
      // The published schema is the one that the code goes by.
      'settings/config-schema.ts': ['ajv', '../../docs/memtrack.schema.json'],
      'settings/config-file.ts': ['ajv'],
      'settings/yaml-tree.ts': ['yaml'],
    },
  },
  // The world.
  workspace: { inside: ['errors.ts', 'log.ts'], outside: ['node:*'] },
  'trace-files': {
    inside: ['formats', 'profile', 'errors.ts'],
    outside: ['node:fs', 'node:fs/promises', 'node:worker_threads'],
  },
  'trace-worker.ts': { inside: ['trace-files'] },
  'folded-files': {
    inside: ['diff'],
    outside: ['node:fs', 'node:path', 'node:worker_threads'],
  },
  'folded-worker.ts': { inside: ['folded-files'] },
  trackers: {
    inside: ['workspace', 'formats', 'profile', 'errors.ts', 'log.ts'],
    outside: ['node:path', 'node:crypto'],
  },
  github: {
    inside: ['workspace', 'errors.ts', 'log.ts'],
    outside: [
      '@octokit/rest',
      '@octokit/plugin-retry',
      '@octokit/plugin-throttling',
      '@actions/github',
      'node:timers/promises',
    ],
  },
  'runner-services': {
    inside: ['log.ts'],
    outside: ['node:worker_threads'],
    outsideOfFile: {
      'runner-services/carry-out-order.ts': [
        '@actions/artifact',
        '@actions/cache',
        'node:fs/promises',
        'node:os',
        'node:path',
      ],
    },
  },
  'runner-services-worker.ts': { inside: ['runner-services'] },
  artifacts: {
    inside: ['runner-services', 'github', 'workspace', 'measurement', 'errors.ts', 'log.ts'],
    outside: ['node:crypto', 'node:fs/promises', 'node:path', 'node:stream', 'node:zlib'],
    outsideOfFile: { 'artifacts/archive.ts': ['yauzl'] },
  },
  baseline: {
    inside: ['artifacts', 'runner-services', 'workspace', 'measurement', 'errors.ts'],
    outside: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path'],
  },
  publish: {
    inside: ['github', 'diff', 'folded-files', 'render', 'errors.ts', 'log.ts'],
    outside: ['node:fs/promises', 'node:path'],
    outsideOfFile: { 'publish/image-branch.ts': ['node:crypto', 'node:timers/promises'] },
  },
  commands: {
    inside: [
      'profile',
      'formats',
      'symbols',
      'diff',
      'measurement',
      'report',
      'settings',
      'workspace',
      'trackers',
      'errors.ts',
      'log.ts',
    ],
    outside: ['node:path'],
    outsideOfFile: { 'commands/demo.ts': ['node:fs/promises'] },
  },
  // The shells.
  action: {
    inside: ['*'],
    outside: ['@actions/core', 'node:*'],
  },
  'action.ts': { inside: ['action'] },
  'action-post.ts': { inside: ['action'] },
  cli: {
    inside: ['*', '!github', '!runner-services', '!artifacts', '!baseline', '!action'],
    outside: ['node:*'],
  },
  'cli.ts': { inside: ['cli'] },
};

const SOURCE = resolve(import.meta.dirname, '../src');

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sourceFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'),
  );
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const specifiers = text.matchAll(
    /(?:^import |^(?:import|export) [^'"\n]*\bfrom |^\} from |\bimport\()['"]([^'"\n]+)['"]/gm,
  );
  return [...specifiers].map(([, specifier]) => ({ file, specifier }));
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file;
}

function matches(patterns: readonly string[], name: string): boolean {
  if (patterns.includes(`!${name}`)) return false;
  return patterns.some(
    (pattern) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
  );
}

function isAllowed({ file, specifier }: Import): boolean {
  const rule = RULES[folderOf(file)];
  if (matches(rule.outsideOfFile?.[file] ?? [], specifier)) return true;
  if (!specifier.startsWith('.')) return matches(rule.outside ?? [], specifier);
  const target = folderOf(relative(SOURCE, resolve(SOURCE, dirname(file), specifier)));
  return target === folderOf(file) || matches(rule.inside, target);
}

describe('the architecture', () => {
  const files = sourceFiles();

  it('has a rule for every folder of src, and no rule for what is not there', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(RULES).sort());
  });

  it.each(Object.keys(RULES))('%s imports only what it may', (folder) => {
    const forbidden = files
      .filter((file) => folderOf(file) === folder)
      .flatMap(importsOf)
      .filter((one) => !isAllowed(one))
      .map(({ file, specifier }) => `${file} → ${specifier}`);
    expect(forbidden).toEqual([]);
  });

  it('finds the imports that it judges', () => {
    expect(importsOf('render/render-report.ts').map(({ specifier }) => specifier)).toContain('./svg.ts');
  });

  it('keeps process, clocks and chance out of the pure folders', () => {
    const pure = [
      'profile',
      'formats',
      'symbols',
      'diff',
      'flamegraph',
      'report',
      'viewer-data',
      'render',
      'measurement',
      'settings',
    ];
    const impure = /\bprocess\.(?!version)|\bDate\.now|\bnew Date\(\)|\bMath\.random|\bperformance\./;
    const found = files
      .filter((file) => pure.includes(folderOf(file)))
      .filter((file) => impure.test(readFileSync(join(SOURCE, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it('has no folder without a noun', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.ts$)/.test(file))).toEqual(
      [],
    );
  });
});
