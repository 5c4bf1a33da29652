import { t as version } from "../package.js";
import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";

// src/assets.ts
/** Files that travel beside the code: in `dist/memtrack/` beside the bundle, in a checkout where they come from. */
const isBundled = !import.meta.url.endsWith(".ts");
const VERSION = version;
/** WebAssembly of the demangler, see symbols/demangle.ts. */
function readDemanglerWasm() {
	return readFile(new URL(isBundled ? "./demangle.wasm" : "../node_modules/gecko-profiler-demangle/index_bg.wasm", import.meta.url));
}
/** The program of report.html, which the build makes. */
async function readViewer() {
	const folder = new URL(isBundled ? "./" : "../dist/memtrack/", import.meta.url);
	const read = (name) => readFile(new URL(name, folder), "utf8");
	const [script, style] = await Promise.all([read("viewer.js"), read("viewer.css")]);
	return {
		script,
		style
	};
}
/** Folder with the demo's `project` and the patch that improves it. */
function demoDirectory() {
	return fileURLToPath(new URL("./demo/", import.meta.url));
}

export { readViewer as i, demoDirectory as n, readDemanglerWasm as r, VERSION as t };