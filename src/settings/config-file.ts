import type { ErrorObject } from 'ajv';
import { SettingsError } from '../errors.ts';
import { METRIC_IDS } from '../profile/metric.ts';
import { ACTION_INPUTS } from './action-inputs.ts';
import { type BenchmarkOptions, type OptionText, parseOptions } from './benchmark-options.ts';
import { suggestName } from './closest-name.ts';
import { checkAgainstSchema } from './config-schema.ts';
import { parseName, parseRelativePath } from './fields.ts';
import type { PlacedProblems } from './placed-problems.ts';
import { quoteValue } from './problems.ts';
import { parseYaml, toData, type YamlText, type YamlValue } from './yaml-tree.ts';

/** The file with several benchmarks; docs/memtrack.schema.json describes it to editors, and is what it is held to. */
export interface Config {
  readonly path: string;
  /** Null: the file does not say. */
  readonly reusePaths: readonly string[] | null;
  /** What holds for all benchmarks that do not say otherwise. */
  readonly defaults: Partial<BenchmarkOptions>;
  /** At least one; their names are unique, capitals aside. */
  readonly benchmarks: readonly ConfigBenchmark[];
}

export interface ConfigBenchmark {
  readonly name: string;
  readonly run: string;
  readonly options: Partial<BenchmarkOptions>;
}

/** A larger file is refused unread. */
export const MAX_CONFIG_BYTES = 256 * 1024;

/**
 * @param path shown in messages
 * @throws SettingsError that lists everything wrong at once, as `PATH:LINE:COLUMN: message`
 */
export function parseConfig(text: string, path: string): Config {
  if (text.length > MAX_CONFIG_BYTES) {
    throw new SettingsError([`${path} has ${text.length} characters; accepted: up to ${MAX_CONFIG_BYTES}`]);
  }
  const { root, problems } = parseYaml(text, path);
  const config = readConfig(root, path, problems);
  explainSchemaErrors(root, checkAgainstSchema(toData(root)), problems);
  problems.throwIfAny();
  return config;
}

/** Takes what it finds; what is missing or of another shape is for the schema to say. */
function readConfig(root: YamlValue, path: string, problems: PlacedProblems): Config {
  return {
    path,
    reusePaths: readReusePaths(find(root, 'reuse-paths'), problems),
    defaults: readOptions(root, problems),
    benchmarks: readBenchmarks(find(root, 'benchmarks'), problems),
  };
}

function find(parent: YamlValue, key: string): YamlValue | null {
  return parent.kind === 'map' ? (parent.entries.get(key)?.value ?? null) : null;
}

/** The value of a key, when it is one and not a list, a mapping or nothing. */
function findText(parent: YamlValue, key: string): YamlText | null {
  const value = find(parent, key);
  return value?.kind === 'text' && value.value !== null ? value : null;
}

function readReusePaths(value: YamlValue | null, problems: PlacedProblems): readonly string[] | null {
  if (value === null) return null;
  const entries = value.kind === 'list' ? value.items : [value];
  return entries
    .flatMap((entry) => linesOf(entry, problems))
    .filter(({ text }) => text.trim() !== '')
    .map((line) => parseRelativePath('reuse-paths', line.text.trim(), line.problems));
}

function readBenchmarks(list: YamlValue | null, problems: PlacedProblems): readonly ConfigBenchmark[] {
  if (list?.kind !== 'list') return [];
  const seen = new Map<string, string>();
  return list.items.map((item) => {
    const nameText = findText(item, 'name');
    const runText = findText(item, 'run');
    if (runText?.text === '') {
      problems.at(runText.offset).add('run', '', 'the shell script that starts the program');
    }
    return {
      name: nameText === null ? '' : readUniqueName(nameText, seen, problems),
      run: runText?.text ?? '',
      options: readOptions(item, problems),
    };
  });
}

/** Names become names of files, on disks that do not tell capitals apart too. */
function readUniqueName({ text, offset }: YamlText, seen: Map<string, string>, problems: PlacedProblems) {
  const name = parseName('name', text, problems.at(offset));
  const folded = name.normalize('NFKC').toLowerCase();
  const other = seen.get(folded);
  if (other === undefined) seen.set(folded, name);
  else {
    const like = other === name ? 'is there already' : `is ${quoteValue(other)} but for its capitals`;
    problems.add(offset, `the name ${quoteValue(name)} ${like}; accepted: another name for each benchmark`);
  }
  return name;
}

function readOptions(parent: YamlValue, problems: PlacedProblems): Partial<BenchmarkOptions> {
  return parseOptions((key): OptionText | null => {
    const value = find(parent, key);
    if (value === null || value.kind === 'list' || (value.kind === 'text' && value.value === null))
      return null;
    if (value.kind === 'map' && key !== 'fail-on' && key !== 'budget') return null;
    return {
      text: value.kind === 'text' ? value.text : '',
      lines: linesOf(value, problems),
      problems: problems.at(value.offset),
    };
  });
}

/** A text by its lines; a mapping as the text with one `key: value` a line that it stands for. */
function linesOf(value: YamlValue, problems: PlacedProblems): OptionText['lines'] {
  if (value.kind === 'text') {
    return value.text
      .split('\n')
      .map((text, line) => ({ text, problems: problems.at(value.lineOffset(line)) }));
  }
  if (value.kind === 'list') return [];
  return METRIC_IDS.flatMap((id) => {
    const limit = findText(value, id);
    return limit === null ? [] : [{ text: `${id}: ${limit.text}`, problems: problems.at(limit.offset) }];
  });
}

/** In our words; what the readers above found fault with already is not told twice. */
function explainSchemaErrors(
  root: YamlValue,
  errors: readonly ErrorObject[],
  problems: PlacedProblems,
): void {
  const explained = new Set(problems.offsets());
  for (const error of errors) {
    const value = valueAt(root, error.instancePath);
    if (error.keyword === 'additionalProperties') {
      explainUnknownKey(value, error, problems);
    } else if (error.keyword === 'required') {
      const missing: string = error.params.missingProperty;
      problems.add(value.offset, `\`${missing}\` is missing; ${REQUIRED_KEYS}`);
    } else if (!explained.has(value.offset)) {
      explained.add(value.offset);
      problems.add(value.offset, describeWrongValue(value, error));
    }
  }
}

const REQUIRED_KEYS = 'the file has a list `benchmarks`, and each benchmark a `name` and a `run`';

function valueAt(root: YamlValue, pointer: string): YamlValue {
  let value = root;
  for (const key of keysOf(pointer)) {
    const next = value.kind === 'list' ? value.items[Number(key)] : find(value, key);
    if (next) value = next;
  }
  return value;
}

/** Of a JSON pointer (RFC 6901). */
function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function explainUnknownKey(parent: YamlValue, error: ErrorObject, problems: PlacedProblems): void {
  const key: string = error.params.additionalProperty;
  const accepted = Object.keys(error.parentSchema?.properties ?? {});
  const offset = parent.kind === 'map' ? parent.entries.get(key)?.keyOffset : undefined;
  const isInput = ACTION_INPUTS.some((input) => input === key);
  const hint = isInput
    ? ' (as an input of the Action it belongs into the workflow)'
    : suggestName(key, accepted);
  problems.add(
    offset ?? parent.offset,
    `${quoteValue(key)} is not a key here${hint}; accepted: ${accepted.join(', ')}`,
  );
}

const WORD_OF_TYPE: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['object', 'a mapping'],
  ['array', 'a list'],
]);

function describeWrongValue(value: YamlValue, error: ErrorObject): string {
  const key = keysOf(error.instancePath).findLast((part) => !/^\d+$/.test(part));
  const name = key === undefined ? 'the file' : `\`${key}\``;
  const { type, enum: choices, minItems = 0, maxItems, required } = error.parentSchema ?? {};
  if (value.kind === 'text' && value.value === null) {
    return `${name} has no value; give one${key === undefined ? `: ${REQUIRED_KEYS}` : ', or leave the key out'}`;
  }
  if (value.kind === 'list' && error.keyword.endsWith('Items')) {
    return `${name} has ${value.items.length} entries; accepted: ${minItems} to ${maxItems}`;
  }
  const shown = quoteValue(value.kind === 'text' ? value.text : JSON.stringify(toData(value)));
  if (error.keyword === 'enum') return `${name} is ${shown}; accepted: ${choices.join(', ')}`;
  if (error.keyword !== 'type') return `${name} is ${shown}; it ${error.message}`;
  const keys = required ? ` with ${required.join(' and ')}` : '';
  return `${name} is ${shown}; accepted: ${wordsOfTypes(type)}${keys}`;
}

/** The first type is what is meant; the other plain ones only spell it without quotes. */
function wordsOfTypes(types: string | readonly string[]): string {
  return [types]
    .flat()
    .filter((type, index) => index === 0 || type === 'object' || type === 'array')
    .map((type) => WORD_OF_TYPE.get(type) ?? type)
    .join(' or ');
}
