// src/log.ts
/** The same log, with every text changed on its way. */
function rewriteLog(log, rewrite) {
	return {
		info: (message) => log.info(rewrite(message)),
		notice: (message) => log.notice(rewrite(message)),
		warning: (message) => log.warning(rewrite(message)),
		error: (message) => log.error(rewrite(message)),
		debug: (message) => log.debug(rewrite(message)),
		phase: (title, work) => log.phase(rewrite(title), work)
	};
}

export { rewriteLog as t };