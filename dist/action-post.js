import { a as workDirectory, d as endProcess, f as createActionLog, l as readOpenCheckState, n as baselinesDirectory, o as concludeOpenCheck, r as historyDirectory, t as readJob } from "./memtrack/job.js";
import { s as UserError } from "./memtrack/errors.js";
import { l as variableOf } from "./memtrack/settings.js";
import { rm } from "node:fs/promises";

// src/action/post.ts
/**
* After the job, also a cancelled one: concludes a check that would otherwise be pending for ever, and removes what the
* measuring left behind. Reports stay, for steps of the user's own. Never fails the job.
*/
async function runPost(world) {
	const { environment, log } = world;
	try {
		const state = readOpenCheckState();
		const job = await readJob(world);
		if (state !== "") {
			const name = environment[variableOf("name")]?.trim() || "default";
			const result = await concludeOpenCheck(state, name, job);
			log.info(result?.reason ?? "The check was concluded: the step had left it open.");
		}
		const leftovers = [
			workDirectory(job),
			historyDirectory(job),
			baselinesDirectory(job)
		];
		for (const path of leftovers) await rm(path, {
			recursive: true,
			force: true,
			maxRetries: 2
		});
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		log.info(error instanceof UserError ? text : `Cleaning up failed: ${text}`);
	}
}

// src/action-post.ts
await runPost({
	environment: Object.fromEntries(Object.entries(process.env).filter((entry) => entry[1] !== void 0)),
	log: createActionLog(),
	signal: AbortSignal.timeout(6e4)
});
await endProcess();

export {  };