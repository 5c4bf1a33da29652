import { a as onlyHead, i as diffProfiles, n as findRustCrates, o as totalsWithoutFootprint, r as ownershipBySources } from "./diff.js";
import { n as CommandError, o as UserError, t as CancelledError } from "./errors.js";
import { i as representativeRun, n as buildBenchmarkReport, r as buildReport } from "./report.js";
import { E as openRepository, b as prepareCheckouts, h as findExecutable, l as installPackages, m as fileStatus, p as directoryInside, t as commitWorkingTree, u as runScript, w as createGit, y as listRepositoryFiles } from "./workspace.js";
import { t as _usingCtx } from "../usingCtx.js";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";

// src/commands/measure-side.ts
/**
* Builds one side once and runs it as often as the settings say. What the side's own code does wrong is a result, not
* an error.
* @throws CancelledError; anything that is our bug
*/
async function measureSide(side, settings, files, world) {
	const { tracker, log, signal } = world;
	let phase = "checkout";
	try {
		const checkout = await world.checkouts.place(side);
		const directory = await directoryInside(checkout, settings.workingDirectory, "working-directory");
		const environment = tracker.buildEnvironment(world.environment);
		sayWhatWasAdded(world, environment, directory);
		const { build } = settings;
		if (build !== null) {
			phase = "build";
			const timeLimitSeconds = settings.buildTimeLimitSeconds;
			await log.phase(`Building ${side}`, () => runScript(build, {
				name: "build",
				directory,
				environment,
				timeLimitSeconds,
				signal,
				log
			}));
		}
		phase = "run";
		const recordings = await recordRuns(side, settings, directory, environment, world);
		const runs = recordings.map((recorded) => totalsWithoutFootprint(recorded.profile));
		const { profile } = recordings[representativeRun(runs, settings.metric)];
		return {
			profile,
			runs,
			isThreaded: recordings.some((recorded) => recorded.profile.facts.isThreaded),
			ownership: await readOwnership(profile, files),
			failure: null,
			notes: [...new Set(recordings.flatMap((recorded) => recorded.notes))]
		};
	} catch (error) {
		if (!(error instanceof UserError) || error instanceof CancelledError) throw error;
		const lastLines = error instanceof CommandError ? error.failure.lastLines : [];
		return {
			profile: null,
			runs: [],
			isThreaded: false,
			ownership: null,
			failure: {
				phase,
				message: error.message,
				lastLines
			},
			notes: []
		};
	}
}
async function recordRuns(side, settings, directory, environment, { tracker, log, signal }) {
	const recordings = [];
	for (let run = 1; run <= settings.runs; run++) {
		const which = settings.runs === 1 ? side : `${side}, run ${run} of ${settings.runs}`;
		const recorded = await log.phase(`Running ${which}`, () => tracker.record({
			script: settings.run,
			directory,
			environment,
			timeLimitSeconds: settings.runTimeLimitSeconds,
			signal,
			log
		}));
		recordings.push(recorded);
	}
	return recordings;
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

// src/commands/compare.ts
/**
* Measures two commits of a repository one after the other at the same path, and compares them.
* @throws UserError when head cannot be checked out or the tracker is missing; CancelledError
*/
async function compare(request, world) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { settings } = request;
		const { tracker, log, signal } = world;
		const version = await tracker.prepare({
			install: settings.installTracker,
			log,
			signal
		});
		const checkouts = _usingCtx$1.a(await log.phase("Checking out", () => prepareCheckouts({
			repository: world.repository,
			commits: {
				base: request.base?.commit ?? null,
				head: request.head.commit
			},
			directory: world.directory,
			fetch: world.fetch,
			reusePaths: settings.reusePaths
		})));
		const filesOf = (sha) => listRepositoryFiles({
			repository: world.repository,
			sha,
			checkoutDirectory: checkouts.path,
			workingDirectory: settings.workingDirectory
		});
		const headFiles = await filesOf(request.head.commit);
		const baseFiles = request.base !== null && checkouts.baseFailure === null ? await filesOf(request.base.commit) : headFiles;
		const lines = request.base === null || checkouts.baseFailure !== null ? null : await changedLines(request.base.commit, request.head.commit, world);
		const measureWorld = {
			...world,
			checkouts
		};
		const base = request.base === null ? null : await measureSide("base", settings, baseFiles, measureWorld);
		const head = await measureSide("head", settings, headFiles, measureWorld);
		if (signal.aborted) throw new CancelledError("cancelled");
		const diff = diffSides(base, head, world.nameFunction);
		const benchmark = buildBenchmarkReport({
			name: settings.name,
			primary: settings.metric,
			limits: settings.limits,
			diff,
			hasBase: base?.profile != null,
			lines,
			runs: {
				base: base?.runs ?? [],
				head: head.runs
			},
			isThreaded: base?.isThreaded === true || head.isThreaded,
			notes: [
				...request.notes,
				...checkouts.notes,
				...notesOf(base, head)
			],
			baseFailure: base?.failure ?? null,
			headFailure: head.failure
		});
		return {
			report: buildReport({
				base: request.base?.revision ?? null,
				head: request.head.revision,
				tracker: {
					name: tracker.name,
					version
				},
				repositoryUrl: request.repositoryUrl
			}, [benchmark]),
			diff,
			lines
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
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
function diffSides(base, head, nameFunction) {
	if (head.profile === null) return null;
	const options = {
		nameFunction,
		baseOwnership: base?.ownership ?? null,
		headOwnership: head.ownership
	};
	if (base?.profile == null) return onlyHead(head.profile, {
		...options,
		baseOwnership: head.ownership
	});
	return diffProfiles(base.profile, head.profile, options);
}
/** What is true of both sides is said once. */
function notesOf(base, head) {
	return [.../* @__PURE__ */ new Set([...base?.notes ?? [], ...head.notes])];
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
	const settings = {
		...judgement,
		name: "dates",
		build: "make --silent",
		run: "./dates",
		runs: 1,
		workingDirectory: ".",
		reusePaths: [],
		installTracker: true,
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
		settings,
		repositoryUrl: null,
		notes: []
	}, {
		...world,
		repository,
		fetch: null
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
	const diff = diffProfiles(base.profile, head.profile, {
		nameFunction,
		baseOwnership: null,
		headOwnership: null
	});
	const benchmark = buildBenchmarkReport({
		name: "default",
		primary: settings.metric,
		limits: settings.limits,
		diff,
		hasBase: true,
		lines: null,
		runs: {
			base: [totalsWithoutFootprint(base.profile)],
			head: [totalsWithoutFootprint(head.profile)]
		},
		isThreaded: base.profile.facts.isThreaded || head.profile.facts.isThreaded,
		notes: recorderNotes(base.profile, head.profile),
		baseFailure: null,
		headFailure: null
	});
	const version = head.profile.facts.recordedBy?.replace(/^heaptrack /, "");
	return {
		report: buildReport({
			base: {
				sha: null,
				label: base.label
			},
			head: {
				sha: null,
				label: head.label
			},
			tracker: version === void 0 ? null : {
				name: "heaptrack",
				version
			},
			repositoryUrl: null
		}, [benchmark]),
		diff,
		lines: null
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
	const { sha } = await commitWorkingTree(repository, directory);
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

export { compare as i, diffTraces as n, demo as r, chooseLocalRevisions as t };