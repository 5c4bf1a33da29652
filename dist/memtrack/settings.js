import { i as SettingsError } from "./errors.js";
import { S as metricById, b as METRIC_IDS, x as forEachMetric } from "./profile.js";
import { parseArgs } from "node:util";

// src/settings/fields.ts
/** Readers of single fields that inputs and flags share. Each says what is wrong and goes on with a stand-in. */
/** One of a few words. */
function parseChoice(name, text, choices, problems) {
	const choice = choices.find((candidate) => candidate === text);
	if (choice === void 0) problems.add(name, text, choices.join(", "));
	return choice ?? choices[0];
}
/** `true` or `false`, in any case. */
function parseBoolean(name, text, problems) {
	return parseChoice(name, text.toLowerCase(), ["true", "false"], problems) === "true";
}
/** Minutes, whole or with decimals, as seconds. */
function parseMinutes(name, text, problems) {
	const minutes = /^\d{1,5}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
	if (minutes <= 0 || minutes > 1e4) problems.add(name, text, "minutes above 0, such as 15 or 0.5");
	return minutes * 60;
}
/** Every run's profile is in memory until the one to show is chosen. */
const MAX_RUNS = 20;
/** Runs of each side. */
function parseRuns(name, text, problems) {
	const runs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
	if (runs >= 1 && runs <= MAX_RUNS) return runs;
	problems.add(name, text, `a whole number from 1 to ${MAX_RUNS}`);
	return 1;
}
/** A benchmark's name: shown in headings, and part of the comment's marker. */
function parseName(name, text, problems) {
	if (!/^[\p{L}\p{N}][\p{L}\p{N} ._/+-]{0,79}$/u.test(text)) problems.add(name, text, "up to 80 letters, digits, spaces and . _ / + -, a letter or digit first");
	return text;
}
/** A path below the checkout: not absolute, not upwards. */
function parseRelativePath(name, text, problems) {
	if (!(!text.startsWith("/") && !text.includes("\0") && !text.split("/").includes(".."))) problems.add(name, text, "a path inside the repository, relative to its root");
	return text === "" ? "." : text;
}
/** A label of the repository; null for none. GitHub's own are shorter than this. */
function parseLabel(name, text, problems) {
	if (text.length > 100 || text.includes("\n")) problems.add(name, text, "the name of one label, or nothing");
	return text || null;
}

// src/settings/limits.ts
const BYTES_OF_UNIT = /* @__PURE__ */ new Map([
	["b", 1],
	["kb", 1e3],
	["mb", 1e6],
	["gb", 1e9],
	["tb", 0xe8d4a51000],
	["kib", 1024],
	["mib", 2 ** 20],
	["gib", 2 ** 30],
	["tib", 2 ** 40]
]);
const ACCEPTED_BYTES = "a size such as 500 B, 10 kB, 1.5 MB or 64 MiB";
const ACCEPTED_METRICS = METRIC_IDS.join(", ");
/** Reads `fail-on`, `budget` and `ignore-below` into what every metric is judged by. */
function parseLimits(inputs, problems) {
	return limitsByMetric({
		failOn: parseFailOn(linesOf(inputs.failOn, problems)),
		budget: parseBudgets(linesOf(inputs.budget, problems)),
		ignoreBelow: parseIgnoreBelow(inputs.ignoreBelow, problems)
	});
}
/** @param limits metrics that are not in the maps have no such limit */
function limitsByMetric(limits) {
	return forEachMetric((id) => ({
		ignoreBelow: limits.ignoreBelow,
		failOn: limits.failOn.get(id) ?? null,
		budget: limits.budget.get(id) ?? null
	}));
}
/** The lines of an input: what is wrong with one is a problem of the input. */
function linesOf(text, problems) {
	return text.split("\n").map((line) => ({
		text: line,
		problems
	}));
}
/** `fail-on`, one `metric: limit` a line. */
function parseFailOn(lines) {
	return parseMetricLines("fail-on", lines, parseThreshold);
}
/** `budget`, one `metric: size` a line. */
function parseBudgets(lines) {
	return parseMetricLines("budget", lines, parseBudget);
}
/** `ignore-below`, a threshold such as '1 kB' or '0.5%'; what is none is noted, and nothing is ignored. */
function parseIgnoreBelow(text, problems) {
	const parsed = parseThreshold(text.trim(), "allocated");
	if (typeof parsed !== "string") return parsed;
	problems.add("ignore-below", text, parsed);
	return {
		ratio: null,
		absolute: null,
		text
	};
}
/** @throws SettingsError through `problems` when it is none of the metrics. */
function parseMetric(name, text, problems) {
	const id = METRIC_IDS.find((candidate) => candidate === text);
	if (id === void 0) problems.add(name, text, `one of ${ACCEPTED_METRICS}`);
	return id ?? "allocated";
}
function parseMetricLines(name, lines, parse) {
	const found = /* @__PURE__ */ new Map();
	for (const { text, problems } of lines) {
		const line = text.trim();
		if (line === "") continue;
		const colon = line.indexOf(":");
		const metric = line.slice(0, Math.max(colon, 0)).trim();
		const id = METRIC_IDS.find((candidate) => candidate === metric);
		if (colon < 0 || id === void 0) {
			problems.add(name, line, `\`metric: limit\` on each line, with one of the metrics ${ACCEPTED_METRICS}`);
			continue;
		}
		if (found.has(id)) {
			problems.add(name, line, `each metric once; ${id} is there already`);
			continue;
		}
		const parsed = parse(line.slice(colon + 1).trim(), id);
		if (typeof parsed === "string") problems.add(name, line, parsed);
		else found.set(id, parsed);
	}
	return found;
}
/** @returns the threshold, or what is accepted instead */
function parseThreshold(text, id) {
	const isBytes = metricById(id).unit === "bytes";
	const accepted = `a percentage such as 5%, ${isBytes ? ACCEPTED_BYTES : "a number of calls such as 100"}, or both joined by "and"`;
	let ratio = null;
	let absolute = null;
	for (const part of text.split(/\band\b/i).map((piece) => piece.trim())) {
		const percent = /^(\d{1,9}(?:\.\d{1,9})?)\s?%$/.exec(part);
		if (percent && ratio === null) ratio = Number(percent[1]) / 100;
		else if (absolute === null && !percent) {
			absolute = isBytes ? parseBytes(part) : parseCount(part);
			if (absolute === null) return accepted;
		} else return accepted;
	}
	return {
		ratio,
		absolute,
		text
	};
}
function parseBudget(text, id) {
	const isBytes = metricById(id).unit === "bytes";
	const maximum = isBytes ? parseBytes(text) : parseCount(text);
	if (maximum === null) return isBytes ? ACCEPTED_BYTES : "a number of calls such as 20000";
	return {
		maximum,
		text
	};
}
/** Bytes of '1.5 MB', '64 MiB', '500' or '0'; null when it is none of these. */
function parseBytes(text) {
	const match = /^(\d{1,15}(?:\.\d{1,9})?)\s?([kmgt]?i?b)?$/i.exec(text.trim());
	if (!match) return null;
	const unit = BYTES_OF_UNIT.get((match[2] ?? "b").toLowerCase());
	const bytes = unit === void 0 ? NaN : Math.round(Number(match[1]) * unit);
	return Number.isSafeInteger(bytes) ? bytes : null;
}
function parseCount(text) {
	return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

// src/settings/benchmark-options.ts
const READERS = {
	build: ({ text }) => ({ build: text || null }),
	runs: ({ text, problems }) => ({ runs: parseRuns("runs", text, problems) }),
	"working-directory": ({ text, problems }) => ({ workingDirectory: parseRelativePath("working-directory", text, problems) }),
	"build-timeout": ({ text, problems }) => ({ buildTimeLimitSeconds: parseMinutes("build-timeout", text, problems) }),
	"run-timeout": ({ text, problems }) => ({ runTimeLimitSeconds: parseMinutes("run-timeout", text, problems) }),
	metric: ({ text, problems }) => ({ metric: parseMetric("metric", text, problems) }),
	"fail-on": ({ lines }) => ({ failOn: parseFailOn(lines) }),
	budget: ({ lines }) => ({ budget: parseBudgets(lines) }),
	"ignore-below": ({ text, problems }) => ({ ignoreBelow: parseIgnoreBelow(text, problems) })
};
const OPTION_KEYS = Object.keys(READERS);
/** @param find what is written for a key; null where nothing is */
function parseOptions(find) {
	let options = {};
	for (const key of OPTION_KEYS) {
		const option = find(key);
		if (option !== null) options = {
			...options,
			...READERS[key](option)
		};
	}
	return options;
}
/** A benchmark with every option settled. */
function toBenchmark(name, run, options) {
	const { build, runs, workingDirectory, buildTimeLimitSeconds, runTimeLimitSeconds } = options;
	return {
		name,
		run,
		build,
		runs,
		workingDirectory,
		buildTimeLimitSeconds,
		runTimeLimitSeconds,
		...toJudgement(options)
	};
}
/** Of the options those that say when growth is too much. */
function toJudgement(options) {
	return {
		metric: options.metric,
		limits: limitsByMetric(options)
	};
}

// src/settings/closest-name.ts
/** No name of ours is longer, and the work grows with the square. */
const MAX_LENGTH = 80;
/** The name that `word` is most likely a slip of, with case, `_` and `-` aside; null when none is near. */
function closestName(word, names) {
	if (word.length > MAX_LENGTH) return null;
	const wanted = plain(word);
	let closest = null;
	let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const name of names) {
		const edits = editsBetween(wanted, plain(name));
		if (edits < fewest) [closest, fewest] = [name, edits];
	}
	return closest;
}
/** ` (did you mean …?)`, or nothing: to stand between what is wrong and what is accepted. */
function suggestName(word, names) {
	const name = closestName(word, names);
	return name === null ? "" : ` (did you mean \`${name}\`?)`;
}
function plain(name) {
	return name.toLowerCase().replaceAll("_", "-");
}
/** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
function editsBetween(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			current[column] = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1));
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
		}
		[beforeLast, last] = [last, current];
	}
	return last[b.length];
}

// src/settings/problems.ts
/** Collects what is wrong with inputs or flags, so that one run shows all of it. */
var Problems = class {
	#messages = [];
	#spell;
	#place;
	/**
	* @param spell how an input is written where the user wrote it: `fail-on` or `--fail-on`
	* @param place begins every message, such as `FILE:LINE:COLUMN: `
	*/
	constructor(spell, place = "") {
		this.#spell = spell;
		this.#place = place;
	}
	get messages() {
		return this.#messages;
	}
	/** @param accepted completes "accepted: …" */
	add(name, value, accepted) {
		this.addMessage(`${this.#spell(name)} is ${quoteValue(value)}; accepted: ${accepted}`);
	}
	addMessage(message) {
		this.#messages.push(this.#place + message);
	}
	/** @throws SettingsError when there are any */
	throwIfAny() {
		if (this.#messages.length > 0) throw new SettingsError(this.#messages);
	}
};
/** What a user wrote, quoted, and cut when it is long. */
function quoteValue(value) {
	return JSON.stringify(value.length > 120 ? `${value.slice(0, 119)}…` : value);
}

// src/settings/action-inputs.ts
/** Every input of action.yml; a test holds the two together. */
const ACTION_INPUTS = [
	"run",
	"build",
	"runs",
	"name",
	"config",
	"mode",
	"base",
	"tracker",
	"install-tracker",
	"working-directory",
	"reuse-paths",
	"metric",
	"fail-on",
	"budget",
	"ignore-below",
	"accept-label",
	"comment",
	"status",
	"annotations",
	"images",
	"baseline-cache",
	"upload",
	"build-timeout",
	"run-timeout",
	"fail-on-post-error",
	"github-token"
];
const MODES = [
	"compare",
	"measure",
	"report"
];
const STATUS_KINDS = [
	"commit-status",
	"check-run",
	"none"
];
/**
* Reads the Action's inputs.
* @param environment the runner's: an input is `INPUT_` and its name in capitals, with spaces as `_` and `-` kept
* @throws SettingsError that lists everything wrong at once
*/
function readActionInputs(environment) {
	const problems = new Problems((name) => `input \`${name}\``);
	rejectUnknownInputs(environment, problems);
	const input = (name) => (environment[variableOf(name)] ?? "").trim();
	const flag = (name) => parseBoolean(name, input(name), problems);
	const run = input("run") || null;
	const config = input("config") || null;
	if (run !== null && config !== null) problems.addMessage("both inputs `run` and `config` are given; accepted: one of them (`run` for one benchmark, `config` for several)");
	parseChoice("tracker", input("tracker"), ["heaptrack"], problems);
	const status = input("status");
	const inputs = {
		mode: parseChoice("mode", input("mode"), MODES, problems),
		name: parseName("name", input("name"), problems),
		run,
		config: config && parseRelativePath("config", config, problems),
		base: input("base") || null,
		installTracker: flag("install-tracker"),
		reusePaths: input("reuse-paths").split("\n").map((path) => path.trim()).filter((path) => path !== "").map((path) => parseRelativePath("reuse-paths", path, problems)),
		options: parseAllOptions((key) => {
			const text = input(key);
			return {
				text,
				lines: linesOf(text, problems),
				problems
			};
		}),
		acceptLabel: parseLabel("accept-label", input("accept-label"), problems),
		comment: parseChoice("comment", input("comment"), [
			"changes",
			"always",
			"never"
		], problems),
		status: status === "" ? null : parseChoice("status", status, STATUS_KINDS, problems),
		annotations: flag("annotations"),
		images: parseChoice("images", input("images"), ["none", "branch"], problems),
		baselineCache: flag("baseline-cache"),
		upload: flag("upload"),
		failOnPostError: flag("fail-on-post-error")
	};
	problems.throwIfAny();
	return inputs;
}
/**
* What check there will be, also where other inputs are wrong: it is told of that. Null when that cannot be said.
*/
function readAwaitedCheck(environment) {
	const problems = new Problems((name) => name);
	const input = (name) => (environment[variableOf(name)] ?? "").trim();
	const mode = parseChoice("mode", input("mode"), MODES, problems);
	const name = parseName("name", input("name"), problems);
	const given = input("status");
	const status = given === "" ? null : parseChoice("status", given, STATUS_KINDS, problems);
	return problems.messages.length > 0 ? null : awaitedCheckOf({
		mode,
		name,
		status
	});
}
/** The same of inputs that are sound. */
function awaitedCheckOf({ mode, name, status }) {
	return {
		kind: mode === "measure" ? "none" : status ?? usualStatus(mode),
		name,
		isReporting: mode === "report"
	};
}
/** What `status` is when it is not given. */
function usualStatus(mode) {
	return mode === "report" ? "commit-status" : "none";
}
/** Name of the environment variable that carries an input (actions/runner, Handler.cs). */
function variableOf(input) {
	return `INPUT_${input.replaceAll(" ", "_").toUpperCase()}`;
}
/** Every key is found, so every option is there. */
function parseAllOptions(find) {
	return parseOptions(find);
}
function rejectUnknownInputs(environment, problems) {
	const known = new Set(ACTION_INPUTS.map(variableOf));
	for (const variable of Object.keys(environment)) if (variable.startsWith("INPUT_") && !known.has(variable)) {
		const name = variable.slice(6).toLowerCase();
		const accepted = ACTION_INPUTS.join(", ");
		problems.addMessage(`input \`${name}\` is not known${suggestName(name, ACTION_INPUTS)}; accepted: ${accepted}`);
	}
}

// src/settings/plan.ts
/** Where the config file is looked for when the input `config` does not say. */
const DEFAULT_CONFIG_PATH = ".github/memtrack.yml";
/** The input `name` when it is left alone; with a config file it stands for all of its benchmarks. */
const DEFAULT_NAME = "default";
/** So many names of a config file are shown to whoever gave one that is not there. */
const MAX_NAMES_SHOWN = 20;
/**
* Brings inputs and config file together. The input `run` alone decides what to measure; without it the config file
* does, and then a benchmark's own key comes before the file's top level, and that before the input of the same name.
* @param config null when there is none
* @throws SettingsError when nothing says what to measure, or `name` picks a benchmark that is not there
*/
function settleSettings(inputs, config) {
	const isReport = inputs.mode === "report";
	const used = isReport || inputs.run === null ? config : null;
	const options = {
		...inputs.options,
		...used?.defaults
	};
	const listed = (used?.benchmarks ?? []).map(({ name, run, options: own }) => toBenchmark(name, run, {
		...options,
		...own
	}));
	return {
		settings: {
			mode: inputs.mode,
			name: inputs.name,
			benchmarks: isReport ? [] : benchmarksToMeasure(inputs, options, listed, used),
			judgements: {
				byName: new Map(listed.map((benchmark) => [benchmark.name, judgementOf(benchmark)])),
				otherwise: toJudgement(options)
			},
			reusePaths: used?.reusePaths ?? inputs.reusePaths,
			installTracker: inputs.installTracker,
			base: inputs.base,
			comment: inputs.comment,
			status: inputs.status ?? usualStatus(inputs.mode),
			annotations: inputs.annotations,
			images: inputs.images,
			baselineCache: inputs.baselineCache,
			upload: inputs.upload,
			acceptLabel: inputs.acceptLabel,
			failOnPostError: inputs.failOnPostError
		},
		notes: notesOnUnused(inputs, used === null ? config : null)
	};
}
function judgementOf({ metric, limits }) {
	return {
		metric,
		limits
	};
}
/** From the config file all of them, or the one that `name` picks: this is how each job of a matrix takes one. */
function benchmarksToMeasure({ run, name }, options, listed, config) {
	if (run !== null) return [toBenchmark(name, run, options)];
	if (config === null) throw new SettingsError([`what to measure is missing: give the input \`run\`, the shell script that starts the program, or list benchmarks in ${DEFAULT_CONFIG_PATH}`]);
	const chosen = name === DEFAULT_NAME ? listed : listed.filter((benchmark) => benchmark.name === name);
	if (chosen.length > 0) return chosen;
	const names = listed.map((benchmark) => benchmark.name);
	const unseen = names.length - MAX_NAMES_SHOWN;
	const accepted = names.slice(0, MAX_NAMES_SHOWN).join(", ") + (unseen > 0 ? ` and ${unseen} more` : "");
	throw new SettingsError([`input \`name\` is ${quoteValue(name)}${suggestName(name, names)}; accepted: \`${DEFAULT_NAME}\` for all benchmarks of ${config.path}, or one of ${accepted}`]);
}
function notesOnUnused({ mode, run, status }, unusedConfig) {
	const notes = [];
	if (unusedConfig !== null) notes.push(`${unusedConfig.path} is not used: the input \`run\` says what to measure`);
	if (mode === "report" && run !== null) notes.push("mode `report` runs nothing: the input `run` is not used");
	if (mode === "measure" && status !== null && status !== "none") notes.push("mode `measure` posts nothing: the input `status` is not used");
	return notes;
}

// src/settings/placed-problems.ts
/** A damaged file can be wrong in every character. */
const MAX_PROBLEMS_SHOWN = 20;
/** Collects what is wrong with a file, each problem with its line and column. */
var PlacedProblems = class {
	#placeOf;
	#found = [];
	/** @param placeOf an offset in the file as `FILE:LINE:COLUMN` */
	constructor(placeOf) {
		this.#placeOf = placeOf;
	}
	/** Problems of what begins at an offset. */
	at(offset) {
		const problems = new Problems((name) => `\`${name}\``, `${this.#placeOf(offset)}: `);
		this.#found.push({
			offset,
			problems
		});
		return problems;
	}
	add(offset, message) {
		this.at(offset).addMessage(message);
	}
	/** Where something was found to be wrong. */
	offsets() {
		return new Set(this.#found.filter(({ problems }) => problems.messages.length > 0).map(({ offset }) => offset));
	}
	/** @throws SettingsError that lists them in the file's order, when there are any */
	throwIfAny() {
		const messages = this.#found.toSorted((a, b) => a.offset - b.offset).flatMap(({ problems }) => problems.messages);
		if (messages.length === 0) return;
		const unseen = messages.length - MAX_PROBLEMS_SHOWN;
		throw new SettingsError([...messages.slice(0, MAX_PROBLEMS_SHOWN), ...unseen > 0 ? [`and ${unseen} more`] : []]);
	}
};

// src/settings/command-line.ts
const JUDGEMENT_FLAGS = {
	out: {
		type: "string",
		default: "memtrack-report"
	},
	metric: {
		type: "string",
		default: "allocated"
	},
	"fail-on": {
		type: "string",
		multiple: true
	},
	budget: {
		type: "string",
		multiple: true
	},
	"ignore-below": {
		type: "string",
		default: "0.1% and 1 kB"
	},
	json: {
		type: "boolean",
		default: false
	},
	open: {
		type: "boolean",
		default: false
	},
	help: {
		type: "boolean",
		short: "h",
		default: false
	}
};
const COMPARE_FLAGS = {
	...JUDGEMENT_FLAGS,
	base: { type: "string" },
	head: { type: "string" },
	build: { type: "string" },
	run: { type: "string" },
	runs: {
		type: "string",
		default: "1"
	},
	name: {
		type: "string",
		default: "default"
	},
	"working-directory": {
		type: "string",
		default: "."
	},
	"reuse-paths": {
		type: "string",
		multiple: true
	},
	"install-tracker": {
		type: "boolean",
		default: false
	},
	"build-timeout": {
		type: "string",
		default: "30"
	},
	"run-timeout": {
		type: "string",
		default: "15"
	}
};
const DIFF_FLAGS = {
	...JUDGEMENT_FLAGS,
	folded: {
		type: "string",
		default: "memtrack"
	}
};
/** What `memtrack --help` prints. */
const HELP = `memtrack: what a change did to a program's heap memory

  memtrack diff BASE HEAD            two traces of heaptrack (.zst, .gz, plain) or folded text
  memtrack compare [-- PROGRAM ARG…] two commits of this repository, built and run here
  memtrack demo                      a date parser that got its tables once instead of on every call

diff:
  --folded=heaptrack      base.folded and head.folded as heaptrack_print -F writes them, line for line

compare:
  --base REF              default: where this branch left the remote's default branch
  --head REF              default: the working tree, uncommitted and untracked files included
  --build SCRIPT          shell script that builds the program in each checkout
  --run SCRIPT            shell script that runs it, instead of -- PROGRAM ARG…
  --runs N                runs of each side; a change within their spread is no change (1)
  --name NAME             the benchmark's name in the report
  --working-directory DIR inside each checkout
  --reuse-paths PATH      copied from here into each checkout before the build; may be repeated
  --build-timeout MIN, --run-timeout MIN
  --install-tracker       apt-get install heaptrack when it is missing

all:
  --out DIR               where the report is written (memtrack-report)
  --metric METRIC         allocated, allocations, temporary, peak or leaked (allocated)
  --fail-on 'METRIC: LIMIT'  growth that fails, such as 'allocated: 5% and 10 kB'; may be repeated
  --budget 'METRIC: SIZE'    ceiling that fails, such as 'peak: 64 MB'; may be repeated
  --ignore-below LIMIT    smaller changes are no change ('0.1% and 1 kB')
  --json                  print report.json instead of text
  --open                  open the report in a browser

Exit status: 0 fine, 1 over a limit, 2 something you can fix, 3 a bug of ours.
`;
/**
* The command line as settings.
* @param argv without the interpreter and the script
* @throws SettingsError that lists everything wrong at once
*/
function readCommandLine(argv) {
	const [command, ...rest] = argv;
	if (command === void 0 || command === "help" || command === "--help" || command === "-h") return { command: "help" };
	if (command === "version" || command === "--version") return { command: "version" };
	const problems = new Problems((name) => `--${name}`);
	const settings = readCommand(command, rest, problems);
	problems.throwIfAny();
	return settings;
}
function readCommand(command, argv, problems) {
	if (command === "diff") return readDiff(argv, problems);
	if (command === "compare") return readCompare(argv, problems);
	if (command === "demo") return readDemo(argv, problems);
	problems.addMessage(`${JSON.stringify(command)} is not a command; accepted: diff, compare, demo, help, version`);
	return { command: "help" };
}
function readDiff(argv, problems) {
	const { values, positionals } = parse(() => parseArgs({
		args: [...argv],
		options: DIFF_FLAGS,
		allowPositionals: true
	}), problems);
	if (values.help) return { command: "help" };
	if (positionals.length !== 2) problems.addMessage(`diff takes two traces, BASE and HEAD; ${positionals.length} given`);
	const [baseTrace = "", headTrace = ""] = positionals;
	return {
		command: "diff",
		baseTrace,
		headTrace,
		folded: parseChoice("folded", values.folded ?? "memtrack", ["memtrack", "heaptrack"], problems),
		...readOutput(values, problems)
	};
}
function readDemo(argv, problems) {
	const { values } = parse(() => parseArgs({
		args: [...argv],
		options: JUDGEMENT_FLAGS
	}), problems);
	return values.help ? { command: "help" } : {
		command: "demo",
		...readOutput(values, problems)
	};
}
function readCompare(argv, problems) {
	const { values, positionals } = parse(() => parseArgs({
		args: [...argv],
		options: COMPARE_FLAGS,
		allowPositionals: true
	}), problems);
	if (values.help) return { command: "help" };
	if (positionals.length > 0 && values.run !== void 0) problems.addMessage("both --run and -- PROGRAM are given; accepted: one of them");
	if (positionals.length === 0 && !values.run) problems.addMessage("what to run is missing: memtrack compare -- PROGRAM ARG…, or --run SCRIPT");
	return {
		command: "compare",
		base: values.base ?? null,
		head: values.head ?? null,
		build: values.build ?? null,
		run: values.run ?? positionals.map(quoteForShell).join(" "),
		runs: parseRuns("runs", values.runs ?? "1", problems),
		name: parseName("name", values.name ?? "default", problems),
		workingDirectory: parseRelativePath("working-directory", values["working-directory"] ?? ".", problems),
		reusePaths: (values["reuse-paths"] ?? []).map((path) => parseRelativePath("reuse-paths", path, problems)),
		installTracker: values["install-tracker"] ?? false,
		buildTimeLimitSeconds: parseMinutes("build-timeout", values["build-timeout"] ?? "30", problems),
		runTimeLimitSeconds: parseMinutes("run-timeout", values["run-timeout"] ?? "15", problems),
		...readOutput(values, problems)
	};
}
function readOutput(values, problems) {
	return {
		outputDirectory: values.out ?? "memtrack-report",
		metric: parseMetric("metric", values.metric ?? "allocated", problems),
		limits: parseLimits({
			failOn: (values["fail-on"] ?? []).join("\n"),
			budget: (values.budget ?? []).join("\n"),
			ignoreBelow: values["ignore-below"] ?? "0.1% and 1 kB"
		}, problems),
		isJson: values.json ?? false,
		isOpened: values.open ?? false
	};
}
/** Node's own messages name the flag; they only lack that all problems are shown together. */
function parse(read, problems) {
	try {
		return read();
	} catch (error) {
		problems.addMessage(`${error.message.split(". ")[0]}. See memtrack --help.`);
		problems.throwIfAny();
		throw error;
	}
}
function quoteForShell(argument) {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

export { settleSettings as a, readActionInputs as c, quoteValue as d, suggestName as f, parseRelativePath as h, DEFAULT_CONFIG_PATH as i, readAwaitedCheck as l, parseName as m, readCommandLine as n, ACTION_INPUTS as o, parseOptions as p, PlacedProblems as r, awaitedCheckOf as s, HELP as t, variableOf as u };