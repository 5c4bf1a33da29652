import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VERSION } from '../assets.ts';
import type { Comparison } from '../commands/report-measurements.ts';
import type { FoldedDiff } from '../diff/diff-to-folded.ts';
import { CancelledError, CommandError, UserError } from '../errors.ts';
import type { FoldedWriting } from '../folded-files/write-in-thread.ts';
import type { Log } from '../log.ts';
import { HELP, readCommandLine } from '../settings/command-line.ts';
import type { CompareSettings, DemoSettings, DiffSettings, OutputSettings } from '../settings/settings.ts';
import type { readTraceFile } from '../trace-files/read-trace-file.ts';
import { createConsoleLog } from './console-log.ts';

/** What the command line has to do with the process that it runs in. */
export interface CommandLineWorld {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly signal: AbortSignal;
}

/** Exit status: 0 fine, 1 over a limit, 2 the user can fix it, 3 our bug. */
export async function runCommandLine(world: CommandLineWorld): Promise<number> {
  const log = createConsoleLog({
    stream: world.stderr,
    color: usesColor(world, world.stderr),
    isVerbose: Boolean(world.environment.MEMTRACK_DEBUG),
  });
  try {
    const settings = readCommandLine(world.argv);
    if ('outputDirectory' in settings) await refuseOutputInTheWay(settings);
    switch (settings.command) {
      case 'help':
        world.stdout.write(HELP);
        return 0;
      case 'version':
        world.stdout.write(`${VERSION}\n`);
        return 0;
      case 'diff': {
        const { comparison, folded } = await runDiff(settings, log);
        return await show(comparison, settings, world, log, folded);
      }
      case 'compare':
        return await show(await runCompare(settings, world, log), settings, world, log);
      case 'demo':
        return await show(await runDemo(settings, world, log), settings, world, log);
    }
  } catch (error) {
    return explain(error, log);
  }
}

/** Shows an error to the person who can do something about it. */
function explain(error: unknown, log: Log): number {
  if (error instanceof CancelledError) {
    log.error('cancelled');
    return 130;
  }
  if (error instanceof UserError) {
    log.error(error.message);
    if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
    return 2;
  }
  log.error(
    `this is a bug of memtrack, please report it with what follows\n${(error as Error)?.stack ?? String(error)}`,
  );
  return 3;
}

async function runDiff(
  settings: DiffSettings,
  log: Log,
): Promise<{ readonly comparison: Comparison; readonly folded: FoldedDiff | FoldedWriting }> {
  const [{ columnsToFolded, foldedColumns }, { startFoldedFiles }, { reportTraceDiff }] = await Promise.all([
    import('../diff/diff-to-folded.ts'),
    import('../folded-files/write-in-thread.ts'),
    import('../commands/diff-traces.ts'),
  ]);
  const { traceDiff, heaptrackFolded } = await readAndCompare(settings, log);
  const columns = foldedColumns(traceDiff.diff, settings.metric);
  const folded =
    heaptrackFolded === null
      ? startFoldedFiles(resolve(settings.outputDirectory), columns)
      : { ...columnsToFolded(columns), ...heaptrackFolded };
  return { comparison: reportTraceDiff(traceDiff, settings), folded };
}

/**
 * A function of its own, since both profiles are garbage when it ends.
 * @returns also both sides' folded text in the form of heaptrack_print, where that is asked for
 */
async function readAndCompare(settings: DiffSettings, log: Log) {
  const [{ readSideBySide }, { heaptrackFolded }, { layTracesOver }, nameFunction] = await Promise.all([
    import('../trace-files/read-side-by-side.ts'),
    import('../formats/heaptrack/heaptrack-folded.ts'),
    import('../commands/diff-traces.ts'),
    loadFunctionNamer(),
  ]);
  const keepsTables = settings.folded === 'heaptrack';
  const read = async (path: string, readFile: typeof readTraceFile) => {
    try {
      const { profile, tables } = await readFile(path, { metric: settings.metric, keepsTables });
      if (keepsTables && tables === null) {
        throw new UserError('is not a trace of heaptrack, which --folded=heaptrack needs');
      }
      return { label: basename(path), profile, folded: tables && heaptrackFolded(tables, settings.metric) };
    } catch (error) {
      if (error instanceof UserError) throw new UserError(`${path}: ${error.message}`, { cause: error });
      const { code, message } = error as NodeJS.ErrnoException;
      if (code?.startsWith('E')) throw new UserError(`${path} cannot be read: ${message}`, { cause: error });
      throw error;
    }
  };
  const { baseTrace, headTrace } = settings;
  const title = `Reading ${basename(baseTrace)} and ${basename(headTrace)}`;
  const [base, head] = await log.phase(title, () => readSideBySide(baseTrace, headTrace, read));
  return {
    traceDiff: layTracesOver(base, head, nameFunction),
    heaptrackFolded: base.folded && head.folded && { base: base.folded, head: head.folded },
  };
}

async function runCompare(settings: CompareSettings, world: CommandLineWorld, log: Log): Promise<Comparison> {
  const [{ compare }, { openRepository }, { chooseLocalRevisions }, temporary] = await Promise.all([
    import('../commands/compare.ts'),
    import('../workspace/repository.ts'),
    import('../commands/local-revisions.ts'),
    import('../workspace/temporary-directory.ts'),
  ]);
  const { environment, signal } = world;
  const repository = await openRepository(world.directory, { environment, log, signal });
  await using directory = await temporary.makeTemporaryDirectory(tmpdir());
  const revisions = await chooseLocalRevisions(repository, settings, directory.path);
  return await compare(
    { ...revisions, benchmarks: [settings], preparation: settings, repositoryUrl: null, notes: [] },
    {
      ...(await measuringWorld(world, log)),
      repository,
      fetch: null,
      baselines: null,
      directory: join(directory.path, 'work'),
    },
  );
}

async function runDemo(settings: DemoSettings, world: CommandLineWorld, log: Log): Promise<Comparison> {
  const [{ demo }, { demoDirectory }, temporary] = await Promise.all([
    import('../commands/demo.ts'),
    import('../assets.ts'),
    import('../workspace/temporary-directory.ts'),
  ]);
  await using directory = await temporary.makeTemporaryDirectory(tmpdir());
  return await demo(settings, {
    ...(await measuringWorld(world, log)),
    gitContext: { environment: world.environment, log, signal: world.signal },
    demoDirectory: demoDirectory(),
    repositoryDirectory: join(directory.path, 'dates'),
    directory: join(directory.path, 'work'),
  });
}

async function measuringWorld(world: CommandLineWorld, log: Log) {
  const [{ childEnvironment }, { createTracker }, nameFunction] = await Promise.all([
    import('../workspace/environment.ts'),
    import('../trackers/index.ts'),
    loadFunctionNamer(),
  ]);
  const environment = childEnvironment(world.environment, []);
  return { environment, log, signal: world.signal, nameFunction, tracker: createTracker(environment) };
}

async function loadFunctionNamer() {
  const [{ readDemanglerWasm }, { createDemangler }, { createFunctionNamer }] = await Promise.all([
    import('../assets.ts'),
    import('../symbols/demangle.ts'),
    import('../symbols/normalise-function.ts'),
  ]);
  return createFunctionNamer(createDemangler(await readDemanglerWasm()));
}

/** Writes the files, shows the result, and tells the exit status. */
async function show(
  { report, sources }: Comparison,
  settings: OutputSettings,
  world: CommandLineWorld,
  log: Log,
  givenFolded: FoldedDiff | FoldedWriting | null = null,
): Promise<number> {
  const [{ renderReport }, { renderTerminal }, { diffToFolded }, { writeReportFiles }, { readViewer }] =
    await Promise.all([
      import('../render/render-report.ts'),
      import('../render/terminal.ts'),
      import('../diff/diff-to-folded.ts'),
      import('../publish/directory.ts'),
      import('../assets.ts'),
    ]);
  const commentName = report.benchmarks[0]?.name ?? 'default';
  const diff = sources.get(commentName)?.diff ?? null;
  const interactive = { viewer: await readViewer(), sources };
  const { json, files } = await log.phase('Drawing the report', async () => {
    const rendered = await renderReport(report, { links: { report: null }, commentName, interactive });
    const folded = givenFolded ?? (diff && diffToFolded(diff, settings.metric));
    const files = await writeReportFiles(settings.outputDirectory, rendered, folded).catch((error) => {
      throw cannotWrite(settings.outputDirectory, error);
    });
    return { json: rendered.json, files };
  });
  if (settings.isJson) world.stdout.write(json);
  else {
    const columns = world.stdout.columns ?? (Number(world.environment.COLUMNS) || 100);
    world.stdout.write(`\n${renderTerminal(report, { columns, color: usesColor(world, world.stdout) })}\n`);
    const written = [files.html, files.svg, files.comment, files.json, ...Object.values(files.folded ?? {})];
    for (const path of written) if (path !== null) world.stdout.write(`${path}\n`);
  }
  if (settings.isOpened) await openInBrowser(files.html, world, log);
  if (report.verdict === 'regressed') return 1;
  return report.verdict === 'failed' ? 2 : 0;
}

/** What a full disk, a missing right or a file in the way is to the user; anything else as it is. */
function cannotWrite(directory: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code !== undefined && /^E[A-Z0-9]+$/.test(code)
    ? new UserError(`--out ${directory} cannot be written to: ${message}`, { cause: error })
    : error;
}

/** Said before minutes of building and running, not after. */
async function refuseOutputInTheWay({ outputDirectory }: OutputSettings): Promise<void> {
  const facts = await stat(outputDirectory).catch(() => null);
  if (facts !== null && !facts.isDirectory()) {
    throw new UserError(
      `--out ${outputDirectory} is not a folder; accepted: a folder, or a path that is free`,
    );
  }
}

async function openInBrowser(path: string, world: CommandLineWorld, log: Log): Promise<void> {
  const { runProcess } = await import('../workspace/process.ts');
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  try {
    const environment = Object.fromEntries(
      Object.entries(world.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    await runProcess(opener, [pathToFileURL(path).href], {
      directory: world.directory,
      environment,
      timeLimitSeconds: 10,
      signal: world.signal,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.warning(`--open: ${error.message}`);
  }
}

/** https://no-color.org and its opposite, FORCE_COLOR. */
function usesColor({ environment }: CommandLineWorld, stream: { readonly isTTY?: boolean }): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}
