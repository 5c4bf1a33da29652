import { n as CommandError, s as UserError, t as CancelledError } from "./errors.js";
import { s as sumCosts } from "./profile.js";
import { a as representativeRun, i as buildReport, r as buildBenchmarkReport } from "./report.js";
import { C as openRepository, O as createGit, S as prepareCheckouts, g as findExecutable, h as fileStatus, m as directoryInside, p as runScript, t as commitWorkingTree, u as installPackages, x as listRepositoryFiles } from "./workspace.js";
import { t as _usingCtx } from "../usingCtx.js";
import { a as ownershipBySources, c as isMissingLines, d as totalsWithoutFootprint, i as findRustCrates, l as diffProfiles, o as listOwnPaths, s as ownershipByPaths, u as onlyHead } from "./diff.js";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";

// src/commands/report-measurements.ts
const BUILD_WITH_LINES = "build it with `-g` and without `-gsplit-dwarf`, Rust with `debug = \"limited\"` in its profile";
/** Compares both sides of each measurement, and judges them. */
function reportMeasurements(request, nameFunction) {
	const { measurements, judgementOf, lines, repositoryUrl } = request;
	const sources = /* @__PURE__ */ new Map();
	const benchmarks = measurements.map((measurement) => {
		const { name, notes, base, head } = measurement;
		const { metric, limits } = judgementOf(name);
		const measuredBase = base === null ? null : measuredOf(base);
		const measuredHead = measuredOf(head);
		const diff = measuredHead && diffSides(measuredBase, measuredHead, nameFunction);
		if (diff !== null) sources.set(name, {
			diff,
			lines
		});
		return buildBenchmarkReport({
			name,
			primary: metric,
			limits,
			diff,
			hasBase: measuredBase !== null,
			lines,
			runs: {
				base: measuredBase?.runs ?? [],
				head: measuredHead?.runs ?? []
			},
			isThreaded: measuredBase?.isThreaded === true || measuredHead?.isThreaded === true,
			notes: [.../* @__PURE__ */ new Set([
				...notes,
				...base?.notes ?? [],
				...head.notes
			]), ...missingLinesNotes(measuredBase, measuredHead, nameFunction)],
			isBaseFromCache: base?.isFromCache === true,
			baseFailure: base && failureOf$1(base),
			headFailure: failureOf$1(head)
		});
	});
	const failed = (request.missing ?? []).map((name) => reportMissing(name, judgementOf(name)));
	const [{ tracker, head }] = measurements;
	const base = measurements.find((measurement) => measurement.base !== null)?.base ?? null;
	return {
		report: buildReport({
			base: base && revisionOf(base),
			head: revisionOf(head),
			tracker,
			repositoryUrl
		}, [...benchmarks, ...failed]),
		sources
	};
}
function reportMissing(name, { metric, limits }) {
	return buildBenchmarkReport({
		name,
		primary: metric,
		limits,
		diff: null,
		hasBase: false,
		lines: null,
		runs: {
			base: [],
			head: []
		},
		isThreaded: false,
		notes: [],
		baseFailure: null,
		headFailure: {
			phase: "handover",
			message: "No job of the run handed over a measurement of it: it failed, was cancelled, or does not exist.",
			lastLines: []
		}
	});
}
/** Why a reader looks for lines in vain. */
function missingLinesNotes(base, head, nameFunction) {
	const isMissing = (side) => side !== null && isMissingLines(side.profile, side.ownPaths, nameFunction);
	const [onBase, onHead] = [isMissing(base), isMissing(head)];
	if (!onBase && !onHead) return [];
	return [`The program was built without line numbers${(onBase || base === null) && (onHead || head === null) ? "" : onBase ? " on base" : " on head"}: ${BUILD_WITH_LINES}.`];
}
function measuredOf({ outcome }) {
	return outcome.kind === "measured" ? outcome : null;
}
function failureOf$1({ outcome }) {
	if (outcome.kind === "measured") return null;
	const { phase, message, lastLines } = outcome;
	return {
		phase,
		message,
		lastLines
	};
}
function revisionOf({ sha, label }) {
	return {
		sha,
		label
	};
}
function diffSides(base, head, nameFunction) {
	const headOwnership = ownershipOf(head, nameFunction);
	if (base === null) return onlyHead(head.profile, {
		nameFunction,
		baseOwnership: headOwnership,
		headOwnership
	});
	const baseOwnership = ownershipOf(base, nameFunction);
	return diffProfiles(base.profile, head.profile, {
		nameFunction,
		baseOwnership,
		headOwnership
	});
}
function ownershipOf({ profile, ownPaths }, nameFunction) {
	return ownPaths && ownershipByPaths(profile, ownPaths, nameFunction);
}

// src/commands/measure-side.ts
/** Mostly a benchmark that goes on to pass for ever. */
const NOTHING_ALLOCATED = "The program itself allocated nothing. If it should, it starts another one that does the work, or has an allocator of its own: put `$MEMTRACK` before the program that works.";
/**
* Builds one side, each build script once, and runs every benchmark as often as its settings say. What the side's own
* code does wrong is a result of the benchmarks that need it, not an error.
* @returns what each benchmark measured, by its name
* @throws CancelledError; anything that is our bug
*/
async function measureSide(request, world) {
	const { side, revision, benchmarks } = request;
	const { checkouts, tracker, log } = world;
	const environment = tracker.buildEnvironment(world.environment);
	const builds = /* @__PURE__ */ new Map();
	/** Benchmarks that share a build share its failure. */
	const explained = /* @__PURE__ */ new Set();
	async function build(benchmark, directory) {
		if (benchmark.build === null) return;
		const script = benchmark.build;
		const key = JSON.stringify([benchmark.workingDirectory, script]);
		if (!builds.has(key)) {
			const title = benchmarks.every((other) => other.build === script) ? `Building ${side}` : `Building ${side} for ${benchmark.name}`;
			const { signal } = world;
			const timeLimitSeconds = benchmark.buildTimeLimitSeconds;
			const failure = await failureOf(() => log.phase(title, () => runScript(script, {
				name: "build",
				directory,
				environment,
				timeLimitSeconds,
				signal,
				log
			})));
			builds.set(key, failure);
		}
		const failure = builds.get(key);
		if (failure) throw failure;
	}
	async function measureBenchmark(benchmark) {
		let phase = "checkout";
		try {
			const checkout = await checkouts.place(side);
			const directory = await directoryInside(checkout, benchmark.workingDirectory, "working-directory");
			if (benchmark === benchmarks[0]) sayWhatWasAdded(world, environment, directory);
			phase = "build";
			await build(benchmark, directory);
			phase = "run";
			const recordings = await recordRuns(benchmarks.length === 1 ? side : `${side}: ${benchmark.name}`, benchmark, directory, environment, world);
			const notes = new Set(recordings.flatMap((recorded) => recorded.notes));
			const outcome = await outcomeOf(recordings, benchmark, request, world);
			if (outcome.runs.every(({ allocations }) => allocations === 0)) {
				notes.add(NOTHING_ALLOCATED);
				if (side === "head") log.warning(NOTHING_ALLOCATED);
			}
			return {
				...revision,
				isFromCache: false,
				notes: [...notes],
				outcome
			};
		} catch (error) {
			if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
			const lastLines = error instanceof CommandError ? error.failure.lastLines : [];
			if (!explained.has(error)) for (const line of [error.message, ...lastLines]) log.info(line);
			explained.add(error);
			return {
				...revision,
				isFromCache: false,
				notes: [],
				outcome: {
					kind: "failed",
					phase: phaseOf(error, phase),
					message: error.message,
					lastLines
				}
			};
		}
	}
	const measured = /* @__PURE__ */ new Map();
	for (const benchmark of benchmarks) measured.set(benchmark.name, await measureBenchmark(benchmark));
	return measured;
}
/** A program that is refused did not fail. */
function phaseOf(error, phase) {
	return phase === "run" && !(error instanceof CommandError) ? "trace" : phase;
}
async function failureOf(work) {
	try {
		await work();
		return null;
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		return error;
	}
}
async function recordRuns(what, benchmark, directory, environment, { tracker, log, signal }) {
	const recordings = [];
	for (let run = 1; run <= benchmark.runs; run++) {
		const which = benchmark.runs === 1 ? what : `${what}, run ${run} of ${benchmark.runs}`;
		const recorded = await log.phase(`Running ${which}`, () => tracker.record({
			script: benchmark.run,
			directory,
			environment,
			timeLimitSeconds: benchmark.runTimeLimitSeconds,
			signal,
			log
		}));
		recordings.push(recorded);
	}
	return recordings;
}
async function outcomeOf(recordings, { metric, workingDirectory }, { files: filesByDirectory }, { nameFunction }) {
	const runs = recordings.map((recorded) => totalsWithoutFootprint(recorded.profile));
	const { profile } = recordings[representativeRun(runs, metric)];
	const files = filesByDirectory.get(workingDirectory);
	const ownership = files && await readOwnership(profile, files);
	return {
		kind: "measured",
		profile,
		ownPaths: ownership ? listOwnPaths(profile, ownership, nameFunction) : null,
		runs,
		isThreaded: recordings.some((recorded) => recorded.profile.facts.isThreaded)
	};
}
/** Cargo's variables mean nothing to other builds, so they are not worth a line there. */
function sayWhatWasAdded(world, environment, directory) {
	const added = Object.entries(environment).filter(([name]) => world.environment[name] === void 0);
	if (added.length === 0 || !fileStatus(join(directory, "Cargo.toml")).isFile) return;
	world.log.info(`Set for cargo, so that functions have names: ${added.map((entry) => entry.join("=")).join(" ")}`);
}
async function readOwnership({ strings, frames }, files) {
	const names = [...new Set(frames.file)].map((index) => strings[index]);
	const candidates = new Map(names.map((name) => [name, files.candidatesOf(name)]));
	const hasRust = names.some((name) => name.endsWith(".rs"));
	const manifestPaths = hasRust ? [...files.paths].filter(isCargoManifest) : [];
	const paths = new Set([...candidates.values()].flatMap((found) => found.paths));
	const texts = await files.readTexts([...paths, ...manifestPaths]);
	const manifests = new Map([...texts].filter(([path]) => isCargoManifest(path)));
	return ownershipBySources({
		texts,
		isTracked: (path) => files.paths.has(path),
		candidatesOf: (file) => candidates.get(file) ?? {
			paths: [],
			isCertain: false
		},
		crates: findRustCrates(manifests, hasRust ? files.paths : [])
	});
}
function isCargoManifest(path) {
	return path === "Cargo.toml" || path.endsWith("/Cargo.toml");
}

// src/commands/measure.ts
/**
* Measures two commits of a repository one after the other at the same path: first all benchmarks on base, whose
* numbers are in memory before head's code gets to act, then all on head.
* @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
*/
async function measure(request, world) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { benchmarks, preparation, base, head } = request;
		const { tracker, log, signal } = world;
		const version = await tracker.prepare({
			install: preparation.installTracker,
			log,
			signal
		});
		const found = base === null ? /* @__PURE__ */ new Map() : await findBaselines(base, version, request, world);
		const missing = benchmarks.filter(({ name }) => !found.has(name));
		const checkouts = _usingCtx$1.a(await log.phase("Checking out", () => prepareCheckouts({
			repository: world.repository,
			commits: {
				base: base?.commit ?? null,
				head: head.commit
			},
			isBaseMeasured: missing.length === 0,
			directory: world.directory,
			fetch: world.fetch,
			reusePaths: preparation.reusePaths
		})));
		const headFiles = await listFiles(head, request, checkouts, world);
		const hasBase = base !== null && checkouts.baseFailure === null;
		const baseFiles = hasBase && missing.length > 0 ? await listFiles(base, request, checkouts, world) : headFiles;
		const lines = hasBase ? await changedLines(base.commit, head.commit, world) : null;
		const sideWorld = {
			...world,
			checkouts
		};
		const measuredBase = base === null || missing.length === 0 ? /* @__PURE__ */ new Map() : await measureSide({
			side: "base",
			revision: base.revision,
			files: baseFiles,
			benchmarks: missing
		}, sideWorld);
		const measuredHead = await measureSide({
			side: "head",
			revision: head.revision,
			files: headFiles,
			benchmarks
		}, sideWorld);
		if (signal.aborted) throw new CancelledError("cancelled");
		return {
			measurements: benchmarks.map(({ name }) => {
				const headSide = measuredHead.get(name);
				if (headSide === void 0) throw new Error(`no measurement of ${name}`);
				return {
					name,
					tracker: {
						name: tracker.name,
						version
					},
					base: found.get(name) ?? measuredBase.get(name) ?? null,
					head: headSide,
					notes: [...request.notes, ...checkouts.notes]
				};
			}),
			lines
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function findBaselines({ commit, revision }, version, { benchmarks }, { baselines, log, tracker }) {
	const found = /* @__PURE__ */ new Map();
	if (baselines === null) return found;
	for (const benchmark of benchmarks) {
		const side = await baselines.find(benchmark, commit, {
			name: tracker.name,
			version
		});
		if (side === null) continue;
		found.set(benchmark.name, {
			...side,
			...revision,
			isFromCache: true
		});
		log.info(`Base of ${benchmark.name} (${commit.slice(0, 12)}) was measured before: taken from the cache`);
	}
	return found;
}
async function listFiles({ commit }, { benchmarks }, checkouts, { repository }) {
	const files = /* @__PURE__ */ new Map();
	for (const { workingDirectory } of benchmarks) {
		if (files.has(workingDirectory)) continue;
		const listed = await listRepositoryFiles({
			repository,
			sha: commit,
			checkoutDirectory: checkouts.path,
			workingDirectory
		});
		files.set(workingDirectory, listed);
	}
	return files;
}
/** Null, with a warning, where the two commits differ in more than can be read: the numbers do not need it. */
async function changedLines(base, head, { repository, log }) {
	try {
		return await repository.compareLines(base, head);
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		log.warning(`Lines of base are not followed to head: ${error.message}`);
		return null;
	}
}

// src/commands/compare.ts
/**
* Measures two commits of a repository and reports the difference.
* @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
*/
async function compare(request, world) {
	const { benchmarks, repositoryUrl } = request;
	const { measurements, lines } = await measure(request, world);
	const judgementOf = (name) => {
		const settings = benchmarks.find((benchmark) => benchmark.name === name);
		if (settings === void 0) throw new Error(`nobody asked for ${name}`);
		return settings;
	};
	return reportMeasurements({
		measurements,
		judgementOf,
		lines,
		repositoryUrl
	}, world.nameFunction);
}

// src/commands/demo.ts
/** Debian's package of each program that the demo needs. */
const NEEDED_PROGRAMS = /* @__PURE__ */ new Map([
	["git", "git"],
	["make", "make"],
	["g++", "g++"]
]);
const AUTHOR = {
	GIT_AUTHOR_NAME: "memtrack demo",
	GIT_AUTHOR_EMAIL: "demo@example.org",
	GIT_AUTHOR_DATE: "2024-05-01T12:00:00Z",
	GIT_COMMITTER_NAME: "memtrack demo",
	GIT_COMMITTER_EMAIL: "demo@example.org",
	GIT_COMMITTER_DATE: "2024-05-01T12:00:00Z"
};
/**
* The case study that this project grew out of, retold: a date parser builds its tables on every call, and a commit
* makes it build them once. A repository with these two commits is made, and compared like any other.
*/
async function demo(judgement, world) {
	await provideTools(world);
	const { base, head } = await world.log.phase("Making a repository of two commits", () => makeRepository(world));
	const benchmark = {
		...judgement,
		name: "dates",
		build: "make --silent",
		run: "./dates",
		runs: 1,
		workingDirectory: ".",
		buildTimeLimitSeconds: 300,
		runTimeLimitSeconds: 60
	};
	const repository = await openRepository(world.repositoryDirectory, world.gitContext);
	return compare({
		base: {
			commit: base,
			revision: {
				sha: base,
				label: "the parser made on every call"
			}
		},
		head: {
			commit: head,
			revision: {
				sha: head,
				label: "the parser made once"
			}
		},
		benchmarks: [benchmark],
		preparation: {
			reusePaths: [],
			installTracker: true
		},
		repositoryUrl: null,
		notes: []
	}, {
		...world,
		repository,
		fetch: null,
		baselines: null
	});
}
async function provideTools({ environment, log, signal }) {
	const missing = [];
	for (const [program, packageName] of NEEDED_PROGRAMS) if (findExecutable(program, {
		searchPath: environment.PATH ?? "",
		directory: "/"
	}) === null) missing.push(packageName);
	if (missing.length > 0) await log.phase(`Installing ${missing.join(", ")}`, () => installPackages(missing, {
		environment,
		log,
		signal
	}));
}
async function makeRepository(world) {
	const directory = world.repositoryDirectory;
	await mkdir(directory, { recursive: true });
	await cp(join(world.demoDirectory, "project"), directory, { recursive: true });
	const git = createGit(directory, world.gitContext);
	const commit = async (message) => {
		await git.text(["add", "--all"]);
		await git.text([
			"commit",
			"--quiet",
			"--message",
			message
		], { environment: AUTHOR });
		return (await git.text(["rev-parse", "HEAD"])).trim();
	};
	await git.text([
		"init",
		"--quiet",
		"--initial-branch=main"
	]);
	const base = await commit("Read dates as people write them");
	await git.text(["apply", join(world.demoDirectory, "make-the-parser-once.patch")]);
	return {
		base,
		head: await commit("Make the parser once, not on every call")
	};
}

// src/commands/diff-traces.ts
/** Compares two recorded profiles. */
function diffTraces(base, head, settings, nameFunction) {
	return reportTraceDiff(layTracesOver(base, head, nameFunction), settings);
}
/** The first half of `diffTraces`, for whoever has use for the stacks while the report is made. */
function layTracesOver(base, head, nameFunction) {
	const diff = diffProfiles(base.profile, head.profile, {
		nameFunction,
		baseOwnership: null,
		headOwnership: null
	});
	return {
		diff,
		runs: {
			base: [sumCosts(diff.base)],
			head: [sumCosts(diff.head)]
		},
		isThreaded: base.profile.facts.isThreaded || head.profile.facts.isThreaded,
		notes: recorderNotes(base.profile, head.profile),
		version: head.profile.facts.recordedBy?.replace(/^heaptrack /, ""),
		baseLabel: base.label,
		headLabel: head.label
	};
}
/** The second half. */
function reportTraceDiff(traceDiff, settings) {
	const { diff, runs, isThreaded, notes, version, baseLabel, headLabel } = traceDiff;
	const benchmark = buildBenchmarkReport({
		name: "default",
		primary: settings.metric,
		limits: settings.limits,
		diff,
		hasBase: true,
		lines: null,
		runs,
		isThreaded,
		notes,
		baseFailure: null,
		headFailure: null
	});
	return {
		report: buildReport({
			base: {
				sha: null,
				label: baseLabel
			},
			head: {
				sha: null,
				label: headLabel
			},
			tracker: version === void 0 ? null : {
				name: "heaptrack",
				version
			},
			repositoryUrl: null
		}, [benchmark]),
		sources: /* @__PURE__ */ new Map([["default", {
			diff,
			lines: null
		}]])
	};
}
/** Other versions of heaptrack name the same frames differently, which looks like a change of the program. */
function recorderNotes(base, head) {
	const [from, to] = [base.facts.recordedBy, head.facts.recordedBy];
	if (from === to) return [];
	return [`The traces were recorded by different versions (${from ?? "unknown"} and ${to ?? "unknown"}), which name functions differently: expect false differences.`];
}

// src/commands/local-revisions.ts
/**
* Which two commits of a repository to compare before pushing: by default the working tree, uncommitted and untracked
* files included, with the commit where this branch left the remote's default branch.
* @param directory of ours, kept until the comparison is over, for the commit of the working tree: the user's repository is never written to
* @throws UserError for a name that is no commit
*/
async function chooseLocalRevisions(repository, settings, directory) {
	const base = settings.base === "none" ? null : await chooseBase(repository, settings.base);
	if (settings.head !== null) {
		const commit = await resolve$1(repository, "--head", settings.head);
		return {
			base,
			head: {
				commit,
				revision: {
					sha: commit,
					label: settings.head
				}
			}
		};
	}
	const { sha } = await commitWorkingTree(repository, directory, settings.outputDirectory);
	return {
		base,
		head: {
			commit: sha,
			revision: {
				sha: null,
				label: "working tree"
			}
		}
	};
}
async function chooseBase(repository, name) {
	if (name !== null) {
		const commit = await resolve$1(repository, "--base", name);
		return {
			commit,
			revision: {
				sha: commit,
				label: name
			}
		};
	}
	const { sha, branch } = await repository.defaultBranchMergeBase();
	return {
		commit: sha,
		revision: {
			sha,
			label: branch
		}
	};
}
async function resolve$1(repository, flag, name) {
	const commit = await repository.resolveCommit(name);
	if (commit === null) throw new UserError(`${flag} ${JSON.stringify(name)} is no commit here; accepted: a branch, a tag or a commit of ${repository.directory}`);
	return commit;
}

export { demo as a, reportMeasurements as c, reportTraceDiff as i, diffTraces as n, compare as o, layTracesOver as r, measure as s, chooseLocalRevisions as t };