// src/errors.ts
/**
* Errors that someone outside this code can mend. Their message states the fact, where it was found, and what to
* do; the two shells show it without a stack trace. Anything else that is thrown is a bug of ours.
*/
var UserError = class extends Error {
	name = "UserError";
};
/** Bad inputs or flags. Holds every problem found, so that one run shows them all. */
var SettingsError = class extends UserError {
	name = "SettingsError";
	problems;
	constructor(problems) {
		super(problems.length === 1 ? problems[0] : `${problems.length} problems:\n${problems.map((p) => `- ${p}`).join("\n")}`);
		this.problems = problems;
	}
};
/** The build, the program or the profiler failed, was refused, or ran out of time. */
var CommandError = class extends UserError {
	name = "CommandError";
	failure;
	constructor(message, failure, options) {
		super(message, options);
		this.failure = failure;
	}
};
/** A program that heaptrack cannot see (static, musl, Go, an allocator of its own …): refused before it runs. */
var UntraceableError = class extends UserError {
	name = "UntraceableError";
};
/** A trace that is not what it says: cut, corrupt, raw, or of another format. */
var TraceFormatError = class extends UserError {
	name = "TraceFormatError";
	/** Byte offset in the decompressed trace, or null where none can be named. */
	offset;
	constructor(message, offset, options) {
		super(offset === null ? message : `${message} (at byte ${offset} of the decompressed trace)`, options);
		this.offset = offset;
	}
};
/** A measurement from elsewhere (an artifact, a cache) that is damaged, forged, too large or of another version. */
var MeasurementError = class extends UserError {
	name = "MeasurementError";
};
/** Somebody asked us to stop: SIGINT, SIGTERM, a cancelled workflow. */
var CancelledError = class extends UserError {
	name = "CancelledError";
};

export { TraceFormatError as a, SettingsError as i, CommandError as n, UntraceableError as o, MeasurementError as r, UserError as s, CancelledError as t };