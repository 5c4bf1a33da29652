/**
 * Cuts a shell script into tokens, as far as one must to know where its commands begin (POSIX.1-2017, Shell Command
 * Language, 2.3, and bash's additions). What is quoted or substituted stays part of its word. Never fails: what the
 * shell would reject comes out as some token or other.
 */

export interface ShellToken {
  /**
   * `operator`: what ends a command or groups commands. `redirection`: an operator such as `2>&`, whose target is the
   * next word. `newline`: one between two other tokens.
   */
  readonly kind: 'word' | 'operator' | 'redirection' | 'newline';
  readonly text: string;
  /** Offset in the script. */
  readonly start: number;
}

/** Longer ones first, so that the first that fits is the right one. */
const REDIRECTIONS = ['&>>', '<<<', '<<-', '&>', '>>', '>&', '>|', '<<', '<&', '<>', '>', '<'];
const OPERATORS = [';;&', ';;', ';&', '&&', '||', '|&', ';', '&', '|', '(', ')'];
const ENDS_WORD = new Set([' ', '\t', '\r', '\n', ';', '&', '|', '<', '>', '(', ')']);

/** All tokens of a script, comments and blanks left out. */
export function tokenizeShell(script: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  let at = 0;
  while (at < script.length) {
    const start = at;
    if (script.startsWith('\\\n', at)) at += 2;
    else if (script[at] === '#') at = endOfLine(script, at);
    else if (script[at] === '\n') {
      at++;
      tokens.push({ kind: 'newline', text: '\n', start });
    } else if (isBlank(script[at])) at++;
    else {
      const token = tokenAt(script, at);
      tokens.push(token);
      at += token.text.length;
    }
  }
  return withoutNeedlessNewlines(tokens);
}

function tokenAt(script: string, start: number): ShellToken {
  const isSubstitution = /[<>]/.test(script[start]) && script[start + 1] === '(';
  if (!isSubstitution) {
    const redirection = redirectionAt(script, start);
    if (redirection !== null) return { kind: 'redirection', text: redirection, start };
    const operator = OPERATORS.find((candidate) => script.startsWith(candidate, start));
    if (operator !== undefined) return { kind: 'operator', text: operator, start };
  }
  return { kind: 'word', text: script.slice(start, endOfWord(script, start)), start };
}

/** A redirection with the descriptor before it, as in `2>` or `{log}>`; null when there is none at `start`. */
function redirectionAt(script: string, start: number): string | null {
  const descriptor = /^(?:[0-9]{1,9}|\{[A-Za-z_][A-Za-z0-9_]{0,99}\})(?=[<>])/.exec(
    script.slice(start, start + 110),
  );
  const at = start + (descriptor?.[0].length ?? 0);
  const operator = REDIRECTIONS.find((candidate) => script.startsWith(candidate, at));
  return operator === undefined ? null : script.slice(start, at + operator.length);
}

function endOfWord(script: string, start: number): number {
  const isSubstitution = script[start] === '<' || script[start] === '>';
  /** The characters that close what is open, innermost last. */
  const open: string[] = isSubstitution ? [')'] : [];
  let at = isSubstitution ? start + 2 : start;
  while (at < script.length) {
    const character = script[at];
    const inside = open.at(-1);
    if (inside === undefined && ENDS_WORD.has(character)) break;
    const isDollar = character === '$';
    if (character === '\\') at += 2;
    else if (character === inside) {
      open.pop();
      at++;
    } else if (isDollar && script[at + 1] === "'" && inside !== '"') at = endOfAnsiQuote(script, at + 2);
    else if (character === "'" && inside !== '"') at = after(script, "'", at + 1);
    else if (isDollar && script[at + 1] === '(') {
      open.push(')');
      at += 2;
    } else if (isDollar && script[at + 1] === '{') {
      open.push('}');
      at += 2;
    } else {
      if (character === '"' || character === '`') open.push(character);
      if (character === '(' && inside === ')') open.push(')');
      at++;
    }
  }
  return Math.min(at, script.length);
}

/** The end of a `$'…'`, in which a backslash may stand before a quote. */
function endOfAnsiQuote(script: string, start: number): number {
  let at = start;
  while (at < script.length && script[at] !== "'") at += script[at] === '\\' ? 2 : 1;
  return at + 1;
}

function after(script: string, character: string, start: number): number {
  const found = script.indexOf(character, start);
  return found === -1 ? script.length : found + 1;
}

function endOfLine(script: string, start: number): number {
  const found = script.indexOf('\n', start);
  return found === -1 ? script.length : found;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}

/** Drops newlines at both ends, and all but one of several in a row. */
function withoutNeedlessNewlines(tokens: readonly ShellToken[]): ShellToken[] {
  const kept = tokens.filter(
    (token, i) => token.kind !== 'newline' || (i > 0 && tokens[i - 1].kind !== 'newline'),
  );
  if (kept.at(-1)?.kind === 'newline') kept.pop();
  return kept;
}
