import { t as columnsToFolded } from "./diff.js";
import { Worker, parentPort, workerData } from "node:worker_threads";
import { join } from "node:path";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";

// src/folded-files/write-folded-files.ts
/** The names are the same for every comparison. */
function foldedFilesIn(directory) {
	return {
		base: join(directory, "base.folded"),
		head: join(directory, "head.folded"),
		diff: join(directory, "diff.folded")
	};
}
/**
* Does nothing else meanwhile: to make the text takes longer than to write it, and to wait for each piece longer still.
* @param directory made when missing
* @throws the system's error
*/
function writeFoldedFiles(directory, texts) {
	mkdirSync(directory, { recursive: true });
	const files = foldedFilesIn(directory);
	for (const side of [
		"base",
		"head",
		"diff"
	]) writePieces(files[side], texts[side]);
}
function writePieces(path, pieces) {
	const file = openSync(path, "w");
	try {
		for (const piece of pieces) for (let written = 0; written < piece.length;) written += writeSync(file, piece, written);
	} finally {
		closeSync(file);
	}
}

// src/folded-files/write-in-thread.ts
/** Below this a thread takes longer to start than the text to write. Measured; see docs/performance.md. */
const WORTH_A_THREAD_STACKS = 3e4;
/** What the thread says when all is written. Anything else ends it without a word. */
const DONE = "done";
/** The thread's program: beside this folder in `src/`, and beside the chunk of this folder in `dist/`. */
const PROGRAM = new URL(import.meta.url.endsWith(".ts") ? "../folded-worker.ts" : "../folded-worker.js", import.meta.url);
/**
* Writes the folded files of a comparison, large ones in a thread that begins now, small ones when they are waited for.
* @param program for tests: what runs in the thread
*/
function startFoldedFiles(directory, columns, program = PROGRAM) {
	const order = {
		directory,
		columns
	};
	const isWritten = columns.prefix.length < WORTH_A_THREAD_STACKS ? false : askThread(order, program);
	return { async finish() {
		if (!await isWritten) writeFoldedFiles(directory, columnsToFolded(columns));
	} };
}
function askThread(order, program) {
	return new Promise((resolve) => {
		const worker = new Worker(program, { workerData: order });
		worker.once("message", (message) => resolve(message === DONE));
		worker.once("error", () => resolve(false));
		worker.once("exit", () => resolve(false));
	});
}
/** Runs in the thread: does what it was started for. */
function carryOutOrder() {
	const { directory, columns } = workerData;
	writeFoldedFiles(directory, columnsToFolded(columns));
	parentPort?.postMessage(DONE);
}

export { writeFoldedFiles as i, startFoldedFiles as n, foldedFilesIn as r, carryOutOrder as t };