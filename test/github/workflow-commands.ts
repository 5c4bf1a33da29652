/**
 * How GitHub's runner hears an action: commands in its output, and files it writes key and value to.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; where the pages are silent, as
 * actions/runner does it (ActionCommand.cs, ActionCommandManager.cs, FileCommandManager.cs).
 */

/** A command that the runner obeyed, wherever in the output it stood. */
export interface WorkflowCommand {
  /** Lower case, such as `error` or `add-mask`. */
  readonly name: string;
  /** Names in lower case: the runner ignores their case. */
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface Annotation {
  readonly level: 'error' | 'notice' | 'warning';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
  readonly endColumn?: number;
}

const COMMANDS: ReadonlySet<string> = new Set([
  ...['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice'],
  ...['remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'],
]);

/** Commands that a line of output may no longer give, since output is easily forged. The step fails. */
const DISABLED = new Set(['add-path', 'set-env']);

/** Of each level, in one step; the runner drops the others. */
const MOST_ANNOTATIONS = 10;

/** A bigger summary is not shown at all. */
const LARGEST_SUMMARY_BYTES = 1024 * 1024;

/** The secrets of a job. They are replaced in whatever the runner shows. */
export class SecretMasker {
  readonly #values = new Set<string>();

  add(secret: string): void {
    for (const value of [secret, ...secret.split(/\r\n|\r|\n/)]) {
      if (value.trim() !== '') this.#values.add(value);
    }
  }

  get values(): readonly string[] {
    return [...this.#values];
  }

  mask(text: string): string {
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((masked, value) => masked.replaceAll(value, '***'), text);
  }
}

/** Reads what one process of an action writes, line by line, and then its files. */
export class StepReader {
  readonly annotations: Annotation[] = [];
  readonly commands: WorkflowCommand[] = [];
  readonly outputs = new Map<string, string>();
  readonly state = new Map<string, string>();
  readonly environment = new Map<string, string>();
  readonly path: string[] = [];
  summary = '';
  /** True when the runner would fail the step, whatever its exit code. */
  isBroken = false;
  readonly #masker: SecretMasker;
  readonly #showsDebug: boolean;
  readonly #log: string[] = [];
  readonly #rawLog: string[] = [];
  #resumeToken: string | null = null;

  constructor(masker: SecretMasker, showsDebug: boolean) {
    this.#masker = masker;
    this.#showsDebug = showsDebug;
  }

  /** As GitHub shows it: secrets masked, commands obeyed. */
  get log(): string {
    return this.#log.join('');
  }

  /** Every line as it was written: secrets that only the masking hides are seen here. */
  get rawLog(): string {
    return this.#rawLog.join('');
  }

  readLine(line: string): void {
    this.#rawLog.push(`${line}\n`);
    const command = parseCommand(line, this.#resumeToken);
    if (!command || !this.#obey(command, line)) this.#show(line);
  }

  /** Contents of the files that GITHUB_ENV and the like named. A file that was removed counts as empty. */
  readFiles(files: Readonly<Record<'env' | 'output' | 'path' | 'state' | 'step_summary', string>>): void {
    this.#readFile('path', () => this.path.push(...files.path.split(/\r?\n/).filter((line) => line !== '')));
    this.#readFile('env', () => {
      for (const [name, value] of parseKeyValues(files.env)) {
        if (name.toUpperCase() === 'NODE_OPTIONS') {
          throw new Error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
        }
        this.environment.set(name, value);
      }
    });
    this.#readFile('output', () => addAll(this.outputs, parseKeyValues(files.output)));
    this.#readFile('state', () => addAll(this.state, parseKeyValues(files.state)));
    const summaryBytes = Buffer.byteLength(files.step_summary);
    if (summaryBytes <= LARGEST_SUMMARY_BYTES) this.summary = this.#masker.mask(files.step_summary);
    else {
      const kilobytes = Math.trunc(summaryBytes / 1024);
      this.annotate({
        level: 'error',
        message: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
      });
    }
  }

  /** Adds an annotation, if there is still room for it, and shows it in the log. */
  annotate(annotation: Annotation): void {
    const masked = { ...annotation, message: this.#masker.mask(annotation.message) };
    this.#show(`##[${annotation.level}]${annotation.message}`);
    const same = this.annotations.filter(({ level }) => level === annotation.level).length;
    if (same < MOST_ANNOTATIONS) this.annotations.push(masked);
  }

  #show(line: string): void {
    this.#log.push(`${this.#masker.mask(line)}\n`);
  }

  #readFile(name: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      this.#fail(`Unable to process file command '${name}' successfully.`, (error as Error).message);
    }
  }

  #fail(...messages: readonly string[]): void {
    this.isBroken = true;
    for (const message of messages) this.annotate({ level: 'error', message });
  }

  /** Returns false for a line that is no command after all, and only shown. */
  #obey(command: WorkflowCommand, line: string): boolean {
    const { name, message, properties } = command;
    if (this.#resumeToken !== null) {
      if (name !== this.#resumeToken.toLowerCase()) return false;
      this.#resumeToken = null;
      this.#show(line);
      return true;
    }
    this.commands.push(command);
    if (DISABLED.has(name)) {
      this.#fail(`Unable to process command '${line}' successfully.`, `The \`${name}\` command is disabled.`);
    } else if (name === 'stop-commands') {
      this.#resumeToken = message;
      this.#show(line);
    } else if (name === 'add-mask') {
      this.#masker.add(message);
    } else if (name === 'set-output' || name === 'save-state') {
      const target = name === 'set-output' ? this.outputs : this.state;
      if (properties.name) target.set(properties.name, message);
      else this.#fail(`Required field 'name' is missing in ##[${name}] command.`);
    } else if (name === 'error' || name === 'warning' || name === 'notice') {
      this.annotate(annotationOf(name, command));
    } else if (name === 'group' || name === 'endgroup') {
      this.#show(`##[${name}]${name === 'group' ? message : ''}`);
    } else if (name === 'debug' && this.#showsDebug) {
      this.#show(`##[debug]${message}`);
    }
    return true;
  }
}

/** `::name key=value,key=value::message` after blanks, or the older `##[name key=value;key=value]message` anywhere. */
function parseCommand(line: string, resumeToken: string | null): WorkflowCommand | null {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  if (end >= 0) {
    const command = commandFrom(
      trimmed.slice(2, end),
      trimmed.slice(end + 2),
      ',',
      unescapeProperty,
      unescapeMessage,
    );
    if (isKnown(command, resumeToken)) return command;
  }
  const start = line.indexOf('##[');
  const bracket = start >= 0 ? line.indexOf(']', start) : -1;
  if (bracket < 0) return null;
  const info = line.slice(start + 3, bracket);
  const command = commandFrom(info, line.slice(bracket + 1), ';', unescapeOld, unescapeOld);
  return isKnown(command, resumeToken) ? command : null;
}

function isKnown({ name }: WorkflowCommand, resumeToken: string | null): boolean {
  return COMMANDS.has(name) || name === resumeToken?.toLowerCase();
}

function commandFrom(
  info: string,
  message: string,
  separator: string,
  decodeProperty: (text: string) => string,
  decodeMessage: (text: string) => string,
): WorkflowCommand {
  const blank = info.indexOf(' ');
  const properties = new Map<string, string>();
  for (const pair of blank > 0
    ? info
        .slice(blank + 1)
        .trim()
        .split(separator)
    : []) {
    const equals = pair.indexOf('=');
    if (equals <= 0 || equals === pair.length - 1) continue;
    properties.set(pair.slice(0, equals).toLowerCase(), decodeProperty(pair.slice(equals + 1)));
  }
  return {
    name: (blank < 0 ? info : info.slice(0, blank)).toLowerCase(),
    properties: Object.fromEntries(properties),
    message: decodeMessage(message),
  };
}

function unescapeMessage(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeMessage(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function unescapeOld(text: string): string {
  return unescapeMessage(text.replaceAll('%3B', ';').replaceAll('%5D', ']'));
}

function annotationOf(level: Annotation['level'], { message, properties }: WorkflowCommand): Annotation {
  const { title, file, line, endline, col, endcolumn } = properties;
  return {
    level,
    message,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(endline === undefined ? {} : { endLine: Number(endline) }),
    ...(col === undefined ? {} : { column: Number(col) }),
    ...(endcolumn === undefined ? {} : { endColumn: Number(endcolumn) }),
  };
}

/**
 * `name=value` lines, and `name<<DELIMITER`, lines of the value, `DELIMITER`. Whichever of `=` and `<<` stands first
 * in a line decides.
 */
function parseKeyValues(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const pairs: (readonly [string, string])[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals < 0 && heredoc < 0) throw new Error(`Invalid format '${line}'`);
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    const delimiter = line.slice(heredoc + 2);
    if (heredoc === 0 || delimiter === '') {
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
    }
    const end = lines.indexOf(delimiter, i + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    pairs.push([line.slice(0, heredoc), lines.slice(i + 1, end).join('\n')]);
    i = end;
  }
  return pairs;
}

function addAll(to: Map<string, string>, pairs: readonly (readonly [string, string])[]): void {
  for (const [name, value] of pairs) to.set(name, value);
}
