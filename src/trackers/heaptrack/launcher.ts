/**
 * The launcher: a small shell script that `$MEMTRACK` names. It asks us about the program that it is to start, waits
 * for the answer and then becomes that program, which so keeps its place in the user's script: its pipes, its exit
 * code, its process id.
 *
 *   launcher                                        this process
 *   writes request-PID, then "PID" to `requests` ──▶ reads it, looks at the program
 *   reads reply-PID                              ◀── `go FIFO [INTERPRETER SCRIPT]` or `plain`; ends the script otherwise
 *   exec program, heaptrack preloaded ──▶ FIFO ────▶ heaptrack_interpret ──▶ reader
 */

/** The files of the folder through which both sides talk. */
export const REQUESTS_NAME = 'requests';
/** Followed by the launcher's process id. */
export const REQUEST_PREFIX = 'request-';
/** Followed by the launcher's process id. */
export const REPLY_PREFIX = 'reply-';

/** Programs of the system that the launcher needs, as absolute paths: the script's PATH may be anything. */
export interface LauncherTools {
  readonly mkfifo: string;
  readonly env: string;
  /** Switches address randomization off, so that hash tables of addresses come out alike; null where not allowed. */
  readonly setarch: string | null;
}

/** Exit code of a launcher that could not ask, as that of `env` and `timeout` when they fail themselves. */
const FAILED_EXIT_CODE = 125;

/** The launcher's text. `folder` and the tools' paths are free of quotes. */
export function launcherScript(folder: string, preloadLibrary: string, tools: LauncherTools): string {
  const prefix = tools.setarch === null ? '' : `'${tools.setarch}' -R `;
  // Variables have long names because one that the user exported under the same name would reach the program changed.
  return `#!/bin/sh
# Starts a program under heaptrack, as memtrack tells it to. Made for one measurement.
memtrack_reply='${folder}/${REPLY_PREFIX}'$$
'${tools.mkfifo}' -m 600 "$memtrack_reply" || exit ${FAILED_EXIT_CODE}
{
  (umask 077 && printf '%s\\0' "$PWD" "\${PATH-}" "\${PYTHONMALLOC-}" "\${LD_PRELOAD-}" "$@" >|'${folder}/${REQUEST_PREFIX}'$$)
  printf '%s\\n' $$ >'${folder}/${REQUESTS_NAME}'
  read -r memtrack_answer memtrack_trace memtrack_interpreter memtrack_script <&9
} 9<>"$memtrack_reply"
case $memtrack_answer in
  go)
    if [ -n "$memtrack_interpreter" ]; then
      shift
      set -- "$memtrack_interpreter" "$memtrack_script" "$@"
    fi
    exec ${prefix}'${tools.env}' LD_PRELOAD='${preloadLibrary}'"\${LD_PRELOAD:+:$LD_PRELOAD}" DUMP_HEAPTRACK_OUTPUT="$memtrack_trace" "$@"
    ;;
  plain) exec "$@" ;;
esac
exit ${FAILED_EXIT_CODE}
`;
}

/** What a launcher wants to start. */
export interface LaunchRequest {
  readonly directory: string;
  readonly searchPath: string;
  /** Value of PYTHONMALLOC; '' when not set. */
  readonly pythonMalloc: string;
  /** Value of LD_PRELOAD; '' when not set. */
  readonly preload: string;
  /** The program as it was named, and its arguments. */
  readonly arguments: readonly string[];
  /** Length of the arguments with a NUL after each, as the system keeps them. */
  readonly argumentBytes: number;
}

const FIELDS_BEFORE_ARGUMENTS = 4;

/** Reads what a launcher wrote; null when it was not a launcher that wrote it. */
export function parseLaunchRequest(bytes: Uint8Array): LaunchRequest | null {
  if (bytes.at(-1) !== 0) return null;
  const fields = Buffer.from(bytes).toString('utf8').split('\0').slice(0, -1);
  if (fields.length < FIELDS_BEFORE_ARGUMENTS) return null;
  const [directory, searchPath, pythonMalloc, preload, ...args] = fields;
  let start = 0;
  for (let skipped = 0; skipped < FIELDS_BEFORE_ARGUMENTS; skipped++) start = bytes.indexOf(0, start) + 1;
  return {
    directory,
    searchPath,
    pythonMalloc,
    preload,
    arguments: args,
    argumentBytes: bytes.length - start,
  };
}
