import { _ as setFailed, b as warning, d as error, f as getState, g as saveState, h as notice, m as isDebug, p as info, u as debug, y as setSecret } from "../third-party/github.js";
import { j as terminalLine } from "./render.js";
import { i as SettingsError, s as UserError, t as CancelledError } from "./errors.js";
import { _ as parseEvent, c as publishCommitStatus, g as isSha, l as concludeCheckRun, p as skipped, r as createGitHubClient, u as startCheckRun, v as parseRepositoryName } from "./github.js";
import { u as variableOf } from "./settings.js";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

// src/action/action-log.ts
/** A Log whose notices, warnings and errors become annotations of the step. */
function createActionLog() {
	return {
		info: (message) => info(inertText(message)),
		notice: (message) => notice(plainText(message)),
		warning: (message) => warning(plainText(message)),
		error: (message) => error(plainText(message)),
		debug(message) {
			if (isDebug()) debug(plainText(message));
		},
		async phase(title, work) {
			const started = performance.now();
			const seconds = () => `${((performance.now() - started) / 1e3).toFixed(1)} s`;
			info(inertText(`${title} …`));
			try {
				const result = await work();
				info(inertText(`✓ ${title} ${seconds()}`));
				return result;
			} catch (error) {
				info(inertText(`✗ ${title} ${seconds()}`));
				throw error;
			}
		}
	};
}
/** Fails the step with an annotation. What the message repeats may be anybody's words, like those of a Log. */
function failStep(message) {
	setFailed(plainText(message));
}
function plainText(message) {
	return message.split("\n").map((line) => terminalLine(line, 2e3)).join("\n");
}
/**
* Text that the runner prints and never obeys: it takes `::name::` at the beginning of a line and `##[name]` anywhere
* in one for commands. A word joiner (U+2060) inside breaks both, and shows as nothing.
*/
function inertText(message) {
	return plainText(message).replaceAll("::", ":⁠:").replaceAll("##[", "#⁠#[");
}

// src/action/end-process.ts
/** What the runner may take to read the rest of our output: it reads all the time, so this is for one that hangs. */
const FLUSH_MILLISECONDS = 5e3;
/**
* Ends the process, whatever libraries have left open, as soon as the runner has all that was written. Its stdout is a
* pipe, which Node fills in the background: what waits there at `process.exit()` would be lost, errors first of all.
*/
async function endProcess() {
	await new Promise((resolve) => {
		process.stdout.write("", () => resolve());
		setTimeout(resolve, FLUSH_MILLISECONDS);
	});
	process.exit();
}

// src/action/check.ts
/** The state by which the post step finds a check that was left open. */
const STATE = "open-check";
/**
* Opens the check. What GitHub refuses is said when it is concluded: by then GitHub may be back, so it is asked again.
*/
async function openCheck(options, job) {
	const { kind, sha } = options;
	const { client, owner, repository } = job;
	if (kind === "none") return { conclude: async () => null };
	if (client === null) {
		const reason = `No ${kind === "check-run" ? "check run" : "commit status"}: the input \`github-token\` is empty.`;
		return { conclude: async () => skipped(reason) };
	}
	const where = {
		client,
		owner,
		repository
	};
	if (kind === "commit-status") {
		const status = {
			...where,
			sha,
			context: statusContext(options.name),
			targetUrl: options.targetUrl
		};
		if (options.isPendingShown) {
			if ((await publishCommitStatus({
				...status,
				state: "pending",
				description: "Measuring …"
			})).status !== "skipped") remember({
				kind,
				sha
			});
		}
		return { async conclude({ state, title, targetUrl }) {
			const result = await publishCommitStatus({
				...status,
				state,
				description: title,
				targetUrl: targetUrl ?? status.targetUrl
			});
			if (result.status !== "skipped") forget();
			return result;
		} };
	}
	const name = checkRunName(options.name);
	const start = async () => {
		const started = await startCheckRun({
			...where,
			name,
			headSha: sha,
			detailsUrl: options.targetUrl
		});
		if (started.ok) remember({
			kind,
			id: started.id
		});
		return started;
	};
	const first = await start();
	return { async conclude({ conclusion, title, summary, annotations }) {
		const started = first.ok ? first : await start();
		if (!started.ok) return skipped(started.reason);
		const { id } = started;
		const result = await concludeCheckRun({
			...where,
			id,
			conclusion,
			title,
			summary,
			annotations
		});
		if (result.status !== "skipped") forget();
		return result;
	} };
}
/** A check that was opened is concluded, whatever happens; but after a cancellation the post step does it. */
async function concludingFailures(check, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof CancelledError)) await check.conclude(failureOf(error));
		throw error;
	}
}
/** As `concludingFailures`, for work before which it is not known yet what to open: only a failure is shown. */
async function showingFailures(options, job, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof CancelledError)) await (await openCheck({
			...options,
			isPendingShown: false
		}, job)).conclude(failureOf(error));
		throw error;
	}
}
function failureOf(error) {
	return {
		state: "error",
		conclusion: "failure",
		title: failureTitle(error),
		summary: "There is no result: see the log of the job.",
		annotations: []
	};
}
/** One line, which commit statuses cut: what has to be seen comes first. */
function failureTitle(error) {
	if (!(error instanceof UserError)) return "memtrack failed: see the log of the job";
	const [first = "", ...others] = error instanceof SettingsError ? error.problems : error.message.split("\n", 1);
	return (others.length === 0 ? "" : `${others.length + 1} problems, the first: `) + first.split("\n")[0];
}
/** Concludes a check that the main step left open: it was cancelled or killed, or GitHub did not take the result. */
async function concludeOpenCheck(state, name, { client, owner, repository, runUrl }) {
	const open = parseOpenCheck(state);
	if (open === null || client === null) return null;
	const where = {
		client,
		owner,
		repository
	};
	const title = "No result: the job was cancelled, or GitHub did not take it";
	if (open.kind === "check-run") {
		const summary = `The job ended before its result was here: [its log](${runUrl}).`;
		return concludeCheckRun({
			...where,
			id: open.id,
			conclusion: "cancelled",
			title,
			summary,
			annotations: []
		});
	}
	const context = statusContext(name);
	return publishCommitStatus({
		...where,
		sha: open.sha,
		context,
		state: "error",
		description: title,
		targetUrl: runUrl
	});
}
/** What the step said of its check for the time after the job; '' when it has opened none, or has concluded it. */
function readOpenCheckState() {
	return getState(STATE);
}
function remember(open) {
	saveState(STATE, JSON.stringify(open));
}
function forget() {
	saveState(STATE, "");
}
/** The measured program may have written to the file of states: only what can be ours is believed. */
function parseOpenCheck(state) {
	if (state === "" || state.length > 200) return null;
	try {
		const { kind, id, sha } = JSON.parse(state);
		if (kind === "check-run" && typeof id === "number" && Number.isSafeInteger(id) && id > 0) return {
			kind,
			id
		};
		return kind === "commit-status" && isSha(sha) ? {
			kind,
			sha
		} : null;
	} catch {
		return null;
	}
}
/** Stable: branch protection asks for it by name. A status and a check run of one name would both be required. */
function statusContext(name) {
	return `memtrack/${name}`;
}
function checkRunName(name) {
	return `memtrack / ${name}`;
}

// src/action/directories.ts
/** Where both sides are built and run: a fixed place, since a base from the cache was measured there too. */
function workDirectory({ temporaryDirectory }) {
	return join(temporaryDirectory, "memtrack");
}
/** Where commits are fetched to that are only asked about. */
function historyDirectory({ temporaryDirectory }) {
	return join(temporaryDirectory, "memtrack-history");
}
/** Where the cache of baselines puts its file: the same place in every run, since the cache goes by its path. */
function baselinesDirectory({ temporaryDirectory }) {
	return join(temporaryDirectory, "memtrack-baselines");
}
/** Where the report's files are left, for steps of the user's own. */
function reportDirectory({ temporaryDirectory }, name) {
	return join(temporaryDirectory, "memtrack-report", encodeURIComponent(name));
}

// src/action/job.ts
/** @throws UserError outside a workflow, and for an event that is not as GitHub writes it */
async function readJob(world) {
	return {
		...readRunnerJob(world),
		event: await readEvent(world.environment)
	};
}
/**
* What is known without the event. That is in a file, which foreign code may have written to meanwhile.
* @throws UserError outside a workflow
*/
function readRunnerJob(world) {
	const { environment, log, signal } = world;
	const token = environment[variableOf("github-token")]?.trim() || null;
	if (token !== null) setSecret(token);
	const temporaryDirectory = environment.RUNNER_TEMP;
	const workspace = environment.GITHUB_WORKSPACE;
	if (!temporaryDirectory || !workspace) throw new UserError("RUNNER_TEMP and GITHUB_WORKSPACE are not set: this runs as a step of a GitHub workflow only");
	const { owner, repository } = parseRepositoryName(environment.GITHUB_REPOSITORY ?? "");
	const serverUrl = environment.GITHUB_SERVER_URL || "https://github.com";
	const repositoryUrl = `${serverUrl}/${owner}/${repository}`;
	const run = {
		id: positive(environment.GITHUB_RUN_ID),
		attempt: positive(environment.GITHUB_RUN_ATTEMPT)
	};
	const client = token === null ? null : createGitHubClient({
		token,
		apiUrl: environment.GITHUB_API_URL ?? "",
		log,
		signal
	});
	return {
		...world,
		owner,
		repository,
		token,
		client,
		serverUrl,
		repositoryUrl,
		run,
		runUrl: `${repositoryUrl}/actions/runs/${run.id}`,
		temporaryDirectory,
		workspace
	};
}
async function readEvent(environment) {
	const path = environment.GITHUB_EVENT_PATH;
	let payload = null;
	try {
		if (path) payload = JSON.parse(await readFile(path, "utf8"));
	} catch (error) {
		throw new UserError(`the event at GITHUB_EVENT_PATH cannot be read: ${error.message}`, { cause: error });
	}
	return parseEvent({
		name: environment.GITHUB_EVENT_NAME ?? "",
		payload,
		repository: environment.GITHUB_REPOSITORY ?? "",
		ref: environment.GITHUB_REF
	});
}
function positive(text) {
	return /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : 1;
}

export { reportDirectory as a, concludingFailures as c, showingFailures as d, endProcess as f, historyDirectory as i, openCheck as l, failStep as m, readRunnerJob as n, workDirectory as o, createActionLog as p, baselinesDirectory as r, concludeOpenCheck as s, readJob as t, readOpenCheckState as u };