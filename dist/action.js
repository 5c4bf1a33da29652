import { a as error, c as setFailed, d as warning, f as summary, i as debug, l as setOutput, o as info, s as notice, u as setSecret } from "./third-party/github.js";
import { a as renderReport, c as headline, h as terminalText, s as commentMarker } from "./memtrack/render.js";
import { i as readViewer, r as readDemanglerWasm } from "./memtrack/assets.js";
import { i as compare } from "./memtrack/commands.js";
import { t as diffToFolded } from "./memtrack/diff.js";
import { n as CommandError, o as UserError, t as CancelledError } from "./memtrack/errors.js";
import { a as createGitHubClient, i as refuseUntrustedEvent, n as chooseRevisions, r as parseEvent, t as publishStickyComment } from "./memtrack/github.js";
import { t as writeReportFiles } from "./memtrack/publish.js";
import { i as variableOf, r as readActionInputs } from "./memtrack/settings.js";
import { n as createDemangler, o as createFunctionNamer } from "./memtrack/symbols.js";
import { t as createTracker } from "./memtrack/trackers.js";
import { E as openRepository, n as snapshotRunnerFiles, r as childEnvironment, x as resolveRemoteName } from "./memtrack/workspace.js";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

// src/action/action-log.ts
/** A Log whose notices, warnings and errors become annotations of the step. */
function createActionLog() {
	return {
		info: (message) => info(inertText(message)),
		notice: (message) => notice(plainText(message)),
		warning: (message) => warning(plainText(message)),
		error: (message) => error(plainText(message)),
		debug: (message) => debug(plainText(message)),
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
function plainText(message) {
	return message.split("\n").map((line) => terminalText(line, 2e3)).join("\n");
}
/**
* Text that the runner prints and never obeys: it takes `::name::` at the beginning of a line and `##[name]` anywhere
* in one for commands. A word joiner (U+2060) inside breaks both, and shows as nothing.
*/
function inertText(message) {
	return plainText(message).replaceAll("::", ":⁠:").replaceAll("##[", "#⁠#[");
}

// src/action/main.ts
/**
* One step of a workflow: measure, report, post. Sets every output on every path, and the exit code by the verdict.
*/
async function runAction(world) {
	const outputs = new Map(OUTPUT_NAMES.map((name) => [name, ""]));
	try {
		const verdict = await measureAndPublish(readActionInputs(world.environment), world, outputs);
		outputs.set("verdict", verdict);
	} catch (error) {
		outputs.set("verdict", error instanceof CancelledError ? "cancelled" : "failed");
		failWith(error, world.log);
	} finally {
		for (const [name, value] of outputs) setOutput(name, value);
	}
}
/** Every output of action.yml; a test holds the two together. */
const OUTPUT_NAMES = [
	"verdict",
	"headline",
	"totals",
	"report-path",
	"flamegraph-path",
	"json-path",
	"comment-url"
];
function failWith(error, log) {
	if (!(error instanceof UserError)) {
		const text = error instanceof Error ? error.stack ?? error.message : String(error);
		log.info(text);
		setFailed(`this is a bug of memtrack, please report it: ${text.split("\n")[0]}`);
		return;
	}
	if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
	setFailed(error.message);
}
async function measureAndPublish(settings, world, outputs) {
	const { environment, log, signal } = world;
	const token = environment[variableOf("github-token")]?.trim() || null;
	if (token !== null) setSecret(token);
	refuseUntrustedEvent(environment.GITHUB_EVENT_NAME ?? "");
	const event = await readEvent(environment);
	const temporary = environment.RUNNER_TEMP;
	const workspace = environment.GITHUB_WORKSPACE;
	if (!temporary || !workspace) throw new UserError("RUNNER_TEMP and GITHUB_WORKSPACE are not set: this runs as a step of a GitHub workflow only");
	const repository = await openRepository(workspace, {
		environment,
		log,
		signal
	});
	const client = token === null ? null : createGitHubClient({
		token,
		apiUrl: environment.GITHUB_API_URL ?? "",
		log,
		signal
	});
	const fetch = {
		token,
		serverUrl: environment.GITHUB_SERVER_URL ?? "https://github.com"
	};
	const revisions = await chooseRevisions({
		event,
		history: repository,
		client,
		base: settings.base,
		resolveRemoteName: (name) => resolveRemoteName(repository, name, fetch)
	});
	const runnerFiles = await snapshotRunnerFiles(environment);
	const childrensEnvironment = childEnvironment(environment, token === null ? [] : [token]);
	const comparison = await compare({
		base: revisions.base && {
			commit: revisions.base.sha,
			revision: {
				sha: revisions.base.sha,
				label: revisions.base.label
			}
		},
		head: {
			commit: revisions.head.sha,
			revision: {
				sha: revisions.postSha,
				label: revisions.head.label
			}
		},
		settings,
		repositoryUrl: repositoryUrl(environment),
		notes: revisions.notes
	}, {
		environment: childrensEnvironment,
		tracker: createTracker(childrensEnvironment),
		nameFunction: createFunctionNamer(createDemangler(await readDemanglerWasm())),
		repository,
		fetch,
		directory: join(temporary, "memtrack"),
		log,
		signal
	});
	for (const name of await runnerFiles.restore()) log.warning(`the measured program wrote to the runner's file ${name}; that was undone`);
	await publish(comparison, settings, {
		...world,
		event,
		client,
		temporary,
		outputs
	});
	conclude(comparison.report, log);
	return comparison.report.verdict;
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
		repository: environment.GITHUB_REPOSITORY ?? ""
	});
}
function repositoryUrl(environment) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = environment;
	return server && name ? `${server}/${name}` : null;
}
/** Files and summary first: a comment that cannot be posted loses nothing. */
async function publish({ report, diff, lines }, settings, world) {
	const { environment, log, outputs } = world;
	const sources = new Map(diff === null ? [] : [[settings.name, {
		diff,
		lines
	}]]);
	const rendered = await renderReport(report, {
		links: { report: null },
		commentName: settings.name,
		interactive: {
			viewer: await readViewer(),
			sources
		}
	});
	const folder = join(world.temporary, "memtrack-report", encodeURIComponent(settings.name));
	const files = await writeReportFiles(folder, rendered, diff && diffToFolded(diff, settings.metric));
	outputs.set("headline", headline(report));
	outputs.set("totals", totalsJson(report));
	outputs.set("report-path", files.html);
	outputs.set("flamegraph-path", files.svg ?? "");
	outputs.set("json-path", files.json);
	if (environment.GITHUB_STEP_SUMMARY) await summary.addRaw(rendered.summaryMarkdown, true).write();
	await postComment(report, rendered.commentMarkdown, settings, world);
	log.info(`${headline(report)} · report: ${files.html}`);
}
async function postComment(report, body, settings, { event, client, log, outputs }) {
	if (event.kind !== "pull_request" || settings.comment === "never") return;
	if (client === null) {
		log.notice("no comment was written: the input `github-token` is empty");
		return;
	}
	const createWhenMissing = settings.comment === "always" || report.verdict !== "unchanged";
	const result = await publishStickyComment({
		client,
		owner: event.owner,
		repository: event.repository,
		number: event.number,
		marker: commentMarker(settings.name),
		body,
		createWhenMissing
	});
	outputs.set("comment-url", result.url ?? "");
	if (result.reason === void 0 || !createWhenMissing) return;
	const message = `no comment was written: ${result.reason}`;
	if (settings.failOnPostError) setFailed(message);
	else log.notice(message);
}
/** JSON of each metric's base, head and delta: `{"allocated":{"base":2000000,"head":300000,"delta":-1700000}, …}` */
function totalsJson(report) {
	const metrics = report.benchmarks[0]?.metrics ?? [];
	return JSON.stringify(Object.fromEntries(metrics.map(({ metric, base, head, delta }) => [metric.id, {
		base,
		head,
		delta
	}])));
}
/** The step fails when head failed or went over a limit, and says which. */
function conclude(report, log) {
	for (const { headFailure, metrics } of report.benchmarks) {
		if (headFailure !== null) {
			for (const line of headFailure.lastLines) log.info(line);
			setFailed(`head ${PHASE_WORDS[headFailure.phase]}: ${headFailure.message}`);
		}
		for (const { metric, limit } of metrics) if (limit?.isExceeded) setFailed(`${headline(report)}: ${metric.id} is over its limit, ${limit.kind}: ${limit.text}`);
	}
}
const PHASE_WORDS = {
	checkout: "could not be checked out",
	build: "could not be built",
	run: "could not be measured"
};

// src/action/secrets.ts
/** Tells the process that starts anew that its environment waits at descriptor 0. */
const HANDED_OVER = "MEMTRACK_ENVIRONMENT_AT_STDIN";
/**
* Makes sure that no secret stands in this process's start-up environment, which every process of the same user can
* read in /proc for as long as this one lives, whatever is deleted from process.env. So the process starts itself
* anew in place: with a clean environment, and the whole one waiting at descriptor 0 in a file that has no name any
* more. Returns the whole environment, in the process that was started anew.
*/
function withoutSecretsInProc(environment) {
	if (environment[HANDED_OVER] !== void 0) return takeOver();
	if (process.platform === "linux" && process.execve !== void 0) handOver(environment);
	return definedEntries(environment);
}
function handOver(environment) {
	const path = join(environment.RUNNER_TEMP || tmpdir(), `memtrack-${process.pid}-${Date.now()}`);
	writeFileSync(path, JSON.stringify(definedEntries(environment)), {
		mode: 384,
		flag: "wx"
	});
	closeSync(0);
	const descriptor = openSync(path, "r");
	unlinkSync(path);
	if (descriptor !== 0) throw new Error(`expected descriptor 0 to be free, got ${descriptor}`);
	process.emitWarning = () => {};
	process.execve?.(process.execPath, [
		process.execPath,
		...process.execArgv,
		process.argv[1]
	], {
		...childEnvironment(environment, []),
		[HANDED_OVER]: "1"
	});
	throw new Error("execve returned");
}
function takeOver() {
	const environment = JSON.parse(readFileSync(0, "utf8"));
	closeSync(0);
	openSync("/dev/null", "r");
	delete process.env[HANDED_OVER];
	Object.assign(process.env, environment);
	return environment;
}
function definedEntries(environment) {
	return Object.fromEntries(Object.entries(environment).filter((entry) => entry[1] !== void 0));
}

// src/action.ts
const environment = withoutSecretsInProc(process.env);
const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => controller.abort());
await runAction({
	environment,
	log: createActionLog(),
	signal: controller.signal
});
process.exit();

export {  };