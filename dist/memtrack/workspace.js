import { n as CommandError, s as UserError, t as CancelledError } from "./errors.js";
import { t as _usingCtx } from "../usingCtx.js";
import { Socket } from "node:net";
import { once } from "node:events";
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { chmod, constants, copyFile, cp, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, normalize, posix, relative, resolve, sep } from "node:path";
import { constants as constants$1, tmpdir } from "node:os";
import { spawn } from "node:child_process";
import { accessSync, closeSync, constants as constants$2, fstatSync, openSync, readFileSync, readSync, readdirSync, realpathSync, statSync, writeSync } from "node:fs";

// src/workspace/temporary-directory.ts
/** A new folder with a name of its own, of the same length each time. */
async function makeTemporaryDirectory(parent = tmpdir()) {
	return ownedDirectory(await mkdtemp(join(parent, "memtrack-")));
}
/**
* A new folder of a given name, for when two sides of a comparison must see the same path.
* @throws an error with code EEXIST when something of that name is there
*/
async function claimTemporaryDirectory(path) {
	await mkdir(path, { mode: 448 });
	return ownedDirectory(path);
}
function ownedDirectory(path) {
	return {
		path,
		async writeFile(name, text, options = {}) {
			const file = join(path, name);
			await writeFile(file, text, {
				flag: "wx",
				mode: options.isExecutable ? 448 : 384
			});
			return file;
		},
		async removeFile(name) {
			await rm(join(path, name), { force: true });
		},
		async [Symbol.asyncDispose]() {
			await rm(path, {
				recursive: true,
				force: true,
				maxRetries: 2
			}).catch(() => {});
		}
	};
}

// src/workspace/environment.ts
/**
* What of our environment foreign code gets to see. Tokens are taken out by name and by value; compilers' and
* tools' variables stay, or builds would break. `RUNNER_TRACKING_ID` stays too: by it a GitHub runner finds what a job
* left running.
*/
const REMOVED_NAMES = /* @__PURE__ */ new Set([
	"GITHUB_TOKEN",
	"GH_TOKEN",
	"GITHUB_ENV",
	"GITHUB_OUTPUT",
	"GITHUB_PATH",
	"GITHUB_STATE",
	"GITHUB_STEP_SUMMARY",
	"NODE_OPTIONS",
	"SSH_AUTH_SOCK",
	"SSH_ASKPASS",
	"GIT_ASKPASS",
	"GIT_SSH",
	"GIT_SSH_COMMAND",
	"GIT_PROXY_COMMAND",
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_COMMON_DIR",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_NAMESPACE",
	"GIT_PREFIX"
]);
/**
* What a runner says about this one run. A program that copies its environment, as CPython does, would allocate other
* amounts in every run; and a build that asks for the commit would be told the same one on both sides.
*/
const NAMES_OF_ONE_RUN = /* @__PURE__ */ new Set([
	"GITHUB_ACTION",
	"GITHUB_ACTION_PATH",
	"GITHUB_ACTION_REF",
	"GITHUB_ACTION_REPOSITORY",
	"GITHUB_ACTOR",
	"GITHUB_ACTOR_ID",
	"GITHUB_BASE_REF",
	"GITHUB_EVENT_NAME",
	"GITHUB_EVENT_PATH",
	"GITHUB_HEAD_REF",
	"GITHUB_JOB",
	"GITHUB_REF",
	"GITHUB_REF_NAME",
	"GITHUB_REF_PROTECTED",
	"GITHUB_REF_TYPE",
	"GITHUB_RETENTION_DAYS",
	"GITHUB_RUN_ATTEMPT",
	"GITHUB_RUN_ID",
	"GITHUB_RUN_NUMBER",
	"GITHUB_SHA",
	"GITHUB_TRIGGERING_ACTOR",
	"GITHUB_WORKFLOW",
	"GITHUB_WORKFLOW_REF",
	"GITHUB_WORKFLOW_SHA",
	"RUNNER_NAME",
	"INVOCATION_ID",
	"JOURNAL_STREAM",
	"SYSTEMD_EXEC_PID"
]);
const REMOVED_PREFIXES = [
	"INPUT_",
	"STATE_",
	"ACTIONS_",
	"GIT_CONFIG",
	"GIT_CREDENTIAL"
];
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE_KEY|API_?KEY/i;
/** Known to hold a token of the job, whose value must then not be found anywhere else either. */
const TOKEN_NAMES = [
	"GITHUB_TOKEN",
	"GH_TOKEN",
	"INPUT_GITHUB-TOKEN",
	"ACTIONS_RUNTIME_TOKEN",
	"ACTIONS_ID_TOKEN_REQUEST_TOKEN"
];
/** A shorter value is no token, and would be found by chance in paths. */
const MIN_SECRET_LENGTH = 8;
/**
* The environment for foreign code.
* @param parent our own environment
* @param secrets values that must not be handed down under any name
*/
function childEnvironment(parent, secrets) {
	const forbiddenTexts = [...secrets, ...TOKEN_NAMES.map((name) => parent[name] ?? "")].map((secret) => secret.trim()).filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap((secret) => [secret, asBasicAuthentication(secret)]);
	return Object.fromEntries(Object.entries(parent).filter((entry) => {
		const [name, value] = entry;
		if (value === void 0 || isRemovedByName(name)) return false;
		return !forbiddenTexts.some((text) => value.includes(text));
	}));
}
function isRemovedByName(name) {
	return REMOVED_NAMES.has(name) || NAMES_OF_ONE_RUN.has(name) || REMOVED_PREFIXES.some((prefix) => name.startsWith(prefix)) || SECRET_NAME.test(name);
}
/**
* Values that must not show up in anything we publish: a program can print what its command line was given, and the
* runner masks its own log only. Of a secret of several lines each line is one, as output is looked at by lines; tokens
* are known as basic authentication, too. The longer ones first, since one may be part of another.
* @param others secrets that the environment does not hold
*/
function secretValues(environment, others = []) {
	const names = Object.keys(environment).filter((name) => SECRET_NAME.test(name));
	const forms = [...[...others, ...names.map((name) => environment[name] ?? "")].map((value) => value.trim()).flatMap((value) => [value, ...value.split(/[\r\n]+/).map((line) => line.trim())]), ...TOKEN_NAMES.flatMap((name) => environment[name] ? [asBasicAuthentication(environment[name])] : [])];
	return [...new Set(forms)].filter((form) => form.length >= MIN_SECRET_LENGTH).sort((a, b) => b.length - a.length);
}
/** The form in which a token stands in git's `http.extraheader`. */
function asBasicAuthentication(token) {
	return Buffer.from(`x-access-token:${token}`).toString("base64");
}

// src/workspace/output-tail.ts
const NEWLINE = 10;
const MAX_LINES = 40;
const MAX_BYTES = 65536;
/** Of a longer line its end is kept: the reason of a failure stands last more often than first. */
const MAX_LINE_BYTES$1 = 4096;
/**
* Keeps the last lines of a process's two output streams, in the order in which they arrived. Only the last bytes are
* held, and cut into lines when somebody asks, so that a flood of output costs next to nothing.
*/
var OutputTail = class {
	#pieces = [];
	#bytes = 0;
	add(stream, bytes) {
		this.#pieces.push({
			stream,
			bytes
		});
		this.#bytes += bytes.length;
		if (this.#bytes > 4 * MAX_BYTES) this.#dropOldest();
	}
	/** At most 40 lines of together at most 64 KiB, without their newlines, decoded as UTF-8, else raw. */
	lines() {
		const lines = [];
		const unfinished = {
			stdout: Buffer.alloc(0),
			stderr: Buffer.alloc(0)
		};
		for (const { stream, bytes } of this.#pieces) {
			let start = 0;
			for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
				lines.push(endOfLine$1(unfinished[stream], bytes.subarray(start, end)));
				unfinished[stream] = Buffer.alloc(0);
				start = end + 1;
			}
			unfinished[stream] = endOfLine$1(unfinished[stream], bytes.subarray(start));
		}
		lines.push(...[unfinished.stdout, unfinished.stderr].filter((line) => line.length > 0));
		return lastOf(lines).map((line) => line.toString("utf8"));
	}
	/** Twice what can be shown stays, since the two streams' lines may be mixed. */
	#dropOldest() {
		let first = this.#pieces.length;
		this.#bytes = 0;
		while (this.#bytes < 2 * MAX_BYTES) this.#bytes += this.#pieces[--first].bytes.length;
		this.#pieces = this.#pieces.slice(first);
	}
};
function lastOf(lines) {
	let first = lines.length;
	let bytes = 0;
	while (first > 0 && lines.length - first < MAX_LINES) {
		bytes += lines[first - 1].length;
		if (bytes > MAX_BYTES) break;
		first--;
	}
	return lines.slice(first);
}
function endOfLine$1(pending, rest) {
	const line = Buffer.concat([pending, rest.subarray(Math.max(0, rest.length - MAX_LINE_BYTES$1))]);
	return line.subarray(Math.max(0, line.length - MAX_LINE_BYTES$1));
}

// src/workspace/process-table.ts
/** Which processes run, and which of them a command of ours left behind: read from /proc. */
/** Together a fifth of a second: on a busy machine, a process may take that long to become another program. */
const MAX_LOOKS = 40;
const LOOK_AGAIN_MILLISECONDS$1 = 5;
/**
* Ids of the living processes of a session, those that bear the mark although they left it with `setsid`, and all
* that descend from either. One that left the session, wiped its environment and whose parent has ended is not found.
*
* /proc is no snapshot: it is listed again until nobody in it is new, and one that shows no environment because it is
* just becoming another program (execve) is looked at again.
*/
async function findLeftovers({ session, mark }) {
	const looked = /* @__PURE__ */ new Map();
	const found = /* @__PURE__ */ new Set();
	for (let looks = 0; looks < MAX_LOOKS; looks++) {
		const fresh = processIds().filter((id) => !looked.has(id));
		if (fresh.length === 0) break;
		let isAnyChanging = false;
		for (const id of fresh) {
			const environment = mark === null ? null : readProcessFile(id, "environ");
			const entry = readEntry(id);
			const isOfSession = entry?.session === session || entry?.group === session;
			if (entry?.hasEnvironment && environment?.length === 0 && !isOfSession) {
				isAnyChanging = true;
				continue;
			}
			looked.set(id, entry);
			if (entry !== null && (isOfSession || environment?.includes(mark ?? ""))) found.add(id);
		}
		if (isAnyChanging) await setTimeout$1(LOOK_AGAIN_MILLISECONDS$1);
	}
	const living = [...looked.values()].filter((entry) => entry !== null);
	if (found.size > 0) addDescendants(living, found);
	found.delete(process.pid);
	return [...found];
}
/** Sends a signal; a process that is gone already, or is another user's, is left as it is. */
function sendSignal(id, signal) {
	try {
		process.kill(id, signal);
	} catch (error) {
		if (!isGoneOrForbidden(error)) throw error;
	}
}
/** Whether a process of this id exists, even one that has ended and that its parent has not yet asked about. */
function isProcessAlive(id) {
	try {
		process.kill(id, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
/** The argument list that a process was started with; empty when it cannot be read. */
function processArguments(id) {
	return (readProcessFile(id, "cmdline")?.toString("utf8") ?? "").split("\0").slice(0, -1);
}
function processIds() {
	return readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name)).map(Number);
}
/**
* proc(5): `id (name) state parent group session …`, where the name may hold blanks and parentheses itself. Null for a
* process that has ended.
*/
function readEntry(id) {
	const stat = readProcessFile(id, "stat")?.toString("latin1") ?? "";
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const [state, parent, group, session] = fields;
	if (session === void 0 || state === "Z" || state === "X") return null;
	const field = (number) => Number(fields[number - 3]);
	const [memoryBytes, code, environmentStart, environmentEnd] = [
		field(23),
		field(26),
		field(50),
		field(51)
	];
	return {
		id,
		parent: Number(parent),
		group: Number(group),
		session: Number(session),
		hasEnvironment: memoryBytes > 0 && (code === 0 || environmentEnd > environmentStart)
	};
}
function addDescendants(entries, found) {
	let before = 0;
	while (found.size > before) {
		before = found.size;
		for (const entry of entries) if (found.has(entry.parent)) found.add(entry.id);
	}
}
/** Null for a process that has just ended or belongs to somebody else. */
function readProcessFile(id, name) {
	try {
		return readFileSync(`/proc/${id}/${name}`);
	} catch {
		return null;
	}
}
function isGoneOrForbidden(error) {
	const code = error.code;
	return code === "ESRCH" || code === "EPERM";
}

// src/workspace/process.ts
/**
* Runs foreign programs so that nothing of them stays behind: each gets a process group and a session of its own,
* and whatever is left of those when the program itself has ended is ended too.
*/
const DEFAULT_MAX_STDOUT_BYTES = 67108864;
/** Between SIGTERM and SIGKILL. With the limits below, and a last look at /proc, the whole way takes 5.2 seconds at most. */
const TERMINATION_MILLISECONDS = 3e3;
/** How long a killed program may take to vanish (one of another user never does) before we go on without it. */
const KILL_MILLISECONDS = 500;
/** What processes left behind get to end by themselves. */
const LEFTOVER_MILLISECONDS = 500;
const LOOK_AGAIN_MILLISECONDS = 20;
const DRAIN_MILLISECONDS = 1e3;
/** The longest that setTimeout can wait. */
const MAX_TIMER_MILLISECONDS = 2 ** 31 - 1;
/** The same for all our children, so that each side of a comparison sees an environment of the same size. */
const MARK_VALUE = randomBytes(16).toString("hex");
/** Running programs that are swept up after. The mark does not tell whose a process is, so the last one sweeps. */
let untrustedRunning = 0;
/**
* Runs a program to its end and returns how it ended, whatever its exit code. No shell is involved.
* @throws UserError when it cannot be started or writes too much; CancelledError after `signal`
*/
async function runProcess(file, args, options) {
	const tooMuch = new AbortController();
	const started = await startProcess(file, args, {
		...options,
		signal: AbortSignal.any([options.signal, tooMuch.signal]),
		stdin: options.input === void 0 ? "ignore" : "pipe",
		isTrusted: false
	});
	const tail = new OutputTail();
	const kept = [];
	const limit = options.maxStdoutBytes ?? DEFAULT_MAX_STDOUT_BYTES;
	let room = limit;
	started.stdout.on("data", (chunk) => {
		tail.add("stdout", chunk);
		if (room > 0) kept.push(chunk.subarray(0, room));
		if (chunk.length > room) tooMuch.abort();
		room = Math.max(0, room - chunk.length);
	});
	started.stderr.on("data", (chunk) => tail.add("stderr", chunk));
	started.stdin?.end(options.input);
	const end = await started.ended;
	if (options.signal.aborted) throw new CancelledError(`Cancelled while \`${file}\` was running.`);
	if (tooMuch.signal.aborted) throw new UserError(`\`${[file, ...args].join(" ")}\` wrote more than ${limit} bytes to its stdout.`);
	return {
		...end,
		stdout: Buffer.concat(kept),
		lastLines: tail.lines()
	};
}
/**
* Starts a program and sees to its end.
* @throws UserError when it cannot be started; CancelledError when `signal` came before it could be
*/
async function startProcess(file, args, options) {
	if (options.signal.aborted) throw new CancelledError(`Cancelled before \`${file}\` was started.`);
	if (!options.isTrusted) untrustedRunning++;
	const child = await spawnChild(file, args, options).catch((error) => {
		if (!options.isTrusted) untrustedRunning--;
		throw error;
	});
	const { stdout, stderr } = child;
	const exited = new Promise((resolve) => child.once("exit", () => resolve()));
	const ended = superviseProcess(child, exited, [stdout, stderr], options);
	for (const stream of [
		child.stdin,
		stdout,
		stderr
	]) stream?.on("error", () => {});
	return {
		stdin: child.stdin,
		stdout,
		stderr,
		exited,
		ended
	};
}
async function spawnChild(file, args, options) {
	try {
		const child = spawn(file, args, {
			cwd: options.directory,
			env: options.isTrusted ? options.environment : {
				...options.environment,
				MEMTRACK_PROCESS_MARK: MARK_VALUE
			},
			detached: true,
			stdio: [
				options.stdin,
				"pipe",
				"pipe"
			]
		});
		await once(child, "spawn");
		child.on("error", () => {});
		return child;
	} catch (cause) {
		throw new UserError(startFailure(file, options.directory, cause), { cause });
	}
}
function startFailure(file, directory, cause) {
	const code = cause.code;
	if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return `Cannot run \`${file}\` in ${directory}: there is no such directory.`;
	if (code === "ENOENT") return `Cannot run \`${file}\`: there is no such program. Install it, or add its folder to PATH.`;
	if (code === "EACCES") return `Cannot run \`${file}\`: it is not executable.`;
	if (code === "E2BIG") return `Cannot run \`${file}\`: its arguments and environment are too long.`;
	return `Cannot run \`${file}\`: ${cause instanceof Error ? cause.message : String(cause)}`;
}
async function superviseProcess(child, exited, pipes, options) {
	const startedAt = performance.now();
	const id = child.pid;
	const drained = Promise.all(pipes.map((pipe) => new Promise((resolve) => pipe.once("close", resolve))));
	let isTimedOut = false;
	let stop = () => {};
	const stopped = new Promise((resolve) => {
		stop = resolve;
	});
	const timer = setTimeout(() => {
		isTimedOut = true;
		stop();
	}, Math.min(options.timeLimitSeconds * 1e3, MAX_TIMER_MILLISECONDS));
	options.signal.addEventListener("abort", stop, { once: true });
	if (options.signal.aborted) stop();
	await Promise.race([exited, stopped]);
	clearTimeout(timer);
	options.signal.removeEventListener("abort", stop);
	const isStopped = child.exitCode === null && child.signalCode === null;
	if (isStopped) await stopProcess(id, exited);
	const seconds = (performance.now() - startedAt) / 1e3;
	if (!options.isTrusted) {
		await endLeftovers(id, isStopped ? 0 : LEFTOVER_MILLISECONDS);
		untrustedRunning--;
	}
	if (options.isTrusted && !isStopped) await drained;
	else await settlesWithin(drained, DRAIN_MILLISECONDS);
	for (const pipe of pipes) pipe.destroy();
	child.unref();
	return {
		exitCode: child.exitCode,
		signal: child.signalCode,
		isTimedOut: isStopped && isTimedOut,
		seconds
	};
}
async function stopProcess(id, exited) {
	sendSignal(-id, "SIGTERM");
	if (await settlesWithin(exited, TERMINATION_MILLISECONDS)) return;
	sendSignal(-id, "SIGKILL");
	await settlesWithin(exited, KILL_MILLISECONDS);
}
/** Ends what is left of a session: SIGTERM and `graceMilliseconds` first, then SIGKILL until nothing is found. */
async function endLeftovers(session, graceMilliseconds) {
	const startedAt = performance.now();
	const isBefore = (milliseconds) => performance.now() - startedAt < milliseconds;
	const find = () => findLeftovers({
		session,
		mark: untrustedRunning === 1 ? MARK_VALUE : null
	});
	let found = await find();
	if (graceMilliseconds > 0) for (const id of found) sendSignal(id, "SIGTERM");
	while (found.length > 0 && isBefore(graceMilliseconds)) {
		await setTimeout$1(LOOK_AGAIN_MILLISECONDS);
		found = await find();
	}
	while (found.length > 0 && isBefore(graceMilliseconds + KILL_MILLISECONDS)) {
		for (const id of found) sendSignal(id, "SIGKILL");
		await setTimeout$1(LOOK_AGAIN_MILLISECONDS);
		found = await find();
	}
}
/** Whether `promise` settled before the time was up. */
async function settlesWithin(promise, milliseconds) {
	let timer;
	const timeIsUp = new Promise((resolve) => {
		timer = setTimeout(() => resolve(false), milliseconds);
	});
	try {
		return await Promise.race([promise.then(() => true), timeIsUp]);
	} finally {
		clearTimeout(timer);
	}
}

// src/workspace/git.ts
/**
* git as we call it: nothing from the user's or the system's configuration, no hooks, no questions. A repository that
* somebody else's code could have written to must not make git run a command.
*/
/** Time limit of a call that needs no network; a tree of a million files takes git about a minute. */
const LOCAL_TIME_LIMIT_SECONDS = 300;
const MAX_STDOUT_BYTES = 268435456;
/** What git may see of our environment: where programs and certificates are, and the way to the network. */
const PASSED_VARIABLES = [
	"PATH",
	"HOME",
	"TMPDIR",
	"SYSTEMROOT",
	"SSH_AUTH_SOCK",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"GIT_SSL_CAINFO",
	"http_proxy",
	"https_proxy",
	"no_proxy",
	"all_proxy",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"NO_PROXY",
	"ALL_PROXY"
];
const HARDENED_ENVIRONMENT = {
	GIT_CONFIG_NOSYSTEM: "1",
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_ATTR_NOSYSTEM: "1",
	GIT_TERMINAL_PROMPT: "0",
	GIT_LFS_SKIP_SMUDGE: "1",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_NO_REPLACE_OBJECTS: "1",
	GIT_NO_LAZY_FETCH: "1",
	LC_ALL: "C"
};
const HARDENED_OPTIONS = [
	"--no-pager",
	"-c",
	"core.hooksPath=/dev/null",
	"-c",
	"core.fsmonitor=false",
	"-c",
	"protocol.ext.allow=never",
	"-c",
	"core.quotePath=false"
];
/** Git in `directory`, trusted there whoever owns it: workspaces of container jobs belong to another user. */
function createGit(directory, context, options = {}) {
	const trust = ["-c", `safe.directory=${directory}`];
	const network = options.mayUseNetwork === true ? [] : ["-c", "protocol.allow=never"];
	const inherited = {};
	for (const name of PASSED_VARIABLES) {
		const value = context.environment[name];
		if (value !== void 0) inherited[name] = value;
	}
	async function run(args, call = {}) {
		const timeLimitSeconds = call.timeLimitSeconds ?? LOCAL_TIME_LIMIT_SECONDS;
		const maxStdoutBytes = call.maxStdoutBytes ?? MAX_STDOUT_BYTES;
		context.log.debug(`git ${args.join(" ")} (in ${directory})`);
		const result = await runProcess("git", [
			...HARDENED_OPTIONS,
			...trust,
			...network,
			...args
		], {
			directory,
			environment: {
				...inherited,
				...HARDENED_ENVIRONMENT,
				...options.environment?.(),
				...call.environment
			},
			timeLimitSeconds,
			signal: context.signal,
			maxStdoutBytes,
			...call.input === void 0 ? {} : { input: call.input }
		});
		if (result.isTimedOut) throw new CommandError(`git ${args[0]} took longer than ${timeLimitSeconds} s in ${directory}.`, {
			command: `git ${args.join(" ")}`,
			exitCode: null,
			signal: result.signal,
			lastLines: result.lastLines
		});
		return result;
	}
	async function text(args, call) {
		const result = await run(args, call);
		if (result.exitCode !== 0) throw gitFailure(args, directory, result);
		return textOf(result.stdout);
	}
	return {
		run,
		text
	};
}
/** Configuration for one call of git, in variables instead of arguments, which every user of the machine can read. */
function configurationEnvironment(settings) {
	const environment = { GIT_CONFIG_COUNT: String(settings.length) };
	settings.forEach(([key, value], index) => {
		environment[`GIT_CONFIG_KEY_${index}`] = key;
		environment[`GIT_CONFIG_VALUE_${index}`] = value;
	});
	return environment;
}
/** Entries of `git config -z --get-regexp`: key, newline, value; those without a value are left out. */
async function readSettings(git, keyPattern) {
	return textOf((await git.run([
		"config",
		"-z",
		"--get-regexp",
		keyPattern
	])).stdout).split("\0").filter((entry) => entry.includes("\n")).map((entry) => [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1)]);
}
function gitFailure(args, directory, result) {
	const said = result.lastLines.at(-1) ?? `exit code ${result.exitCode}`;
	const remedy = result.lastLines.some((line) => line.includes("dubious ownership")) ? ` This version of git trusts only directories of its own user: run \`git config --system --add safe.directory ${directory}\` first, or use git 2.38 or later.` : "";
	return new CommandError(`git ${args[0]} failed in ${directory}: ${said}.${remedy}`, {
		command: `git ${args.join(" ")}`,
		exitCode: result.exitCode,
		signal: null,
		lastLines: result.lastLines
	});
}
/** What git wrote, as text. */
function textOf(bytes) {
	return new TextDecoder().decode(bytes);
}

// src/workspace/large-files.ts
/** Git LFS without git-lfs: pointers in a clone are replaced by the objects that the workspace has already. */
/** First line of a pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER_MARK = "version https://git-lfs.github.com/spec/v1";
/** Pointers are shorter, says the specification. */
const MAX_POINTER_BYTES = 1024;
/**
* Puts the contents of LFS files in their place, as far as `source` has them; no network, no filter.
* @returns a sentence when pointers were left, else null
*/
async function restoreLargeFiles(source, sha, clone) {
	const git = createGit(clone, source.context);
	if ((await findFiles(git, sha, "filter=lfs", [
		"--",
		".gitattributes",
		":(glob)**/.gitattributes"
	])).length === 0) return null;
	const missing = [];
	for (const path of await findFiles(git, sha, POINTER_MARK, [])) {
		const pointer = await readPointer(clone, path);
		if (pointer !== null && !await restoreFile(source, clone, pointer)) missing.push(path);
	}
	if (missing.length === 0) return null;
	return `${missing.length} Git LFS file${missing.length === 1 ? "" : "s"} (${missing[0]}${missing.length === 1 ? "" : ", …"}) stayed pointers, because the workspace does not have their contents. Set \`lfs: true\` for actions/checkout, or run \`git lfs fetch\`.`;
}
/** Files of the commit that hold the text. */
async function findFiles(git, sha, text, paths) {
	const result = await git.run([
		"grep",
		"-l",
		"-z",
		"-a",
		"-F",
		"-e",
		text,
		sha,
		...paths
	]);
	return new TextDecoder().decode(result.stdout).split("\0").filter((name) => name.startsWith(`${sha}:`)).map((name) => name.slice(sha.length + 1));
}
async function readPointer(clone, path) {
	const facts = await lstat(join(clone, path)).catch(() => null);
	if (facts === null || !facts.isFile() || facts.size > MAX_POINTER_BYTES) return null;
	const text = await readFile(join(clone, path), "utf8");
	const match = /^oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,15})$/m.exec(text);
	if (!text.startsWith(POINTER_MARK) || match === null) return null;
	return {
		path,
		id: match[1],
		bytes: Number(match[2])
	};
}
async function restoreFile(source, clone, pointer) {
	const { id } = pointer;
	const stored = join(source.commonDirectory, "lfs", "objects", id.slice(0, 2), id.slice(2, 4), id);
	const facts = await lstat(stored).catch(() => null);
	if (facts === null || !facts.isFile() || facts.size !== pointer.bytes) return false;
	const target = join(clone, pointer.path);
	const { mode } = await lstat(target);
	await rm(target);
	await copyFile(stored, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
	await chmod(target, mode & 511);
	return true;
}

// src/workspace/commit-names.ts
/** Names of commits, checked before git sees them. */
const MAX_NAME_LENGTH = 250;
/** Whether this is a full object id, as events and commits write it. */
function isFullSha(text) {
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
/**
* Checks what a user gave as a commit before git can take it for an option: an id, a branch or tag by the rules of
* git-check-ref-format, or one of these followed by `~2` or `^`.
* @throws UserError that says what is wrong
*/
function checkRevisionName(name) {
	const suffixStart = name.search(/[~^]/);
	const ref = suffixStart < 0 ? name : name.slice(0, suffixStart);
	const suffix = suffixStart < 0 ? "" : name.slice(suffixStart);
	if (!(name.length <= MAX_NAME_LENGTH && /^(?:[~^][0-9]{0,6})*$/.test(suffix) && isSoundRefName(ref))) throw new UserError(`${JSON.stringify(name.slice(0, MAX_NAME_LENGTH))} is not the name of a commit. Give a commit id, a branch or a tag, such as \`main\`, \`v1.2\` or \`HEAD~1\`.`);
}
function isSoundRefName(ref) {
	if (ref === "" || ref === "@" || ref.startsWith("-") || ref.endsWith(".")) return false;
	if (/[\x00-\x20\x7f:?*[\\]/.test(ref) || ref.includes("..") || ref.includes("@{")) return false;
	return ref.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}
/** @throws UserError when it is no full object id */
function requireSha(sha) {
	if (!isFullSha(sha)) throw new UserError(`${JSON.stringify(sha.slice(0, 80))} is not a full commit id.`);
	return sha;
}

// src/workspace/store.ts
/** Repositories of our own, which find the objects of the user's repository through alternates. */
/** An empty bare repository at `path`, knowing the objects of `source` unless told otherwise. What was there before is removed. */
async function createStore(source, path, options = { isSharing: true }) {
	await rm(path, {
		recursive: true,
		force: true
	});
	await mkdir(path, {
		recursive: true,
		mode: 448
	});
	await createGit(path, source.context).text([...initArguments(source), "--bare"]);
	if (options.isSharing) await shareObjects(source, path);
}
/** A repository as bare as git makes it: no templates, so no hooks. */
function initArguments(source) {
	return [
		"-c",
		"init.defaultBranch=main",
		"init",
		"--quiet",
		"--template=",
		`--object-format=${source.objectFormat}`
	];
}
/** Lets the repository in `gitDirectory` find every object that `source` finds, and know where its history ends. */
async function shareObjects(source, gitDirectory) {
	const info = join(gitDirectory, "objects", "info");
	await mkdir(info, { recursive: true });
	await writeFile(join(info, "alternates"), `${source.objectDirectories().join("\n")}\n`);
	const shallow = await readShallowCommits(source);
	if (shallow.length > 0) await writeFile(join(gitDirectory, "shallow"), `${shallow.join("\n")}\n`);
}
/** The commits whose parents were left out when they were fetched, by the user or by us. */
async function readShallowCommits(source) {
	const stores = source.objectDirectories().slice(1).map(dirname);
	const commits = /* @__PURE__ */ new Set();
	for (const directory of [source.commonDirectory, ...stores]) {
		const list = await readFile(join(directory, "shallow"), "utf8").catch(() => "");
		for (const line of list.split("\n")) if (isFullSha(line)) commits.add(line);
	}
	return [...commits];
}

// src/workspace/remote.ts
/** What the clone does not have, taken from where it was cloned from, into a store of our own. */
const FETCH_TIME_LIMIT_SECONDS = 600;
/** Pauses between attempts, in milliseconds; git itself gives up at the first broken connection. */
const PAUSES = [1e3, 4e3];
/** Answers that another attempt does not change. */
const FINAL_ANSWERS = /not our ref|unadvertised object|no such remote ref|not found|does not appear to be a git repository|dubious ownership|could not read (?:Username|Password)|Authentication failed|Permission denied|returned error: 40[134]/i;
/**
* Fetches one commit, without its history, into a store below `directory`. Afterwards `repository` finds it; the
* user's `.git` is not written to.
* @throws UserError when it cannot be had: why, and what to do
*/
async function fetchCommit(repository, sha, directory, access) {
	const short = sha.slice(0, 12);
	const remote = await findRemote(repository, access);
	if (remote === null) throw new UserError(`Commit ${short} is not in ${repository.directory}, which has no remote to fetch it from.`);
	const store = join(directory, `fetched-${short}.git`);
	const isPartial = await isPartialClone(repository.git);
	await createStore(repository, store, { isSharing: !isPartial });
	const git = createGit(repository.directory, repository.context, {
		environment: () => ({
			...remote.environment,
			GIT_DIR: store
		}),
		mayUseNetwork: true
	});
	const flags = [
		"--no-tags",
		"--depth=1",
		"--no-write-fetch-head",
		"--no-recurse-submodules",
		"--quiet"
	];
	const quiet = [
		"-c",
		"gc.auto=0",
		"-c",
		"maintenance.auto=false"
	];
	const problem = await attempt(repository, () => git.run([
		...quiet,
		"fetch",
		...flags,
		"origin",
		sha
	], LIMITS));
	if (problem !== null) throw new UserError(`Commit ${short} is not in this clone and could not be fetched from ${remote.shownUrl}: ${problem}. Let actions/checkout fetch it (\`fetch-depth: 0\`), or check that the token may read the repository (\`contents: read\`).`);
	repository.addObjectDirectory(join(store, "objects"));
}
/** The commit that a branch or tag of the remote names, or null. @throws UserError when the remote does not answer */
async function resolveRemoteName(repository, name, access) {
	const remote = await findRemote(repository, access);
	if (remote === null) return null;
	const git = createGit(repository.directory, repository.context, {
		environment: () => remote.environment,
		mayUseNetwork: true
	});
	const wanted = [
		`refs/heads/${name}`,
		`refs/tags/${name}^{}`,
		`refs/tags/${name}`
	];
	let listing = "";
	const problem = await attempt(repository, async () => {
		const result = await git.run([
			"ls-remote",
			"--quiet",
			"origin",
			...wanted
		], LIMITS);
		listing = new TextDecoder().decode(result.stdout);
		return result;
	});
	if (problem !== null) throw new UserError(`${remote.shownUrl} could not be asked for "${name}": ${problem}.`);
	const ids = new Map(listing.split("\n").map((line) => [line.split("	")[1], line.split("	")[0]]));
	return wanted.map((ref) => ids.get(ref)).find((id) => id !== void 0 && isFullSha(id)) ?? null;
}
const LIMITS = { timeLimitSeconds: FETCH_TIME_LIMIT_SECONDS };
/** Whether the clone leaves out files until somebody wants them (`filter` of actions/checkout). */
async function isPartialClone(git) {
	return (await readSettings(git, "^(remote\\..*\\.promisor|extensions\\.partialclone)$")).length > 0;
}
/** Null when a call succeeds, else what the last one complained of. */
async function attempt(repository, call) {
	for (let failures = 0;; failures += 1) {
		const result = await call();
		if (result.exitCode === 0) return null;
		const complaint = complaintOf(result);
		if (failures === PAUSES.length || FINAL_ANSWERS.test(complaint)) return complaint;
		repository.context.log.info(`The remote failed, trying again: ${complaint}`);
		await setTimeout$1(PAUSES[failures], void 0, { signal: repository.context.signal }).catch(() => {
			throw new CancelledError("Stopped while waiting for the remote.");
		});
	}
}
async function findRemote(repository, access) {
	const { git } = repository;
	const names = (await git.text(["remote"])).split("\n").filter((name) => name !== "");
	const name = names.includes("origin") ? "origin" : names[0];
	if (name === void 0) return null;
	const configured = (await git.text([
		"remote",
		"get-url",
		name
	])).trimEnd();
	const server = new URL(access.serverUrl);
	const url = access.token === null ? configured : toHttps(configured, server);
	const headers = (await readSettings(git, "^http\\..*\\.extraheader$")).filter(([key]) => url.startsWith(key.slice(5, -12)));
	const settings = [["remote.origin.url", url], ...headers];
	if (headers.length === 0 && access.token !== null && isOnServer(url, server)) {
		const basic = Buffer.from(`x-access-token:${access.token}`).toString("base64");
		settings.push([`http.${server.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`]);
	}
	const [sshCommand] = await readSettings(git, "^core\\.sshcommand$");
	return {
		shownUrl: hideCredentials(url),
		environment: {
			...configurationEnvironment(settings),
			GIT_SSH_COMMAND: sshCommand?.[1] ?? "ssh -o BatchMode=yes"
		}
	};
}
/** `git@github.com:owner/name.git` and `ssh://…` of the server as an address that takes the token. */
function toHttps(url, server) {
	const match = /^(?:ssh:\/\/)?git@([^:/]+)(?::[0-9]+\/|[:/])(.+)$/.exec(url);
	return match !== null && match[1] === server.hostname ? `${server.origin}/${match[2]}` : url;
}
function isOnServer(url, server) {
	return URL.canParse(url) && new URL(url).origin === server.origin;
}
/** What git and the server say went wrong, without the advice around it. */
function complaintOf(result) {
	const telling = result.lastLines.filter((line) => /^(?:fatal|error|remote|ERROR):/.test(line));
	const text = hideCredentials((telling.length > 0 ? telling : result.lastLines).join(" ")).slice(-500).trimEnd().replace(/\.$/, "");
	return text === "" ? `exit code ${result.exitCode}` : text;
}
function hideCredentials(text) {
	return text.replace(/\/\/[^/@\s]{1,500}@/g, "//");
}

// src/workspace/line-changes.ts
/**
* Reads the patch that `git diff-tree -p -U0 -M` writes, with the prefixes `a/` and `b/`. Text that is no such patch
* yields no changes.
*/
function parseLineChanges(patch) {
	return lineChangesOf(readFileChanges(patch));
}
/** Of each path the last change counts. */
function lineChangesOf(changes) {
	const byBasePath = /* @__PURE__ */ new Map();
	const byHeadPath = /* @__PURE__ */ new Map();
	for (const change of changes) {
		if (change.basePath !== null) byBasePath.set(change.basePath, change);
		if (change.headPath !== null) byHeadPath.set(change.headPath, change);
	}
	return {
		changedPaths: new Set(byHeadPath.keys()),
		isChangedLine(path, line) {
			const hunks = byHeadPath.get(path)?.hunks ?? [];
			const hunk = hunks[lastHunkBefore(hunks, line, (candidate) => candidate.headFirst)];
			return hunk !== void 0 && line < hunk.headFirst + hunk.headCount;
		},
		headPosition(path, line) {
			const change = byBasePath.get(path);
			if (change === void 0) return {
				path,
				line
			};
			if (change.headPath === null) return null;
			const hunk = change.hunks[lastHunkBefore(change.hunks, line, firstBaseLine)];
			if (hunk === void 0) return {
				path: change.headPath,
				line
			};
			if (line < firstBaseLine(hunk) + hunk.baseCount) return null;
			const moved = firstHeadLine(hunk) + hunk.headCount - (firstBaseLine(hunk) + hunk.baseCount);
			return {
				path: change.headPath,
				line: line + moved
			};
		}
	};
}
/** Of an empty range git names the line before it. */
function firstBaseLine(hunk) {
	return hunk.baseCount === 0 ? hunk.baseFirst + 1 : hunk.baseFirst;
}
function firstHeadLine(hunk) {
	return hunk.headCount === 0 ? hunk.headFirst + 1 : hunk.headFirst;
}
/** Index of the last hunk that starts at or before the line, or −1. */
function lastHunkBefore(hunks, line, firstLine) {
	let low = 0;
	let high = hunks.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (firstLine(hunks[middle]) <= line) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
function* readFileChanges(patch) {
	let current = null;
	let position = 0;
	while (position < patch.length) {
		const lineEnd = endOfLine(patch, position);
		const line = patch.slice(position, lineEnd);
		position = lineEnd + 1;
		if (line.startsWith("diff --git ")) {
			if (current !== null) yield current;
			current = {
				basePath: null,
				headPath: null,
				hunks: []
			};
		} else if (current !== null) {
			const range = line.startsWith("@@ ") ? readHunkHeader(line) : null;
			if (range !== null) position = readHunkLines(patch, position, range, current.hunks);
			else if (line.startsWith("--- ")) current.basePath = readPath(line.slice(4), "a/");
			else if (line.startsWith("+++ ")) current.headPath = readPath(line.slice(4), "b/");
			else if (line.startsWith("rename from ")) current.basePath = readPath(line.slice(12), "");
			else if (line.startsWith("rename to ")) current.headPath = readPath(line.slice(10), "");
		}
	}
	if (current !== null) yield current;
}
function endOfLine(text, position) {
	const end = text.indexOf("\n", position);
	return end < 0 ? text.length : end;
}
/** The hunks of one file's patch that has no headers but `@@`, in the form without unchanged lines. */
function readHunks(patch) {
	const hunks = [];
	let position = 0;
	while (position < patch.length) {
		const lineEnd = endOfLine(patch, position);
		const range = patch.startsWith("@@ ", position) ? readHunkHeader(patch.slice(position, lineEnd)) : null;
		position = range === null ? lineEnd + 1 : readHunkLines(patch, lineEnd + 1, range, hunks);
	}
	return hunks;
}
/**
* Reads the lines of a hunk that start at `start`: as many as its header says, whatever they look like. Unchanged
* lines part it into several.
* @returns the position after it
*/
function readHunkLines(patch, start, range, hunks) {
	let position = start;
	let base = firstBaseLine(range);
	let head = firstHeadLine(range);
	const baseEnd = base + range.baseCount;
	const headEnd = head + range.headCount;
	let removed = 0;
	let added = 0;
	const endChange = () => {
		if (removed + added > 0) hunks.push(hunkBefore(base, removed, head, added));
		removed = 0;
		added = 0;
	};
	while (position < patch.length && (base < baseEnd || head < headEnd)) {
		const mark = patch[position];
		position = endOfLine(patch, position) + 1;
		if (mark === "-") {
			base += 1;
			removed += 1;
		} else if (mark === "+") {
			head += 1;
			added += 1;
		} else if (mark !== "\\") {
			endChange();
			base += 1;
			head += 1;
		}
	}
	endChange();
	return position;
}
/** The hunk whose lines end before these. */
function hunkBefore(base, baseCount, head, headCount) {
	return {
		baseFirst: baseCount === 0 ? base - 1 : base - baseCount,
		baseCount,
		headFirst: headCount === 0 ? head - 1 : head - headCount,
		headCount
	};
}
/** `@@ -12,3 +12 @@ …`: a count that is left out is 1. */
function readHunkHeader(line) {
	const match = /^@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \+([0-9]{1,9})(?:,([0-9]{1,9}))? @@/.exec(line);
	if (match === null) return null;
	return {
		baseFirst: Number(match[1]),
		baseCount: Number(match[2] ?? 1),
		headFirst: Number(match[3]),
		headCount: Number(match[4] ?? 1)
	};
}
/** A path as a patch names it: prefixed, quoted when it holds odd characters, /dev/null for none. */
function readPath(text, prefix) {
	const name = text.startsWith("\"") ? unquote(text) : text.replace(/\t$/, "");
	if (name === "/dev/null") return null;
	return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
const ESCAPES = /* @__PURE__ */ new Map([
	["a", 7],
	["b", 8],
	["t", 9],
	["n", 10],
	["v", 11],
	["f", 12],
	["r", 13],
	["\"", 34],
	["\\", 92]
]);
/** Undoes git's quoting of names: C escapes, bytes in octal. */
function unquote(quoted) {
	const bytes = [];
	const encoder = new TextEncoder();
	const pieces = quoted.slice(1, quoted.lastIndexOf("\"")).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g);
	for (const [, octal, escaped, plain] of pieces) if (octal !== void 0) bytes.push(Number.parseInt(octal, 8) & 255);
	else if (escaped !== void 0) bytes.push(ESCAPES.get(escaped) ?? escaped.charCodeAt(0));
	else for (const byte of encoder.encode(plain)) bytes.push(byte);
	return new TextDecoder().decode(Uint8Array.from(bytes));
}

// src/workspace/repository.ts
const MAX_COMMIT_BYTES = 1048576;
/**
* Opens the repository whose working tree `directory` is in.
* @throws UserError when it is in none
*/
async function openRepository(directory, context) {
	const top = await findWorkingTree(directory);
	const addedObjectDirectories = [];
	const git = createGit(top, context, { environment: () => addedObjectDirectories.length === 0 ? {} : { GIT_ALTERNATE_OBJECT_DIRECTORIES: addedObjectDirectories.map(quoteAlternate).join(":") } });
	const [objectFormat, commonDirectory, objectDirectory] = (await git.text([
		"rev-parse",
		"--show-object-format",
		"--git-common-dir",
		"--git-path",
		"objects"
	])).trimEnd().split("\n");
	const ownObjectDirectory = resolve(top, objectDirectory);
	async function resolveCommit(name) {
		checkRevisionName(name);
		const result = await git.run([
			"rev-parse",
			"--verify",
			"--quiet",
			`${name}^{commit}`
		]);
		const sha = textOf(result.stdout).trim();
		return result.exitCode === 0 && isFullSha(sha) ? sha : null;
	}
	async function headCommit() {
		const sha = await resolveCommit("HEAD");
		if (sha === null) throw new UserError(`${top} has no commit yet: commit something first.`);
		return sha;
	}
	async function hasCommit(sha) {
		return isFullSha(sha) && (await git.run([
			"cat-file",
			"-e",
			`${sha}^{commit}`
		])).exitCode === 0;
	}
	async function parentsOf(sha) {
		const commit = await git.text([
			"cat-file",
			"commit",
			requireSha(sha)
		], { maxStdoutBytes: MAX_COMMIT_BYTES });
		return [...commit.slice(0, commit.indexOf("\n\n")).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]);
	}
	async function mergeBase(one, other) {
		const result = await git.run([
			"merge-base",
			requireSha(one),
			requireSha(other)
		]);
		const sha = textOf(result.stdout).trim();
		return result.exitCode === 0 && isFullSha(sha) ? sha : null;
	}
	async function isShallow() {
		return (await git.text(["rev-parse", "--is-shallow-repository"])).trim() === "true";
	}
	async function listTree(sha) {
		return parseTree(await git.text([
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			requireSha(sha)
		]));
	}
	async function listTrackedFiles(sha) {
		const files = /* @__PURE__ */ new Map();
		for (const entry of await listTree(sha)) if (entry.kind === "file") files.set(entry.path, entry.id);
		return files;
	}
	async function readBlobs(ids, maxBytes) {
		if (ids.length === 0) return /* @__PURE__ */ new Map();
		const input = `${[...new Set(ids.map(requireSha))].join("\n")}\n`;
		const wanted = (await git.text(["cat-file", "--batch-check"], { input })).split("\n").flatMap((line) => {
			const [id, kind, size] = line.split(" ");
			return kind === "blob" && Number(size) <= maxBytes ? [id] : [];
		});
		if (wanted.length === 0) return /* @__PURE__ */ new Map();
		return parseBatch((await git.run(["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` })).stdout);
	}
	async function readFileAt(sha, path, maxBytes) {
		const listing = await git.run([
			"ls-tree",
			"-z",
			"--full-tree",
			requireSha(sha),
			"--",
			path
		], { environment: { GIT_LITERAL_PATHSPECS: "1" } });
		const entry = parseTree(textOf(listing.stdout)).find((found) => found.path === path && found.kind === "file");
		return entry === void 0 ? null : (await readBlobs([entry.id], maxBytes)).get(entry.id) ?? null;
	}
	async function compareLines(base, head) {
		const options = [
			"-r",
			"-p",
			"-U0",
			"-M",
			"--no-ext-diff",
			"--no-textconv",
			"--no-color",
			"--no-indent-heuristic"
		];
		const prefixes = [
			"--src-prefix=a/",
			"--dst-prefix=b/",
			"--ignore-submodules=all"
		];
		const args = [
			"diff-tree",
			...options,
			...prefixes,
			requireSha(base),
			requireSha(head)
		];
		return parseLineChanges(await git.text(args));
	}
	async function defaultBranchMergeBase() {
		const head = await headCommit();
		const branch = await findDefaultBranch(git);
		if (branch === null) throw new UserError(`No default branch to compare with: ${top} has no origin/HEAD, origin/main or origin/master, and no other branch main or master. Name the base, such as \`--base HEAD~1\`.`);
		const tip = await resolveCommit(branch);
		const sha = tip === null ? null : await mergeBase(head, tip);
		if (sha !== null) return {
			sha,
			branch
		};
		const remedy = await isShallow() ? "This clone is shallow: run `git fetch --unshallow`, or name the base with `--base`." : "Name the base with `--base`.";
		throw new UserError(`HEAD and ${branch} have no common ancestor in ${top}. ${remedy}`);
	}
	return {
		directory: top,
		git,
		context,
		objectFormat,
		commonDirectory: resolve(top, commonDirectory),
		objectDirectories: () => [ownObjectDirectory, ...addedObjectDirectories],
		addObjectDirectory(added) {
			if (!addedObjectDirectories.includes(added)) addedObjectDirectories.push(added);
		},
		resolveCommit,
		headCommit,
		hasCommit,
		parentsOf,
		mergeBase,
		isShallow,
		listTree,
		listTrackedFiles,
		readBlobs,
		readFileAt,
		compareLines,
		defaultBranchMergeBase
	};
}
/** Git must be told which working tree to trust before it may be asked where that is. */
async function findWorkingTree(directory) {
	const start = await realpath(directory).catch(() => null);
	if (start === null) throw new UserError(`${directory} does not exist.`);
	for (let candidate = start;; candidate = dirname(candidate)) {
		if (await stat(join(candidate, ".git")).catch(() => null) !== null) return candidate;
		if (candidate === dirname(candidate)) throw new UserError(`${start} is not inside a git repository. Run this in one; in a workflow, let actions/checkout come first.`);
	}
}
/** The branch that others start from, as a name that resolveCommit takes, or null. */
async function findDefaultBranch(git) {
	const remotes = (await git.text(["remote"])).split("\n").filter((name) => name !== "");
	const remote = remotes.includes("origin") ? "origin" : remotes[0];
	const current = await git.run([
		"symbolic-ref",
		"--quiet",
		"--short",
		"HEAD"
	]);
	const currentBranch = textOf(current.stdout).trim();
	if (remote !== void 0) {
		const pointed = await git.run([
			"symbolic-ref",
			"--quiet",
			"--short",
			`refs/remotes/${remote}/HEAD`
		]);
		const candidates = [
			textOf(pointed.stdout).trim(),
			`${remote}/main`,
			`${remote}/master`
		];
		for (const name of candidates) if (name !== "" && await hasRef(git, `refs/remotes/${name}`)) return name;
	}
	for (const name of ["main", "master"]) if (name !== currentBranch && await hasRef(git, `refs/heads/${name}`)) return name;
	return null;
}
async function hasRef(git, ref) {
	return (await git.run([
		"show-ref",
		"--verify",
		"--quiet",
		ref
	])).exitCode === 0;
}
/** Entries of `git ls-tree -z`: `<mode> <type> <id>\t<path>\0`. */
function parseTree(listing) {
	const entries = [];
	for (const record of listing.split("\0")) {
		const tab = record.indexOf("	");
		if (tab < 0) continue;
		const [mode, , id] = record.slice(0, tab).split(" ");
		const kind = kindOfMode(mode);
		if (kind !== null) entries.push({
			path: record.slice(tab + 1),
			kind,
			id
		});
	}
	return entries;
}
function kindOfMode(mode) {
	if (mode.startsWith("100")) return "file";
	if (mode === "120000") return "symlink";
	return mode === "160000" ? "submodule" : null;
}
/** Answers of `git cat-file --batch`: `<id> <type> <size>\n<contents>\n`, one after the other. */
function parseBatch(bytes) {
	const blobs = /* @__PURE__ */ new Map();
	let position = 0;
	while (position < bytes.length) {
		const lineEnd = bytes.indexOf(10, position);
		if (lineEnd < 0) break;
		const [id, kind, size] = textOf(bytes.subarray(position, lineEnd)).split(" ");
		position = lineEnd + 1;
		if (kind !== "blob") continue;
		const end = position + Number(size);
		if (end > bytes.length) break;
		blobs.set(id, bytes.slice(position, end));
		position = end + 1;
	}
	return blobs;
}
/** A path for GIT_ALTERNATE_OBJECT_DIRECTORIES, where colons separate and quotes protect. */
function quoteAlternate(path) {
	return /[":\\]/.test(path) ? `"${path.replace(/["\\]/g, "\\$&")}"` : path;
}

// src/workspace/reused-paths.ts
/** Build caches of the workspace, copied into a clone. */
/**
* Copies one path of the workspace to the same place in the clone, times of files included, so that build tools take
* the copy for their own work. Files that the clone has already stay: those are the commit's.
* @returns a sentence when nothing was copied, else null
* @param path as `checkReusedPath` returns it
* @throws UserError for a path that leads out of the workspace, or into what the commit uses otherwise
*/
async function copyReusedPath(workspace, path, clone) {
	const source = join(workspace, path);
	const resolved = await realpath(source).catch(() => null);
	if (resolved === null) return `reuse-paths: "${path}" is not in the workspace; built without it.`;
	if (!isWithin(workspace, resolved)) throw new UserError(`reuse-paths: "${path}" is a link to ${resolved}, outside of the workspace. Only what is inside of it is copied.`);
	const target = join(clone, path);
	await mkdir(dirname(target), { recursive: true });
	if (await realpath(dirname(target)) !== dirname(target) || await isSymbolicLink(target)) throw new UserError(`reuse-paths: "${path}" is a symbolic link in the commit, so nothing is copied there.`);
	try {
		await cp(resolved, target, {
			recursive: true,
			force: false,
			preserveTimestamps: true,
			verbatimSymlinks: true,
			mode: constants.COPYFILE_FICLONE,
			filter: isCopyable
		});
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new UserError(`reuse-paths: "${path}" could not be copied: ${reason}`, { cause });
	}
	return null;
}
/**
* A `reuse-paths` entry in its shortest form.
* @throws UserError for what is no path below the top of the workspace
*/
function checkReusedPath(path) {
	const normal = normalize(path).replace(/\/+$/, "");
	const parts = normal.split(sep);
	if (!(path !== "" && normal !== "." && !normal.startsWith(sep) && !parts.includes("..") && !parts.includes(".git")) || path.includes("\0")) throw new UserError(`reuse-paths: ${JSON.stringify(path)} is not accepted. Give paths below the top of the workspace, such as \`target\` or \`build/deps\`.`);
	return normal;
}
/** Sockets, pipes and devices cannot be copied, and no build needs them. */
async function isCopyable(path) {
	const facts = await lstat(path);
	return facts.isFile() || facts.isDirectory() || facts.isSymbolicLink();
}
async function isSymbolicLink(path) {
	return (await lstat(path).catch(() => null))?.isSymbolicLink() ?? false;
}
function isWithin(directory, path) {
	const way = relative(directory, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`);
}

// src/workspace/checkouts.ts
/**
* The two commits as clones of their own, which take turns at the same absolute path. All git work is done before
* any code of theirs runs: afterwards clones are only renamed and removed.
*/
/** Deeper nesting of submodules than anyone has. */
const MAX_SUBMODULE_DEPTH = 8;
/**
* Makes both clones.
* @throws UserError when head cannot be had or checked out; for base see `baseFailure`
*/
async function prepareCheckouts(options) {
	const { repository, commits, fetch } = options;
	const directory = await claimDirectory(options.directory);
	const path = join(directory, "checkout");
	const storeDirectory = join(directory, "stores");
	const reusePaths = (options.reusePaths ?? []).map(checkReusedPath);
	const notes = [];
	await removeEverything();
	await mkdir(storeDirectory, { mode: 448 });
	async function prepareSide(side, sha) {
		const clone = join(directory, side);
		const context = {
			side,
			storeDirectory,
			fetch,
			notes
		};
		await makeAvailable(repository, sha, context);
		await createClone(repository, sha, clone, context, 0);
		for (const reused of reusePaths) {
			const note = await copyReusedPath(repository.directory, reused, clone);
			if (note !== null && !notes.includes(note)) notes.push(note);
		}
	}
	async function removeEverything() {
		for (const name of [
			"checkout",
			"base",
			"head",
			"removed",
			"stores"
		]) await removeTree(join(directory, name));
	}
	await prepareSide("head", commits.head);
	let baseFailure = null;
	if (commits.base !== null) try {
		if (options.isBaseMeasured) await makeAvailable(repository, commits.base, {
			side: "base",
			storeDirectory,
			fetch,
			notes
		});
		else await prepareSide("base", commits.base);
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		baseFailure = error;
	}
	let placed = null;
	async function place(side) {
		if (side === "base" && baseFailure !== null) throw baseFailure;
		if (side === placed) return path;
		const removed = join(directory, "removed");
		if (placed !== null) await rename(path, removed);
		await rename(join(directory, side), path);
		placed = side;
		await removeTree(removed);
		return path;
	}
	return {
		path,
		notes,
		baseFailure,
		place,
		[Symbol.asyncDispose]: removeEverything
	};
}
/** Creates the directory, or makes sure that the one there is a directory and not a link to somewhere else. */
async function claimDirectory(directory) {
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	if (!(await lstat(directory)).isDirectory()) throw new UserError(`${directory} is not a directory of its own but a link. Remove it, or choose another one.`);
	return realpath(directory);
}
async function makeAvailable(repository, sha, context) {
	const isHere = await repository.hasCommit(sha);
	if (isHere && !await isPartialClone(repository.git)) return;
	if (isHere && await hasAllFiles(repository, sha)) return;
	if (context.fetch === null) throw new UserError(`Commit ${sha.slice(0, 12)} is not in ${repository.directory}. Fetch it first: \`git fetch origin ${sha}\`.`);
	await fetchCommit(repository, sha, context.storeDirectory, context.fetch);
}
async function hasAllFiles(repository, sha) {
	return !(await repository.git.text([
		"rev-list",
		"--objects",
		"--no-walk",
		"--missing=print",
		sha
	])).split("\n").some((line) => line.startsWith("?"));
}
/** A repository of its own at `clone`, with the commit checked out and nothing of the user's configuration. */
async function createClone(source, sha, clone, context, depth) {
	await mkdir(clone, { recursive: true });
	const git = createGit(clone, source.context);
	await git.text([...initArguments(source), clone]);
	await shareObjects(source, join(clone, ".git"));
	await copyTags(source, clone);
	await git.text([
		"-c",
		"advice.detachedHead=false",
		"checkout",
		"--quiet",
		"--detach",
		sha
	]);
	const note = await restoreLargeFiles(source, sha, clone);
	if (note !== null) context.notes.push(`${context.side}: ${note}`);
	await createSubmodules(source, sha, clone, context, depth + 1);
}
/** Builds ask `git describe`. A shallow clone has no answer to that, with or without tags. */
async function copyTags(source, clone) {
	if (await source.isShallow()) return;
	const commands = await source.git.text([
		"for-each-ref",
		"--format=create %(refname) %(objectname)",
		"refs/tags"
	]);
	if (commands !== "") await createGit(clone, source.context).text(["update-ref", "--stdin"], { input: commands });
}
/** Fills the submodules that the workspace has, from the workspace's own clones of them. */
async function createSubmodules(source, sha, clone, context, depth) {
	if (depth > MAX_SUBMODULE_DEPTH) return;
	for (const entry of await source.listTree(sha)) {
		if (entry.kind !== "submodule") continue;
		const submodule = await openSubmodule(source, entry.path);
		const target = join(clone, entry.path);
		if (submodule === null || await realpath(target).catch(() => null) !== target) {
			source.context.log.info(`Submodule ${entry.path} is left empty, as it is in the workspace. To have it, fetch it there: \`submodules: recursive\` for actions/checkout, \`git submodule update --init\` at a terminal.`);
			continue;
		}
		try {
			await makeAvailable(submodule, entry.id, context);
			await createClone(submodule, entry.id, target, context, depth);
		} catch (error) {
			if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
			context.notes.push(`${context.side}: submodule ${entry.path} is left empty: ${error.message}`);
		}
	}
}
/** The workspace's clone of a submodule, or null when it has none there. */
async function openSubmodule(source, path) {
	const directory = join(source.directory, path);
	return await realpath(directory).catch(() => null) === directory && await lstat(join(directory, ".git")).catch(() => null) !== null ? openRepository(directory, source.context) : null;
}
/** Removes a directory and everything below it; builds leave read-only ones behind (Go's module cache). */
async function removeTree(path) {
	try {
		await rm(path, {
			recursive: true,
			force: true
		});
	} catch {
		await makeWritable(path);
		await rm(path, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
	}
}
async function makeWritable(directory) {
	await chmod(directory, 448).catch(() => void 0);
	for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
}

// src/workspace/repository-files.ts
/** Which files of debug information are the repository's own, and what they say. */
const MAX_FILE_NAME_LENGTH = 4096;
/** A name that fits more files says nothing. */
const MAX_CANDIDATES = 16;
/** Longer sources are generated ones. */
const MAX_TEXT_BYTES = 1048576;
/**
* Lists the files of a commit, once: ask before code of the commit runs.
* @param checkoutDirectory absolute path that the commit is built at
* @param workingDirectory relative to the checkout: where its build runs, for names relative to that
*/
async function listRepositoryFiles(options) {
	const { repository, checkoutDirectory, workingDirectory } = options;
	const blobs = await repository.listTrackedFiles(options.sha);
	const directories = [".", workingDirectory];
	const paths = new Set(blobs.keys());
	const pathsByBaseName = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const sameName = pathsByBaseName.get(posix.basename(path));
		if (sameName === void 0) pathsByBaseName.set(posix.basename(path), [path]);
		else sameName.push(path);
	}
	function candidatesOf(fileName) {
		if (fileName === "" || fileName.length > MAX_FILE_NAME_LENGTH || /[\x00-\x1f]/.test(fileName)) return {
			paths: [],
			isCertain: false
		};
		if (posix.isAbsolute(fileName)) {
			const path = posix.relative(checkoutDirectory, posix.normalize(fileName));
			return paths.has(path) ? {
				paths: [path],
				isCertain: true
			} : {
				paths: [],
				isCertain: false
			};
		}
		const direct = directories.map((directory) => posix.normalize(posix.join(directory, fileName))).filter((path) => paths.has(path));
		const end = `/${posix.normalize(fileName).replace(/^(?:\.\.\/)+/, "")}`;
		const sameEnd = (pathsByBaseName.get(posix.basename(fileName)) ?? []).filter((path) => `/${path}`.endsWith(end));
		return {
			paths: [...new Set(sameEnd.length > MAX_CANDIDATES ? direct : [...direct, ...sameEnd])],
			isCertain: false
		};
	}
	async function readTexts(paths) {
		const ids = paths.flatMap((path) => blobs.get(path) ?? []);
		const contents = await repository.readBlobs(ids, MAX_TEXT_BYTES);
		const texts = /* @__PURE__ */ new Map();
		for (const path of paths) {
			const bytes = contents.get(blobs.get(path) ?? "");
			if (bytes !== void 0 && !bytes.includes(0)) texts.set(path, new TextDecoder().decode(bytes));
		}
		return texts;
	}
	return {
		paths,
		candidatesOf,
		readTexts
	};
}

// src/workspace/executable.ts
/** Finding programs as the system would, and looking into them. */
/**
* The file that the system would start for `name`, an absolute path that may still be a symbolic link; null when
* there is none.
*/
function findExecutable(name, { searchPath, directory }) {
	if (name === "" || name.includes("\0")) return null;
	const folders = name.includes("/") ? [""] : searchPath.split(":").map((folder) => folder || ".");
	for (const folder of folders) {
		const path = resolve(directory, folder, name);
		if (isExecutableFile(path)) return path;
	}
	return null;
}
function isExecutableFile(path) {
	try {
		accessSync(path, constants$2.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
/** `path` without symbolic links; `path` itself when there is no such file. */
function withoutLinks(path) {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
/** Names in a folder, sorted; none when it cannot be read. */
function namesIn(folder) {
	try {
		return readdirSync(folder).sort();
	} catch {
		return [];
	}
}
/** Whether an absolute path is that of a folder which a program can be started in. */
function isFolder(path) {
	if (!isAbsolute(path)) return false;
	try {
		accessSync(path, constants$2.X_OK);
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
}
function fileStatus(path) {
	const stat = statSync(path, { throwIfNoEntry: false });
	return {
		exists: stat !== void 0,
		isFile: stat?.isFile() ?? false,
		mode: (stat?.mode ?? 0) & 4095,
		owner: stat?.uid ?? -1,
		group: stat?.gid ?? -1
	};
}
/** @throws the system's error when the file cannot be opened */
function openFile(path) {
	const descriptor = openSync(path, constants$2.O_RDONLY | constants$2.O_NONBLOCK);
	const { size } = fstatSync(descriptor);
	return {
		size,
		read(offset, length) {
			const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
			let filled = 0;
			while (filled < bytes.length) {
				const count = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled);
				if (count === 0) break;
				filled += count;
			}
			return bytes.subarray(0, filled);
		},
		[Symbol.dispose]() {
			closeSync(descriptor);
		}
	};
}

// src/workspace/path-inside.ts
/**
* A directory below another one, symbolic links resolved: what a commit links to outside of it is not in it.
* @param input the input that named it, for messages
* @throws UserError when it is missing, no directory, or outside
*/
async function directoryInside(directory, relativePath, input) {
	const root = await realpath(directory);
	const shown = `${input}: ${JSON.stringify(relativePath)}`;
	const path = await realpath(join(root, relativePath)).catch(() => null);
	if (path === null || !(await stat(path)).isDirectory()) throw new UserError(`${shown} is no directory of this commit`);
	if (path !== root && !path.startsWith(root + sep)) throw new UserError(`${shown} leads out of the checkout`);
	return path;
}

// src/workspace/script.ts
/** What of a script's output goes to the log; the rest is dropped, but for the last lines. */
const MAX_LOGGED_BYTES = 4194304;
/**
* Runs a shell script of the workflow's author: as a file, with `bash -euo pipefail`, so that nothing of it is ever
* pasted into a command line. Its stdin is empty.
* @throws CommandError when it fails or runs out of time; CancelledError after `signal`
*/
async function runScript(script, options) {
	try {
		var _usingCtx$1 = _usingCtx();
		const file = await _usingCtx$1.a(await makeTemporaryDirectory()).writeFile("script.sh", script.endsWith("\n") ? script : `${script}\n`);
		const started = await startProcess("bash", [
			"-euo",
			"pipefail",
			file
		], {
			directory: options.directory,
			environment: options.environment,
			timeLimitSeconds: options.timeLimitSeconds,
			signal: options.signal,
			stdin: "ignore",
			isTrusted: false
		});
		const tail = new OutputTail();
		let loggable = MAX_LOGGED_BYTES;
		for (const stream of ["stdout", "stderr"]) {
			const lines = new LineLogger(options.log);
			started[stream].on("data", (chunk) => {
				tail.add(stream, chunk);
				if (loggable > 0) lines.add(chunk.subarray(0, loggable));
				loggable -= chunk.length;
			});
			started[stream].once("close", () => lines.finish());
		}
		const end = await started.ended;
		if (options.signal.aborted) throw new CancelledError(`Cancelled while the \`${options.name}\` script ran.`);
		if (end.exitCode === 0 && !end.isTimedOut) return;
		throw new CommandError(`The \`${options.name}\` script ${describeEnd(end, options)}.`, {
			command: options.shownAs ?? script,
			exitCode: end.isTimedOut ? null : end.exitCode,
			signal: end.signal,
			lastLines: tail.lines().map((line) => asWritten(line, file, script, options))
		});
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** A shell names the file that it reads, and the command as it stands there: people know neither. */
function asWritten(line, file, script, { name, shownAs }) {
	const isOurs = shownAs !== void 0 && shownAs !== script && !shownAs.includes(LAUNCHER);
	const named = line.replaceAll(file, name);
	return isOurs && named !== line ? named.replaceAll(LAUNCHER, "") : named;
}
const LAUNCHER = "$MEMTRACK ";
function describeEnd(end, options) {
	if (end.isTimedOut) return `ran longer than its limit of ${describeDuration(options.timeLimitSeconds)} (\`${options.name}-timeout\`) and was stopped`;
	if (end.exitCode === null) return `was ended by signal ${end.signal}`;
	const signal = signalOfExitCode(end.exitCode);
	if (signal === null) return `failed with exit code ${end.exitCode}`;
	return `failed with exit code ${end.exitCode}: a program in it was ended by ${signal}`;
}
/** A shell reports a program that a signal ended as 128 and the signal's number. */
function signalOfExitCode(exitCode) {
	const found = Object.entries(constants$1.signals).find(([, number]) => number === exitCode - 128);
	return found === void 0 ? null : found[0];
}
function describeDuration(seconds) {
	const [count, unit] = seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
/** Cuts a stream of bytes into lines for the log. */
var LineLogger = class {
	#log;
	#decoder = new TextDecoder();
	#unfinished = "";
	constructor(log) {
		this.#log = log;
	}
	add(chunk) {
		const lines = (this.#unfinished + this.#decoder.decode(chunk, { stream: true })).split("\n");
		this.#unfinished = lines.pop() ?? "";
		for (const line of lines) this.#log.debug(line);
		if (this.#unfinished.length > 65536) this.finish();
	}
	finish() {
		if (this.#unfinished !== "") this.#log.debug(this.#unfinished);
		this.#unfinished = "";
	}
};

// src/workspace/file-seal.ts
/** Remembers files before foreign code can change them; files that cannot be read are remembered as such. */
async function sealFiles(paths) {
	const entries = await Promise.all(paths.map(async (path) => [path, await hashOf(path)]));
	return new Map(entries);
}
/** @returns the paths whose files are not what they were */
async function findChangedFiles(seal) {
	const now = await sealFiles([...seal.keys()]);
	return [...seal.keys()].filter((path) => now.get(path) !== seal.get(path));
}
async function hashOf(path) {
	try {
		return createHash("sha256").update(await readFile(path)).digest("hex");
	} catch {
		return null;
	}
}

// src/workspace/install-packages.ts
/** One installation may download a compiler over a slow line. */
const INSTALL_SECONDS = 600;
const UPDATE_SECONDS = 180;
const PAUSES_SECONDS = [
	0,
	5,
	20
];
/** Other systems' commands, for those who have to install by hand. */
const OTHER_PACKAGE_MANAGERS = [
	["dnf", "sudo dnf install"],
	["yum", "sudo yum install"],
	["pacman", "sudo pacman -S"],
	["zypper", "sudo zypper install"],
	["apk", "apk add"]
];
/**
* Installs packages of Debian or Ubuntu with apt-get, through sudo when we are not root. The package lists are
* refreshed only when it does not work without.
* @throws UserError when this system has no apt-get, or we may not use it; CommandError when apt-get fails
*/
async function installPackages(packages, options) {
	const prefix = aptPrefix(packages, options);
	const install = [
		...prefix,
		"install",
		"--yes",
		"--no-install-recommends",
		...packages
	];
	let result = await runApt(install, INSTALL_SECONDS, options);
	for (const seconds of options.pausesSeconds ?? PAUSES_SECONDS) {
		if (result.exitCode === 0) break;
		options.log.info(`\`apt-get install ${packages.join(" ")}\` failed; refreshing the package lists.`);
		await setTimeout$1(seconds * 1e3, void 0, { signal: options.signal }).catch(() => {});
		await runApt([...prefix, "update"], UPDATE_SECONDS, options);
		result = await runApt(install, INSTALL_SECONDS, options);
	}
	if (result.exitCode !== 0) throw installFailure(install.join(" "), result);
}
function aptPrefix(packages, options) {
	const find = (name) => findExecutable(name, {
		searchPath: options.environment.PATH ?? "",
		directory: "/"
	});
	const names = packages.join(" ");
	if (find("apt-get") === null) {
		const other = OTHER_PACKAGE_MANAGERS.find(([name]) => find(name) !== null);
		throw new UserError(other === void 0 ? `Cannot install ${names}: there is no apt-get here. Install by hand what this needs.` : `Cannot install ${names}: there is no apt-get here. Install by hand: ${other[1]} ${names}`);
	}
	const apt = [
		"apt-get",
		"-o",
		"DPkg::Lock::Timeout=120",
		"-o",
		"Acquire::Retries=3"
	];
	if (options.isRoot ?? process.getuid?.() === 0) return apt;
	if (find("sudo") === null) throw new UserError(`Cannot install ${names}: we are not root, and there is no sudo. Install as root: apt-get install ${names}`);
	return [
		"sudo",
		"-n",
		"env",
		"DEBIAN_FRONTEND=noninteractive",
		...apt
	];
}
async function runApt(command, timeLimitSeconds, options) {
	const [file, ...args] = command;
	const result = await runProcess(file, args, {
		directory: "/",
		environment: {
			...options.environment,
			DEBIAN_FRONTEND: "noninteractive"
		},
		timeLimitSeconds,
		signal: options.signal
	});
	for (const line of result.lastLines) options.log.debug(line);
	return result;
}
function installFailure(command, result) {
	const lines = result.lastLines.join("\n");
	const needsPassword = command.startsWith("sudo") && /^sudo: .*(password|terminal)/m.test(lines);
	const why = result.isTimedOut ? "it ran longer than its limit" : `exit code ${result.exitCode ?? result.signal}`;
	return new CommandError(needsPassword ? `Cannot install: sudo asks for a password. Run it by hand: ${command}` : `\`${command}\` failed (${why}), also after the package lists were refreshed.`, {
		command,
		exitCode: result.exitCode,
		signal: result.signal,
		lastLines: result.lastLines
	});
}

// src/workspace/fifo.ts
/** Named pipes, by which a script that we run and this process talk to each other. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants$2;
/** Longer than any line that our own scripts write. */
const MAX_LINE_BYTES = 4096;
/**
* Makes a named pipe that only we may open.
* @param mkfifo path of the program of that name: Node has no such call
*/
async function makeFifo(path, mkfifo, signal) {
	const made = await runProcess(mkfifo, [
		"-m",
		"600",
		path
	], {
		directory: "/",
		environment: {},
		timeLimitSeconds: 10,
		signal
	});
	if (made.exitCode !== 0) throw new UserError(`Cannot make the named pipe ${path}: ${made.lastLines.join(" ")}`);
}
/**
* Opens a named pipe for somebody else to read from and another to write to. Once `reader` is handed over and closed
* here, a reader that dies gives the writers a broken pipe instead of letting them wait for ever.
*/
function openFifoEnds(path) {
	const both = openSync(path, O_RDWR | O_NOFOLLOW);
	try {
		return {
			reader: openSync(path, O_RDONLY | O_NOFOLLOW),
			writer: openSync(path, O_WRONLY | O_NOFOLLOW)
		};
	} finally {
		closeSync(both);
	}
}
function closeDescriptor(descriptor) {
	closeSync(descriptor);
}
/** Calls `onLine` for each line that anybody writes to the named pipe, until it is disposed of. */
function listenOnFifo(path, onLine) {
	const descriptor = openSync(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW);
	const socket = new Socket({
		fd: descriptor,
		readable: true,
		writable: false
	});
	let unfinished = "";
	socket.on("data", (chunk) => {
		const lines = (unfinished + chunk.toString("latin1")).split("\n");
		unfinished = (lines.pop() ?? "").slice(0, MAX_LINE_BYTES);
		for (const line of lines) onLine(line);
	});
	return { [Symbol.dispose]() {
		socket.destroy();
	} };
}
/**
* Writes one line to a named pipe, if somebody has it open for reading.
* @returns whether anybody had
*/
function answerOnFifo(path, line) {
	let descriptor;
	try {
		descriptor = openSync(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW);
	} catch {
		return false;
	}
	try {
		if (!fstatSync(descriptor).isFIFO()) return false;
		writeSync(descriptor, `${line}\n`);
		return true;
	} catch {
		return false;
	} finally {
		closeSync(descriptor);
	}
}

// src/workspace/runner-files.ts
const RUNNER_FILE_NAMES = [
	"GITHUB_ENV",
	"GITHUB_OUTPUT",
	"GITHUB_PATH",
	"GITHUB_STATE",
	"GITHUB_STEP_SUMMARY"
];
/** Remembers the runner's files that `environment` names, before any foreign code runs. */
async function snapshotRunnerFiles(environment) {
	const files = [];
	for (const name of RUNNER_FILE_NAMES) {
		const path = environment[name];
		if (!path) continue;
		const stat = await statOf(path);
		if (stat === null || stat.isFile()) files.push({
			name,
			path,
			content: stat === null ? null : await readFile(path)
		});
	}
	return { async restore() {
		const changed = [];
		for (const file of files) {
			if (await isUnchanged(file)) continue;
			await putBack(file);
			changed.push(file.name);
		}
		return changed;
	} };
}
async function isUnchanged({ path, content }) {
	const stat = await statOf(path);
	if (stat === null || content === null) return stat === null && content === null;
	if (!stat.isFile() || stat.size !== content.length) return false;
	return content.equals(await readFile(path));
}
/** Makes a new file instead of truncating: whoever still has the old one open writes to nothing. */
async function putBack({ name, path, content }) {
	try {
		await rm(path, {
			recursive: true,
			force: true
		});
		if (content !== null) await writeFile(path, content, { flag: "wx" });
	} catch (cause) {
		throw new UserError(`The measured program changed the runner's file ${path} (${name}), and it cannot be put back.`, { cause });
	}
}
/** What stands at `path` itself, not where a symbolic link leads; null when nothing does. */
async function statOf(path) {
	return await lstat(path).catch(() => null);
}

// src/workspace/stored-credentials.ts
/**
* What the checkout stored for later calls of git, where everything that runs after it can read it: in `.git/config`,
* or in a file that this includes. Each value as it stands there, and the token that it is made of.
*/
async function readStoredCredentials({ git }) {
	const headers = await readSettings(git, "^http\\.(.*\\.)?extraheader$");
	const addresses = await readSettings(git, "^remote\\..*\\.(push)?url$");
	return [...headers.flatMap(([, header]) => secretsOfHeader(header)), ...addresses.flatMap(([, address]) => secretsOfAddress(address))];
}
/** Whether git finds the private key of an SSH connection by itself: actions/checkout names it in `core.sshCommand`. */
async function isPrivateKeyStored({ git }) {
	return (await readSettings(git, "^core\\.sshcommand$")).some(([, command]) => / -i\b/.test(command));
}
function secretsOfHeader(header) {
	const value = header.slice(header.lastIndexOf(" ") + 1);
	if (value === "") return [];
	const decoded = Buffer.from(value, "base64").toString("utf8");
	const colon = decoded.indexOf(":");
	return colon < 0 ? [value] : [value, decoded.slice(colon + 1)];
}
/** A token stands in the place of the password, or of the user when there is none. */
function secretsOfAddress(address) {
	const url = /^https?:/.test(address) && URL.canParse(address) ? new URL(address) : null;
	if (url === null) return [];
	const { username, password } = url;
	if (password.length >= SHORTEST_PASSWORD) return [password];
	return password === "" && username.length >= SHORTEST_TOKEN ? [username] : [];
}
/** Anything shorter is found by chance elsewhere, and would be masked there. */
const SHORTEST_PASSWORD = 8;
/** Names of users are shorter than most tokens: ghp_ and 36 more. */
const SHORTEST_TOKEN = 40;

// src/workspace/working-tree.ts
/** The working tree as a commit, uncommitted and untracked files included, made without touching the repository. */
/** Settings of the repository that decide what the files of a working tree mean to git. None of them runs anything. */
const WORKING_TREE_SETTINGS = "^core\\.(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|checkstat|trustctime|excludesfile|attributesfile)$";
/**
* Commits what the working tree holds, ignored files left out, with HEAD as the parent. All that is written goes to a
* bare repository of ours below `directory`: it has a copy of the index and finds the other objects through
* alternates. The user's repository, index, stash and object store stay as they are, and no filter of theirs runs.
* Afterwards `repository` finds the commit.
* @param reports folder for reports: what lies in it untracked is ours and not the user's
* @throws UserError when there is no commit yet, or a file cannot be read
*/
async function commitWorkingTree(repository, directory, reports) {
	const head = await repository.headCommit();
	const store = join(directory, "working-tree.git");
	await createStore(repository, store);
	const index = await copyIndex(repository, store);
	const settings = await readSettings(repository.git, WORKING_TREE_SETTINGS);
	const git = createGit(repository.directory, repository.context, { environment: () => ({
		...configurationEnvironment(settings),
		GIT_DIR: store,
		GIT_WORK_TREE: repository.directory,
		GIT_INDEX_FILE: index,
		GIT_AUTHOR_NAME: "memtrack",
		GIT_AUTHOR_EMAIL: "memtrack@localhost",
		GIT_COMMITTER_NAME: "memtrack",
		GIT_COMMITTER_EMAIL: "memtrack@localhost",
		GIT_AUTHOR_DATE: "@0 +0000",
		GIT_COMMITTER_DATE: "@0 +0000"
	}) });
	await git.text([
		"add",
		"--update",
		"--",
		"."
	]);
	await addUntrackedFiles(git, await prefixInside(repository.directory, reports));
	const tree = (await git.text(["write-tree"])).trim();
	if (tree === (await git.text(["rev-parse", `${head}^{tree}`])).trim()) return {
		sha: head,
		hasChanges: false
	};
	const sha = (await git.text([
		"commit-tree",
		tree,
		"-p",
		head,
		"-m",
		"Working tree"
	])).trim();
	repository.addObjectDirectory(join(store, "objects"));
	return {
		sha,
		hasChanges: true
	};
}
/**
* The copy must be no younger than the index: git takes an entry for unchanged without looking only when its file is
* older than the index.
*/
async function copyIndex(repository, store) {
	const [index, exclude] = (await repository.git.text([
		"rev-parse",
		"--git-path",
		"index",
		"--git-path",
		"info/exclude"
	])).trimEnd().split("\n").map((path) => resolve(repository.directory, path));
	const copy = join(store, "index");
	const facts = await stat(index).catch(() => null);
	if (facts !== null) {
		await copyFile(index, copy);
		const seconds = Math.floor(facts.mtimeMs / 1e3);
		await utimes(copy, seconds, seconds);
	}
	for (const name of await readdir(dirname(index))) if (name.startsWith("sharedindex.")) await copyFile(join(dirname(index), name), join(store, basename(name)));
	await mkdir(join(store, "info"), { recursive: true });
	await copyFile(exclude, join(store, "info", "exclude")).catch(() => void 0);
	return copy;
}
/** What paths of the repository begin with inside `folder`; null where it is not there, outside, or all of it. */
async function prefixInside(repositoryDirectory, folder) {
	const path = await realpath(folder).catch(() => null);
	const inside = path === null ? "" : relative(await realpath(repositoryDirectory), path);
	return inside === "" || inside.split("/")[0] === ".." ? null : `${inside}/`;
}
async function addUntrackedFiles(git, exceptPrefix) {
	const files = (await git.text([
		"ls-files",
		"--others",
		"--exclude-standard",
		"-z"
	])).split("\0").filter((path) => path !== "" && !path.endsWith("/")).filter((path) => exceptPrefix === null || !path.startsWith(exceptPrefix));
	if (files.length > 0) await git.text([
		"update-index",
		"--add",
		"-z",
		"--stdin"
	], { input: `${files.join("\0")}\0` });
}

export { startProcess as A, openRepository as C, resolveRemoteName as D, fetchCommit as E, secretValues as F, claimTemporaryDirectory as I, makeTemporaryDirectory as L, processArguments as M, OutputTail as N, createGit as O, childEnvironment as P, prepareCheckouts as S, readHunks as T, isFolder as _, answerOnFifo as a, withoutLinks as b, makeFifo as c, findChangedFiles as d, sealFiles as f, findExecutable as g, fileStatus as h, snapshotRunnerFiles as i, isProcessAlive as j, runProcess as k, openFifoEnds as l, directoryInside as m, isPrivateKeyStored as n, closeDescriptor as o, runScript as p, readStoredCredentials as r, listenOnFifo as s, commitWorkingTree as t, installPackages as u, namesIn as v, lineChangesOf as w, listRepositoryFiles as x, openFile as y };