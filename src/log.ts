/**
 * Where progress and notices go. The shells make one each: the Action writes workflow commands, the command line
 * writes to stderr. Messages are plain text and may hold hostile names: the maker of a Log escapes them.
 */
export interface Log {
  /** One line of progress. */
  info(message: string): void;
  /** Something the user did not ask for but wants to know; shown as a notice. */
  notice(message: string): void;
  /** Something that weakens the result; shown as a warning. */
  warning(message: string): void;
  error(message: string): void;
  /** Detail for those who debug; hidden unless asked for. */
  debug(message: string): void;
  /** Runs `work` under a heading, and says how long it took. */
  phase<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** A Log that drops everything: for tests. */
export const SILENT_LOG: Log = {
  info() {},
  notice() {},
  warning() {},
  error() {},
  debug() {},
  phase: (_title, work) => work(),
};

/** The same log, with every text changed on its way. */
export function rewriteLog(log: Log, rewrite: (text: string) => string): Log {
  return {
    info: (message) => log.info(rewrite(message)),
    notice: (message) => log.notice(rewrite(message)),
    warning: (message) => log.warning(rewrite(message)),
    error: (message) => log.error(rewrite(message)),
    debug: (message) => log.debug(rewrite(message)),
    phase: (title, work) => log.phase(rewrite(title), work),
  };
}
