import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CancelledError,
  CommandError,
  TraceFormatError,
  UntraceableError,
  UserError,
} from '../../../src/errors.ts';
import { heaptrackFormat } from '../../../src/formats/heaptrack/heaptrack-format.ts';
import { SILENT_LOG } from '../../../src/log.ts';
import { mergeProfiles } from '../../../src/profile/merge-profiles.ts';
import {
  type HeaptrackTrackerOptions,
  heaptrackTracker,
} from '../../../src/trackers/heaptrack/heaptrack-tracker.ts';
import type { Recorded, Recording, Tracker } from '../../../src/trackers/tracker.ts';
import { isRunning, longTime } from '../../running-processes.ts';
import { ALLOCATING, makeProgramFolder } from './compile-programs.ts';
import { addAllocations, countAllocations } from './fake-reader.ts';

const programs = makeProgramFolder();
const directory = programs.path;
const privateFolder = mkdtempSync(join(tmpdir(), 'private-'));
const environment = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
const time = longTime();
let tracker: Tracker;

const BACKGROUND = `
  #include <stdlib.h>
  #include <unistd.h>
  int main(int argc, char **argv) {
    for (int i = 0; i < 200; i++) free(malloc(i));
    if (fork() == 0) { if (argc > 1) setsid(); for (;;) sleep(${time}); }
    return 0;
  }`;

beforeAll(async () => {
  programs.compile('allocate', ALLOCATING);
  programs.compile('static', ALLOCATING, '-static');
  programs.compile('crash', ALLOCATING.replace('const char', 'abort(); const char'));
  programs.compile('background', BACKGROUND);
  programs.compile('endless', '#include <stdlib.h>\nint main(void) { for (;;) free(malloc(10)); }');
  programs.compile('silent', '#include <unistd.h>\nint main(void) { _exit(0); }');
  tracker = await preparedTracker();
});
afterAll(() => {
  expect(readdirSync(privateFolder)).toEqual([]);
  rmSync(directory, { recursive: true });
  rmSync(privateFolder, { recursive: true });
});

async function preparedTracker(options: Partial<HeaptrackTrackerOptions> = {}): Promise<Tracker> {
  const made = heaptrackTracker({
    readTrace: countAllocations,
    mergeProfiles: addAllocations,
    environment,
    temporaryDirectory: privateFolder,
    ...options,
  });
  const version = await made.prepare({
    install: false,
    log: SILENT_LOG,
    signal: new AbortController().signal,
  });
  expect(version).toMatch(/^\d+\.\d+/);
  return made;
}

function record(script: string, options: Partial<Recording> = {}, by: Tracker = tracker): Promise<Recorded> {
  return by.record({
    script,
    directory,
    environment,
    timeLimitSeconds: 30,
    signal: new AbortController().signal,
    log: SILENT_LOG,
    ...options,
  });
}

async function errorOf(recording: Promise<Recorded>): Promise<Error> {
  return await recording.then(
    () => expect.fail('it was recorded'),
    (error) => error,
  );
}

/** Arguments of our own children: other tests record at the same time. */
function childrensArguments(): string[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return children.flatMap((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    } catch {
      return [];
    }
  });
}

describe('a heaptrack recording', () => {
  it('traces the command of one line, and leaves its streams and arguments to it', async () => {
    writeFileSync(join(directory, 'in'), 'from stdin');
    const { profile, programs: count, notes } = await record(`A=1 ./allocate "a  b" 'c;d' < in > out 2> err`);
    expect(profile.costs.allocations[0]).toBeGreaterThanOrEqual(200);
    expect(profile.facts.command).toBe('./allocate a  b c;d');
    expect({ count, notes }).toEqual({ count: 1, notes: [] });
    expect(readFileSync(join(directory, 'out'), 'utf8')).toBe('from stdin');
    expect(readFileSync(join(directory, 'err'), 'utf8')).toBe('[a  b][c;d]\n');
  });

  it('says when addresses could not be made the same each time', async () => {
    mkdirSync(join(directory, 'forbidding'));
    programs.write(
      'forbidding/setarch',
      '#!/bin/sh\necho "setarch: failed to set personality" >&2\nexit 1\n',
    );
    const path = `${join(directory, 'forbidding')}:${environment.PATH}`;
    const forbidden = await preparedTracker({ environment: { ...environment, PATH: path } });
    const { notes } = await record('./allocate', {}, forbidden);
    expect(notes).toEqual([expect.stringMatching(/setarch -R/)]);
  });

  it('gives the same numbers each time, from the same environment', async () => {
    const script = '$MEMTRACK ./allocate\nenv > environment-$SIDE';
    const base = await record(script, { environment: { ...environment, SIDE: 'base' } });
    const head = await record(script, { environment: { ...environment, SIDE: 'head' } });
    expect(head.profile).toEqual(base.profile);
    const variables = (side: string) =>
      readFileSync(join(directory, `environment-${side}`), 'utf8').replace(`SIDE=${side}\n`, '');
    expect(variables('head')).toBe(variables('base'));
  });

  it('names the functions of a library found through a relative LD_LIBRARY_PATH', async () => {
    mkdirSync(join(directory, 'sub/lib'), { recursive: true });
    programs.compile(
      'sub/lib/libshape.so',
      '#include <stdlib.h>\nvoid *make_shape(void) { return malloc(123); }',
      '-shared',
      '-fPIC',
      '-Wl,-soname,libshape.so',
    );
    programs.compile(
      'sub/draw',
      'void *make_shape(void);\nint main(void) { return make_shape() == 0; }',
      'sub/lib/libshape.so',
    );
    const reading = await preparedTracker({
      readTrace: (bytes) => heaptrackFormat.read(bytes, { metric: 'allocated' }),
      mergeProfiles,
    });
    const script = 'cd sub\nLD_LIBRARY_PATH=.:lib $MEMTRACK ./draw';
    const { profile } = await record(script, {}, reading);
    expect(profile.strings).toContain('make_shape');
  });

  it('records a program whose folder is gone', async () => {
    const script = `mkdir gone; cd gone; rmdir ../gone\n$MEMTRACK ${join(directory, 'allocate')}`;
    const { profile } = await record(script);
    expect(profile.costs.allocations[0]).toBeGreaterThanOrEqual(200);
  });

  it('adds up the programs of a script of several lines', async () => {
    const one = await record('./allocate');
    const script =
      'mkdir -p sub; cd sub\n$MEMTRACK ../allocate 1\nPATH=$PWD/..:$PATH "$MEMTRACK" allocate 2 | cat\n../allocate 3';
    const { profile, programs: count } = await record(script);
    expect(count).toBe(2);
    expect(profile.facts.command).toBe('../allocate 1 & allocate 2');
    expect(profile.costs.allocations[0]).toBe(2 * one.profile.costs.allocations[0]);
  });

  it('keeps the exit code, as the script may want it', async () => {
    const { programs: count } = await record('EXIT_CODE=3 $MEMTRACK ./allocate || test $? = 3');
    expect(count).toBe(1);
    const error = await errorOf(record('EXIT_CODE=3 ./allocate "last words"'));
    expect(error).toBeInstanceOf(CommandError);
    expect(error.message).toBe('The `run` script failed with exit code 3.');
    expect((error as CommandError).failure).toEqual({
      command: 'EXIT_CODE=3 ./allocate "last words"',
      exitCode: 3,
      signal: null,
      lastLines: ['[last words]'],
    });
  });

  it('reports a program that crashes', async () => {
    const error = await errorOf(record('./crash'));
    expect(error).toBeInstanceOf(CommandError);
    expect(error.message).toContain('SIGABRT');
  });

  it('refuses a program that heaptrack cannot see before it runs, even when the script would go on', async () => {
    const error = await errorOf(record('$MEMTRACK ./static x > ran || true\ntouch went-on; sleep 20'));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/what `\.\/static` allocates: it is linked statically/);
    expect(existsSync(join(directory, 'went-on'))).toBe(false);
  });

  it('refuses an argument with a newline', async () => {
    const error = await errorOf(record("./allocate 'a\nt b'"));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/Argument 1 of `\.\/allocate` holds a newline/);
  });

  it('refuses a command line that is too long for heaptrack, and records the longest that is not', async () => {
    const fits = 4093 - './allocate'.length - 2;
    expect(
      (await record(`./allocate ${'x'.repeat(fits)}`)).profile.costs.allocations[0],
    ).toBeGreaterThanOrEqual(200);
    const error = await errorOf(record(`./allocate ${'x'.repeat(fits + 1)}`));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/has 4094 bytes, and heaptrack breaks at 4094/);
  });

  it('stops at the time limit, and leaves no process', async () => {
    const startedAt = performance.now();
    const error = await errorOf(record(`sleep ${time}`, { timeLimitSeconds: 1 }));
    expect(error.message).toContain('limit of 1 second (`run-timeout`)');
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect(isRunning(time)).toBe(false);
  });

  it.each(['./background', './background in-a-session-of-its-own'])(
    'neither waits for nor leaves behind the child of %j, which holds stdout and the trace open',
    async (script) => {
      const startedAt = performance.now();
      const { profile } = await record(script);
      expect(profile.costs.allocations[0]).toBeGreaterThanOrEqual(200);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
      expect(isRunning('./background')).toBe(false);
    },
  );

  it('ends all within 5 seconds of a cancellation', async () => {
    const startedAt = performance.now();
    const error = await errorOf(record(`sleep ${time}`, { signal: AbortSignal.timeout(500) }));
    expect(error).toBeInstanceOf(CancelledError);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(isRunning(time)).toBe(false);
    expect(childrensArguments().some((word) => word.endsWith('heaptrack_interpret'))).toBe(false);
  });

  it('warns once that the traced program is a shell, since where nothing changes nobody reads a note', async () => {
    programs.write('script.sh', '#!/bin/bash\n./allocate\n');
    const warnings: string[] = [];
    const log = { ...SILENT_LOG, warning: (message: string) => void warnings.push(message) };
    const { profile, notes } = await record('./script.sh', { log });
    await record('./script.sh', { log });
    expect(profile.facts.command).toBe('/bin/bash ./script.sh');
    expect(notes).toEqual([expect.stringContaining('the numbers are those of `bash` itself')]);
    expect(warnings).toEqual(notes);
  });

  it('measures what a recipe of make starts through $(MEMTRACK), and not make', async () => {
    programs.write('Makefile', 'run:\n\t@$(MEMTRACK) ./allocate from-make\n');
    const { profile, programs: count, notes } = await record('make run');
    expect({ command: profile.facts.command, count, notes }).toEqual({
      command: './allocate from-make',
      count: 1,
      notes: [],
    });
    expect((await record('$MEMTRACK make run')).programs).toBe(2);
  });

  it('lets a script trace the programs that it wants to be traced', async () => {
    programs.write('benchmark.sh', '#!/bin/bash\n${MEMTRACK:-} ./allocate from-script\n');
    const { profile, programs: count, notes } = await record('./benchmark.sh');
    expect({ command: profile.facts.command, count, notes }).toEqual({
      command: './allocate from-script',
      count: 1,
      notes: [],
    });
  });

  it('traces the interpreter of a script, not the `env` that looks for it', async () => {
    programs.write('hello world', '#!/usr/bin/env perl\nprint "$0 @ARGV\\n";\n');
    const { profile, notes } = await record('"./hello world" a "b c" > out');
    expect({ command: profile.facts.command, notes }).toEqual({
      command: 'perl ./hello world a b c',
      notes: [],
    });
    expect(readFileSync(join(directory, 'out'), 'utf8')).toBe('./hello world a b c\n');
  });

  it('says what to do about a shell that becomes another program', async () => {
    const error = await errorOf(record("bash -c 'exec ./allocate'"));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/replaced itself by another one/);
  });

  it('says so too when the broken pipe has ended the program long before the trace is read', async () => {
    const lagging = await preparedTracker({
      async readTrace(bytes) {
        return await countAllocations(
          (async function* () {
            for await (const chunk of bytes) {
              yield chunk;
              await pause(500);
            }
          })(),
        );
      },
    });
    const error = await errorOf(record("bash -c 'exec ./endless'", {}, lagging));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/replaced itself by another one/);
  });

  it('says that nothing was traced, and what to do', async () => {
    const error = await errorOf(record('if false; then\n$MEMTRACK ./allocate\nfi'));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/nothing in it was started through `\$MEMTRACK`/);
  });

  it('says that nothing was recorded of a program that ends too early', async () => {
    const error = await errorOf(record('./silent'));
    expect(error).toBeInstanceOf(UntraceableError);
    expect(error.message).toMatch(/recorded no allocation.*_exit/);
  });

  it('tells how many of several programs allocated nothing', async () => {
    const { programs: count, notes } = await record('$MEMTRACK ./silent; $MEMTRACK ./allocate');
    expect({ count, notes }).toEqual({ count: 1, notes: ['1 of 2 traced programs allocated nothing.'] });
  });

  it('stops the program when the reader finds the trace broken, and throws what the reader threw', async () => {
    const broken = new TraceFormatError('no such record', 7);
    const failing = await preparedTracker({
      async readTrace(bytes) {
        for await (const _ of bytes) throw broken;
        throw new Error('there were no bytes');
      },
    });
    expect(await errorOf(record('./endless', {}, failing))).toBe(broken);
    expect(isRunning('./endless')).toBe(false);
  });

  it('is not led astray by a program that writes into its pipes', async () => {
    programs.write(
      'hostile.sh',
      '#!/bin/bash\nfolder=$(dirname "$LAUNCHER")\nfor line in x 0 -1 1 99999999999 ../../etc/passwd "$(head -c 9000 /dev/zero | tr "\\0" 7)"; do echo "$line" > "$folder/requests"; done\n' +
        'ln -s /etc/passwd "$folder/request-4"; mkfifo "$folder/request-5"; printf "a\\0b" > "$folder/request-6"; printf "1\\n4\\n5\\n6\\n" > "$folder/requests"\n',
    );
    const { profile, programs: count } = await record(
      'LAUNCHER=$MEMTRACK ./hostile.sh\n$MEMTRACK ./allocate',
    );
    expect(count).toBe(1);
    expect(profile.costs.allocations[0]).toBeGreaterThanOrEqual(200);
  });

  it('leaves descriptors and variables of the script as they are', async () => {
    programs.write(
      'show.pl',
      '#!/usr/bin/perl\nprint readlink("/proc/self/fd/9"), map { "\\n$_=$ENV{$_}" } keys %ENV;\n',
    );
    const script = 'exec 9>locked\nflock 9\nmemtrack=mine $MEMTRACK ./show.pl > seen';
    await record(script);
    const seen = readFileSync(join(directory, 'seen'), 'utf8');
    expect(seen).toContain('/locked');
    expect(seen).toContain('memtrack=mine');
    expect(seen).not.toMatch(/LD_PRELOAD|DUMP_HEAPTRACK|memtrack_/);
  });

  it('finds all of many programs that run at the same time', async () => {
    const { programs: count } = await record('for i in 1 2 3 4 5 6; do $MEMTRACK ./allocate $i & done; wait');
    expect(count).toBe(6);
  });
});

describe('a recording of what cargo starts', () => {
  const project = join(directory, 'crate');
  const cargoEnvironment = {
    ...environment,
    CARGO_NET_OFFLINE: 'true',
    CARGO_TARGET_DIR: join(directory, 'target'),
  };

  beforeAll(() => {
    mkdirSync(join(project, 'src'), { recursive: true });
    writeFileSync(
      join(project, 'Cargo.toml'),
      '[package]\nname = "tiny"\nversion = "0.1.0"\nedition = "2021"\n',
    );
    writeFileSync(
      join(project, 'src/main.rs'),
      'fn main() { for i in 0..300 { std::hint::black_box(vec![0u8; i + 1]); } println!("{:?}", std::env::args().skip(1).collect::<Vec<_>>()); }\n',
    );
  });

  it('traces the program and not cargo', async () => {
    const { profile, programs: count } = await record('cargo run --quiet --release -- "a b" > out', {
      directory: project,
      environment: cargoEnvironment,
    });
    expect(count).toBe(1);
    expect(profile.facts.command).toBe(`${cargoEnvironment.CARGO_TARGET_DIR}/release/tiny a b`);
    expect(profile.costs.allocations[0]).toBeGreaterThanOrEqual(300);
    expect(readFileSync(join(project, 'out'), 'utf8')).toBe('["a b"]\n');
    expect(readFileSync(join(directory, 'target/release/tiny')).includes('.debug_line')).toBe(true);
  });

  it('traces it also behind $MEMTRACK cargo', async () => {
    const { profile } = await record('$MEMTRACK cargo run --quiet --release', {
      directory: project,
      environment: cargoEnvironment,
    });
    expect(profile.facts.command).toBe(`${cargoEnvironment.CARGO_TARGET_DIR}/release/tiny`);
  });

  it('says so when cargo starts nothing', async () => {
    const error = await errorOf(
      record('cargo build --quiet --release', { directory: project, environment: cargoEnvironment }),
    );
    expect(error.message).toContain('cargo started no program');
  });
});

describe('heaptrackTracker', () => {
  it('adds line tables for cargo to the build environment, unless the user has set that', () => {
    const built = tracker.buildEnvironment({ PATH: '/bin', CARGO_PROFILE_RELEASE_DEBUG: '0' });
    expect(built).toMatchObject({
      PATH: '/bin',
      CARGO_PROFILE_RELEASE_DEBUG: '0',
      CARGO_PROFILE_BENCH_DEBUG: 'limited',
      CARGO_PROFILE_RELEASE_STRIP: 'none',
    });
  });

  it('says how to get heaptrack when it is missing', async () => {
    const missing = preparedTracker({ environment: { PATH: directory } });
    await expect(missing).rejects.toThrow(
      /heaptrack is not in PATH.*apt-get install heaptrack.*github.com\/KDE/,
    );
  });
});
