/** Looks at a program before it runs: whether heaptrack can see its allocations, and what weakens the numbers. */

import { UntraceableError } from '../../errors.ts';
import {
  type ExecutableSearch,
  fileStatus,
  findExecutable,
  openFile,
  withoutLinks,
} from '../../workspace/executable.ts';
import { type ElfFile, isElf, readElf } from './elf.ts';
import type { LaunchRequest } from './launcher.ts';

/** How a program is to be started, and what is to be said of it. */
export interface Inspection {
  /** Whether to start the program without heaptrack, because it is a script that traces programs itself. */
  readonly isPlain: boolean;
  /**
   * For a script that begins with `#!/usr/bin/env NAME`: the name, to be started by itself, since heaptrack would see
   * `env` only. Null for anything else.
   */
  readonly interpreter: string | null;
  /** Says so of a shell or another launcher, whose own memory is all that heaptrack sees. Null for other programs. */
  readonly launcherNote: string | null;
  /** Sentences about what else weakens the numbers. */
  readonly notes: readonly string[];
}

/** heaptrack 1.4's interpreter aborts when the command line, with a NUL after each argument, gets as long as this. */
const TOO_MANY_ARGUMENT_BYTES = 4094;

/** heaptrack writes the arguments into its line-based trace as they are. Tab is harmless. */
const CONTROL_CHARACTER = /[\x00-\x08\x0a-\x1f\x7f]/;

const SET_USER_ID = 0o4000;
const SET_GROUP_ID = 0o2000;

/** e_machine of what Node calls an architecture, and what people call it. */
const MACHINES = new Map([
  [3, { architecture: 'ia32', name: '32-bit x86' }],
  [8, { architecture: 'mips', name: 'MIPS' }],
  [20, { architecture: 'ppc', name: '32-bit PowerPC' }],
  [21, { architecture: 'ppc64', name: '64-bit PowerPC' }],
  [22, { architecture: 's390x', name: 'S/390' }],
  [40, { architecture: 'arm', name: '32-bit ARM' }],
  [62, { architecture: 'x64', name: 'x86-64' }],
  [183, { architecture: 'arm64', name: '64-bit ARM' }],
  [243, { architecture: 'riscv64', name: 'RISC-V' }],
  [258, { architecture: 'loong64', name: 'LoongArch' }],
]);

/** Functions by which an allocator is known that was linked into a program. */
const ALLOCATOR_FUNCTIONS = new Map([
  ['_rjem_malloc', 'jemalloc'],
  ['_rjem_je_malloc', 'jemalloc'],
  ['je_malloc', 'jemalloc'],
  ['je_mallocx', 'jemalloc'],
  ['mi_malloc', 'mimalloc'],
  ['tc_malloc', 'tcmalloc'],
  ['TCMallocInternalMalloc', 'tcmalloc'],
  ['sn_rust_alloc', 'snmalloc'],
  ['sn_malloc', 'snmalloc'],
]);
const ALLOCATOR_LIBRARY = /^lib(jemalloc|mimalloc|tcmalloc[a-z_]*|snmalloc[a-z_]*|hoard)\b/;
const SANITIZER_LIBRARY = /^lib(asan|tsan|msan|lsan|hwasan)\.so/;
const SANITIZER_FUNCTIONS = ['__asan_init', '__tsan_init', '__msan_init', '__hwasan_init'];

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'mksh', 'ash', 'fish', 'busybox']);
const LAUNCHERS = new Set(
  (
    'env timeout nice nohup setsid stdbuf time xargs parallel sudo su doas xvfb-run taskset numactl chrt ionice ' +
    'make gmake ninja cmake ctest meson bazel bazelisk npm npx yarn pnpm go hyperfine strace ltrace gdb valgrind perf ' +
    'docker podman'
  ).split(' '),
);
const PYTHON = /^(python|pypy)[0-9.]*$/;

const MAX_SCRIPT_BYTES = 1024 * 1024;
/** A script's interpreter may be a script; the kernel goes no deeper than this. */
const MAX_INTERPRETERS = 4;

/**
 * Decides whether and how to trace a program.
 * @throws UntraceableError when heaptrack cannot see it: why, and what to do
 */
export function inspectProgram(request: LaunchRequest): Inspection {
  const [name] = request.arguments;
  if (name === undefined || name === '') {
    throw new UntraceableError('No program stands behind `$MEMTRACK`: put it before the command to measure.');
  }
  refuseArguments(request);
  return inspectFile(name, request, 0);
}

function refuseArguments({ arguments: args, argumentBytes }: LaunchRequest): void {
  const control = args.findIndex((argument) => CONTROL_CHARACTER.test(argument));
  if (control !== -1) {
    throw new UntraceableError(
      `Argument ${control} of \`${args[0]}\` holds a newline or another control character, and heaptrack writes ` +
        'arguments into its trace as they are, which breaks it. Pass that text in a file or through stdin.',
    );
  }
  if (argumentBytes >= TOO_MANY_ARGUMENT_BYTES) {
    throw new UntraceableError(
      `The command line of \`${args[0]}\` has ${argumentBytes} bytes, and heaptrack breaks at ` +
        `${TOO_MANY_ARGUMENT_BYTES} and more. Pass the arguments in a file (\`@file\`, a configuration, stdin).`,
    );
  }
}

function inspectFile(name: string, request: LaunchRequest, depth: number): Inspection {
  const path = resolveProgram(name, request);
  const program = programWords(name, path);
  using file = openProgram(path, program);
  if (isElf(file.read(0, 4))) {
    refuseUntraceable(path, program, readElf(file));
    const launcher = launcherAmong([name, path]);
    return {
      isPlain: false,
      interpreter: null,
      launcherNote: launcher && noteOnLauncher(launcher),
      notes: notesOn(name, path, request),
    };
  }
  const text = Buffer.from(file.read(0, MAX_SCRIPT_BYTES)).toString('latin1');
  if (/\$\{?MEMTRACK\b/.test(text))
    return { isPlain: true, interpreter: null, launcherNote: null, notes: [] };
  if (depth >= MAX_INTERPRETERS) {
    throw new UntraceableError(
      `${program} cannot be run: the interpreters of scripts that it leads to never end.`,
    );
  }
  const named = depth === 0 ? nameBehindEnv(text) : null;
  const interpreter = named ?? interpreterOf(text);
  const inspection = inspectFile(interpreter, request, depth + 1);
  return {
    ...inspection,
    interpreter: named,
    launcherNote: noteOnScript(name, path, interpreter) ?? inspection.launcherNote,
  };
}

function noteOnScript(name: string, path: string, interpreter: string): string | null {
  const launcher = launcherAmong([name]);
  if (launcher !== null) return noteOnLauncher(launcher);
  const shell = launcherAmong([interpreter]);
  if (shell === null) return null;
  return noteOnLauncher(shell, `${programWords(name, path)} is a script, `);
}

/** As the user wrote it; a name without a path hides which file it is, such as one of pyenv's scripts. */
function programWords(name: string, path: string): string {
  return name.includes('/') ? `\`${name}\`` : `\`${name}\` (${path})`;
}

function resolveProgram(name: string, search: ExecutableSearch): string {
  const found = findExecutable(name, search);
  if (found !== null) return withoutLinks(found);
  if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(name)) {
    throw new UntraceableError(
      `\`${name}\` stands behind \`$MEMTRACK\`, where the program should: put assignments before \`$MEMTRACK\`.`,
    );
  }
  if (!name.includes('/')) {
    throw new UntraceableError(
      `There is no program \`${name}\` in PATH. Build it first, or give its path, such as ./${name}.`,
    );
  }
  const { exists } = fileStatus(name.startsWith('/') ? name : `${search.directory}/${name}`);
  throw new UntraceableError(
    exists
      ? `\`${name}\` in ${search.directory} is not an executable file. Make it one: chmod +x ${name}`
      : `There is no file \`${name}\` in ${search.directory}. Does \`build\` make it there?`,
  );
}

function openProgram(path: string, program: string): ReturnType<typeof openFile> {
  try {
    return openFile(path);
  } catch (cause) {
    throw new UntraceableError(`${program} may be run but not read, so it cannot be looked into.`, { cause });
  }
}

function refuseUntraceable(path: string, program: string, elf: ElfFile): void {
  const refuse = (why: string, remedy: string) => {
    throw new UntraceableError(`heaptrack cannot see what ${program} allocates: ${why}. ${remedy}`);
  };
  refuseForeignMachine(path, elf, refuse);
  if (elf.sections.has('.go.buildinfo') || elf.sections.has('.note.go.buildid')) {
    refuse('it is a Go program, and Go manages its memory itself', "Go's own pprof shows its heap.");
  }
  if (elf.loader === null) {
    refuse(
      'it is linked statically, and heaptrack is a library that must be loaded with the program',
      'Link it dynamically for the measurement: without -static; for Rust with the target *-linux-gnu, not -musl.',
    );
  }
  if (/ld-musl/.test(elf.loader ?? '')) {
    refuse(
      'it is linked with musl, whose loader cannot load heaptrack, which needs glibc',
      'Build it for glibc: for Rust with the target *-linux-gnu.',
    );
  }
  refuseSetUserId(path, refuse);
  refuseOwnAllocator(elf, refuse);
}

type Refuse = (why: string, remedy: string) => void;

function refuseForeignMachine(path: string, elf: ElfFile, refuse: Refuse): void {
  const machine = MACHINES.get(elf.machine);
  const isOurs = machine?.architecture === process.arch && elf.bits === 64;
  if (isOurs) return;
  const name = machine?.name ?? `machine type ${elf.machine}`;
  const bits = elf.bits === 32 ? `a 32-bit program (${name})` : `built for ${name}`;
  refuse(`it is ${bits}, and this heaptrack is for ${process.arch}`, `Build ${path} for this machine.`);
}

/** The loader ignores LD_PRELOAD for a program that runs with somebody else's rights. */
function refuseSetUserId(path: string, refuse: Refuse): void {
  const { mode, owner, group } = fileStatus(path);
  const changesUser = (mode & SET_USER_ID) !== 0 && owner !== process.geteuid?.();
  const changesGroup = (mode & SET_GROUP_ID) !== 0 && group !== process.getegid?.();
  if (changesUser || changesGroup) {
    refuse(
      'it runs with the rights of another user (set-uid), and such a program loads no heaptrack',
      'Measure a copy without that bit: cp keeps it off.',
    );
  }
}

function refuseOwnAllocator(elf: ElfFile, refuse: Refuse): void {
  const sanitizer = elf.libraries.find((library) => SANITIZER_LIBRARY.test(library));
  const functions = elf.definedFunctions(['malloc', ...ALLOCATOR_FUNCTIONS.keys(), ...SANITIZER_FUNCTIONS]);
  const sanitizerFunction = SANITIZER_FUNCTIONS.find((name) => functions.has(name));
  if (sanitizer !== undefined || sanitizerFunction !== undefined) {
    refuse(
      `it is built with a sanitizer (${sanitizer ?? sanitizerFunction}), which replaces malloc`,
      'Measure a build without -fsanitize.',
    );
  }
  const remedy =
    'Measure a build with the system allocator. Rust: put `#[global_allocator]` behind a cargo feature, or set it to ' +
    '`std::alloc::System`. C and C++: do not link the other allocator.';
  const library = elf.libraries.find((candidate) => ALLOCATOR_LIBRARY.test(candidate));
  if (library !== undefined) refuse(`it uses an allocator of its own (${library})`, remedy);
  for (const [name, allocator] of ALLOCATOR_FUNCTIONS) {
    if (functions.has(name))
      refuse(`it has an allocator of its own built in (${allocator}: \`${name}\`)`, remedy);
  }
  if (functions.get('malloc') === 'global') {
    refuse('it has an allocator of its own built in (it defines `malloc`)', remedy);
  }
}

/** The NAME of a first line `#!/usr/bin/env NAME`; null where there is another, or more to it. */
function nameBehindEnv(text: string): string | null {
  return (
    /^#![ \t]*\/[A-Za-z0-9/._-]{0,200}\/env[ \t]+([A-Za-z0-9._+-]{1,200})[ \t]*\n/.exec(text)?.[1] ?? null
  );
}

/** What the kernel would start for a script; without `#!` the C library takes it for a shell script. */
function interpreterOf(text: string): string {
  return /^#![ \t]*([^ \t\r\n\0]{1,400})/.exec(text)?.[1] ?? '/bin/sh';
}

function notesOn(name: string, path: string, request: LaunchRequest): string[] {
  const names = [name, path].map(baseName);
  const notes: string[] = [];
  if (names.some((candidate) => PYTHON.test(candidate)) && request.pythonMalloc !== 'malloc') {
    notes.push(
      "Python's own allocator (pymalloc) hides objects of up to 512 bytes from heaptrack: set `PYTHONMALLOC=malloc` " +
        'before the command to see them.',
    );
  }
  const allocator = request.preload
    .split(/[ :]/)
    .map(baseName)
    .find((library) => ALLOCATOR_LIBRARY.test(library));
  if (allocator !== undefined) {
    notes.push(`LD_PRELOAD loads ${allocator}, whose \`operator new\` heaptrack does not see: unset it.`);
  }
  return notes;
}

function launcherAmong(names: readonly string[]): string | null {
  return names.map(baseName).find((name) => SHELLS.has(name) || LAUNCHERS.has(name)) ?? null;
}

function noteOnLauncher(launcher: string, because = ''): string {
  const fact = `${because}heaptrack follows no child processes${because === '' ? ':' : ', and'}`;
  return (
    `${fact} the numbers are those of \`${launcher}\` itself. To measure a program ` +
    `that it starts, put \`$MEMTRACK\` before that program in the script.`
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
