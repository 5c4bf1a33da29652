import { Worker, parentPort, workerData } from "node:worker_threads";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";

// src/runner-services/ask-runner-services.ts
/**
* The runner's services of artifacts and caches, asked through GitHub's own clients. Those talk on stdout, read
* everything from the environment, start `tar` and may wait for minutes: so they run in a thread with an environment
* of its own, which is ended when its time is up.
*/
/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "../runner-services-worker.ts" : "../runner-services-worker.js", import.meta.url);
/** All that the clients need to know. Inputs and tokens of other services stay out: `tar` would inherit them. */
const PASSED_VARIABLES = [
	"ACTIONS_RUNTIME_TOKEN",
	"ACTIONS_RESULTS_URL",
	"ACTIONS_CACHE_URL",
	"ACTIONS_CACHE_SERVICE_V2",
	"ACTIONS_CACHE_MODE",
	"GITHUB_SERVER_URL",
	"GITHUB_RETENTION_DAYS",
	...[
		"HTTP_PROXY",
		"HTTPS_PROXY",
		"NO_PROXY"
	].flatMap((name) => [name, name.toLowerCase()])
];
/** Where `tar` and `zstd` are, and what the measured program cannot write to without being root. */
const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/**
* @param directory of ours, for what the clients write
* @returns never throws
*/
async function askRunnerServices(order, directory, options) {
	const environment = options.environment ?? process.env;
	const missing = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"].filter((name) => !environment[name]);
	if (missing.length > 0) return {
		isDone: false,
		message: `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set: GitHub's runner gives them to a step that \`uses:\` an action, and to no other`
	};
	const answer = await askThread(order, threadEnvironment(environment, directory), options);
	if (typeof answer === "string") return {
		isDone: false,
		message: answer
	};
	for (const line of answer.said) options.log.debug(line);
	if (!answer.isDone) return {
		isDone: false,
		message: answer.message
	};
	return {
		isDone: true,
		result: answer.result,
		complaint: lastComplaint(answer.said)
	};
}
function threadEnvironment(environment, directory) {
	const passed = PASSED_VARIABLES.flatMap((name) => {
		const value = environment[name];
		return value === void 0 ? [] : [[name, value]];
	});
	return {
		...Object.fromEntries(passed),
		PATH: SYSTEM_PATH,
		HOME: directory,
		TMPDIR: directory,
		RUNNER_TEMP: directory,
		GITHUB_WORKSPACE: directory
	};
}
function askThread(order, env, { timeLimitSeconds, signal }) {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve("the run was cancelled");
		const worker = new Worker(PROGRAM, {
			workerData: order,
			env
		});
		let ending = null;
		const timer = setTimeout(() => end(`no answer within ${timeLimitSeconds} s`), timeLimitSeconds * 1e3);
		const cancel = () => end("the run was cancelled");
		/** Sockets and timers of the clients would keep the thread alive. */
		function end(answer) {
			ending ??= answer;
			worker.terminate();
		}
		signal?.addEventListener("abort", cancel, { once: true });
		worker.once("message", end);
		worker.once("error", (error) => end(error.message));
		worker.once("exit", () => {
			clearTimeout(timer);
			signal?.removeEventListener("abort", cancel);
			resolve(ending ?? "the client ended without an answer");
		});
	});
}
function lastComplaint(said) {
	return said.findLast((one) => /^::(?:warning|error)|^Failed to save|^Cache (?:save|restore) skipped/.test(one))?.replace(/^::[^:]*::/, "") ?? null;
}

// src/runner-services/carry-out-order.ts
/** Runs in the thread: does with the real clients what it was started for. */
const MAX_LINE_LENGTH = 500;
/** In the thread: does what its parent asked for, and tells it how that went. */
async function answerOrder() {
	const said = collectOutput();
	const answer = await carryOut(workerData).then((result) => ({
		isDone: true,
		result,
		said: said()
	}), (error) => ({
		isDone: false,
		message: error instanceof Error ? error.message : String(error),
		said: said()
	}));
	parentPort?.postMessage(answer);
}
async function carryOut(order) {
	switch (order.kind) {
		case "upload": return upload(order);
		case "list": {
			const { artifacts } = await (await artifactClient()).listArtifacts();
			return artifacts.map(({ id, name, size }) => ({
				id,
				name,
				size
			}));
		}
		case "download":
			await (await artifactClient()).downloadArtifact(order.id, {
				path: order.directory,
				skipDecompress: true
			});
			return null;
		case "restore": return restore(order);
		case "save": {
			const { saveCache } = await import("../third-party/load/cache.js");
			return await saveCache([order.path], order.key) > 0;
		}
	}
}
async function artifactClient() {
	const { DefaultArtifactClient } = await import("../third-party/load/artifact.js");
	return new DefaultArtifactClient();
}
async function upload(order) {
	const { id } = await (await artifactClient()).uploadArtifact(order.artifactName, [...order.files], order.root, {
		skipArchive: !order.isZipped,
		compressionLevel: order.compressionLevel
	});
	if (id === void 0) throw new Error("the service gave the artifact no id");
	return { id };
}
/**
* The client has tar write files to wherever the archive says, absolute paths and links included. So it finds a `tar` of
* ours, which adds an option: with `--to-command` tar writes no file at all, skips all that is no plain file, and hands
* the contents to a command, which writes the one file that we want and no more of it than we want. (Not by
* TAR_OPTIONS: with that, GNU tar 1.35 of Debian 13 ended with `malloc(): corrupted top size`.)
*/
async function restore(order) {
	const directory = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), "tar-"));
	const path = process.env.PATH ?? "";
	await writeFile(join(directory, "tar"), `#!/bin/sh\nPATH="$MEMTRACK_PATH" exec tar --to-command='head -c ${order.maxBytes} >"$MEMTRACK_RESTORED_FILE"' "$@"\n`, { mode: 448 });
	process.env.MEMTRACK_PATH = path;
	process.env.MEMTRACK_RESTORED_FILE = order.path;
	process.env.PATH = `${directory}:${path}`;
	const { restoreCache } = await import("../third-party/load/cache.js");
	return await restoreCache([order.path], order.key) ?? null;
}
/**
* The clients tell the runner what they do, on stdout, as workflow commands: nobody but our log is to hear that. Lines
* with what is secret, and those for debugging, which may hold it, are dropped.
*/
function collectOutput() {
	let text = "";
	const write = (chunk) => {
		text = (text + String(chunk)).slice(-200 * MAX_LINE_LENGTH);
		return true;
	};
	process.stdout.write = write;
	process.stderr.write = write;
	return () => text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^::(?:add-mask|debug)/.test(line)).slice(-50).map((line) => line.slice(0, MAX_LINE_LENGTH));
}

export { askRunnerServices as n, answerOrder as t };