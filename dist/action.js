import { a as reportDirectory, c as concludingFailures, d as showingFailures, f as endProcess, i as historyDirectory, l as openCheck, m as failStep, o as workDirectory, p as createActionLog, r as baselinesDirectory, t as readJob } from "./memtrack/job.js";
import { n as CommandError, s as UserError, t as CancelledError } from "./memtrack/errors.js";
import { a as chooseRevisions, b as reasonToWait, d as pruneImages, f as publishImage, i as publishStickyComment, n as readRepositoryFile, o as findAcceptance, s as findPullRequest, t as readChangedLines, x as refuseUntrustedEvent, y as queuedPullRequest } from "./memtrack/github.js";
import { a as settleSettings, c as readActionInputs, i as DEFAULT_CONFIG_PATH, l as readAwaitedCheck, s as awaitedCheckOf } from "./memtrack/settings.js";
import { a as artifactBaseName, n as uploadMeasurement, r as fetchRunMeasurements, t as uploadFiles } from "./memtrack/artifacts.js";
import { n as maskText, t as maskSecrets } from "./memtrack/measurement.js";
import { C as openRepository, D as resolveRemoteName, E as fetchCommit, F as secretValues, P as childEnvironment, i as snapshotRunnerFiles, n as isPrivateKeyStored, r as readStoredCredentials } from "./memtrack/workspace.js";
import { c as reportMeasurements, s as measure } from "./memtrack/commands.js";
import { x as forEachMetric } from "./memtrack/profile.js";
import { S as headline, b as renderComment, d as renderReport, g as checkOutcome, m as limitSentence, p as renderAnnotations, v as commentMarker, x as renderSummary, y as renderCheckSummary } from "./memtrack/render.js";
import { c as doesFail, n as acceptGrowth } from "./memtrack/report.js";
import { T as summary, b as warning, h as notice, v as setOutput, y as setSecret } from "./third-party/github.js";
import { i as readViewer, r as readDemanglerWasm } from "./memtrack/assets.js";
import { t as rewriteLog } from "./memtrack/log.js";
import { n as createDemangler, o as createFunctionNamer } from "./memtrack/symbols.js";
import { t as createTracker } from "./memtrack/trackers.js";
import { n as readMachineFacts, r as createBaselineCache, t as baselineKey } from "./memtrack/baseline.js";
import { n as diffToFolded } from "./memtrack/diff.js";
import { t as writeReportFiles } from "./memtrack/publish.js";
import { n as parseConfig, t as MAX_CONFIG_BYTES } from "./memtrack/config.js";
import { copyFile, mkdir, open, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { tmpdir } from "node:os";
import { closeSync, constants as constants$2, openSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";

// src/action/collect-measurements.ts
/** The run whose measurements are to be reported: the one that has ended, or this one, after a matrix. */
function measuringRunOf(event, job) {
	if (event.kind === "workflow_run") {
		const { runId: id, runAttempt: attempt, htmlUrl: url, headSha: sha, conclusion } = event;
		return {
			id,
			attempt,
			url,
			sha,
			conclusion
		};
	}
	const sha = shaOf(event) ?? job.environment.GITHUB_SHA;
	if (!sha) throw new UserError("GITHUB_SHA is not set: this runs as a step of a GitHub workflow only");
	return {
		...job.run,
		url: job.runUrl,
		sha,
		conclusion: null
	};
}
function shaOf(event) {
	switch (event.kind) {
		case "pull_request":
		case "merge_group": return event.headSha;
		case "push": return event.after;
		case "other": return null;
	}
}
/** The open pull requests whose head is the measured commit. */
async function findPullRequests(event, { client }) {
	if (event.kind === "pull_request") return {
		numbers: [event.number],
		labels: null,
		reason: null
	};
	if (event.kind !== "workflow_run" || client === null) return {
		numbers: [],
		labels: null,
		reason: null
	};
	const { owner, repository, repositoryId } = event;
	const { pulls, reason, outcome } = await findPullRequest({
		client,
		owner,
		repository,
		repositoryId,
		run: event
	});
	const isExpected = outcome === "found" || outcome === "no-pull-request";
	return {
		numbers: pulls.map(({ number }) => number),
		labels: pulls[0]?.labels ?? null,
		reason: isExpected ? null : reason
	};
}
/** Downloads what the run measured, and refuses what cannot be its own. */
async function collectMeasurements(run, job) {
	const { client, event, log } = job;
	const { owner, repository } = event;
	const found = await fetchRunMeasurements({
		client,
		owner,
		repository,
		runId: run.id,
		attempt: run.attempt,
		environment: job.environment,
		log,
		signal: job.signal
	});
	const secrets = secretValues(job.environment);
	const own = found.measurements.filter(({ head }) => head.sha === run.sha);
	const foreign = found.measurements.length - own.length;
	const problems = foreign === 0 ? found.problems : [...found.problems, `${foreign === 1 ? "A measurement is" : `${foreign} measurements are`} of another commit than ${run.sha.slice(0, 12)}.`];
	return {
		measurements: own.map((measurement) => maskSecrets(measurement, secrets)),
		problems
	};
}

// src/action/judge.ts
/** What each benchmark is judged by. */
function judgementOf({ benchmarks, judgements }) {
	const byName = new Map(benchmarks.map((benchmark) => [benchmark.name, benchmark]));
	return (name) => byName.get(name) ?? judgements.byName.get(name) ?? judgements.otherwise;
}
/** For numbers that another job judges. */
function withoutLimits({ metric, limits }) {
	return {
		metric,
		limits: forEachMetric((id) => ({
			...limits[id],
			failOn: null,
			budget: null
		}))
	};
}
/** Asks who accepted the growth, where that would make a difference. */
async function accept(comparison, { acceptLabel }, { numbers, labels }, { client, event, log }) {
	const { report } = comparison;
	const number = numbers[0] ?? queuedPullRequest(event);
	if (acceptLabel === null || client === null || number === null || report.verdict !== "regressed") return comparison;
	const { owner, repository } = event;
	const accepted = await findAcceptance({
		client,
		owner,
		repository,
		number,
		label: acceptLabel,
		...labels && { labels },
		log
	});
	return accepted === null ? comparison : {
		...comparison,
		report: acceptGrowth(report, accepted)
	};
}
/** The step fails when head failed or went over a limit, and says which. */
function conclude(report, fail = failStep) {
	if (!doesFail(report)) return report.verdict;
	for (const { name, headFailure, metrics } of report.benchmarks) {
		const about = report.benchmarks.length === 1 ? "" : `${name}: `;
		if (headFailure !== null) fail(`${about}head ${PHASE_WORDS[headFailure.phase]}: ${headFailure.message}`);
		for (const metric of metrics) {
			const { limit } = metric;
			if (!limit?.isExceeded || report.accepted !== null && limit.kind === "fail-on") continue;
			fail(`${about}${limitSentence(metric)}`);
		}
	}
	return report.verdict;
}
const PHASE_WORDS = {
	checkout: "could not be checked out",
	build: "could not be built",
	run: "could not be measured",
	trace: "could not be measured",
	handover: "has no measurement"
};

// src/action/baselines.ts
/**
* @param environment that of the build and the program
* @returns null where baselines are not wanted
*/
function createBaselines(settings, environment, job) {
	if (!settings.baselineCache) return null;
	const { log, signal, event } = job;
	const cache = createBaselineCache({
		directory: baselinesDirectory(job),
		environment: job.environment,
		log,
		signal
	});
	let machine = null;
	async function factsOf(benchmark, sha, tracker) {
		const { name, build, run, runs, workingDirectory } = benchmark;
		machine ??= readMachineFacts(environment, signal);
		const { reusePaths } = settings;
		return {
			sha,
			name,
			build,
			run,
			runs,
			workingDirectory,
			reusePaths,
			tracker,
			environment,
			machine: await machine
		};
	}
	return {
		async find(benchmark, sha, tracker) {
			const facts = await factsOf(benchmark, sha, tracker);
			return (await cache.read(baselineKey(facts), facts))?.head ?? null;
		},
		async keep(measurements, commit) {
			if (!(event.kind === "push" && event.ref === `refs/heads/${event.defaultBranch}`)) return;
			for (const measurement of measurements) {
				const benchmark = settings.benchmarks.find(({ name }) => name === measurement.name);
				if (benchmark === void 0 || measurement.head.outcome.kind === "failed") continue;
				const facts = await factsOf(benchmark, commit, measurement.tracker);
				await cache.write(baselineKey(facts), {
					...measurement,
					base: null
				});
			}
		}
	};
}

// src/action/measure-commits.ts
/** @throws UserError when nothing is checked out, or the input `base` names nothing */
async function chooseTarget({ base }, event, job) {
	const { environment, log, signal, client } = job;
	const repository = await openRepository(job.workspace, {
		environment,
		log,
		signal
	});
	const fetch = {
		token: job.token,
		serverUrl: job.serverUrl
	};
	const revisions = await chooseRevisions({
		event,
		history: repository,
		client,
		base,
		resolveRemoteName: (name) => resolveRemoteName(repository, name, fetch),
		fetchCommit: async (sha) => {
			const directory = historyDirectory(job);
			await mkdir(directory, {
				recursive: true,
				mode: 448
			});
			await fetchCommit(repository, sha, directory, fetch);
		}
	});
	const storedCredentials = await readStoredCredentials(repository);
	for (const credential of storedCredentials) setSecret(credential);
	return {
		repository,
		revisions,
		fetch,
		storedCredentials,
		isPrivateKeyStored: await isPrivateKeyStored(repository)
	};
}
/** Measures both commits; what foreign code wrote to the runner's files meanwhile is undone, whatever happens. */
async function measureCommits(settings, { repository, revisions, fetch, storedCredentials }, nameFunction, job) {
	const secrets = secretValues(job.environment, storedCredentials);
	const log = rewriteLog(job.log, (text) => maskText(text, secrets));
	const tokens = job.token === null ? [] : [job.token];
	const environment = childEnvironment(job.environment, [...tokens, ...storedCredentials]);
	const tracker = createTracker(environment);
	const baselines = createBaselines(settings, environment, job);
	const { base, head, postSha, notes } = revisions;
	const runnerFiles = await snapshotRunnerFiles(job.environment);
	let measured;
	try {
		measured = await measure({
			base: base && {
				commit: base.sha,
				revision: {
					sha: base.sha,
					label: base.label
				}
			},
			head: {
				commit: head.sha,
				revision: {
					sha: postSha,
					label: head.label
				}
			},
			benchmarks: settings.benchmarks,
			preparation: settings,
			notes
		}, {
			environment,
			tracker,
			nameFunction,
			repository,
			fetch,
			baselines,
			directory: workDirectory(job),
			log,
			signal: job.signal
		});
	} finally {
		const changed = await runnerFiles.restore();
		if (changed.length > 0) log.warning(`the measured program wrote to files of the runner; that was undone: ${changed.join(", ")}`);
	}
	const measurements = measured.measurements.map((one) => maskSecrets(one, secrets));
	await baselines?.keep(measurements, head.sha);
	return {
		...measured,
		measurements
	};
}
/** A namer that demangles, with what travels beside the code. */
async function loadFunctionNamer() {
	return createFunctionNamer(createDemangler(await readDemanglerWasm()));
}

// src/action/summary.ts
/** Adds to the job summary. What cannot be shown there is elsewhere too, so that is no failure. */
async function writeSummary(markdown, { environment, log }) {
	if (!environment.GITHUB_STEP_SUMMARY) return;
	try {
		await summary.addRaw(markdown, true).write();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		log.notice(`The job summary could not be written: ${reason}`);
	}
}

// src/action/publish-report.ts
/**
* Shows the report everywhere it belongs. Files, outputs and summary come first, so that nothing is lost where GitHub
* refuses the rest; what it refused is said once, at the end.
*/
async function publishReport(comparison, settings, audience, job, outputs) {
	const { report } = comparison;
	const { log } = job;
	const problems = [];
	const { files, svg } = await log.phase("Drawing the report", () => writeFiles(comparison, settings, job));
	outputs.set("headline", headline(report));
	outputs.set("totals", totalsJson(report));
	outputs.set("report-path", files.html);
	outputs.set("flamegraph-path", files.svg);
	outputs.set("json-path", files.json);
	const reportUrl = settings.upload ? await upload(files, settings, job, problems) : null;
	outputs.set("report-url", reportUrl);
	const links = {
		report: reportUrl,
		image: await publishPicture(svg, settings, audience, job, problems)
	};
	await writeSummary(renderSummary(report, links), job);
	outputs.set("comment-url", await comment(report, links, files, settings, audience, job, problems));
	const annotations = settings.annotations ? renderAnnotations(report, {}) : [];
	const summary = renderCheckSummary(report, links);
	const concluded = await audience.check.conclude({
		...checkOutcome(report),
		summary,
		annotations,
		targetUrl: reportUrl
	});
	if (concluded?.reason !== void 0) problems.push(concluded.reason);
	if (settings.status !== "check-run" && audience.isOwnCommit) for (const { path, line, level, title, message } of annotations) (level === "warning" ? warning : notice)(message, {
		file: path,
		startLine: line,
		title
	});
	sayProblems(problems, settings, job);
	log.info(`${headline(report)} · report: ${reportUrl ?? files.html}`);
}
/** Says what could not be posted: once, and as an error only where that was asked for. */
function sayProblems(problems, settings, { log }) {
	if (problems.length === 0) return;
	const message = [...new Set(problems)].join("\n");
	if (settings.failOnPostError) failStep(message);
	else log.notice(message);
}
async function writeFiles({ report, sources }, settings, job) {
	const rendered = await renderReport(report, {
		links: { report: null },
		commentName: settings.name,
		interactive: {
			viewer: await readViewer(),
			sources
		}
	});
	const folder = reportDirectory(job, settings.name);
	const [only] = report.benchmarks.length === 1 ? sources.values() : [];
	const folded = only ? diffToFolded(only.diff, report.benchmarks[0].primary) : null;
	return {
		files: await writeReportFiles(folder, rendered, folded),
		svg: rendered.svg
	};
}
/** The report as a page that the browser opens, and the data beside it. @returns the page's address */
async function upload(files, { mode, name }, job, problems) {
	const { environment, log, signal, run } = job;
	const shownName = mode !== "report" ? name : name === "default" ? "report" : `${name} report`;
	const artifactName = artifactBaseName(shownName, run.attempt);
	const service = {
		environment,
		log,
		signal
	};
	const file = join(dirname(files.html), `${artifactName}.html`);
	await copyFile(files.html, file);
	const page = await uploadFiles({
		...service,
		files: [file],
		name: null
	});
	await rm(file);
	if (!page.ok) {
		problems.push(page.reason);
		return null;
	}
	const paths = [
		files.json,
		files.svg,
		...Object.values(files.folded ?? {})
	].filter((path) => path !== null);
	const data = await uploadFiles({
		...service,
		files: paths,
		name: `${artifactName}-data`
	});
	if (!data.ok) problems.push(data.reason);
	return `${job.runUrl}/artifacts/${page.id}`;
}
/** @returns the address of the flame graph for the comment, or null */
async function publishPicture(svg, settings, { pulls }, job, problems) {
	const { client, event } = job;
	if (settings.images === "none" || svg === null || pulls.length === 0) return null;
	if (client === null) {
		problems.push("No image in the comment: the input `github-token` is empty.");
		return null;
	}
	const { owner, repository } = event;
	const result = await publishImage({
		client,
		owner,
		repository,
		number: pulls[0],
		name: settings.name,
		svg,
		serverUrl: job.serverUrl,
		defaultBranch: event.defaultBranch
	});
	if (result.reason !== void 0) problems.push(result.reason);
	return result.url;
}
/** @returns the address of the comment, or of the first one where the commit has several pull requests */
async function comment(report, links, files, settings, { pulls, run }, { client, event }, problems) {
	const body = renderComment(report, links, settings.name);
	await writeFile(files.comment, body);
	if (settings.comment === "never" || pulls.length === 0) return null;
	if (client === null) {
		problems.push("No comment was written: the input `github-token` is empty.");
		return null;
	}
	const createWhenMissing = settings.comment === "always" || report.verdict !== "unchanged";
	const { owner, repository } = event;
	const marker = commentMarker(settings.name);
	let url = null;
	for (const number of pulls) {
		const result = await publishStickyComment({
			client,
			owner,
			repository,
			number,
			marker,
			body,
			createWhenMissing,
			run
		});
		if (result.reason !== void 0 && createWhenMissing) problems.push(result.reason);
		url ??= result.url;
	}
	return url;
}
/**
* JSON of each metric's base, head and delta: `{"allocated":{"base":2000000,"head":300000,"delta":-1700000}, …}`; with
* several benchmarks that of each by its name.
*/
function totalsJson({ benchmarks }) {
	const totals = benchmarks.map(({ name, metrics }) => [name, Object.fromEntries(metrics.map(({ metric, base, head, delta }) => [metric.id, {
		base,
		head,
		delta
	}]))]);
	return JSON.stringify(totals.length === 1 ? totals[0][1] : Object.fromEntries(totals));
}

// src/action/warn-about-setup.ts
/** Says what in the job's set-up lets foreign code do more than it should, before any of it runs. */
async function warnAboutSetup(event, target, job) {
	const { environment, log } = job;
	if (event.kind === "pull_request" && event.isFork && environment.RUNNER_ENVIRONMENT === "self-hosted") log.warning("This runner is self-hosted, and the pull request comes from a fork: its code can leave things behind that later jobs run into. Use runners that are thrown away after each job.");
	const isTokenStored = target.storedCredentials.length > 0 || await hasCredentialsFile(job);
	if (isTokenStored || target.isPrivateKeyStored) log.warning(`The ${isTokenStored ? "token" : "private key"} of the job is stored where the measured program can read it. Set \`persist-credentials: false\` for actions/checkout.`);
}
/** actions/checkout writes such a file since version 6, whether our checkout includes it or another one. */
async function hasCredentialsFile({ temporaryDirectory }) {
	return (await readdir(temporaryDirectory).catch(() => [])).some((name) => /^git-credentials-[\w-]+\.config$/.test(name));
}

// src/action/compare-commits.ts
/** Mode `compare`: both halves in one job. */
async function compareCommits(event, settings, job, outputs) {
	const named = {
		kind: settings.status,
		name: settings.name,
		targetUrl: job.runUrl
	};
	const target = await showingFailures({
		...named,
		sha: measuringRunOf(event, job).sha
	}, job, () => chooseTarget(settings, event, job));
	await warnAboutSetup(event, target, job);
	const check = await openCheck({
		...named,
		sha: target.revisions.postSha,
		isPendingShown: true
	}, job);
	return concludingFailures(check, async () => {
		const nameFunction = await loadFunctionNamer();
		const { measurements, lines } = await measureCommits(settings, target, nameFunction, job);
		const pulls = event.kind === "pull_request" ? [event.number] : [];
		const comparison = await accept(reportMeasurements({
			measurements,
			lines,
			judgementOf: judgementOf(settings),
			repositoryUrl: job.repositoryUrl
		}, nameFunction), settings, {
			numbers: pulls,
			labels: null
		}, job);
		await publishReport(comparison, settings, {
			pulls,
			check,
			run: job.run,
			isOwnCommit: true
		}, job, outputs);
		return conclude(comparison.report);
	});
}

// src/action/upload-measurements.ts
/**
* Hands over what was measured, an artifact for each benchmark.
* @returns a sentence for each that the service refused: nobody will report it
* @throws CancelledError
*/
async function uploadMeasurements(measurements, job) {
	const { log, signal, environment, run } = job;
	const problems = [];
	for (const measurement of measurements) {
		const uploaded = await log.phase(`Handing over ${measurement.name}`, () => uploadMeasurement(measurement, {
			attempt: run.attempt,
			environment,
			log,
			signal
		}));
		if (signal.aborted) throw new CancelledError("Cancelled while measurements were handed over.");
		if (!uploaded.ok) problems.push(uploaded.reason);
	}
	return problems;
}

// src/action/measure-only.ts
/**
* Mode `measure`: nothing is judged, nothing is posted; another job reports.
* @throws UserError when what was measured could not be handed over, once everything else is done
*/
async function measureOnly(event, settings, job, outputs) {
	const target = await chooseTarget(settings, event, job);
	await warnAboutSetup(event, target, job);
	const nameFunction = await loadFunctionNamer();
	const { measurements, lines } = await measureCommits(settings, target, nameFunction, job);
	const judge = judgementOf(settings);
	const comparison = reportMeasurements({
		measurements,
		lines,
		judgementOf: (name) => withoutLimits(judge(name)),
		repositoryUrl: job.repositoryUrl
	}, nameFunction);
	const problems = await uploadMeasurements(measurements, job);
	const check = { conclude: async () => null };
	const quiet = {
		...settings,
		annotations: false,
		images: "none"
	};
	await publishReport(comparison, quiet, {
		pulls: [],
		check,
		run: job.run,
		isOwnCommit: true
	}, job, outputs);
	if (problems.length > 0) throw new UserError(problems.join("\n"));
	return conclude(comparison.report);
}

// src/action/read-config.ts
/**
* Reads the file that describes the benchmarks, or null when there is none and none was asked for. A job that only
* reports has no checkout: there the file comes from the commit that its workflow runs at, which is the default
* branch's on `workflow_run`, so that a pull request cannot change the limits it is judged by.
* @throws UserError for one that cannot be read; SettingsError for what is wrong in it
*/
async function readConfig({ config, mode }, job) {
	const path = config ?? ".github/memtrack.yml";
	const text = await readFromWorkspace(job.workspace, path) ?? (mode === "report" ? await readFromGitHub(path, job) : null);
	if (text !== null) return parseConfig(text, path);
	if (config === null) return null;
	throw new UserError(`input \`config\` is ${JSON.stringify(config)}, and there is no such file. It is looked for in the checkout${mode === "report" ? ", and then at the commit of the workflow" : ""}.`);
}
async function readFromWorkspace(workspace, path) {
	const top = await realpath(workspace).catch(() => workspace);
	const folder = await realpath(dirname(join(top, path))).catch(() => null);
	if (folder === null) return null;
	if (folder !== top && !folder.startsWith(join(top, sep))) throw new UserError(`${path} leads out of the checkout`);
	const file = join(folder, basename(path));
	const handle = await open(file, constants$2.O_RDONLY | constants$2.O_NOFOLLOW | constants$2.O_NONBLOCK).catch((error) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
		throw new UserError(`${path} cannot be read: ${error.code === "ELOOP" ? "it is a symbolic link" : error.message}`, { cause: error });
	});
	if (handle === null) return null;
	try {
		const stat = await handle.stat();
		if (!stat.isFile()) throw new UserError(`${path} is no regular file`);
		if (stat.size > 262144) throw new UserError(`${path} has ${stat.size} bytes; accepted are at most ${MAX_CONFIG_BYTES}`);
		return await handle.readFile("utf8");
	} finally {
		await handle.close();
	}
}
async function readFromGitHub(path, { client, event, environment }) {
	const ref = environment.GITHUB_SHA;
	if (client === null || !ref) return null;
	const { owner, repository } = event;
	return readRepositoryFile({
		client,
		owner,
		repository,
		path,
		ref,
		maxBytes: MAX_CONFIG_BYTES
	});
}

// src/action/report-run.ts
/** Mode `report`: what other jobs measured is data to check, compare, judge and show; none of their code is near. */
async function reportRun(event, settings, job, outputs) {
	const run = measuringRunOf(event, job);
	const wait = event.kind === "workflow_run" ? reasonToWait(event) : null;
	if (wait !== null) {
		job.log.notice(wait);
		return "unchanged";
	}
	const check = await openCheck({
		kind: settings.status,
		name: settings.name,
		sha: run.sha,
		targetUrl: run.url,
		isPendingShown: false
	}, job);
	return concludingFailures(check, async () => {
		const { measurements, problems } = await collectMeasurements(run, job);
		if (measurements.length === 0 || problems.length > 0) return endWithoutReport(problems, {
			isOtherRun: event.kind === "workflow_run",
			run,
			check
		}, settings, job);
		const nameFunction = await loadFunctionNamer();
		const pulls = await findPullRequests(event, job);
		if (pulls.reason !== null) job.log.notice(`No comment was written: ${pulls.reason}`);
		const { owner, repository } = event;
		const baseSha = measurements.find(({ base }) => base !== null)?.base?.sha ?? null;
		const lines = baseSha === null || job.client === null ? null : await readChangedLines({
			client: job.client,
			owner,
			repository,
			baseSha,
			headSha: run.sha
		});
		const measured = new Set(measurements.map(({ name }) => name));
		const missing = [...settings.judgements.byName.keys()].filter((name) => !measured.has(name));
		const comparison = await accept(reportMeasurements({
			measurements,
			missing,
			lines,
			judgementOf: judgementOf(settings),
			repositoryUrl: job.repositoryUrl
		}, nameFunction), settings, pulls, job);
		const isOwnCommit = event.kind !== "workflow_run";
		await publishReport(comparison, settings, {
			pulls: pulls.numbers,
			check,
			run,
			isOwnCommit
		}, job, outputs);
		return conclude(comparison.report, isOwnCommit ? failStep : job.log.warning);
	});
}
/**
* Ends a report that has nothing sound to report: the check says so and is not green. The job fails only where it is
* the check itself; after another workflow's run, that run is what failed.
*/
async function endWithoutReport(problems, { isOtherRun, run, check }, settings, job) {
	if (problems.length === 0 && run.conclusion === "skipped") {
		const title = "Nothing was measured: the run was skipped";
		await check.conclude({
			state: "success",
			conclusion: "neutral",
			title,
			summary: title,
			annotations: []
		});
		job.log.notice(`${title}.`);
		return "unchanged";
	}
	const ended = run.conclusion === null ? "" : ` (the run ended with \`${run.conclusion}\`)`;
	const sentences = problems.length > 0 ? problems : [`The run has no measurement${ended}: ${run.url}`];
	const title = problems.length > 0 ? "No sound measurement" : "No measurement";
	const summary = sentences.map((sentence) => `- ${sentence}`).join("\n");
	const result = await check.conclude({
		state: "error",
		conclusion: "failure",
		title,
		summary,
		annotations: []
	});
	sayProblems(result?.reason === void 0 ? [] : [result.reason], settings, job);
	await writeSummary(`## Memory: ${title.toLowerCase()}\n\n${summary}\n`, job);
	const message = sentences.join("\n");
	if (isOtherRun) job.log.warning(message);
	else failStep(message);
	return "failed";
}

// src/action/main.ts
/**
* One step of a workflow: measure, report, post. Sets every output on every path, and the exit code by the verdict.
*/
async function runAction(world, outputs) {
	try {
		outputs.set("verdict", await runMode(world, outputs));
	} catch (error) {
		const isCancelled = error instanceof CancelledError || world.signal.aborted;
		outputs.set("verdict", isCancelled ? "cancelled" : "failed");
		if (isCancelled) failStep("cancelled");
		else failWith(error, world.log);
	} finally {
		outputs.write();
	}
}
/** Fails the step, and says what can be said of why. */
function failWith(error, log) {
	if (!(error instanceof UserError)) {
		const text = error instanceof Error ? error.stack ?? error.message : String(error);
		log.info(text);
		failStep(`this is a bug of memtrack, please report it: ${text.split("\n")[0]}`);
		return;
	}
	if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
	failStep(error.message);
}
async function runMode(world, outputs) {
	const inputs = await readInputs(world);
	refuseUntrustedEvent(eventNameOf(world), { isReporting: inputs.mode === "report" });
	const job = await readJob(world);
	const { event, log } = job;
	if (event.kind === "nothing") return endWithoutMeasuring(event.reason, log);
	if (event.kind === "pull_request_closed") {
		if (inputs.images === "branch") await removeImages(event.number, inputs, job);
		return endWithoutMeasuring(event.reason, log);
	}
	const { settings, notes } = await settle(inputs, job);
	for (const note of notes) log.notice(note);
	if (settings.mode === "report") return reportRun(event, settings, job, outputs);
	if (event.kind === "workflow_run") throw new Error("refused above");
	return settings.mode === "measure" ? measureOnly(event, settings, job, outputs) : compareCommits(event, settings, job, outputs);
}
function eventNameOf({ environment }) {
	return environment.GITHUB_EVENT_NAME ?? "";
}
async function readInputs(world) {
	try {
		return readActionInputs(world.environment);
	} catch (error) {
		const awaited = readAwaitedCheck(world.environment);
		if (awaited === null) throw error;
		refuseUntrustedEvent(eventNameOf(world), awaited);
		const job = await readJob(world).catch(() => null);
		if (job === null) throw error;
		return showingMistakes(awaited, job, async () => {
			throw error;
		});
	}
}
/** Brings inputs and config file together. */
async function settle(inputs, job) {
	const work = async () => settleSettings(inputs, await readConfig(inputs, job));
	return showingMistakes(awaitedCheckOf(inputs), job, work);
}
/** The commit waits for a check from this job: it is told what is wrong, or it would wait for ever. */
async function showingMistakes(awaited, job, work) {
	const { event } = job;
	if (event.kind === "nothing" || event.kind === "pull_request_closed") return work();
	if (event.kind === "workflow_run" && reasonToWait(event) !== null) return work();
	const { sha } = measuringRunOf(event, job);
	return showingFailures({
		...awaited,
		sha,
		targetUrl: job.runUrl
	}, job, work);
}
function endWithoutMeasuring(reason, log) {
	log.notice(reason);
	return "unchanged";
}
async function removeImages(number, inputs, job) {
	const { client, event } = job;
	if (client === null) return;
	const { owner, repository } = event;
	const { reason } = await pruneImages({
		client,
		owner,
		repository,
		number,
		defaultBranch: event.defaultBranch
	});
	sayProblems(reason === void 0 ? [] : [reason], inputs, job);
}

// src/action/outputs.ts
/** Every output of action.yml; a test holds the two together. */
const OUTPUT_NAMES = [
	"verdict",
	"headline",
	"totals",
	"report-path",
	"flamegraph-path",
	"json-path",
	"comment-url",
	"report-url"
];
/** The step's outputs: collected, then written once, so that each is set on every path. */
var Outputs = class {
	#values = new Map(OUTPUT_NAMES.map((name) => [name, ""]));
	#isWritten = false;
	set(name, value) {
		this.#values.set(name, value ?? "");
	}
	write() {
		if (this.#isWritten) return;
		this.#isWritten = true;
		for (const [name, value] of this.#values) setOutput(name, value);
	}
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
/** The runner takes the process down 7.5 seconds after it asked it to end. */
const CANCELLATION_LIMIT_MILLISECONDS = 5500;
const controller = new AbortController();
const outputs = new Outputs();
const log = createActionLog();
process.on("uncaughtException", (error) => {
	failWith(error, log);
	outputs.set("verdict", "failed");
	outputs.write();
	endProcess();
});
const environment = withoutSecretsInProc(process.env);
function endNow() {
	outputs.set("verdict", "cancelled");
	outputs.write();
	process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
	if (controller.signal.aborted) endNow();
	controller.abort();
	setTimeout(endNow, CANCELLATION_LIMIT_MILLISECONDS).unref();
});
await runAction({
	environment,
	log,
	signal: controller.signal
}, outputs);
await endProcess();

export {  };