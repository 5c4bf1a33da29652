import { r as MeasurementError } from "./errors.js";
import { _ as SIZE_BUCKET_COUNT, b as METRIC_IDS, g as MAX_SERIES_POINTS, h as checkProfile, m as checkFramePaths, p as PROFILE_CAPS, x as forEachMetric } from "./profile.js";

// src/measurement/bytes.ts
/** Numbers are little-endian, whatever the machine. */
/** Writes into an array of a length that is known before. */
var ByteWriter = class {
	bytes;
	#view;
	#position = 0;
	/** @param length of all that will be written */
	constructor(length) {
		this.bytes = new Uint8Array(length);
		this.#view = new DataView(this.bytes.buffer);
	}
	raw(bytes) {
		this.bytes.set(bytes, this.#position);
		this.#position += bytes.length;
	}
	uint32(value) {
		this.#view.setUint32(this.#position, value, true);
		this.#position += 4;
	}
	int32Column(column) {
		for (let row = 0; row < column.length; row++) {
			this.#view.setInt32(this.#position, column[row], true);
			this.#position += 4;
		}
	}
	float64Column(column) {
		for (let row = 0; row < column.length; row++) {
			this.#view.setFloat64(this.#position, column[row], true);
			this.#position += 8;
		}
	}
};
/** Reads what a ByteWriter wrote. Whoever calls knows that there are as many bytes as they ask for. */
var ByteReader = class {
	#bytes;
	#view;
	#position = 0;
	constructor(bytes) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	raw(length) {
		this.#position += length;
		return this.#bytes.subarray(this.#position - length, this.#position);
	}
	uint32() {
		this.#position += 4;
		return this.#view.getUint32(this.#position - 4, true);
	}
	int32Column(length) {
		const column = new Int32Array(length);
		for (let row = 0; row < length; row++) {
			column[row] = this.#view.getInt32(this.#position, true);
			this.#position += 4;
		}
		return column;
	}
	float64Column(length) {
		const column = new Float64Array(length);
		for (let row = 0; row < length; row++) {
			column[row] = this.#view.getFloat64(this.#position, true) + 0;
			this.#position += 8;
		}
		return column;
	}
};
/** @throws MeasurementError beyond `maxBytes` */
function encodeTexts(texts, maxBytes, where) {
	const encoder = new TextEncoder();
	const parts = texts.map((text) => encoder.encode(text));
	const size = parts.reduce((sum, part) => sum + part.length, 0);
	if (size > maxBytes) throw new MeasurementError(`${where} of the measurement take ${size} bytes; the limit is ${maxBytes}`);
	const bytes = new Uint8Array(size);
	let position = 0;
	for (const part of parts) {
		bytes.set(part, position);
		position += part.length;
	}
	return {
		lengths: Int32Array.from(parts, (part) => part.length),
		bytes
	};
}
/** @throws MeasurementError where the lengths do not add up to the bytes, or the bytes are no UTF-8 */
function decodeTexts({ lengths, bytes }, where) {
	const decoder = new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	});
	const texts = [];
	let position = 0;
	for (const length of lengths) {
		if (length < 0 || length > bytes.length - position) damaged(where);
		try {
			texts.push(decoder.decode(bytes.subarray(position, position + length)));
		} catch (cause) {
			damaged(where, cause);
		}
		position += length;
	}
	if (position !== bytes.length) damaged(where);
	return texts;
}
function damaged(where, cause) {
	throw new MeasurementError(`the measurement is damaged: ${where} are not what their lengths say`, { cause });
}

// src/measurement/header.ts
/** The longest texts of the header, in UTF-16 units. The writer cuts to these, the reader insists on them. */
const TEXT_CAPS = {
	name: 512,
	version: 64,
	label: 512,
	command: 8192,
	notes: 20,
	note: 1e3,
	message: 4096,
	lastLines: 20,
	lastLine: 1e3,
	runs: 1e3
};
/** Cuts what is too long, and fixes the order of keys: same header, same text. */
function formatHeader({ name, tracker, base, head, notes }) {
	return JSON.stringify({
		name: cut(name, TEXT_CAPS.name),
		tracker: {
			name: cut(tracker.name, TEXT_CAPS.name),
			version: cut(tracker.version, TEXT_CAPS.version)
		},
		base: base && formatSide(base),
		head: formatSide(head),
		notes: cutNotes(notes)
	});
}
function formatSide({ sha, label, isFromCache, outcome, notes }) {
	return {
		sha,
		label: cut(label, TEXT_CAPS.label),
		isFromCache,
		notes: cutNotes(notes),
		outcome: formatOutcome(outcome)
	};
}
function formatOutcome(outcome) {
	if (outcome.kind === "failed") return {
		kind: outcome.kind,
		phase: outcome.phase,
		message: cut(outcome.message, TEXT_CAPS.message),
		lastLines: outcome.lastLines.slice(-TEXT_CAPS.lastLines).map((line) => line.slice(-TEXT_CAPS.lastLine).toWellFormed())
	};
	const { facts, size } = outcome;
	const cutFact = (text) => text && cut(text, TEXT_CAPS.command);
	return {
		kind: outcome.kind,
		runs: outcome.runs.map((totals) => forEachMetric((id) => totals[id])),
		isThreaded: outcome.isThreaded,
		facts: {
			metrics: facts.metrics,
			command: cutFact(facts.command),
			recordedBy: cutFact(facts.recordedBy),
			executable: facts.executable,
			events: facts.events,
			isThreaded: facts.isThreaded,
			timeline: facts.timeline && formatTimeline(facts.timeline),
			sizes: facts.sizes && {
				calls: [...facts.sizes.calls],
				bytes: [...facts.sizes.bytes]
			}
		},
		size: {
			strings: size.strings,
			stringBytes: size.stringBytes,
			frames: size.frames,
			stacks: size.stacks,
			paths: size.paths,
			pathBytes: size.pathBytes
		}
	};
}
function formatTimeline({ byEvents, byTime, programs }) {
	const format = ({ at, live }) => ({
		at: [...at],
		live: [...live]
	});
	return {
		byEvents: format(byEvents),
		byTime: format(byTime),
		programs
	};
}
function cutNotes(notes) {
	return notes.slice(0, TEXT_CAPS.notes).map((note) => cut(note, TEXT_CAPS.note));
}
/** Cuts a text that is longer than the reader accepts, and mends what UTF-8 cannot say: halves of characters. */
function cut(text, maxLength) {
	return text.slice(0, maxLength).toWellFormed();
}
/** @throws MeasurementError for anything that `formatHeader` does not write */
function parseHeader(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new MeasurementError("the measurement is damaged: its header is not JSON", { cause });
	}
	const header = readObject(value, "header", [
		"name",
		"tracker",
		"base",
		"head",
		"notes"
	]);
	const tracker = readObject(header.tracker, "tracker", ["name", "version"]);
	return {
		name: readText(header.name, "name", TEXT_CAPS.name),
		tracker: {
			name: readText(tracker.name, "tracker.name", TEXT_CAPS.name),
			version: readText(tracker.version, "tracker.version", TEXT_CAPS.version)
		},
		base: header.base === null ? null : readSide$1(header.base, "base"),
		head: readSide$1(header.head, "head"),
		notes: readTexts$1(header.notes, "notes", TEXT_CAPS.notes, TEXT_CAPS.note)
	};
}
function readSide$1(value, where) {
	const side = readObject(value, where, [
		"sha",
		"label",
		"isFromCache",
		"notes",
		"outcome"
	]);
	const { sha } = side;
	if (sha !== null && !(typeof sha === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha))) refuse(`${where}.sha`, "null or a full commit id");
	return {
		sha,
		label: readText(side.label, `${where}.label`, TEXT_CAPS.label),
		isFromCache: readBoolean(side.isFromCache, `${where}.isFromCache`),
		notes: readTexts$1(side.notes, `${where}.notes`, TEXT_CAPS.notes, TEXT_CAPS.note),
		outcome: readOutcome(side.outcome, `${where}.outcome`)
	};
}
function readOutcome(value, where) {
	if (isObject(value) && Object.hasOwn(value, "kind") && value.kind === "failed") {
		const failed = readObject(value, where, [
			"kind",
			"phase",
			"message",
			"lastLines"
		]);
		const { phase } = failed;
		if (phase !== "checkout" && phase !== "build" && phase !== "run" && phase !== "trace") refuse(`${where}.phase`, "checkout, build, run or trace");
		return {
			kind: "failed",
			phase,
			message: readText(failed.message, `${where}.message`, TEXT_CAPS.message),
			lastLines: readTexts$1(failed.lastLines, `${where}.lastLines`, TEXT_CAPS.lastLines, TEXT_CAPS.lastLine)
		};
	}
	const measured = readObject(value, where, [
		"kind",
		"runs",
		"isThreaded",
		"facts",
		"size"
	]);
	if (measured.kind !== "measured") refuse(`${where}.kind`, "measured or failed");
	return {
		kind: "measured",
		runs: readArray(measured.runs, `${where}.runs`, TEXT_CAPS.runs).map((run, index) => readTotals(run, `${where}.runs[${index}]`)),
		isThreaded: readBoolean(measured.isThreaded, `${where}.isThreaded`),
		facts: readFacts(measured.facts, `${where}.facts`),
		size: readSize(measured.size, `${where}.size`)
	};
}
function readTotals(value, where) {
	const totals = readObject(value, where, METRIC_IDS);
	return forEachMetric((id) => readCount(totals[id], `${where}.${id}`, Number.MAX_SAFE_INTEGER));
}
function readFacts(value, where) {
	const facts = readObject(value, where, [
		"metrics",
		"command",
		"recordedBy",
		"executable",
		"events",
		"isThreaded",
		"timeline",
		"sizes"
	]);
	const metrics = readArray(facts.metrics, `${where}.metrics`, METRIC_IDS.length);
	const readFact = (fact, name, maxLength = TEXT_CAPS.command) => fact === null ? null : readText(fact, `${where}.${name}`, maxLength);
	return {
		metrics: metrics.map((id) => {
			if (!METRIC_IDS.some((known) => known === id)) refuse(`${where}.metrics`, METRIC_IDS.join(", "));
			return id;
		}),
		command: readFact(facts.command, "command"),
		recordedBy: readFact(facts.recordedBy, "recordedBy"),
		executable: readFact(facts.executable, "executable", PROFILE_CAPS.stringLength),
		events: readCount(facts.events, `${where}.events`, Number.MAX_SAFE_INTEGER),
		isThreaded: readBoolean(facts.isThreaded, `${where}.isThreaded`),
		timeline: facts.timeline === null ? null : readTimeline(facts.timeline, `${where}.timeline`),
		sizes: facts.sizes === null ? null : readHistogram(facts.sizes, `${where}.sizes`)
	};
}
function readTimeline(value, where) {
	const timeline = readObject(value, where, [
		"byEvents",
		"byTime",
		"programs"
	]);
	return {
		byEvents: readSeries(timeline.byEvents, `${where}.byEvents`),
		byTime: readSeries(timeline.byTime, `${where}.byTime`),
		programs: readCount(timeline.programs, `${where}.programs`, PROFILE_CAPS.programs, 1)
	};
}
function readSeries(value, where) {
	const series = readObject(value, where, ["at", "live"]);
	return {
		at: readCounts(series.at, `${where}.at`, MAX_SERIES_POINTS),
		live: readCounts(series.live, `${where}.live`, MAX_SERIES_POINTS)
	};
}
function readHistogram(value, where) {
	const sizes = readObject(value, where, ["calls", "bytes"]);
	return {
		calls: readCounts(sizes.calls, `${where}.calls`, SIZE_BUCKET_COUNT),
		bytes: readCounts(sizes.bytes, `${where}.bytes`, SIZE_BUCKET_COUNT)
	};
}
function readSize(value, where) {
	const size = readObject(value, where, [
		"strings",
		"stringBytes",
		"frames",
		"stacks",
		"paths",
		"pathBytes"
	]);
	const count = (key, cap, least = 0) => readCount(size[key], `${where}.${key}`, cap, least);
	return {
		strings: count("strings", PROFILE_CAPS.strings),
		stringBytes: count("stringBytes", 2 ** 31),
		frames: count("frames", PROFILE_CAPS.frames),
		stacks: count("stacks", PROFILE_CAPS.stacks),
		paths: count("paths", PROFILE_CAPS.paths, -1),
		pathBytes: count("pathBytes", 2 ** 31)
	};
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** JSON.parse makes `__proto__` a key like any other, so it is refused like any other. */
function readObject(value, where, keys) {
	if (!isObject(value)) refuse(where, "an object");
	if (Object.keys(value).length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) refuse(where, `an object of ${keys.join(", ")} and nothing else`);
	return value;
}
function readArray(value, where, maxLength) {
	if (!Array.isArray(value) || value.length > maxLength) refuse(where, `a list of at most ${maxLength}`);
	return value;
}
function readCounts(value, where, maxLength) {
	return Float64Array.from(readArray(value, where, maxLength), (count, index) => readCount(count, `${where}[${index}]`, Number.MAX_SAFE_INTEGER));
}
function readTexts$1(value, where, maxLength, maxTextLength) {
	return readArray(value, where, maxLength).map((text, index) => readText(text, `${where}[${index}]`, maxTextLength));
}
function readText(value, where, maxLength) {
	if (typeof value !== "string" || value.length > maxLength) refuse(where, `text of at most ${maxLength} characters`);
	return value;
}
function readCount(value, where, most, least = 0) {
	if (!Number.isSafeInteger(value)) refuse(where, `a whole number from ${least} to ${most}`);
	const count = value;
	if (count < least || count > most) refuse(where, `a whole number from ${least} to ${most}`);
	return count === 0 ? 0 : count;
}
function readBoolean(value, where) {
	if (typeof value !== "boolean") refuse(where, "true or false");
	return value;
}
function refuse(where, accepted) {
	throw new MeasurementError(`the measurement cannot be used: ${where} must be ${accepted}`);
}

// src/measurement/codec.ts
const MAGIC = new TextEncoder().encode("MEMTRACK");
/** Of the bytes. A reader takes its own version only. */
const MEASUREMENT_VERSION = 1;
const PREAMBLE_BYTES = MAGIC.length + 8;
/** The largest measurement that is written or read. The caps on what is in it are in check-profile.ts and header.ts. */
const MEASUREMENT_CAPS = {
	/** Two sides of 5 million stacks, and their names. */
	bytes: 640 * 1024 ** 2,
	headerBytes: 2 * 1024 ** 2,
	/** Of one side's names, or paths. */
	textBytes: 128 * 1024 ** 2
};
/**
* Writes a measurement. Texts that are longer than the reader accepts are cut.
* @throws MeasurementError for one that the reader would refuse: larger than the caps, or unsound
*/
function encodeMeasurement(measurement) {
	const base = measurement.base && prepareSide(measurement.base, "base");
	const head = prepareSide(measurement.head, "head");
	const text = formatHeader({
		...measurement,
		base: base?.header ?? null,
		head: head.header
	});
	parseHeader(text);
	const header = new TextEncoder().encode(text);
	const columns = [base?.columns, head.columns].filter((side) => side != null);
	const length = columns.reduce((sum, { size, profile }) => sum + columnBytes(size, profile.facts.metrics.length), PREAMBLE_BYTES + header.length);
	checkSize(length, header.length);
	const writer = new ByteWriter(length);
	writer.raw(MAGIC);
	writer.uint32(1);
	writer.uint32(header.length);
	writer.raw(header);
	for (const side of columns) writeColumns(writer, side);
	return writer.bytes;
}
/**
* Reads a measurement from bytes that anybody may have made.
* @throws MeasurementError for everything that `encodeMeasurement` does not write; for another version it says what to do
*/
function decodeMeasurement(bytes) {
	if (bytes.length < PREAMBLE_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte)) throw new MeasurementError("this is not a measurement of memtrack");
	const reader = new ByteReader(bytes);
	reader.raw(MAGIC.length);
	const version = reader.uint32();
	if (version !== 1) throw new MeasurementError(`the measurement was written by version ${version} of its format, this reads version ${1}: use the same release of memtrack-action in both workflows`);
	const headerLength = reader.uint32();
	checkSize(bytes.length, headerLength);
	if (headerLength > bytes.length - PREAMBLE_BYTES) cutOff();
	const header = parseHeader(decodeHeader(reader.raw(headerLength)));
	if ([header.base, header.head].map((side) => side?.outcome).reduce((sum, side) => sum + (side?.kind === "measured" ? columnBytes(side.size, side.facts.metrics.length) : 0), PREAMBLE_BYTES + headerLength) !== bytes.length) cutOff();
	const { name, tracker, notes } = header;
	return {
		name,
		tracker,
		base: header.base && readSide(reader, header.base, "base"),
		head: readSide(reader, header.head, "head"),
		notes
	};
}
function checkSize(length, headerLength) {
	if (length > MEASUREMENT_CAPS.bytes || headerLength > MEASUREMENT_CAPS.headerBytes) throw new MeasurementError(`the measurement has ${length} bytes, ${headerLength} of them header; the limits are ${MEASUREMENT_CAPS.bytes} and ${MEASUREMENT_CAPS.headerBytes}`);
}
function cutOff() {
	throw new MeasurementError("the measurement is damaged: it is shorter or longer than it says");
}
function decodeHeader(bytes) {
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch (cause) {
		throw new MeasurementError("the measurement is damaged: its header is no UTF-8", { cause });
	}
}
/** Bytes of one side's columns. */
function columnBytes(size, metrics) {
	return 4 * size.strings + size.stringBytes + (size.paths < 0 ? 0 : 4 * size.paths + size.pathBytes + 4 * size.frames) + 16 * size.frames + (8 + 8 * metrics) * size.stacks;
}
function prepareSide(side, where) {
	const { outcome } = side;
	if (outcome.kind === "failed") return {
		header: {
			...side,
			outcome
		},
		columns: null
	};
	const { kind, runs, isThreaded, ownPaths } = outcome;
	const profile = cutStrings(outcome.profile);
	checkProfile(profile, `${where}.profile`);
	if (ownPaths !== null) checkFramePaths(ownPaths, profile, `${where}.ownPaths`);
	const strings = encodeTexts(profile.strings, MEASUREMENT_CAPS.textBytes, `${where}: names`);
	const paths = ownPaths && {
		...encodeTexts(ownPaths.paths, MEASUREMENT_CAPS.textBytes, `${where}: paths`),
		ofFrame: ownPaths.ofFrame
	};
	const size = {
		strings: profile.strings.length,
		stringBytes: strings.bytes.length,
		frames: profile.frames.length,
		stacks: profile.stacks.length,
		paths: ownPaths?.paths.length ?? -1,
		pathBytes: paths?.bytes.length ?? 0
	};
	const measured = {
		kind,
		runs,
		isThreaded,
		facts: profile.facts,
		size
	};
	return {
		header: {
			...side,
			outcome: measured
		},
		columns: {
			size,
			strings,
			paths,
			profile
		}
	};
}
/** What tells the executable from other modules is that both are the same text, so both are cut alike. */
function cutStrings(profile) {
	const { executable } = profile.facts;
	return {
		...profile,
		facts: {
			...profile.facts,
			executable: executable && cut(executable, PROFILE_CAPS.stringLength)
		},
		strings: profile.strings.map((text) => cut(text, PROFILE_CAPS.stringLength))
	};
}
function writeColumns(writer, { strings, paths, profile }) {
	const { frames, stacks, costs, facts } = profile;
	writer.int32Column(strings.lengths);
	writer.raw(strings.bytes);
	if (paths !== null) {
		writer.int32Column(paths.lengths);
		writer.raw(paths.bytes);
		writer.int32Column(paths.ofFrame);
	}
	for (const column of [
		frames.function,
		frames.file,
		frames.line,
		frames.module
	]) writer.int32Column(column);
	for (const column of [stacks.prefix, stacks.frame]) writer.int32Column(column);
	for (const id of facts.metrics) writer.float64Column(costs[id]);
}
function readSide(reader, side, where) {
	const { outcome } = side;
	return {
		...side,
		outcome: outcome.kind === "failed" ? outcome : readMeasured(reader, outcome, where)
	};
}
function readMeasured(reader, header, where) {
	const { kind, runs, isThreaded, facts, size } = header;
	const strings = readTexts(reader, size.strings, size.stringBytes, `${where}: names`);
	const ownPaths = size.paths < 0 ? null : {
		paths: readTexts(reader, size.paths, size.pathBytes, `${where}: paths`),
		ofFrame: reader.int32Column(size.frames)
	};
	const frames = {
		length: size.frames,
		function: reader.int32Column(size.frames),
		file: reader.int32Column(size.frames),
		line: reader.int32Column(size.frames),
		module: reader.int32Column(size.frames)
	};
	const stacks = {
		length: size.stacks,
		prefix: reader.int32Column(size.stacks),
		frame: reader.int32Column(size.stacks)
	};
	const costs = forEachMetric(() => new Float64Array(size.stacks));
	for (const id of facts.metrics) costs[id] = reader.float64Column(size.stacks);
	const profile = {
		facts,
		strings,
		frames,
		stacks,
		costs
	};
	checkProfile(profile, `${where}.profile`);
	if (ownPaths !== null) checkFramePaths(ownPaths, profile, `${where}.ownPaths`);
	return {
		kind,
		profile,
		ownPaths,
		runs,
		isThreaded
	};
}
function readTexts(reader, count, byteLength, where) {
	const lengths = reader.int32Column(count);
	return decodeTexts({
		lengths,
		bytes: reader.raw(byteLength)
	}, where);
}

// src/measurement/mask-secrets.ts
/** What stands in a secret's place, as in the runner's log. */
const MASK = "***";
/**
* The same measurement without these texts: whatever is made of it can be shown.
* @param secrets the longer ones first, where one may be part of another
*/
function maskSecrets(measurement, secrets) {
	if (secrets.length === 0) return measurement;
	const mask = (text) => maskText(text, secrets);
	return {
		...measurement,
		notes: measurement.notes.map(mask),
		base: measurement.base && maskSide(measurement.base, mask),
		head: maskSide(measurement.head, mask)
	};
}
/** The text without these secrets, the longer ones first. */
function maskText(text, secrets) {
	return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
function maskSide(side, mask) {
	const { outcome } = side;
	const notes = side.notes.map(mask);
	if (outcome.kind === "failed") {
		const { message, lastLines } = outcome;
		return {
			...side,
			notes,
			outcome: {
				...outcome,
				message: mask(message),
				lastLines: lastLines.map(mask)
			}
		};
	}
	const { profile } = outcome;
	const { command, executable } = profile.facts;
	const facts = {
		...profile.facts,
		command: command && mask(command),
		executable: executable && mask(executable)
	};
	return {
		...side,
		notes,
		outcome: {
			...outcome,
			profile: {
				...profile,
				facts,
				strings: profile.strings.map(mask)
			}
		}
	};
}

export { encodeMeasurement as a, decodeMeasurement as i, maskText as n, MEASUREMENT_CAPS as r, maskSecrets as t };