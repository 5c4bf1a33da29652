/** README.md's tables of inputs and outputs, from action.yml. */
import { parse } from 'yaml';

const START = '<!-- From action.yml, by `npm run docs`: -->';
const END = '<!-- End of what action.yml says. -->';

interface ActionDescription {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** README.md with what stands between the two markers made anew. */
export function withActionTables(readme: string, actionYaml: string): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md needs the lines ${START} and ${END}`);
  return `${readme.slice(0, start + START.length)}\n\n${actionTables(actionYaml)}\n\n${readme.slice(end)}`;
}

function actionTables(actionYaml: string): string {
  const { inputs, outputs }: ActionDescription = parse(actionYaml);
  return [
    '| input | default | meaning |',
    '| --- | --- | --- |',
    ...Object.entries(inputs).map(([name, input]) =>
      row(code(name), input.default ? code(input.default) : '', input.description),
    ),
    '',
    '| output | meaning |',
    '| --- | --- |',
    ...Object.entries(outputs).map(([name, output]) => row(code(name), output.description)),
  ].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}
