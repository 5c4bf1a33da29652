import { f as endProcess, i as historyDirectory, n as readRunnerJob, o as workDirectory, p as createActionLog, r as baselinesDirectory, s as concludeOpenCheck, u as readOpenCheckState } from "./memtrack/job.js";
import { s as UserError } from "./memtrack/errors.js";
import { u as variableOf } from "./memtrack/settings.js";
import { rm } from "node:fs/promises";

// src/action/post.ts
/**
* After the job, also a cancelled one: concludes a check that would otherwise be pending for ever, and removes what the
* measuring left behind. Reports stay, for steps of the user's own. Never fails the job.
*/
async function runPost(world) {
	for (const work of [concludeCheck, removeLeftovers]) try {
		await work(world);
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		world.log.info(error instanceof UserError ? text : `Cleaning up failed: ${text}`);
	}
}
async function concludeCheck(world) {
	const state = readOpenCheckState();
	if (state === "") return;
	const name = world.environment[variableOf("name")]?.trim() || "default";
	const result = await concludeOpenCheck(state, name, readRunnerJob(world));
	world.log.info(result?.reason ?? "The check was concluded: the step had left it open.");
}
async function removeLeftovers(world) {
	const temporaryDirectory = world.environment.RUNNER_TEMP;
	if (!temporaryDirectory) return;
	for (const directoryIn of [
		workDirectory,
		historyDirectory,
		baselinesDirectory
	]) await rm(directoryIn({ temporaryDirectory }), {
		recursive: true,
		force: true,
		maxRetries: 2
	});
}

// src/action-post.ts
await runPost({
	environment: Object.fromEntries(Object.entries(process.env).filter((entry) => entry[1] !== void 0)),
	log: createActionLog(),
	signal: AbortSignal.timeout(6e4)
});
await endProcess();

export {  };