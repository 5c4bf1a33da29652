import { a as TraceFormatError, s as UserError } from "./errors.js";
import { n as readTrace } from "./formats.js";
import { Worker, parentPort, workerData } from "node:worker_threads";
import { stat } from "node:fs/promises";
import { createReadStream } from "node:fs";

// src/trace-files/read-trace-file.ts
/**
* Reads a trace file of any known format.
* @throws TraceFormatError when it is broken; the system's error when it cannot be read
*/
async function readTraceFile(path, options) {
	let tables = null;
	const onTables = (given) => {
		tables = given;
	};
	const bytes = createReadStream(path, { highWaterMark: 1 << 20 });
	return {
		profile: await readTrace(bytes, {
			metric: options.metric,
			...options.keepsTables && { onTables }
		}),
		tables
	};
}

// src/trace-files/read-in-thread.ts
/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "../trace-worker.ts" : "../trace-worker.js", import.meta.url);
/**
* Reads a trace file in a thread of its own. The columns are handed over, not copied.
* @param program for tests: what runs in the thread
* @throws what `readTraceFile` throws
*/
async function readInThread(path, options, program = PROGRAM) {
	const answer = await askThread({
		path,
		options
	}, program);
	if (answer === null) return await readTraceFile(path, options);
	if (answer.kind === "file") return answer.file;
	throw toError(answer.message, answer.offset);
}
function askThread(order, program) {
	return new Promise((resolve) => {
		const worker = new Worker(program, { workerData: order });
		worker.once("message", (answer) => resolve(answer));
		worker.once("error", () => resolve(null));
		worker.once("exit", () => resolve(null));
	});
}
/** Runs in the thread: does what it was started for. */
async function answerOrder() {
	const { path, options } = workerData;
	try {
		const file = await readTraceFile(path, options);
		const answer = {
			kind: "file",
			file
		};
		parentPort?.postMessage(answer, [...columnsOf(file)]);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const offset = error instanceof TraceFormatError ? error.offset : void 0;
		const answer = {
			kind: "broken",
			message: error.message,
			offset
		};
		parentPort?.postMessage(answer);
	}
}
/** The error that was thrown in the thread: structured clones are of class Error, whatever they were. */
function toError(message, offset) {
	if (offset === void 0) return new UserError(message);
	return Object.assign(new TraceFormatError(message, null), { offset });
}
/** The memory of all typed arrays inside. */
function columnsOf(value, found = /* @__PURE__ */ new Set()) {
	for (const part of Object.values(value)) if (ArrayBuffer.isView(part)) found.add(part.buffer);
	else if (typeof part === "object" && part !== null && !Array.isArray(part)) columnsOf(part, found);
	return found;
}

// src/trace-files/read-side-by-side.ts
/** Below this a thread takes longer to start than the file to read. Measured; see docs/performance.md. */
const WORTH_A_THREAD_BYTES = 2e6;
/**
* Reads two trace files at the same time: base in a thread of its own, head here. Of two that fail, base's error is
* thrown.
* @param read for each side; told the path and how
*/
async function readSideBySide(basePath, headPath, read) {
	const sizes = await Promise.all([sizeOf(basePath), sizeOf(headPath)]);
	if (Math.min(...sizes) < WORTH_A_THREAD_BYTES) return [await read(basePath, readTraceFile), await read(headPath, readTraceFile)];
	const [base, head] = await Promise.allSettled([read(basePath, (path, options) => readInThread(path, options)), read(headPath, readTraceFile)]);
	if (base.status === "rejected") throw base.reason;
	if (head.status === "rejected") throw head.reason;
	return [base.value, head.value];
}
/** 0 for what has no size: a pipe, or nothing at all, which whoever reads it finds out. */
async function sizeOf(path) {
	try {
		return (await stat(path)).size;
	} catch {
		return 0;
	}
}

export { answerOrder as n, readSideBySide as t };