/**
 * Finds out which command of the `run` script is to be traced, and puts `$MEMTRACK` before it: the path of the
 * launcher that starts a program under heaptrack.
 */

import { UserError } from '../../errors.ts';
import { type ShellToken, tokenizeShell } from './shell-tokens.ts';

/** What `run` says, ready for a shell. */
export interface RunScript {
  readonly script: string;
  /** Whether the programs to trace are those that cargo starts. */
  readonly isTracedThroughCargo: boolean;
  /** Whether the command to trace was chosen here, and not by a `$MEMTRACK` of the user's. */
  readonly isCommandChosen: boolean;
}

const MEMTRACK_VARIABLE = /\$MEMTRACK(?![A-Za-z0-9_])|\$\{MEMTRACK\b/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/** Subcommands of cargo that start what they built through its `runner` setting. */
const CARGO_RUNNERS = new Set(['run', 'r', 'test', 't', 'bench', 'nextest']);

const KEYWORDS = new Set(
  'if then else elif fi for while until do done case esac select function time ! { } [[ coproc'.split(' '),
);
/** Programs that only start another one, and that people put before the one they mean. */
const WRAPPERS = new Set(
  (
    'env nice timeout stdbuf xvfb-run sudo doas nohup setsid ionice chrt taskset numactl command builtin unbuffer ' +
    'setarch xargs'
  ).split(' '),
);
const BUILTINS = new Set(
  '. source eval cd pushd popd export declare local readonly unset set shopt trap wait exit return true false : [ test'.split(
    ' ',
  ),
);
const LONGEST_LINE_SHOWN = 200;

/** @throws UserError when it cannot be told which command is meant */
export function prepareRunScript(script: string): RunScript {
  const tokens = tokenizeShell(script);
  const words = tokens.filter((token) => token.kind === 'word');
  if (words.length === 0) {
    throw new UserError('`run` holds no command. Give it the command line of the program to measure.');
  }
  if (MEMTRACK_VARIABLE.test(script)) {
    return {
      script,
      isTracedThroughCargo: words.some((word, i) => isMemtrackWord(words[i - 1]) && isCargo(word)),
      isCommandChosen: false,
    };
  }
  const throughCargo = { script, isTracedThroughCargo: true, isCommandChosen: false };
  if (startsProgramsThroughCargo(words)) return throughCargo;

  const command = onlyCommand(tokens, script);
  if (isCargo(command)) return throughCargo;
  return {
    script: `${script.slice(0, command.start)}$MEMTRACK ${script.slice(command.start)}`,
    isTracedThroughCargo: false,
    isCommandChosen: true,
  };
}

function isMemtrackWord(word: ShellToken | undefined): boolean {
  return word !== undefined && /^"?\$(MEMTRACK|\{MEMTRACK\})"?$/.test(word.text);
}

function isCargo(word: ShellToken): boolean {
  return word.text === 'cargo' || word.text.endsWith('/cargo');
}

/** Whether there is a `cargo run` and its like, with a toolchain and flags between the two words or not. */
function startsProgramsThroughCargo(words: readonly ShellToken[]): boolean {
  return words.some((word, i) => {
    if (!isCargo(word)) return false;
    let next = i + 1;
    while (/^[+-]/.test(words[next]?.text ?? '')) {
      next += /^(-Z|-C|--config|--color)$/.test(words[next].text) ? 2 : 1;
    }
    return CARGO_RUNNERS.has(words[next]?.text ?? '');
  });
}

/** The word that names the program, when the script is one simple command. */
function onlyCommand(tokens: readonly ShellToken[], script: string): ShellToken {
  if (tokens.some((token) => token.kind === 'newline')) {
    throw new UserError(
      '`run` has several lines, and nothing says which of their commands is to be measured: ' +
        'put `$MEMTRACK` before it, as in `$MEMTRACK ./program input.txt`.',
    );
  }
  const operator = tokens.find((token) => token.kind === 'operator');
  if (operator !== undefined) {
    throw ambiguous(`\`${operator.text}\` makes more than one command of it`, script);
  }
  const commandWords = wordsWithoutRedirections(tokens);
  let first = 0;
  while (ASSIGNMENT.test(commandWords[first]?.text ?? '')) first++;
  if (commandWords[first]?.text === 'exec') {
    first++;
    if (commandWords[first]?.text.startsWith('-')) throw ambiguous('`exec` has options', script);
  }
  const command = commandWords[first];
  if (command === undefined) {
    throw new UserError(`\`run\` starts no program: ${shown(script)}`);
  }
  const name = command.text.slice(command.text.lastIndexOf('/') + 1);
  if (KEYWORDS.has(command.text)) throw ambiguous(`\`${command.text}\` is a word of the shell`, script);
  if (BUILTINS.has(command.text))
    throw ambiguous(`\`${command.text}\` is a command of the shell itself`, script);
  if (WRAPPERS.has(name)) {
    throw ambiguous(`\`${name}\` starts another program, and heaptrack follows no child processes`, script);
  }
  return command;
}

/** A redirection's target is no part of the command. */
function wordsWithoutRedirections(tokens: readonly ShellToken[]): ShellToken[] {
  return tokens.filter((token, i) => token.kind === 'word' && tokens[i - 1]?.kind !== 'redirection');
}

function ambiguous(why: string, script: string): UserError {
  return new UserError(
    `\`run\` does not say which program is to be measured: ${why}. Put \`$MEMTRACK\` directly before that program, ` +
      `as in \`timeout 60 $MEMTRACK ./program\`. The script is: ${shown(script)}`,
  );
}

function shown(script: string): string {
  const line = script.trim();
  return line.length <= LONGEST_LINE_SHOWN ? line : `${line.slice(0, LONGEST_LINE_SHOWN)}…`;
}
