import { _ as metricById, g as forEachMetric, h as METRIC_IDS } from "./profile.js";
import { r as SettingsError } from "./errors.js";
import { parseArgs } from "node:util";

// src/settings/fields.ts
/** Readers of single fields that inputs and flags share. Each says what is wrong and goes on with a stand-in. */
function parseChoice(name, text, choices, problems) {
	const choice = choices.find((candidate) => candidate === text);
	if (choice === void 0) problems.add(name, text, choices.join(", "));
	return choice ?? choices[0];
}
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
	const failOn = parseMetricLines("fail-on", inputs.failOn, problems, (text, id) => parseThreshold(text, id));
	const budget = parseMetricLines("budget", inputs.budget, problems, (text, id) => parseBudget(text, id));
	const ignoreBelow = parseIgnoreBelow(inputs.ignoreBelow, problems);
	return forEachMetric((id) => ({
		ignoreBelow,
		failOn: failOn.get(id) ?? null,
		budget: budget.get(id) ?? null
	}));
}
/** @throws SettingsError through `problems` when it is none of the metrics. */
function parseMetric(name, text, problems) {
	const id = METRIC_IDS.find((candidate) => candidate === text);
	if (id === void 0) problems.add(name, text, `one of ${ACCEPTED_METRICS}`);
	return id ?? "allocated";
}
function parseMetricLines(name, text, problems, parse) {
	const found = /* @__PURE__ */ new Map();
	for (const line of text.split("\n").map((part) => part.trim())) {
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

// src/settings/problems.ts
/** Collects what is wrong with inputs or flags, so that one run shows all of it. */
var Problems = class {
	#messages = [];
	#spell;
	/** @param spell how an input is written where the user wrote it: `fail-on` or `--fail-on` */
	constructor(spell) {
		this.#spell = spell;
	}
	/** @param accepted completes "accepted: …" */
	add(name, value, accepted) {
		this.#messages.push(`${this.#spell(name)} is ${JSON.stringify(clip(value))}; accepted: ${accepted}`);
	}
	addMessage(message) {
		this.#messages.push(message);
	}
	/** @throws SettingsError when there are any */
	throwIfAny() {
		if (this.#messages.length > 0) throw new SettingsError(this.#messages);
	}
};
function clip(value) {
	return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}

// src/settings/action-inputs.ts
/** Every input of action.yml; a test holds the two together. */
const ACTION_INPUTS = [
	"run",
	"build",
	"runs",
	"name",
	"base",
	"tracker",
	"install-tracker",
	"working-directory",
	"reuse-paths",
	"metric",
	"fail-on",
	"budget",
	"ignore-below",
	"comment",
	"build-timeout",
	"run-timeout",
	"fail-on-post-error",
	"github-token"
];
/**
* The Action's inputs as settings.
* @param environment the runner's: an input is `INPUT_` and its name in capitals, with spaces as `_` and `-` kept
* @throws SettingsError that lists everything wrong at once
*/
function readActionInputs(environment) {
	const problems = new Problems((name) => `input \`${name}\``);
	rejectUnknownInputs(environment, problems);
	const input = (name) => (environment[variableOf(name)] ?? "").trim();
	const run = input("run");
	if (run === "") problems.addMessage("input `run` is missing: the shell command that starts the program to measure");
	parseChoice("tracker", input("tracker"), ["heaptrack"], problems);
	const settings = {
		run,
		build: input("build") || null,
		runs: parseRuns("runs", input("runs"), problems),
		name: parseName("name", input("name"), problems),
		base: input("base") || null,
		installTracker: parseBoolean("install-tracker", input("install-tracker"), problems),
		workingDirectory: parseRelativePath("working-directory", input("working-directory"), problems),
		reusePaths: input("reuse-paths").split("\n").map((path) => path.trim()).filter((path) => path !== "").map((path) => parseRelativePath("reuse-paths", path, problems)),
		metric: parseMetric("metric", input("metric"), problems),
		limits: parseLimits({
			failOn: input("fail-on"),
			budget: input("budget"),
			ignoreBelow: input("ignore-below")
		}, problems),
		comment: parseChoice("comment", input("comment"), [
			"changes",
			"always",
			"never"
		], problems),
		buildTimeLimitSeconds: parseMinutes("build-timeout", input("build-timeout"), problems),
		runTimeLimitSeconds: parseMinutes("run-timeout", input("run-timeout"), problems),
		failOnPostError: parseBoolean("fail-on-post-error", input("fail-on-post-error"), problems)
	};
	problems.throwIfAny();
	return settings;
}
/** Name of the environment variable that carries an input (actions/runner, Handler.cs). */
function variableOf(input) {
	return `INPUT_${input.replaceAll(" ", "_").toUpperCase()}`;
}
function rejectUnknownInputs(environment, problems) {
	const known = new Set(ACTION_INPUTS.map(variableOf));
	for (const variable of Object.keys(environment)) if (variable.startsWith("INPUT_") && !known.has(variable)) {
		const name = variable.slice(6).toLowerCase();
		problems.addMessage(`input \`${name}\` is not known; accepted: ${ACTION_INPUTS.join(", ")}`);
	}
}

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

export { variableOf as i, readCommandLine as n, readActionInputs as r, HELP as t };