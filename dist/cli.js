#!/usr/bin/env node
import { t as VERSION } from "./memtrack/assets.js";
import { n as CommandError, s as UserError, t as CancelledError } from "./memtrack/errors.js";
import { n as readCommandLine, t as HELP } from "./memtrack/settings.js";
import { j as terminalLine } from "./memtrack/render.js";
import { t as _usingCtx } from "./usingCtx.js";
import { pathToFileURL } from "node:url";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { tmpdir } from "node:os";

// src/cli/console-log.ts
/** Beyond any message with its remedy, and short of what would flood a terminal. */
const LONGEST_LINE = 2e3;
/**
* Progress for people. On a terminal a phase under way shows its seconds and is then replaced by its result; elsewhere
* each phase is one plain line when it ends.
*/
function createConsoleLog({ stream, color, isVerbose }) {
	const paint = (code, text) => color ? `\u001b[${code}m${text}\u001b[0m` : text;
	const visible = (text) => terminalLine(text, LONGEST_LINE);
	let running = null;
	const line = (text) => {
		if (running !== null && stream.isTTY) stream.write("\r\x1B[K");
		stream.write(`${text}\n`);
	};
	return {
		info: (message) => line(`  ${visible(message)}`),
		notice: (message) => line(`  ${visible(message)}`),
		warning: (message) => line(`${paint(33, "warning:")} ${visible(message)}`),
		error: (message) => line(`${paint(31, "error:")} ${message.split("\n").map(visible).join("\n")}`),
		debug: (message) => {
			if (isVerbose) line(`  ${paint(2, visible(message))}`);
		},
		async phase(title, work) {
			const started = performance.now();
			const seconds = () => `${((performance.now() - started) / 1e3).toFixed(1)} s`;
			const outer = running;
			running = title;
			const show = () => stream.write(`\r\u001b[K${paint(2, "…")} ${title} ${paint(2, seconds())}`);
			const timer = stream.isTTY ? setInterval(show, 100) : null;
			timer?.unref();
			if (stream.isTTY) show();
			try {
				const result = await work();
				line(`${paint(32, "✓")} ${title} ${paint(2, seconds())}`);
				return result;
			} catch (error) {
				line(`${paint(31, "✗")} ${title} ${paint(2, seconds())}`);
				throw error;
			} finally {
				if (timer !== null) clearInterval(timer);
				running = outer;
			}
		}
	};
}

// src/cli/main.ts
/** Exit status: 0 fine, 1 over a limit, 2 the user can fix it, 3 our bug. */
async function runCommandLine(world) {
	const log = createConsoleLog({
		stream: world.stderr,
		color: usesColor(world, world.stderr),
		isVerbose: Boolean(world.environment.MEMTRACK_DEBUG)
	});
	try {
		const settings = readCommandLine(world.argv);
		if ("outputDirectory" in settings) await refuseOutputInTheWay(settings);
		switch (settings.command) {
			case "help":
				world.stdout.write(HELP);
				return 0;
			case "version":
				world.stdout.write(`${VERSION}\n`);
				return 0;
			case "diff": {
				const { comparison, folded } = await runDiff(settings, log);
				return await show(comparison, settings, world, log, folded);
			}
			case "compare": return await show(await runCompare(settings, world, log), settings, world, log);
			case "demo": return await show(await runDemo(settings, world, log), settings, world, log);
		}
	} catch (error) {
		return explain(error, log);
	}
}
/** Shows an error to the person who can do something about it. */
function explain(error, log) {
	if (error instanceof CancelledError) {
		log.error("cancelled");
		return 130;
	}
	if (error instanceof UserError) {
		log.error(error.message);
		if (error instanceof CommandError) for (const line of error.failure.lastLines) log.info(line);
		return 2;
	}
	log.error(`this is a bug of memtrack, please report it with what follows\n${error?.stack ?? String(error)}`);
	return 3;
}
async function runDiff(settings, log) {
	const [{ columnsToFolded, foldedColumns }, { startFoldedFiles }, { reportTraceDiff }] = await Promise.all([
		import("./memtrack/load/diff-to-folded.js"),
		import("./memtrack/load/write-in-thread.js"),
		import("./memtrack/load/diff-traces.js")
	]);
	const { traceDiff, heaptrackFolded } = await readAndCompare(settings, log);
	const columns = foldedColumns(traceDiff.diff, settings.metric);
	const folded = heaptrackFolded === null ? startFoldedFiles(resolve(settings.outputDirectory), columns) : {
		...columnsToFolded(columns),
		...heaptrackFolded
	};
	return {
		comparison: reportTraceDiff(traceDiff, settings),
		folded
	};
}
/**
* A function of its own, since both profiles are garbage when it ends.
* @returns also both sides' folded text in the form of heaptrack_print, where that is asked for
*/
async function readAndCompare(settings, log) {
	const [{ readSideBySide }, { heaptrackFolded }, { layTracesOver }, nameFunction] = await Promise.all([
		import("./memtrack/load/read-side-by-side.js"),
		import("./memtrack/load/heaptrack-folded.js"),
		import("./memtrack/load/diff-traces.js"),
		loadFunctionNamer()
	]);
	const keepsTables = settings.folded === "heaptrack";
	const read = async (path, readFile) => {
		try {
			const { profile, tables } = await readFile(path, {
				metric: settings.metric,
				keepsTables
			});
			if (keepsTables && tables === null) throw new UserError("is not a trace of heaptrack, which --folded=heaptrack needs");
			return {
				label: basename(path),
				profile,
				folded: tables && heaptrackFolded(tables, settings.metric)
			};
		} catch (error) {
			if (error instanceof UserError) throw new UserError(`${path}: ${error.message}`, { cause: error });
			const { code, message } = error;
			if (code?.startsWith("E")) throw new UserError(`${path} cannot be read: ${message}`, { cause: error });
			throw error;
		}
	};
	const { baseTrace, headTrace } = settings;
	const title = `Reading ${basename(baseTrace)} and ${basename(headTrace)}`;
	const [base, head] = await log.phase(title, () => readSideBySide(baseTrace, headTrace, read));
	return {
		traceDiff: layTracesOver(base, head, nameFunction),
		heaptrackFolded: base.folded && head.folded && {
			base: base.folded,
			head: head.folded
		}
	};
}
async function runCompare(settings, world, log) {
	try {
		var _usingCtx$1 = _usingCtx();
		const [{ compare }, { openRepository }, { chooseLocalRevisions }, temporary] = await Promise.all([
			import("./memtrack/load/compare.js"),
			import("./memtrack/load/repository.js"),
			import("./memtrack/load/local-revisions.js"),
			import("./memtrack/load/temporary-directory.js")
		]);
		const { environment, signal } = world;
		const repository = await openRepository(world.directory, {
			environment,
			log,
			signal
		});
		const directory = _usingCtx$1.a(await temporary.makeTemporaryDirectory(tmpdir()));
		return await compare({
			...await chooseLocalRevisions(repository, settings, directory.path),
			benchmarks: [settings],
			preparation: settings,
			repositoryUrl: null,
			notes: []
		}, {
			...await measuringWorld(world, log),
			repository,
			fetch: null,
			baselines: null,
			directory: join(directory.path, "work")
		});
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function runDemo(settings, world, log) {
	try {
		var _usingCtx3 = _usingCtx();
		const [{ demo }, { demoDirectory }, temporary] = await Promise.all([
			import("./memtrack/load/demo.js"),
			import("./memtrack/load/assets.js"),
			import("./memtrack/load/temporary-directory.js")
		]);
		const directory = _usingCtx3.a(await temporary.makeTemporaryDirectory(tmpdir()));
		return await demo(settings, {
			...await measuringWorld(world, log),
			gitContext: {
				environment: world.environment,
				log,
				signal: world.signal
			},
			demoDirectory: demoDirectory(),
			repositoryDirectory: join(directory.path, "dates"),
			directory: join(directory.path, "work")
		});
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		await _usingCtx3.d();
	}
}
async function measuringWorld(world, log) {
	const [{ childEnvironment }, { createTracker }, nameFunction] = await Promise.all([
		import("./memtrack/load/environment.js"),
		import("./memtrack/load/trackers.js"),
		loadFunctionNamer()
	]);
	const environment = childEnvironment(world.environment, []);
	return {
		environment,
		log,
		signal: world.signal,
		nameFunction,
		tracker: createTracker(environment)
	};
}
async function loadFunctionNamer() {
	const [{ readDemanglerWasm }, { createDemangler }, { createFunctionNamer }] = await Promise.all([
		import("./memtrack/load/assets.js"),
		import("./memtrack/load/demangle.js"),
		import("./memtrack/load/normalise-function.js")
	]);
	return createFunctionNamer(createDemangler(await readDemanglerWasm()));
}
/** Writes the files, shows the result, and tells the exit status. */
async function show({ report, sources }, settings, world, log, givenFolded = null) {
	const [{ renderReport }, { renderTerminal }, { diffToFolded }, { writeReportFiles }, { readViewer }] = await Promise.all([
		import("./memtrack/load/render-report.js"),
		import("./memtrack/load/terminal.js"),
		import("./memtrack/load/diff-to-folded.js"),
		import("./memtrack/load/directory.js"),
		import("./memtrack/load/assets.js")
	]);
	const commentName = report.benchmarks[0]?.name ?? "default";
	const diff = sources.get(commentName)?.diff ?? null;
	const interactive = {
		viewer: await readViewer(),
		sources
	};
	const { json, files } = await log.phase("Drawing the report", async () => {
		const rendered = await renderReport(report, {
			links: { report: null },
			commentName,
			interactive
		});
		const folded = givenFolded ?? (diff && diffToFolded(diff, settings.metric));
		const files = await writeReportFiles(settings.outputDirectory, rendered, folded).catch((error) => {
			throw cannotWrite(settings.outputDirectory, error);
		});
		return {
			json: rendered.json,
			files
		};
	});
	if (settings.isJson) world.stdout.write(json);
	else {
		const columns = world.stdout.columns ?? (Number(world.environment.COLUMNS) || 100);
		world.stdout.write(`\n${renderTerminal(report, {
			columns,
			color: usesColor(world, world.stdout)
		})}\n`);
		const written = [
			files.html,
			files.svg,
			files.comment,
			files.json,
			...Object.values(files.folded ?? {})
		];
		for (const path of written) if (path !== null) world.stdout.write(`${path}\n`);
	}
	if (settings.isOpened) await openInBrowser(files.html, world, log);
	if (report.verdict === "regressed") return 1;
	return report.verdict === "failed" ? 2 : 0;
}
/** What a full disk, a missing right or a file in the way is to the user; anything else as it is. */
function cannotWrite(directory, error) {
	const { code, message } = error;
	return code !== void 0 && /^E[A-Z0-9]+$/.test(code) ? new UserError(`--out ${directory} cannot be written to: ${message}`, { cause: error }) : error;
}
/** Said before minutes of building and running, not after. */
async function refuseOutputInTheWay({ outputDirectory }) {
	const facts = await stat(outputDirectory).catch(() => null);
	if (facts !== null && !facts.isDirectory()) throw new UserError(`--out ${outputDirectory} is not a folder; accepted: a folder, or a path that is free`);
}
async function openInBrowser(path, world, log) {
	const { runProcess } = await import("./memtrack/load/process.js");
	const opener = process.platform === "darwin" ? "open" : "xdg-open";
	try {
		const environment = Object.fromEntries(Object.entries(world.environment).filter((entry) => entry[1] !== void 0));
		await runProcess(opener, [pathToFileURL(path).href], {
			directory: world.directory,
			environment,
			timeLimitSeconds: 10,
			signal: world.signal
		});
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		log.warning(`--open: ${error.message}`);
	}
}
/** https://no-color.org and its opposite, FORCE_COLOR. */
function usesColor({ environment }, stream) {
	if (environment.NO_COLOR) return false;
	if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== "0";
	return stream.isTTY === true && environment.TERM !== "dumb";
}

// src/cli.ts
const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
	if (controller.signal.aborted) process.exit(130);
	controller.abort();
});
process.exitCode = await runCommandLine({
	argv: process.argv.slice(2),
	environment: process.env,
	directory: process.cwd(),
	stdout: process.stdout,
	stderr: process.stderr,
	signal: controller.signal
});

export {  };