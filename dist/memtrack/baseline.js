import { s as UserError } from "./errors.js";
import "./measurement.js";
import { n as askRunnerServices } from "./runner-services.js";
import { L as makeTemporaryDirectory, k as runProcess } from "./workspace.js";
import { i as PACKED_CAPS, o as packMeasurement, s as unpackMeasurement } from "./artifacts.js";
import { t as _usingCtx } from "../usingCtx.js";
import { createHash } from "node:crypto";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { constants as constants$1 } from "node:fs";

// src/baseline/cache.ts
/**
* Measurements of base commits in the cache of GitHub Actions. Who may write it is decided elsewhere: runs of trusted
* events only. What is read is looked at as hostile all the same.
*/
const TIME_LIMIT_SECONDS$1 = 20;
/** Baselines as entries of the runner's cache, each a packed measurement under its key. */
function createBaselineCache(options) {
	const { directory, log } = options;
	/** Why the service was given up: with many benchmarks, to wait for each of them would add up. */
	let failure = null;
	const fileOf = (key) => join(directory, `${key}.gz`);
	async function restore(key, name) {
		const path = fileOf(key);
		const answer = await ask({
			kind: "restore",
			key,
			path,
			maxBytes: PACKED_CAPS.packedBytes + 1
		});
		if (!answer.isDone) {
			log.info(`The cache of baselines cannot be read: ${answer.message}.`);
			return null;
		}
		if (answer.result === key) return readPlainFile(path);
		const which = name === "default" ? "" : ` for ${name}`;
		const why = answer.complaint === null ? "" : `: ${answer.complaint}`;
		log.info(`There is no baseline in the cache${which}${why}.`);
		return null;
	}
	async function save(key, measurement) {
		const path = fileOf(key);
		await writeFile(path, packMeasurement(measurement), {
			mode: 384,
			flag: "wx"
		});
		const answer = await ask({
			kind: "save",
			key,
			path
		});
		log.info(answer.isDone ? describeSaving(answer) : `The baseline was not cached: ${answer.message}.`);
	}
	async function ask(order) {
		try {
			var _usingCtx$2 = _usingCtx();
			if (failure !== null) return {
				isDone: false,
				message: failure
			};
			const temporary = _usingCtx$2.a(await makeTemporaryDirectory(directory));
			const answer = await askRunnerServices(order, temporary.path, {
				timeLimitSeconds: TIME_LIMIT_SECONDS$1,
				...options
			});
			if (!answer.isDone) failure = answer.message;
			return answer;
		} catch (_) {
			_usingCtx$2.e = _;
		} finally {
			await _usingCtx$2.d();
		}
	}
	/** Nothing is in the way before, and nothing is left. */
	async function withoutFile(key, work) {
		await mkdir(directory, {
			recursive: true,
			mode: 448
		});
		await rm(fileOf(key), {
			recursive: true,
			force: true
		});
		try {
			return await work();
		} finally {
			await rm(fileOf(key), {
				recursive: true,
				force: true
			});
		}
	}
	return {
		async read(key, expected) {
			try {
				return await withoutFile(key, async () => {
					const packed = await restore(key, expected.name);
					if (packed === null) return null;
					const measurement = await unpackMeasurement(packed);
					const difference = differenceFrom(expected, measurement);
					if (difference !== null) throw new UserError(difference);
					return measurement;
				});
			} catch (error) {
				log.warning(`The baseline in the cache is not used, and measured anew: ${messageOf(error)}.`);
				return null;
			}
		},
		async write(key, measurement) {
			try {
				if (measurement.base !== null || measurement.head.outcome.kind !== "measured") return;
				await withoutFile(key, () => save(key, measurement));
			} catch (error) {
				log.info(`The baseline was not cached: ${messageOf(error)}.`);
			}
		}
	};
}
function describeSaving(answer) {
	if (answer.result) return "The baseline is in the cache now.";
	const complaint = (answer.complaint ?? "the service did not say why").replace(/\.$/, "");
	if (/another job may be creating/.test(complaint)) return "The baseline is in the cache already.";
	return `The baseline was not cached: ${complaint}.`;
}
function differenceFrom({ sha, name, tracker }, measurement) {
	const { base, head } = measurement;
	if (base !== null) return "it is a comparison, and no measurement of one commit";
	if (head.sha !== sha) return "it is of another commit";
	if (measurement.name !== name) return "it is of another benchmark";
	if (measurement.tracker.name !== tracker.name || measurement.tracker.version !== tracker.version) return "it was measured by another version of the tracker";
	return head.outcome.kind === "measured" ? null : "it has no numbers";
}
/** @throws an error for a link or a pipe, or when there is nothing */
async function readPlainFile(path) {
	const file = await open(path, constants$1.O_RDONLY | constants$1.O_NOFOLLOW | constants$1.O_NONBLOCK);
	try {
		if (!(await file.stat()).isFile()) throw new UserError("it is no plain file");
		return await file.readFile();
	} finally {
		await file.close();
	}
}
function messageOf(error) {
	return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}

// src/baseline/key.ts
/**
* What a cached baseline must have in common with the run that wants to use it: the commit, how it is built and run,
* and what it is built and run with. Another compiler, another image of the runner or another variable of the
* environment is another measurement.
*/
const HASH_LENGTH = 32;
/** What the environment of builds and programs still holds that differs from run to run, or may. */
const PASSING_NAMES = /* @__PURE__ */ new Set([
	"RUNNER_TRACKING_ID",
	...[
		"_",
		"SHLVL",
		"PWD",
		"OLDPWD",
		"COLUMNS",
		"LINES",
		"HOSTNAME"
	],
	...[
		"SYSTEMD_EXEC_PID",
		"MEMORY_PRESSURE_WATCH",
		"MEMORY_PRESSURE_WRITE"
	]
]);
/** The key of the cache. It is used whole or not at all: a part of it says nothing. */
function baselineKey(facts) {
	const { sha, environment, machine, ...how } = facts;
	const lasting = Object.entries(environment).filter(([name]) => !PASSING_NAMES.has(name));
	const all = [
		...[
			how.name,
			how.build,
			how.run,
			how.runs,
			how.workingDirectory,
			how.reusePaths
		],
		...[how.tracker.name, how.tracker.version],
		...[
			machine.architecture,
			machine.platform,
			machine.operatingSystem
		],
		sorted(Object.entries(machine.tools)),
		sorted(lasting)
	];
	const hash = createHash("sha256").update(JSON.stringify(all)).digest("hex").slice(0, HASH_LENGTH);
	return `memtrack-baseline-v${1}-${sha}-${hash}`;
}
/** By name, as the bytes are ordered and not as a language would have it. */
function sorted(entries) {
	return [...entries].sort(([one], [other]) => one < other ? -1 : 1);
}
/** What may build a program, run it, or be linked into it, each with how it is asked for its version. */
const TOOLS = [...[
	"cc",
	"c++",
	"gcc",
	"g++",
	"clang",
	"clang++",
	"rustc",
	"cargo",
	"python3",
	"ld",
	"ldd"
].map((name) => [name, "--version"]), ["go", "version"]];
/** On a new machine a compiler is first read from the disk, all of them at once: one that is late changes the key. */
const TIME_LIMIT_SECONDS = 30;
const MAX_LINE_LENGTH = 200;
const MAX_OUTPUT_BYTES = 65536;
const MAX_OS_RELEASE_LENGTH = 16384;
/**
* Looks at the machine. The tools run in an empty directory, so that no file of the repository can name others.
* @param environment that of the build
* @throws CancelledError after `signal`
*/
async function readMachineFacts(environment, signal) {
	try {
		var _usingCtx$1 = _usingCtx();
		const directory = _usingCtx$1.a(await makeTemporaryDirectory());
		const asked = [...["CC", "CXX"].flatMap((name) => {
			const words = (environment[name] ?? "").split(/\s+/).filter((word) => word !== "");
			return words.length === 0 ? [] : [[...words, "--version"]];
		}), ...TOOLS].map(async ([file = "", ...args]) => {
			const line = await firstLine(file, args, {
				directory: directory.path,
				environment,
				timeLimitSeconds: TIME_LIMIT_SECONDS,
				signal,
				maxStdoutBytes: MAX_OUTPUT_BYTES
			});
			return [[file, ...args].join(" "), line];
		});
		const answers = await Promise.allSettled(asked);
		return {
			architecture: process.arch,
			platform: process.platform,
			operatingSystem: await readFile("/etc/os-release", "utf8").then((text) => text.slice(0, MAX_OS_RELEASE_LENGTH), () => null),
			tools: Object.fromEntries(answers.map(fulfilled))
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** Of what the tool writes to stdout, or null for a tool that is not there or does not answer. */
async function firstLine(...asked) {
	const [, , { signal }] = asked;
	try {
		const { stdout, exitCode } = await runProcess(...asked);
		const line = new TextDecoder().decode(stdout).split("\n", 1)[0]?.trim().slice(0, MAX_LINE_LENGTH);
		return exitCode === 0 ? line ?? null : null;
	} catch (error) {
		if (signal.aborted) throw error;
		return null;
	}
}
function fulfilled(settled) {
	if (settled.status === "rejected") throw settled.reason;
	return settled.value;
}

export { readMachineFacts as n, createBaselineCache as r, baselineKey as t };