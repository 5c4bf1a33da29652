import { r as heaptrackFormat } from "./formats.js";
import { r as mergeProfiles } from "./profile.js";
import { n as CommandError, o as UntraceableError, s as UserError, t as CancelledError } from "./errors.js";
import { A as startProcess, I as claimTemporaryDirectory, M as processArguments, N as OutputTail, _ as isFolder, a as answerOnFifo, b as withoutLinks, c as makeFifo, d as findChangedFiles, f as sealFiles, g as findExecutable, h as fileStatus, j as isProcessAlive, k as runProcess, l as openFifoEnds, o as closeDescriptor, p as runScript, s as listenOnFifo, u as installPackages, v as namesIn, y as openFile } from "./workspace.js";
import { t as _usingCtx } from "../usingCtx.js";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

// src/trackers/heaptrack/find-heaptrack.ts
const VERSION_SECONDS = 10;
/**
* Finds heaptrack in PATH, and its parts in the places where systems put them.
* @returns null when there is none
* @throws UserError when there is one that lacks a part or does not tell its version
*/
async function findHeaptrack(environment, signal) {
	const found = findExecutable("heaptrack", {
		searchPath: environment.PATH ?? "",
		directory: "/"
	});
	if (found === null) return null;
	const executable = withoutLinks(found);
	const folders = libraryFolders(executable);
	const preloadLibrary = firstFile(folders.map((folder) => join(folder, "libheaptrack_preload.so")));
	const interpreter = firstFile(folders.flatMap((folder) => [join(folder, "libexec", "heaptrack_interpret"), join(folder, "heaptrack_interpret")]));
	if (preloadLibrary === null || interpreter === null) throw new UserError(`${executable} is there, but its part ${preloadLibrary === null ? "libheaptrack_preload.so" : "heaptrack_interpret"} is in none of ${folders.join(", ")}. Install heaptrack anew.`);
	return {
		version: await readVersion(executable, environment, signal),
		preloadLibrary,
		interpreter
	};
}
/** Folders where heaptrack's parts may be, those beside its executable first. */
function libraryFolders(executable) {
	return [.../* @__PURE__ */ new Set([
		dirname(dirname(executable)),
		"/usr",
		"/usr/local"
	])].flatMap((prefix) => {
		return [
			"lib",
			"lib64",
			...namesIn(join(prefix, "lib")).filter((name) => /-linux-gnu/.test(name)).map((name) => join("lib", name)),
			"libexec"
		].map((library) => join(prefix, library, "heaptrack"));
	});
}
function firstFile(paths) {
	const found = paths.find((path) => fileStatus(path).isFile);
	return found === void 0 ? null : withoutLinks(found);
}
async function readVersion(executable, environment, signal) {
	const result = await runProcess(executable, ["--version"], {
		directory: "/",
		environment,
		timeLimitSeconds: VERSION_SECONDS,
		signal
	});
	const version = /\b\d{1,4}\.\d{1,4}(\.\d{1,4})?/.exec(result.lastLines.join("\n"));
	if (result.exitCode !== 0 || version === null) throw new UserError(`\`${executable} --version\` does not tell its version (exit code ${result.exitCode ?? result.signal}): ${result.lastLines.join(" ")}`);
	return version[0];
}

// src/trackers/heaptrack/elf.ts
/**
* Reads of an ELF file (System V ABI, "Object Files") what decides whether a preloaded library can see its
* allocations. The file may be anything: nothing it says is used before it is checked against the file's size.
*/
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const STB_LOCAL = 0;
const STT_NOTYPE = 0;
const STT_FUNC = 2;
const STT_GNU_IFUNC = 10;
const MAX_NAME_BYTES = 4096;
const MAX_SECTIONS = 65536;
const MAX_SEGMENTS = 1024;
const MAX_DYNAMIC_BYTES = 1048576;
/** Far above a browser's; a table said to be larger is not searched. */
const MAX_TABLE_BYTES = 536870912;
const SYMBOLS_AT_ONCE = 65536;
/** Whether the first bytes of a file are those of ELF. */
function isElf(firstBytes) {
	return firstBytes[0] === 127 && firstBytes[1] === 69 && firstBytes[2] === 76 && firstBytes[3] === 70;
}
/** @throws UserError when the file is not ELF, or cut within its header */
function readElf(source) {
	const start = source.read(0, 64);
	const bits = start[4] === 1 ? 32 : 64;
	const isLittleEndian = start[5] !== 2;
	if (!isElf(start) || start.length < (bits === 32 ? 52 : 64)) throw new UserError("This is no ELF file, or it is cut short within its header.");
	const format = {
		bits,
		isLittleEndian
	};
	const header = wordsOf(start, format);
	const segments = readSegments(source, header, format);
	const sections = readSections(source, header, format);
	const interpreter = segments.find((segment) => segment.type === PT_INTERP);
	return {
		...format,
		machine: header.half(18),
		loader: interpreter === void 0 ? null : readName(source, interpreter.offset),
		libraries: readLibraries(source, segments, format),
		sections: new Set(sections.map((section) => section.name)),
		definedFunctions: (names) => findDefinedFunctions(source, sections, format, names)
	};
}
function wordsOf(bytes, { bits, isLittleEndian }) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const has = (offset, length) => offset >= 0 && offset + length <= view.byteLength;
	const word = (offset) => has(offset, 4) ? view.getUint32(offset, isLittleEndian) : 0;
	return {
		length: view.byteLength,
		half: (offset) => has(offset, 2) ? view.getUint16(offset, isLittleEndian) : 0,
		word,
		long(offset) {
			if (bits === 32) return word(offset);
			return has(offset, 8) ? Number(view.getBigUint64(offset, isLittleEndian)) : 0;
		}
	};
}
function readSegments(source, header, format) {
	const is64 = format.bits === 64;
	const offset = header.long(is64 ? 32 : 28);
	const entrySize = header.half(is64 ? 54 : 42);
	const table = wordsOf(readRange(source, offset, entrySize * Math.min(header.half(is64 ? 56 : 44), MAX_SEGMENTS)), format);
	const segments = [];
	for (let at = 0; entrySize >= (is64 ? 56 : 32) && at + entrySize <= table.length; at += entrySize) segments.push({
		type: table.word(at),
		offset: table.long(at + (is64 ? 8 : 4)),
		address: table.long(at + (is64 ? 16 : 8)),
		size: table.long(at + (is64 ? 32 : 16))
	});
	return segments;
}
function readSections(source, header, format) {
	const is64 = format.bits === 64;
	const offset = header.long(is64 ? 40 : 32);
	const entrySize = header.half(is64 ? 58 : 46);
	if (offset === 0 || entrySize < (is64 ? 64 : 40)) return [];
	const sizeField = is64 ? 32 : 20;
	const linkField = is64 ? 40 : 24;
	const first = wordsOf(readRange(source, offset, entrySize), format);
	const count = Math.min(header.half(is64 ? 60 : 48) || first.long(sizeField), MAX_SECTIONS);
	const statedNames = header.half(is64 ? 62 : 50);
	const namesIndex = statedNames === 65535 ? first.word(linkField) : statedNames;
	const table = wordsOf(readRange(source, offset, entrySize * count), format);
	const namesOffset = table.long(namesIndex * entrySize + (is64 ? 24 : 16));
	const sections = [];
	for (let at = 0; at + entrySize <= table.length; at += entrySize) sections.push({
		name: readName(source, namesOffset + table.word(at)),
		type: table.word(at + 4),
		offset: table.long(at + (is64 ? 24 : 16)),
		size: table.long(at + sizeField),
		link: table.word(at + linkField)
	});
	return sections;
}
function readLibraries(source, segments, format) {
	const dynamic = segments.find((segment) => segment.type === PT_DYNAMIC);
	if (dynamic === void 0) return [];
	const table = wordsOf(readRange(source, dynamic.offset, Math.min(dynamic.size, MAX_DYNAMIC_BYTES)), format);
	const step = format.bits / 8;
	const nameOffsets = [];
	let stringsAddress = 0;
	for (let at = 0; at + 2 * step <= table.length; at += 2 * step) {
		const tag = table.long(at);
		if (tag === DT_NEEDED) nameOffsets.push(table.long(at + step));
		if (tag === DT_STRTAB) stringsAddress = table.long(at + step);
		if (tag === 0) break;
	}
	const home = segments.find(({ type, address, size }) => type === PT_LOAD && stringsAddress >= address && stringsAddress < address + size);
	if (home === void 0) return [];
	const strings = stringsAddress - home.address + home.offset;
	return nameOffsets.map((offset) => readName(source, strings + offset));
}
function findDefinedFunctions(source, sections, format, names) {
	const found = /* @__PURE__ */ new Map();
	for (const table of sections) {
		const strings = sections[table.link];
		if (table.type !== SHT_SYMTAB && table.type !== SHT_DYNSYM || strings === void 0) continue;
		const wanted = findNames(readRange(source, strings.offset, strings.size), names);
		if (wanted.size === 0) continue;
		for (const [nameOffset, scope] of definedFunctionNames(source, table, format)) {
			const name = wanted.get(nameOffset);
			if (name !== void 0 && found.get(name) !== "global") found.set(name, scope);
		}
	}
	return found;
}
/** Where in a string table each name stands, be it as the end of a longer one: linkers share these. */
function findNames(strings, names) {
	const bytes = Buffer.from(strings.buffer, strings.byteOffset, strings.byteLength);
	const places = /* @__PURE__ */ new Map();
	for (const name of names) {
		const text = `${name}\0`;
		for (let at = bytes.indexOf(text, 0, "latin1"); at !== -1; at = bytes.indexOf(text, at + 1, "latin1")) places.set(at, name);
	}
	return places;
}
/** Where the names of a symbol table's functions that are defined in this file stand. */
function* definedFunctionNames(source, table, format) {
	const is64 = format.bits === 64;
	const entrySize = is64 ? 24 : 16;
	const infoField = is64 ? 4 : 12;
	const sectionField = is64 ? 6 : 14;
	const size = Math.min(table.size, source.size, MAX_TABLE_BYTES);
	const pieceSize = SYMBOLS_AT_ONCE * entrySize;
	for (let start = 0; start < size; start += pieceSize) {
		const piece = readRange(source, table.offset + start, Math.min(pieceSize, size - start));
		const symbols = wordsOf(piece, format);
		for (let at = 0; at + entrySize <= symbols.length; at += entrySize) {
			const info = piece[at + infoField];
			const type = info & 15;
			const isFunction = type === STT_FUNC || type === STT_GNU_IFUNC || type === STT_NOTYPE;
			const isDefined = symbols.half(at + sectionField) !== 0;
			if (isFunction && isDefined) yield [symbols.word(at), info >> 4 === STB_LOCAL ? "local" : "global"];
		}
	}
}
/** The bytes of a range as far as the file has them, and nothing of one that cannot be. */
function readRange(source, offset, length) {
	if (!(Number.isSafeInteger(offset) && offset >= 0 && offset < source.size && length > 0) || length > MAX_TABLE_BYTES) return /* @__PURE__ */ new Uint8Array();
	return source.read(offset, Math.min(length, source.size - offset));
}
/** Text up to a NUL. */
function readName(source, offset) {
	const bytes = readRange(source, offset, MAX_NAME_BYTES);
	const end = bytes.indexOf(0);
	return Buffer.from(bytes.subarray(0, end === -1 ? bytes.length : end)).toString("latin1");
}

// src/trackers/heaptrack/inspect-program.ts
/** Looks at a program before it runs: whether heaptrack can see its allocations, and what weakens the numbers. */
/** heaptrack 1.4's interpreter aborts when the command line, with a NUL after each argument, gets as long as this. */
const TOO_MANY_ARGUMENT_BYTES = 4094;
/** heaptrack writes the arguments into its line-based trace as they are. Tab is harmless. */
const CONTROL_CHARACTER = /[\x00-\x08\x0a-\x1f\x7f]/;
const SET_USER_ID = 2048;
const SET_GROUP_ID = 1024;
/** e_machine of what Node calls an architecture, and what people call it. */
const MACHINES = /* @__PURE__ */ new Map([
	[3, {
		architecture: "ia32",
		name: "32-bit x86"
	}],
	[8, {
		architecture: "mips",
		name: "MIPS"
	}],
	[20, {
		architecture: "ppc",
		name: "32-bit PowerPC"
	}],
	[21, {
		architecture: "ppc64",
		name: "64-bit PowerPC"
	}],
	[22, {
		architecture: "s390x",
		name: "S/390"
	}],
	[40, {
		architecture: "arm",
		name: "32-bit ARM"
	}],
	[62, {
		architecture: "x64",
		name: "x86-64"
	}],
	[183, {
		architecture: "arm64",
		name: "64-bit ARM"
	}],
	[243, {
		architecture: "riscv64",
		name: "RISC-V"
	}],
	[258, {
		architecture: "loong64",
		name: "LoongArch"
	}]
]);
/** Functions by which an allocator is known that was linked into a program. */
const ALLOCATOR_FUNCTIONS = /* @__PURE__ */ new Map([
	["_rjem_malloc", "jemalloc"],
	["_rjem_je_malloc", "jemalloc"],
	["je_malloc", "jemalloc"],
	["je_mallocx", "jemalloc"],
	["mi_malloc", "mimalloc"],
	["tc_malloc", "tcmalloc"],
	["TCMallocInternalMalloc", "tcmalloc"],
	["sn_rust_alloc", "snmalloc"],
	["sn_malloc", "snmalloc"]
]);
const ALLOCATOR_LIBRARY = /^lib(jemalloc|mimalloc|tcmalloc[a-z_]*|snmalloc[a-z_]*|hoard)\b/;
const SANITIZER_LIBRARY = /^lib(asan|tsan|msan|lsan|hwasan)\.so/;
const SANITIZER_FUNCTIONS = [
	"__asan_init",
	"__tsan_init",
	"__msan_init",
	"__hwasan_init"
];
const SHELLS = /* @__PURE__ */ new Set([
	"sh",
	"bash",
	"dash",
	"zsh",
	"ksh",
	"mksh",
	"ash",
	"fish",
	"busybox"
]);
const LAUNCHERS = new Set("env timeout nice nohup setsid stdbuf time xargs parallel sudo su doas xvfb-run taskset numactl chrt ionice make gmake ninja cmake ctest meson bazel bazelisk npm npx yarn pnpm go hyperfine strace ltrace gdb valgrind perf docker podman".split(" "));
const PYTHON = /^(python|pypy)[0-9.]*$/;
const MAX_SCRIPT_BYTES = 1048576;
/** A script's interpreter may be a script; the kernel goes no deeper than this. */
const MAX_INTERPRETERS = 4;
/**
* Decides whether and how to trace a program.
* @throws UntraceableError when heaptrack cannot see it: why, and what to do
*/
function inspectProgram(request) {
	const [name] = request.arguments;
	if (name === void 0 || name === "") throw new UntraceableError("No program stands behind `$MEMTRACK`: put it before the command to measure.");
	refuseArguments(request);
	return inspectFile(name, request, 0);
}
function refuseArguments({ arguments: args, argumentBytes }) {
	const control = args.findIndex((argument) => CONTROL_CHARACTER.test(argument));
	if (control !== -1) throw new UntraceableError(`Argument ${control} of \`${args[0]}\` holds a newline or another control character, and heaptrack writes arguments into its trace as they are, which breaks it. Pass that text in a file or through stdin.`);
	if (argumentBytes >= TOO_MANY_ARGUMENT_BYTES) throw new UntraceableError(`The command line of \`${args[0]}\` has ${argumentBytes} bytes, and heaptrack breaks at ${TOO_MANY_ARGUMENT_BYTES} and more. Pass the arguments in a file (\`@file\`, a configuration, stdin).`);
}
function inspectFile(name, request, depth) {
	try {
		var _usingCtx$3 = _usingCtx();
		const path = resolveProgram(name, request);
		const program = programWords(name, path);
		const file = _usingCtx$3.u(openProgram(path, program));
		if (isElf(file.read(0, 4))) {
			refuseUntraceable(path, program, readElf(file));
			const launcher = launcherAmong([name, path]);
			return {
				isPlain: false,
				interpreter: null,
				launcherNote: launcher && noteOnLauncher(launcher),
				notes: notesOn(name, path, request)
			};
		}
		const text = Buffer.from(file.read(0, MAX_SCRIPT_BYTES)).toString("latin1");
		if (/\$\{?MEMTRACK\b/.test(text)) return {
			isPlain: true,
			interpreter: null,
			launcherNote: null,
			notes: []
		};
		if (depth >= MAX_INTERPRETERS) throw new UntraceableError(`${program} cannot be run: the interpreters of scripts that it leads to never end.`);
		const named = depth === 0 ? nameBehindEnv(text) : null;
		const interpreter = named ?? interpreterOf(text);
		const inspection = inspectFile(interpreter, request, depth + 1);
		return {
			...inspection,
			interpreter: named,
			launcherNote: noteOnScript(name, path, interpreter) ?? inspection.launcherNote
		};
	} catch (_) {
		_usingCtx$3.e = _;
	} finally {
		_usingCtx$3.d();
	}
}
function noteOnScript(name, path, interpreter) {
	const launcher = launcherAmong([name]);
	if (launcher !== null) return noteOnLauncher(launcher);
	const shell = launcherAmong([interpreter]);
	if (shell === null) return null;
	return noteOnLauncher(shell, `${programWords(name, path)} is a script, `);
}
/** As the user wrote it; a name without a path hides which file it is, such as one of pyenv's scripts. */
function programWords(name, path) {
	return name.includes("/") ? `\`${name}\`` : `\`${name}\` (${path})`;
}
function resolveProgram(name, search) {
	const found = findExecutable(name, search);
	if (found !== null) return withoutLinks(found);
	if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(name)) throw new UntraceableError(`\`${name}\` stands behind \`$MEMTRACK\`, where the program should: put assignments before \`$MEMTRACK\`.`);
	if (!name.includes("/")) throw new UntraceableError(`There is no program \`${name}\` in PATH. Build it first, or give its path, such as ./${name}.`);
	const { exists } = fileStatus(name.startsWith("/") ? name : `${search.directory}/${name}`);
	throw new UntraceableError(exists ? `\`${name}\` in ${search.directory} is not an executable file. Make it one: chmod +x ${name}` : `There is no file \`${name}\` in ${search.directory}. Does \`build\` make it there?`);
}
function openProgram(path, program) {
	try {
		return openFile(path);
	} catch (cause) {
		throw new UntraceableError(`${program} may be run but not read, so it cannot be looked into.`, { cause });
	}
}
function refuseUntraceable(path, program, elf) {
	const refuse = (why, remedy) => {
		throw new UntraceableError(`heaptrack cannot see what ${program} allocates: ${why}. ${remedy}`);
	};
	refuseForeignMachine(path, elf, refuse);
	if (elf.sections.has(".go.buildinfo") || elf.sections.has(".note.go.buildid")) refuse("it is a Go program, and Go manages its memory itself", "Go's own pprof shows its heap.");
	if (elf.loader === null) refuse("it is linked statically, and heaptrack is a library that must be loaded with the program", "Link it dynamically for the measurement: without -static; for Rust with the target *-linux-gnu, not -musl.");
	if (/ld-musl/.test(elf.loader ?? "")) refuse("it is linked with musl, whose loader cannot load heaptrack, which needs glibc", "Build it for glibc: for Rust with the target *-linux-gnu.");
	refuseSetUserId(path, refuse);
	refuseOwnAllocator(elf, refuse);
}
function refuseForeignMachine(path, elf, refuse) {
	const machine = MACHINES.get(elf.machine);
	if (machine?.architecture === process.arch && elf.bits === 64) return;
	const name = machine?.name ?? `machine type ${elf.machine}`;
	refuse(`it is ${elf.bits === 32 ? `a 32-bit program (${name})` : `built for ${name}`}, and this heaptrack is for ${process.arch}`, `Build ${path} for this machine.`);
}
/** The loader ignores LD_PRELOAD for a program that runs with somebody else's rights. */
function refuseSetUserId(path, refuse) {
	const { mode, owner, group } = fileStatus(path);
	const changesUser = (mode & SET_USER_ID) !== 0 && owner !== process.geteuid?.();
	const changesGroup = (mode & SET_GROUP_ID) !== 0 && group !== process.getegid?.();
	if (changesUser || changesGroup) refuse("it runs with the rights of another user (set-uid), and such a program loads no heaptrack", "Measure a copy without that bit: cp keeps it off.");
}
function refuseOwnAllocator(elf, refuse) {
	const sanitizer = elf.libraries.find((library) => SANITIZER_LIBRARY.test(library));
	const functions = elf.definedFunctions([
		"malloc",
		...ALLOCATOR_FUNCTIONS.keys(),
		...SANITIZER_FUNCTIONS
	]);
	const sanitizerFunction = SANITIZER_FUNCTIONS.find((name) => functions.has(name));
	if (sanitizer !== void 0 || sanitizerFunction !== void 0) refuse(`it is built with a sanitizer (${sanitizer ?? sanitizerFunction}), which replaces malloc`, "Measure a build without -fsanitize.");
	const remedy = "Measure a build with the system allocator. Rust: put `#[global_allocator]` behind a cargo feature, or set it to `std::alloc::System`. C and C++: do not link the other allocator.";
	const library = elf.libraries.find((candidate) => ALLOCATOR_LIBRARY.test(candidate));
	if (library !== void 0) refuse(`it uses an allocator of its own (${library})`, remedy);
	for (const [name, allocator] of ALLOCATOR_FUNCTIONS) if (functions.has(name)) refuse(`it has an allocator of its own built in (${allocator}: \`${name}\`)`, remedy);
	if (functions.get("malloc") === "global") refuse("it has an allocator of its own built in (it defines `malloc`)", remedy);
}
/** The NAME of a first line `#!/usr/bin/env NAME`; null where there is another, or more to it. */
function nameBehindEnv(text) {
	return /^#![ \t]*\/[A-Za-z0-9/._-]{0,200}\/env[ \t]+([A-Za-z0-9._+-]{1,200})[ \t]*\n/.exec(text)?.[1] ?? null;
}
/** What the kernel would start for a script; without `#!` the C library takes it for a shell script. */
function interpreterOf(text) {
	return /^#![ \t]*([^ \t\r\n\0]{1,400})/.exec(text)?.[1] ?? "/bin/sh";
}
function notesOn(name, path, request) {
	const names = [name, path].map(baseName);
	const notes = [];
	if (names.some((candidate) => PYTHON.test(candidate)) && request.pythonMalloc !== "malloc") notes.push("Python's own allocator (pymalloc) hides objects of up to 512 bytes from heaptrack: set `PYTHONMALLOC=malloc` before the command to see them.");
	const allocator = request.preload.split(/[ :]/).map(baseName).find((library) => ALLOCATOR_LIBRARY.test(library));
	if (allocator !== void 0) notes.push(`LD_PRELOAD loads ${allocator}, whose \`operator new\` heaptrack does not see: unset it.`);
	return notes;
}
function launcherAmong(names) {
	return names.map(baseName).find((name) => SHELLS.has(name) || LAUNCHERS.has(name)) ?? null;
}
function noteOnLauncher(launcher, because = "") {
	return `${`${because}heaptrack follows no child processes${because === "" ? ":" : ", and"}`} the numbers are those of \`${launcher}\` itself. To measure a program that it starts, put \`$MEMTRACK\` before that program in the script.`;
}
function baseName(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}

// src/trackers/heaptrack/launcher.ts
/**
* The launcher: a small shell script that `$MEMTRACK` names. It asks us about the program that it is to start, waits
* for the answer and then becomes that program, which so keeps its place in the user's script: its pipes, its exit
* code, its process id.
*
*   launcher                                        this process
*   writes request-PID, then "PID" to `requests` ──▶ reads it, looks at the program
*   reads reply-PID                              ◀── `go FIFO [INTERPRETER SCRIPT]` or `plain`; ends the script otherwise
*   exec program, heaptrack preloaded ──▶ FIFO ────▶ heaptrack_interpret ──▶ reader
*/
/** The files of the folder through which both sides talk. */
const REQUESTS_NAME = "requests";
/** Followed by the launcher's process id. */
const REQUEST_PREFIX = "request-";
/** Followed by the launcher's process id. */
const REPLY_PREFIX = "reply-";
/** Exit code of a launcher that could not ask, as that of `env` and `timeout` when they fail themselves. */
const FAILED_EXIT_CODE = 125;
/** The launcher's text. `folder` and the tools' paths are free of quotes. */
function launcherScript(folder, preloadLibrary, tools) {
	const prefix = tools.setarch === null ? "" : `'${tools.setarch}' -R `;
	return `#!/bin/sh
# Starts a program under heaptrack, as memtrack tells it to. Made for one measurement.
memtrack_reply='${folder}/${REPLY_PREFIX}'$$
'${tools.mkfifo}' -m 600 "$memtrack_reply" || exit ${FAILED_EXIT_CODE}
{
  (umask 077 && printf '%s\\0' "$PWD" "\${PATH-}" "\${PYTHONMALLOC-}" "\${LD_PRELOAD-}" "$@" >|'${folder}/${REQUEST_PREFIX}'$$)
  printf '%s\\n' $$ >'${folder}/${REQUESTS_NAME}'
  read -r memtrack_answer memtrack_trace memtrack_interpreter memtrack_script <&9
} 9<>"$memtrack_reply"
case $memtrack_answer in
  go)
    if [ -n "$memtrack_interpreter" ]; then
      shift
      set -- "$memtrack_interpreter" "$memtrack_script" "$@"
    fi
    exec ${prefix}'${tools.env}' LD_PRELOAD='${preloadLibrary}'"\${LD_PRELOAD:+:$LD_PRELOAD}" DUMP_HEAPTRACK_OUTPUT="$memtrack_trace" "$@"
    ;;
  plain) exec "$@" ;;
esac
exit ${FAILED_EXIT_CODE}
`;
}
const FIELDS_BEFORE_ARGUMENTS = 4;
/** Reads what a launcher wrote; null when it was not a launcher that wrote it. */
function parseLaunchRequest(bytes) {
	if (bytes.at(-1) !== 0) return null;
	const fields = Buffer.from(bytes).toString("utf8").split("\0").slice(0, -1);
	if (fields.length < FIELDS_BEFORE_ARGUMENTS) return null;
	const [directory, searchPath, pythonMalloc, preload, ...args] = fields;
	let start = 0;
	for (let skipped = 0; skipped < FIELDS_BEFORE_ARGUMENTS; skipped++) start = bytes.indexOf(0, start) + 1;
	return {
		directory,
		searchPath,
		pythonMalloc,
		preload,
		arguments: args,
		argumentBytes: bytes.length - start
	};
}

// src/trackers/heaptrack/trace-recording.ts
/** One traced program: heaptrack's raw events, through a named pipe and heaptrack_interpret, into a Profile. */
/** Makes the named pipe and starts reading from it; a program may then write its events there. */
async function startTraceRecording(options) {
	await makeFifo(options.path, options.mkfifo, options.signal);
	const { reader, writer } = openFifoEnds(options.path);
	let isOpen = true;
	const finish = () => {
		if (isOpen) closeDescriptor(writer);
		isOpen = false;
	};
	try {
		return {
			finish,
			outcome: readOutcome(await startProcess(options.interpreter, [], {
				directory: options.directory,
				environment: options.environment,
				timeLimitSeconds: options.timeLimitSeconds,
				signal: options.signal,
				stdin: reader,
				isTrusted: true
			}), options, () => isOpen).finally(finish)
		};
	} catch (error) {
		finish();
		throw error;
	} finally {
		closeDescriptor(reader);
	}
}
async function readOutcome(interpreter, options, isProgramRunning) {
	const statistics = new OutputTail();
	interpreter.stderr.on("data", (chunk) => statistics.add("stderr", chunk));
	const input = { hasEvents: false };
	const whenRead = options.readTrace(noticeEvents(interpreter.stdout, input), options.signal).then((profile) => ({
		profile,
		isEarly: false,
		error: null
	}), (error) => ({
		profile: null,
		isEarly: isProgramRunning(),
		error
	})).finally(() => interpreter.stdout.destroy());
	let isEarlyEnd = false;
	interpreter.exited.then(() => {
		isEarlyEnd = isProgramRunning();
	});
	const [read, end] = await Promise.all([whenRead, interpreter.ended]);
	const hasLostReader = read.error !== null && end.signal === "SIGPIPE";
	if (end.exitCode !== 0 && !hasLostReader) {
		const error = interpreterFailure(options, end, statistics);
		return {
			kind: "failure",
			error,
			isEarly: isEarlyEnd || error instanceof UntraceableError
		};
	}
	if (!input.hasEvents) return { kind: "empty" };
	if (read.profile === null) return {
		kind: "failure",
		error: read.error,
		isEarly: read.isEarly
	};
	return read.profile.facts.events === 0 ? { kind: "empty" } : {
		kind: "profile",
		profile: read.profile
	};
}
/** A program that ended before heaptrack wrote anything leaves a trace without even the line of its version. */
async function* noticeEvents(bytes, input) {
	const LETTER_V = 118;
	let isFirst = true;
	for await (const chunk of bytes) {
		if (isFirst && chunk.length > 0) {
			input.hasEvents = chunk[0] === LETTER_V;
			isFirst = false;
		}
		yield chunk;
	}
}
function interpreterFailure(options, end, statistics) {
	const lastLines = statistics.lines();
	if (lastLines.some((line) => line.includes("duplicate exe event"))) return new UntraceableError("The traced program replaced itself by another one (`exec`, as a shell does with its last command), and heaptrack cannot follow it. Put `$MEMTRACK` before that other program in the script.");
	const how = end.exitCode === null ? `was ended by signal ${end.signal}` : `failed with exit code ${end.exitCode}`;
	return new CommandError(`heaptrack_interpret, which turns heaptrack's recording into a trace, ${how}. If it happens again, try another version of heaptrack.`, {
		command: options.interpreter,
		exitCode: end.exitCode,
		signal: end.signal,
		lastLines
	});
}

// src/trackers/heaptrack/launch-desk.ts
const LAUNCHER_NAME = "memtrack-launch";
/** Each holds an interpreter while it runs and a profile afterwards. */
const MAX_PROGRAMS = 1e3;
const MAX_REQUEST_BYTES = 8388608;
const LONGEST_COMMAND_SHOWN = 200;
const LOOK_FOR_ENDED_PROGRAMS_MILLISECONDS = 100;
/** A full pipe is read in no time, but reading the debug information that its last events ask for is not. */
const FINISH_SECONDS = 120;
const INTERPRETER_ENVIRONMENT_NAMES = [
	"PATH",
	"LANG",
	"LC_ALL"
];
/** Where launchers ask what to do: looks at each program, and records those that heaptrack can see. */
var LaunchDesk = class LaunchDesk {
	/** Sentences about what weakens the numbers, but for those of launchers. */
	notes = /* @__PURE__ */ new Set();
	/** What `$MEMTRACK` is. */
	launcher;
	#options;
	#programs = [];
	#answering = /* @__PURE__ */ new Set();
	#abandon = new AbortController();
	#listener;
	#watch;
	#failure = null;
	#startedCount = 0;
	static async open(options) {
		const { folder, heaptrack, tools, signal } = options;
		const text = launcherScript(folder.path, heaptrack.preloadLibrary, tools);
		const launcher = await folder.writeFile(LAUNCHER_NAME, text, { isExecutable: true });
		await makeFifo(`${folder.path}/${REQUESTS_NAME}`, tools.mkfifo, signal);
		return new LaunchDesk(options, launcher);
	}
	constructor(options, launcher) {
		this.#options = options;
		this.launcher = launcher;
		this.#listener = listenOnFifo(`${options.folder.path}/${REQUESTS_NAME}`, (line) => {
			const answer = this.#answer(line).catch((error) => this.#fail(error));
			this.#answering.add(answer);
			answer.finally(() => this.#answering.delete(answer));
		});
		this.#watch = setInterval(() => this.#finishEndedPrograms(), LOOK_FOR_ENDED_PROGRAMS_MILLISECONDS);
	}
	/** The first reason for which the measurement is of no use: a program refused, a trace broken. Null if none. */
	get failure() {
		return this.#failure;
	}
	/**
	* Takes no more requests and waits until all that was recorded is read. To be called when the script has ended.
	* @throws UserError when a program does not let go of its trace
	*/
	async finish() {
		await this.#close();
		for (const { recording } of this.#programs) recording.finish();
		let isTooLate = false;
		const timer = setTimeout(() => {
			isTooLate = true;
			this.#abandon.abort();
		}, FINISH_SECONDS * 1e3);
		const programs = await Promise.all(this.#programs.map(async ({ recording, launcherNote }) => ({
			launcherNote,
			outcome: await recording.outcome
		})));
		clearTimeout(timer);
		if (isTooLate) throw new UserError(`The trace was not complete ${FINISH_SECONDS} seconds after the script ended: a process that it left behind keeps it open. End such processes in the script.`);
		return programs;
	}
	async [Symbol.asyncDispose]() {
		this.#abandon.abort();
		await this.#close();
		await Promise.all(this.#programs.map(({ recording }) => recording.outcome));
	}
	async #close() {
		this.#listener[Symbol.dispose]();
		clearInterval(this.#watch);
		await Promise.all(this.#answering);
	}
	#fail(error) {
		this.#failure ??= error;
		this.#options.onFailure();
	}
	async #answer(line) {
		const { folder } = this.#options;
		if (!/^[1-9][0-9]{0,9}$/.test(line)) return;
		const request = readRequest(`${folder.path}/${REQUEST_PREFIX}${line}`);
		if (request === null) return;
		const reply = REPLY_PREFIX + line;
		try {
			answerOnFifo(`${folder.path}/${reply}`, await this.#decide(Number(line), request));
		} catch (error) {
			this.#fail(error);
		}
		await folder.removeFile(REQUEST_PREFIX + line);
		await folder.removeFile(reply);
	}
	async #decide(id, request) {
		if (/(^|\/)cargo$/.test(request.arguments[0] ?? "")) return "plain";
		const { isPlain, interpreter, launcherNote, notes } = inspectProgram(request);
		if (isPlain) return "plain";
		for (const note of notes) this.notes.add(note);
		if (this.#startedCount >= MAX_PROGRAMS) throw new UserError(`The script traces more than ${MAX_PROGRAMS} programs. Measure fewer of them at once.`);
		const path = `${this.#options.folder.path}/trace-${String(this.#startedCount++).padStart(4, "0")}`;
		await this.#record(id, path, request.directory, launcherNote);
		this.#options.log.info(`heaptrack records ${shownCommand(request)}`);
		if (interpreter === null) return `go ${path}`;
		const [name] = request.arguments;
		return `go ${path} ${interpreter} ${name.includes("/") ? name : findExecutable(name, request)}`;
	}
	async #record(id, path, directory, launcherNote) {
		const { heaptrack, tools, readTrace, environment, timeLimitSeconds, signal } = this.#options;
		const isVisible = processArguments(id).includes(this.launcher);
		const recording = await startTraceRecording({
			path,
			mkfifo: tools.mkfifo,
			interpreter: heaptrack.interpreter,
			directory: isFolder(directory) ? directory : "/",
			environment: Object.fromEntries(Object.entries(environment).filter(([name]) => INTERPRETER_ENVIRONMENT_NAMES.includes(name))),
			timeLimitSeconds: timeLimitSeconds + 240,
			readTrace,
			signal: AbortSignal.any([signal, this.#abandon.signal])
		});
		this.#programs.push({
			id: isVisible ? id : null,
			recording,
			launcherNote
		});
		recording.outcome.then((outcome) => {
			if (outcome.kind === "failure" && outcome.isEarly) this.#fail(outcome.error);
		});
	}
	/** Each interpreter holds the debug information of its program: let it go as soon as it can. */
	#finishEndedPrograms() {
		for (const { id, recording } of this.#programs) if (id !== null && !isProcessAlive(id)) recording.finish();
	}
};
function readRequest(path) {
	try {
		try {
			var _usingCtx$2 = _usingCtx();
			const file = _usingCtx$2.u(openFile(path));
			return file.size > MAX_REQUEST_BYTES ? null : parseLaunchRequest(file.read(0, file.size));
		} catch (_) {
			_usingCtx$2.e = _;
		} finally {
			_usingCtx$2.d();
		}
	} catch {
		return null;
	}
}
function shownCommand({ arguments: args }) {
	const command = args.join(" ");
	return command.length <= LONGEST_COMMAND_SHOWN ? command : `${command.slice(0, LONGEST_COMMAND_SHOWN)}…`;
}

// src/trackers/heaptrack/missing-symbols.ts
/** What the innermost frame of the program's own executable tells about a stack. */
const OUTSIDE = 0;
const NAMED = 1;
const UNNAMED = 2;
/**
* Whether most of what a program allocated through its own executable's code comes from functions without a name:
* a stripped executable.
*/
function isMissingSymbols({ facts, strings, frames, stacks, costs }) {
	if (facts.executable === null) return false;
	const executable = strings.indexOf(facts.executable);
	const kind = new Uint8Array(stacks.length);
	const bytes = [
		0,
		0,
		0
	];
	for (let stack = 0; stack < stacks.length; stack++) {
		const frame = stacks.frame[stack];
		const prefix = stacks.prefix[stack];
		const isOwn = frames.module[frame] === executable;
		const ownKind = strings[frames.function[frame]] === "" ? UNNAMED : NAMED;
		kind[stack] = isOwn ? ownKind : prefix < 0 ? OUTSIDE : kind[prefix];
		bytes[kind[stack]] += costs.allocated[stack];
	}
	return bytes[UNNAMED] > bytes[NAMED];
}

// src/trackers/heaptrack/shell-tokens.ts
/** Longer ones first, so that the first that fits is the right one. */
const REDIRECTIONS = [
	"&>>",
	"<<<",
	"<<-",
	"&>",
	">>",
	">&",
	">|",
	"<<",
	"<&",
	"<>",
	">",
	"<"
];
const OPERATORS = [
	";;&",
	";;",
	";&",
	"&&",
	"||",
	"|&",
	";",
	"&",
	"|",
	"(",
	")"
];
const ENDS_WORD = /* @__PURE__ */ new Set([
	" ",
	"	",
	"\r",
	"\n",
	";",
	"&",
	"|",
	"<",
	">",
	"(",
	")"
]);
/** All tokens of a script, comments and blanks left out. */
function tokenizeShell(script) {
	const tokens = [];
	let at = 0;
	while (at < script.length) {
		const start = at;
		if (script.startsWith("\\\n", at)) at += 2;
		else if (script[at] === "#") at = endOfLine(script, at);
		else if (script[at] === "\n") {
			at++;
			tokens.push({
				kind: "newline",
				text: "\n",
				start
			});
		} else if (isBlank(script[at])) at++;
		else {
			const token = tokenAt(script, at);
			tokens.push(token);
			at += token.text.length;
		}
	}
	return withoutNeedlessNewlines(tokens);
}
function tokenAt(script, start) {
	if (!(/[<>]/.test(script[start]) && script[start + 1] === "(")) {
		const redirection = redirectionAt(script, start);
		if (redirection !== null) return {
			kind: "redirection",
			text: redirection,
			start
		};
		const operator = OPERATORS.find((candidate) => script.startsWith(candidate, start));
		if (operator !== void 0) return {
			kind: "operator",
			text: operator,
			start
		};
	}
	return {
		kind: "word",
		text: script.slice(start, endOfWord(script, start)),
		start
	};
}
/** A redirection with the descriptor before it, as in `2>` or `{log}>`; null when there is none at `start`. */
function redirectionAt(script, start) {
	const at = start + (/^(?:[0-9]{1,9}|\{[A-Za-z_][A-Za-z0-9_]{0,99}\})(?=[<>])/.exec(script.slice(start, start + 110))?.[0].length ?? 0);
	const operator = REDIRECTIONS.find((candidate) => script.startsWith(candidate, at));
	return operator === void 0 ? null : script.slice(start, at + operator.length);
}
function endOfWord(script, start) {
	const isSubstitution = script[start] === "<" || script[start] === ">";
	/** The characters that close what is open, innermost last. */
	const open = isSubstitution ? [")"] : [];
	let at = isSubstitution ? start + 2 : start;
	while (at < script.length) {
		const character = script[at];
		const inside = open.at(-1);
		if (inside === void 0 && ENDS_WORD.has(character)) break;
		const isDollar = character === "$";
		if (character === "\\") at += 2;
		else if (character === inside) {
			open.pop();
			at++;
		} else if (isDollar && script[at + 1] === "'" && inside !== "\"") at = endOfAnsiQuote(script, at + 2);
		else if (character === "'" && inside !== "\"") at = after(script, "'", at + 1);
		else if (isDollar && script[at + 1] === "(") {
			open.push(")");
			at += 2;
		} else if (isDollar && script[at + 1] === "{") {
			open.push("}");
			at += 2;
		} else {
			if (character === "\"" || character === "`") open.push(character);
			if (character === "(" && inside === ")") open.push(")");
			at++;
		}
	}
	return Math.min(at, script.length);
}
/** The end of a `$'…'`, in which a backslash may stand before a quote. */
function endOfAnsiQuote(script, start) {
	let at = start;
	while (at < script.length && script[at] !== "'") at += script[at] === "\\" ? 2 : 1;
	return at + 1;
}
function after(script, character, start) {
	const found = script.indexOf(character, start);
	return found === -1 ? script.length : found + 1;
}
function endOfLine(script, start) {
	const found = script.indexOf("\n", start);
	return found === -1 ? script.length : found;
}
function isBlank(character) {
	return character === " " || character === "	" || character === "\r";
}
/** Drops newlines at both ends, and all but one of several in a row. */
function withoutNeedlessNewlines(tokens) {
	const kept = tokens.filter((token, i) => token.kind !== "newline" || i > 0 && tokens[i - 1].kind !== "newline");
	if (kept.at(-1)?.kind === "newline") kept.pop();
	return kept;
}

// src/trackers/heaptrack/run-script.ts
/**
* Finds out which command of the `run` script is to be traced, and puts `$MEMTRACK` before it: the path of the
* launcher that starts a program under heaptrack.
*/
const MEMTRACK_VARIABLE = /\$MEMTRACK(?![A-Za-z0-9_])|\$\{MEMTRACK\b/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;
/** Subcommands of cargo that start what they built through its `runner` setting. */
const CARGO_RUNNERS = /* @__PURE__ */ new Set([
	"run",
	"r",
	"test",
	"t",
	"bench",
	"nextest"
]);
const KEYWORDS = new Set("if then else elif fi for while until do done case esac select function time ! { } [[ coproc".split(" "));
/** Programs that only start another one, and that people put before the one they mean. */
const WRAPPERS = new Set("env nice timeout stdbuf xvfb-run sudo doas nohup setsid ionice chrt taskset numactl command builtin unbuffer setarch xargs".split(" "));
const BUILTINS = new Set(". source eval cd pushd popd export declare local readonly unset set shopt trap wait exit return true false : [ test".split(" "));
const LONGEST_LINE_SHOWN = 200;
/** @throws UserError when it cannot be told which command is meant */
function prepareRunScript(script) {
	const tokens = tokenizeShell(script);
	const words = tokens.filter((token) => token.kind === "word");
	if (words.length === 0) throw new UserError("`run` holds no command. Give it the command line of the program to measure.");
	if (MEMTRACK_VARIABLE.test(script)) return {
		script,
		isTracedThroughCargo: words.some((word, i) => isMemtrackWord(words[i - 1]) && isCargo(word)),
		isCommandChosen: false
	};
	const throughCargo = {
		script,
		isTracedThroughCargo: true,
		isCommandChosen: false
	};
	if (startsProgramsThroughCargo(words)) return throughCargo;
	const command = onlyCommand(tokens, script);
	if (isCargo(command)) return throughCargo;
	return {
		script: `${script.slice(0, command.start)}$MEMTRACK ${script.slice(command.start)}`,
		isTracedThroughCargo: false,
		isCommandChosen: true
	};
}
function isMemtrackWord(word) {
	return word !== void 0 && /^"?\$(MEMTRACK|\{MEMTRACK\})"?$/.test(word.text);
}
function isCargo(word) {
	return word.text === "cargo" || word.text.endsWith("/cargo");
}
/** Whether there is a `cargo run` and its like, with a toolchain and flags between the two words or not. */
function startsProgramsThroughCargo(words) {
	return words.some((word, i) => {
		if (!isCargo(word)) return false;
		let next = i + 1;
		while (/^[+-]/.test(words[next]?.text ?? "")) next += /^(-Z|-C|--config|--color)$/.test(words[next].text) ? 2 : 1;
		return CARGO_RUNNERS.has(words[next]?.text ?? "");
	});
}
/** The word that names the program, when the script is one simple command. */
function onlyCommand(tokens, script) {
	if (tokens.some((token) => token.kind === "newline")) throw new UserError("`run` has several lines, and nothing says which of their commands is to be measured: put `$MEMTRACK` before it, as in `$MEMTRACK ./program input.txt`.");
	const operator = tokens.find((token) => token.kind === "operator");
	if (operator !== void 0) throw ambiguous(`\`${operator.text}\` makes more than one command of it`, script);
	const commandWords = wordsWithoutRedirections(tokens);
	let first = 0;
	while (ASSIGNMENT.test(commandWords[first]?.text ?? "")) first++;
	if (commandWords[first]?.text === "exec") {
		first++;
		if (commandWords[first]?.text.startsWith("-")) throw ambiguous("`exec` has options", script);
	}
	const command = commandWords[first];
	if (command === void 0) throw new UserError(`\`run\` starts no program: ${shown(script)}`);
	const name = command.text.slice(command.text.lastIndexOf("/") + 1);
	if (KEYWORDS.has(command.text)) throw ambiguous(`\`${command.text}\` is a word of the shell`, script);
	if (BUILTINS.has(command.text)) throw ambiguous(`\`${command.text}\` is a command of the shell itself`, script);
	if (WRAPPERS.has(name)) throw ambiguous(`\`${name}\` starts another program, and heaptrack follows no child processes`, script);
	return command;
}
/** A redirection's target is no part of the command. */
function wordsWithoutRedirections(tokens) {
	return tokens.filter((token, i) => token.kind === "word" && tokens[i - 1]?.kind !== "redirection");
}
function ambiguous(why, script) {
	return new UserError(`\`run\` does not say which program is to be measured: ${why}. Put \`$MEMTRACK\` directly before that program, as in \`timeout 60 $MEMTRACK ./program\`. The script is: ${shown(script)}`);
}
function shown(script) {
	const line = script.trim();
	return line.length <= LONGEST_LINE_SHOWN ? line : `${line.slice(0, LONGEST_LINE_SHOWN)}…`;
}

// src/trackers/heaptrack/heaptrack-tracker.ts
/**
* Records with heaptrack, but without its wrapper script: that hangs on programs that cannot be traced and hides exit
* codes in old versions. Its library is preloaded, and what it writes goes through a pipe to be read at once: no trace
* ever lies on a disk.
*/
/** A path that needs no quoting anywhere: not in a shell, not in LD_PRELOAD, not in a setting of cargo's. */
const PLAIN_PATH = /^[A-Za-z0-9_.+/-]+$/;
const PROBE_SECONDS = 10;
/** rustup may first have to download the toolchain that a repository asks for. */
const RUSTC_SECONDS = 300;
const RANDOM_ADDRESSES = "Address randomization could not be switched off here (`setarch -R`): what a program allocates by its addresses, such as a hash table of pointers, varies from run to run.";
/**
* Names of functions and lines for what cargo builds with optimization; other build tools have no such variables.
* `line-tables-only` would do for lines, but gives inlined functions their bare names: `push`, `{closure#0}`.
*/
const BUILD_ENVIRONMENT = {
	CARGO_PROFILE_RELEASE_DEBUG: "limited",
	CARGO_PROFILE_RELEASE_STRIP: "none",
	CARGO_PROFILE_BENCH_DEBUG: "limited",
	CARGO_PROFILE_BENCH_STRIP: "none"
};
/** The tracker that records with the heaptrack of the system, or with one that apt-get installs when asked to. */
function heaptrackTracker(options) {
	const folderPath = `${PLAIN_PATH.test(options.temporaryDirectory) ? options.temporaryDirectory : "/tmp"}/memtrack-${randomBytes(6).toString("hex")}`;
	let preparation = null;
	return {
		name: "heaptrack",
		async prepare(request) {
			const heaptrack = await findOrInstall(options.environment, request);
			const tools = await findTools(options.environment, request.signal);
			refuseOddPaths([
				heaptrack.preloadLibrary,
				tools.mkfifo,
				tools.env,
				tools.setarch ?? "/"
			]);
			preparation = {
				heaptrack,
				tools,
				seal: await sealFiles([heaptrack.preloadLibrary, heaptrack.interpreter]),
				reported: /* @__PURE__ */ new Set(),
				warned: /* @__PURE__ */ new Set()
			};
			request.log.debug(`heaptrack: ${JSON.stringify({
				heaptrack,
				tools
			})}`);
			return heaptrack.version;
		},
		buildEnvironment: (environment) => ({
			...BUILD_ENVIRONMENT,
			...environment
		}),
		async record(recording) {
			if (preparation === null) throw new Error("The tracker was not prepared before record() was called.");
			return await record(recording, preparation, folderPath, options);
		}
	};
}
async function findOrInstall(environment, { install, log, signal }) {
	const found = await findHeaptrack(environment, signal);
	if (found !== null) return found;
	const remedy = "Packages: apt-get install heaptrack, dnf install heaptrack, pacman -S heaptrack, zypper install heaptrack; source: https://github.com/KDE/heaptrack";
	if (!install) throw new UserError(`heaptrack is not in PATH. ${remedy}`);
	await log.phase("Install heaptrack", () => installPackages(["heaptrack"], {
		environment,
		log,
		signal
	}));
	const installed = await findHeaptrack(environment, signal);
	if (installed === null) throw new UserError(`heaptrack was installed, but is not in PATH. ${remedy}`);
	return installed;
}
async function findTools(environment, signal) {
	const find = (name) => findExecutable(name, {
		searchPath: environment.PATH ?? "",
		directory: "/"
	});
	const need = (name) => {
		const path = find(name);
		if (path === null) throw new UserError(`\`${name}\` is not in PATH. It is a part of GNU coreutils.`);
		return path;
	};
	const setarch = find("setarch");
	const isAllowed = setarch !== null && await mayFixAddresses(setarch, environment, signal);
	return {
		mkfifo: need("mkfifo"),
		env: need("env"),
		setarch: isAllowed ? setarch : null
	};
}
function refuseOddPaths(paths) {
	const odd = paths.find((path) => !PLAIN_PATH.test(path));
	if (odd === void 0) return;
	throw new UserError(`${odd} cannot be used: its path holds a character that LD_PRELOAD or a shell would misread. Install it in a folder whose name has only letters, digits and ._+-.`);
}
/** Containers may forbid it. */
async function mayFixAddresses(setarch, environment, signal) {
	return (await runProcess(setarch, ["-R", "true"], {
		directory: "/",
		environment,
		timeLimitSeconds: PROBE_SECONDS,
		signal
	})).exitCode === 0;
}
/** Records, and looks afterwards, also after a failure, whether the profiler is still what it was. */
async function record(recording, preparation, folderPath, options) {
	let tampering = [];
	let recorded;
	try {
		recorded = await recordScript(recording, preparation, folderPath, options);
	} finally {
		tampering = await tamperingNotes(preparation, recording);
	}
	return {
		...recorded,
		notes: [...recorded.notes, ...tampering]
	};
}
async function recordScript(recording, { heaptrack, tools, warned }, folderPath, options) {
	try {
		var _usingCtx$1 = _usingCtx();
		const run = prepareRunScript(recording.script);
		const useless = new AbortController();
		const folder = _usingCtx$1.a(await claimTemporaryDirectory(folderPath));
		const desk = _usingCtx$1.a(await LaunchDesk.open({
			...recording,
			folder,
			heaptrack,
			tools,
			readTrace: options.readTrace,
			onFailure: () => useless.abort()
		}));
		const scriptFailure = await failureOf(async () => runScript(run.script, {
			...recording,
			name: "run",
			shownAs: recording.script,
			environment: await runEnvironment(recording, run, desk.launcher),
			signal: AbortSignal.any([recording.signal, useless.signal])
		}));
		if (recording.signal.aborted) throw new CancelledError("Cancelled while the `run` script was recorded.");
		if (desk.failure !== null) throw desk.failure;
		const programs = measuredPrograms(await desk.finish(), run);
		if (recording.signal.aborted) throw new CancelledError("Cancelled while the trace was read.");
		if (desk.failure !== null) throw desk.failure;
		if (scriptFailure !== null) throw scriptFailure;
		const notes = new Set(desk.notes);
		for (const { launcherNote } of programs) if (launcherNote !== null) notes.add(launcherNote);
		const recorded = recordedFrom(programs, notes, run, options);
		for (const note of notes) if (!warned.has(note)) recording.log.warning(note);
		for (const note of notes) warned.add(note);
		return tools.setarch === null ? {
			...recorded,
			notes: [...recorded.notes, RANDOM_ADDRESSES]
		} : recorded;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** Code that is measured may be able to change the profiler; what it measures from then on is worth nothing. */
async function tamperingNotes({ seal, reported }, { log }) {
	const changed = await findChangedFiles(seal);
	if (changed.length === 0) return [];
	const note = `The profiler was changed while this job ran, so that numbers measured since then cannot be trusted: ${changed.join(", ")}`;
	if (changed.some((path) => !reported.has(path))) log.warning(note);
	for (const path of changed) reported.add(path);
	return [note];
}
async function failureOf(work) {
	try {
		await work();
		return null;
	} catch (error) {
		return error;
	}
}
async function runEnvironment(recording, run, launcher) {
	const environment = {
		...BUILD_ENVIRONMENT,
		...recording.environment,
		MEMTRACK: launcher
	};
	if (!run.isTracedThroughCargo) return environment;
	const triple = (await hostTriple(recording)).toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
	return {
		...environment,
		[`CARGO_TARGET_${triple}_RUNNER`]: launcher
	};
}
/** What rustc calls this machine, in the toolchain that the checkout asks for. */
async function hostTriple({ directory, environment, signal }) {
	const usual = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-gnu`;
	const search = {
		searchPath: environment.PATH ?? "",
		directory
	};
	if (findExecutable("rustc", search) === null) return usual;
	const { stdout } = await runProcess("rustc", ["-vV"], {
		directory,
		environment,
		timeLimitSeconds: RUSTC_SECONDS,
		signal
	});
	return /^host: ([A-Za-z0-9_.-]{1,100})$/m.exec(Buffer.from(stdout).toString())?.[1] ?? usual;
}
/** A `make run` whose recipe says `$(MEMTRACK) ./program` means that program. */
function measuredPrograms(programs, { isCommandChosen }) {
	const [first, ...others] = programs;
	return isCommandChosen && others.length > 0 && first.launcherNote !== null ? others : programs;
}
function recordedFrom(programs, programNotes, run, options) {
	if (programs.length === 0) throw nothingTraced(run);
	const profiles = [];
	for (const { outcome } of programs) {
		if (outcome.kind === "failure") throw outcome.error;
		if (outcome.kind === "profile") profiles.push(outcome.profile);
	}
	if (profiles.length === 0) throw nothingRecorded(programNotes);
	const notes = new Set(programNotes);
	if (profiles.length < programs.length) notes.add(`${programs.length - profiles.length} of ${programs.length} traced programs allocated nothing.`);
	for (const profile of profiles) if (isMissingSymbols(profile)) notes.add(`${basename(profile.facts.executable ?? "")} lacks symbols, so most of what it allocates comes from functions without names and lines: build it with \`-g\`, Rust with \`debug = "limited"\` in its profile, and do not strip it.`);
	return {
		profile: options.mergeProfiles(profiles),
		programs: profiles.length,
		notes: [...notes]
	};
}
function nothingTraced(run) {
	return new UserError(run.isTracedThroughCargo ? "`run` was done without error, but cargo started no program to measure through its `runner` setting. Programs for another target than this machine, doc tests and build scripts are not seen; put `$MEMTRACK` before the program to measure, as in `$MEMTRACK target/release/program`." : "`run` was done without error, but nothing in it was started through `$MEMTRACK`, so nothing was measured. Put `$MEMTRACK` before a command that is reached.");
}
function nothingRecorded(notes) {
	return new UntraceableError(["The program ran without error, but heaptrack recorded no allocation. Likely causes: it ended through _exit before it had allocated much, it starts another program that does the work or becomes one (exec), it has an allocator of its own, or it was stopped together with the script while it still ran in the background.", ...notes].join(" "));
}

// src/trackers/index.ts
/**
* The one profiler that there is so far; a second one gets its entry here.
* @param environment in which it is looked for and installed; its `RUNNER_TEMP` or `TMPDIR` takes private files
*/
function createTracker(environment) {
	return heaptrackTracker({
		readTrace: (bytes) => heaptrackFormat.read(bytes, { metric: "allocated" }),
		mergeProfiles,
		environment,
		temporaryDirectory: environment.RUNNER_TEMP || environment.TMPDIR || "/tmp"
	});
}

export { createTracker as t };