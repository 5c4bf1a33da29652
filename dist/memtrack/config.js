import { i as SettingsError } from "./errors.js";
import { b as METRIC_IDS } from "./profile.js";
import { d as quoteValue, f as suggestName, h as parseRelativePath, m as parseName, o as ACTION_INPUTS, p as parseOptions, r as PlacedProblems } from "./settings.js";
import { n as require_ajv, t as require_dist } from "../third-party/github.js";

// docs/memtrack.schema.json
var memtrack_schema_default = {
	$schema: "http://json-schema.org/draft-07/schema#",
	title: "memtrack: several benchmarks",
	description: "The file `.github/memtrack.yml`: the benchmarks that memtrack measures. Every key means what the input of that name means.",
	type: "object",
	required: ["benchmarks"],
	additionalProperties: false,
	properties: {
		"build": { "$ref": "#/definitions/build" },
		"reuse-paths": {
			"description": "Paths of the workspace, as a list or one a line (`target`, `build`, `node_modules`), copied into each checkout before anything is built, so that a restored build cache serves both sides.",
			"type": [
				"string",
				"number",
				"boolean",
				"array"
			],
			"items": { "type": [
				"string",
				"number",
				"boolean"
			] },
			"maxItems": 256,
			"examples": [["target", "node_modules"]]
		},
		"runs": { "$ref": "#/definitions/runs" },
		"working-directory": { "$ref": "#/definitions/working-directory" },
		"metric": { "$ref": "#/definitions/metric" },
		"fail-on": { "$ref": "#/definitions/fail-on" },
		"budget": { "$ref": "#/definitions/budget" },
		"ignore-below": { "$ref": "#/definitions/ignore-below" },
		"build-timeout": { "$ref": "#/definitions/build-timeout" },
		"run-timeout": { "$ref": "#/definitions/run-timeout" },
		"benchmarks": {
			"description": "What is measured, in this order. All other keys at the top of the file are defaults for these; a key of a benchmark takes the place of the default, whole.",
			"type": "array",
			"minItems": 1,
			"maxItems": 256,
			"items": { "$ref": "#/definitions/benchmark" }
		}
	},
	definitions: {
		"benchmark": {
			"description": "One program to measure, and its limits.",
			"type": "object",
			"required": ["name", "run"],
			"additionalProperties": false,
			"properties": {
				"name": {
					"description": "The benchmark's name in the comment and the artifacts. No two may differ in capitals alone.",
					"type": [
						"string",
						"number",
						"boolean"
					],
					"pattern": "^[\\p{L}\\p{N}][\\p{L}\\p{N} ._/+-]{0,79}$"
				},
				"run": {
					"description": "Shell script that starts the program. One line: its command is the one traced. Several lines: put `$MEMTRACK` before each command to trace. `cargo run`, `cargo test` and `cargo bench`: the binaries that cargo starts are traced.",
					"type": [
						"string",
						"number",
						"boolean"
					],
					"minLength": 1
				},
				"build": { "$ref": "#/definitions/build" },
				"runs": { "$ref": "#/definitions/runs" },
				"working-directory": { "$ref": "#/definitions/working-directory" },
				"metric": { "$ref": "#/definitions/metric" },
				"fail-on": { "$ref": "#/definitions/fail-on" },
				"budget": { "$ref": "#/definitions/budget" },
				"ignore-below": { "$ref": "#/definitions/ignore-below" },
				"build-timeout": { "$ref": "#/definitions/build-timeout" },
				"run-timeout": { "$ref": "#/definitions/run-timeout" }
			}
		},
		"build": {
			"description": "Shell script that builds the program, run first in each checkout. An empty text builds nothing.",
			"type": [
				"string",
				"number",
				"boolean"
			],
			"examples": ["make", "cargo build --release"]
		},
		"runs": {
			"description": "Runs of each side. More than one measures how much the numbers vary from run to run, and a change within that is no change. Three or more let `fail-on` judge the peak of a program with threads.",
			"type": ["integer", "string"],
			"minimum": 1,
			"maximum": 20,
			"pattern": "^[0-9]{1,3}$",
			"default": 1
		},
		"working-directory": {
			"description": "Where `build` and `run` start, relative to the root of each checkout.",
			"type": [
				"string",
				"number",
				"boolean"
			],
			"default": "."
		},
		"metric": {
			"description": "The headline metric.",
			"enum": [
				"allocated",
				"allocations",
				"temporary",
				"peak",
				"leaked"
			],
			"default": "allocated"
		},
		"fail-on": {
			"description": "Growth that fails: `5%`, `1 MB`, or `5% and 10 kB` when both must be exceeded. A limit for each metric, or text with one `metric: limit` a line.",
			"type": ["string", "object"],
			"additionalProperties": false,
			"properties": {
				"allocated": { "$ref": "#/definitions/limit" },
				"allocations": { "$ref": "#/definitions/limit" },
				"temporary": { "$ref": "#/definitions/limit" },
				"peak": { "$ref": "#/definitions/limit" },
				"leaked": { "$ref": "#/definitions/limit" }
			},
			"examples": [{
				"allocated": "5% and 10 kB",
				"leaked": 0
			}]
		},
		"budget": {
			"description": "Ceilings on head: a size such as `64 MB`, or a number of calls for `allocations` and `temporary`. A limit for each metric, or text with one `metric: size` a line.",
			"type": ["string", "object"],
			"additionalProperties": false,
			"properties": {
				"allocated": { "$ref": "#/definitions/limit" },
				"allocations": { "$ref": "#/definitions/limit" },
				"temporary": { "$ref": "#/definitions/limit" },
				"peak": { "$ref": "#/definitions/limit" },
				"leaked": { "$ref": "#/definitions/limit" }
			},
			"examples": [{ "peak": "64 MB" }]
		},
		"limit": {
			"type": ["string", "number"],
			"examples": [
				"5%",
				"1 MB",
				"5% and 10 kB",
				0
			]
		},
		"ignore-below": {
			"description": "Smaller changes count as no change, whatever the limits say.",
			"type": ["string", "number"],
			"default": "0.1% and 1 kB"
		},
		"build-timeout": {
			"description": "Minutes that `build` may take on each side.",
			"type": ["number", "string"],
			"exclusiveMinimum": 0,
			"maximum": 1e4,
			"default": 30
		},
		"run-timeout": {
			"description": "Minutes that each run may take.",
			"type": ["number", "string"],
			"exclusiveMinimum": 0,
			"maximum": 1e4,
			"default": 15
		}
	}
};

// src/settings/config-schema.ts
var import_ajv = require_ajv();
let validate = null;
/** What the published schema has against a config file; compiled when it is first asked. */
function checkAgainstSchema(data) {
	validate ??= new import_ajv.Ajv({
		allErrors: true,
		allowUnionTypes: true,
		verbose: true
	}).compile(memtrack_schema_default);
	validate(data);
	return validate.errors ?? [];
}

// src/settings/yaml-tree.ts
var import_dist = require_dist();
/** Three times what 256 benchmarks with every key have; what aliases repeat counts each time. */
const MAX_YAML_VALUES = 2e4;
/** Deeper values are left out, for whoever checks the shape to find something missing there. */
const MAX_DEPTH = 8;
/** Values in values. The parser calls itself for each, and what a full call stack throws is not always a RangeError. */
const MAX_YAML_NESTING = 100;
/**
* @returns the file's value, with problems for whoever reads it further
* @throws SettingsError when it is not YAML
*/
function parseYaml(source, path) {
	const lineCounter = new import_dist.LineCounter();
	const problems = new PlacedProblems((offset) => {
		const { line, col } = lineCounter.linePos(offset);
		return `${path}:${line}:${col}`;
	});
	const [document, second] = compose(source, lineCounter, problems);
	for (const { pos, message } of [...document?.errors ?? [], ...document?.warnings ?? []]) problems.add(pos[0], `this YAML is not understood: ${message.slice(0, 200)}`);
	if (second !== void 0) problems.add(second.range[0], "this YAML is not understood: there is a second document");
	problems.throwIfAny();
	const root = new TreeBuilder(source, lineCounter, problems).build(document?.contents, 0);
	problems.throwIfAny();
	return {
		root,
		problems
	};
}
/** Its documents, of which there should be one. */
function compose(source, lineCounter, problems) {
	const composer = new import_dist.Composer({
		uniqueKeys: false,
		logLevel: "error",
		schema: "core"
	});
	const tokens = parseTokens(source, lineCounter, problems);
	return composer.compose(tokens, true, source.length);
}
/** @throws SettingsError where nesting gets too deep */
function* parseTokens(source, lineCounter, problems) {
	lineCounter.addNewLine(0);
	const parser = new import_dist.Parser(lineCounter.addNewLine);
	for (const lexeme of new import_dist.Lexer().lex(source)) {
		const { offset } = parser;
		yield* parser.next(lexeme);
		if (parser.stack.length - 1 > 100) {
			problems.add(offset, `values are nested more than ${100} deep`);
			problems.throwIfAny();
		}
	}
	yield* parser.end();
}
var TreeBuilder = class {
	#source;
	#lines;
	#problems;
	#anchors = /* @__PURE__ */ new Map();
	#valuesLeft = MAX_YAML_VALUES;
	constructor(source, lines, problems) {
		this.#source = source;
		this.#lines = lines;
		this.#problems = problems;
	}
	build(node, offset, depth = 0) {
		if (this.#valuesLeft-- === 0) {
			this.#problems.add(offset, `more than ${MAX_YAML_VALUES} values`);
			this.#problems.throwIfAny();
		}
		if (depth > MAX_DEPTH) return nothingAt(offset);
		if ((0, import_dist.isAlias)(node)) return this.#buildAlias(node.source, startOf(node, offset), depth);
		if ((0, import_dist.isScalar)(node)) {
			this.#remember(node);
			return this.#buildText(node, startOf(node, offset));
		}
		if ((0, import_dist.isSeq)(node)) {
			this.#remember(node);
			const start = startOf(node, offset);
			return {
				kind: "list",
				offset: start,
				items: node.items.map((item) => this.build(item, start, depth + 1))
			};
		}
		if ((0, import_dist.isMap)(node)) {
			this.#remember(node);
			return this.#buildMap(node.items, startOf(node, offset), depth);
		}
		return nothingAt(offset);
	}
	/** The value is the anchor's; it stands where the alias does, its parts where they are written. */
	#buildAlias(name, offset, depth) {
		const node = this.#anchors.get(name);
		if (node !== void 0) return {
			...this.build(node, offset, depth + 1),
			offset
		};
		this.#problems.add(offset, `the alias ${JSON.stringify(name.slice(0, 80))} has no anchor above it`);
		return nothingAt(offset);
	}
	#buildText(node, offset) {
		const { value } = node;
		const written = typeof value === "string" ? value : node.source ?? "";
		const text = written.trim();
		return {
			kind: "text",
			offset,
			value: value === null || typeof value === "number" || typeof value === "boolean" ? value : text,
			text,
			lineOffset: node.type === "BLOCK_LITERAL" ? this.#linesOfBlock(offset, written) : () => offset
		};
	}
	/** The lines of a literal block are those below its `|`; blank ones before the text are not part of it. */
	#linesOfBlock(headerOffset, written) {
		const blank = written.slice(0, written.length - written.trimStart().length);
		const firstLine = this.#lines.linePos(headerOffset).line + blank.split("\n").length;
		return (line) => {
			let offset = this.#lines.lineStarts[firstLine - 1 + line] ?? headerOffset;
			while (this.#source[offset] === " ") offset++;
			return offset;
		};
	}
	#buildMap(pairs, offset, depth) {
		const entries = /* @__PURE__ */ new Map();
		for (const { key, value } of pairs) {
			const keyOffset = startOf(key, offset);
			const built = this.build(value, keyOffset, depth + 1);
			if (!(0, import_dist.isScalar)(key)) {
				this.#problems.add(keyOffset, "a key is not text");
				continue;
			}
			const name = typeof key.value === "string" ? key.value : key.source ?? "";
			if (entries.has(name)) this.#problems.add(keyOffset, `the key ${JSON.stringify(name.slice(0, 80))} is there already`);
			else entries.set(name, {
				keyOffset,
				value: built
			});
		}
		return {
			kind: "map",
			offset,
			entries
		};
	}
	#remember(node) {
		if (node.anchor !== void 0) this.#anchors.set(node.anchor, node);
	}
};
function startOf(node, otherwise) {
	return (node?.range)?.[0] ?? otherwise;
}
function nothingAt(offset) {
	return {
		kind: "text",
		offset,
		value: null,
		text: "",
		lineOffset: () => offset
	};
}
/** The tree as plain data; no name in it has a meaning of its own. */
function toData(value) {
	if (value.kind === "text") return value.value;
	if (value.kind === "list") return value.items.map(toData);
	const data = Object.create(null);
	for (const [key, entry] of value.entries) data[key] = toData(entry.value);
	return data;
}

// src/settings/config-file.ts
/** A larger file is refused unread. */
const MAX_CONFIG_BYTES = 262144;
/**
* @param path shown in messages
* @throws SettingsError that lists everything wrong at once, as `PATH:LINE:COLUMN: message`
*/
function parseConfig(text, path) {
	if (text.length > 262144) throw new SettingsError([`${path} has ${text.length} characters; accepted: up to ${MAX_CONFIG_BYTES}`]);
	const { root, problems } = parseYaml(text, path);
	const config = readConfig(root, path, problems);
	explainSchemaErrors(root, checkAgainstSchema(toData(root)), problems);
	problems.throwIfAny();
	return config;
}
/** Takes what it finds; what is missing or of another shape is for the schema to say. */
function readConfig(root, path, problems) {
	return {
		path,
		reusePaths: readReusePaths(find(root, "reuse-paths"), problems),
		defaults: readOptions(root, problems),
		benchmarks: readBenchmarks(find(root, "benchmarks"), problems)
	};
}
function find(parent, key) {
	return parent.kind === "map" ? parent.entries.get(key)?.value ?? null : null;
}
/** The value of a key, when it is one and not a list, a mapping or nothing. */
function findText(parent, key) {
	const value = find(parent, key);
	return value?.kind === "text" && value.value !== null ? value : null;
}
function readReusePaths(value, problems) {
	if (value === null) return null;
	return (value.kind === "list" ? value.items : [value]).flatMap((entry) => linesOf(entry, problems)).filter(({ text }) => text.trim() !== "").map((line) => parseRelativePath("reuse-paths", line.text.trim(), line.problems));
}
function readBenchmarks(list, problems) {
	if (list?.kind !== "list") return [];
	const seen = /* @__PURE__ */ new Map();
	return list.items.map((item) => {
		const nameText = findText(item, "name");
		const runText = findText(item, "run");
		if (runText?.text === "") problems.at(runText.offset).add("run", "", "the shell script that starts the program");
		return {
			name: nameText === null ? "" : readUniqueName(nameText, seen, problems),
			run: runText?.text ?? "",
			options: readOptions(item, problems)
		};
	});
}
/** Names become names of files, on disks that do not tell capitals apart too. */
function readUniqueName({ text, offset }, seen, problems) {
	const name = parseName("name", text, problems.at(offset));
	const folded = name.normalize("NFKC").toLowerCase();
	const other = seen.get(folded);
	if (other === void 0) seen.set(folded, name);
	else {
		const like = other === name ? "is there already" : `is ${quoteValue(other)} but for its capitals`;
		problems.add(offset, `the name ${quoteValue(name)} ${like}; accepted: another name for each benchmark`);
	}
	return name;
}
function readOptions(parent, problems) {
	return parseOptions((key) => {
		const value = find(parent, key);
		if (value === null || value.kind === "list" || value.kind === "text" && value.value === null) return null;
		if (value.kind === "map" && key !== "fail-on" && key !== "budget") return null;
		return {
			text: value.kind === "text" ? value.text : "",
			lines: linesOf(value, problems),
			problems: problems.at(value.offset)
		};
	});
}
/** A text by its lines; a mapping as the text with one `key: value` a line that it stands for. */
function linesOf(value, problems) {
	if (value.kind === "text") return value.text.split("\n").map((text, line) => ({
		text,
		problems: problems.at(value.lineOffset(line))
	}));
	if (value.kind === "list") return [];
	return METRIC_IDS.flatMap((id) => {
		const limit = findText(value, id);
		return limit === null ? [] : [{
			text: `${id}: ${limit.text}`,
			problems: problems.at(limit.offset)
		}];
	});
}
/** In our words; what the readers above found fault with already is not told twice. */
function explainSchemaErrors(root, errors, problems) {
	const explained = new Set(problems.offsets());
	for (const error of errors) {
		const value = valueAt(root, error.instancePath);
		if (error.keyword === "additionalProperties") explainUnknownKey(value, error, problems);
		else if (error.keyword === "required") {
			const missing = error.params.missingProperty;
			problems.add(value.offset, `\`${missing}\` is missing; ${REQUIRED_KEYS}`);
		} else if (!explained.has(value.offset)) {
			explained.add(value.offset);
			problems.add(value.offset, describeWrongValue(value, error));
		}
	}
}
const REQUIRED_KEYS = "the file has a list `benchmarks`, and each benchmark a `name` and a `run`";
function valueAt(root, pointer) {
	let value = root;
	for (const key of keysOf(pointer)) {
		const next = value.kind === "list" ? value.items[Number(key)] : find(value, key);
		if (next) value = next;
	}
	return value;
}
/** Of a JSON pointer (RFC 6901). */
function keysOf(pointer) {
	return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function explainUnknownKey(parent, error, problems) {
	const key = error.params.additionalProperty;
	const accepted = Object.keys(error.parentSchema?.properties ?? {});
	const offset = parent.kind === "map" ? parent.entries.get(key)?.keyOffset : void 0;
	const hint = ACTION_INPUTS.some((input) => input === key) ? " (as an input of the Action it belongs into the workflow)" : suggestName(key, accepted);
	problems.add(offset ?? parent.offset, `${quoteValue(key)} is not a key here${hint}; accepted: ${accepted.join(", ")}`);
}
const WORD_OF_TYPE = /* @__PURE__ */ new Map([
	["string", "text"],
	["number", "a number"],
	["integer", "a whole number"],
	["object", "a mapping"],
	["array", "a list"]
]);
function describeWrongValue(value, error) {
	const key = keysOf(error.instancePath).findLast((part) => !/^\d+$/.test(part));
	const name = key === void 0 ? "the file" : `\`${key}\``;
	const { type, enum: choices, minItems = 0, maxItems, required } = error.parentSchema ?? {};
	if (value.kind === "text" && value.value === null) return `${name} has no value; give one${key === void 0 ? `: ${REQUIRED_KEYS}` : ", or leave the key out"}`;
	if (value.kind === "list" && error.keyword.endsWith("Items")) return `${name} has ${value.items.length} entries; accepted: ${minItems} to ${maxItems}`;
	const shown = quoteValue(value.kind === "text" ? value.text : JSON.stringify(toData(value)));
	if (error.keyword === "enum") return `${name} is ${shown}; accepted: ${choices.join(", ")}`;
	if (error.keyword !== "type") return `${name} is ${shown}; it ${error.message}`;
	const keys = required ? ` with ${required.join(" and ")}` : "";
	return `${name} is ${shown}; accepted: ${wordsOfTypes(type)}${keys}`;
}
/** The first type is what is meant; the other plain ones only spell it without quotes. */
function wordsOfTypes(types) {
	return [types].flat().filter((type, index) => index === 0 || type === "object" || type === "array").map((type) => WORD_OF_TYPE.get(type) ?? type).join(" or ");
}

export { parseConfig as n, MAX_CONFIG_BYTES as t };