/**
 * What of our environment foreign code gets to see. Tokens are taken out by name and by value; compilers' and
 * tools' variables stay, or builds would break. `RUNNER_TRACKING_ID` stays too: by it a GitHub runner finds what a job
 * left running.
 */

const REMOVED_NAMES = new Set([
  'GITHUB_TOKEN',
  'GH_TOKEN',
  // Files by which a step tells the runner things.
  'GITHUB_ENV',
  'GITHUB_OUTPUT',
  'GITHUB_PATH',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'NODE_OPTIONS',
  'SSH_AUTH_SOCK',
  'SSH_ASKPASS',
  'GIT_ASKPASS',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_PROXY_COMMAND',
  // Set inside git hooks: they would point the build's own git calls at the user's repository, not at the checkout.
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);
/**
 * What a runner says about this one run. A program that copies its environment, as CPython does, would allocate other
 * amounts in every run; and a build that asks for the commit would be told the same one on both sides.
 */
const NAMES_OF_ONE_RUN = new Set([
  'GITHUB_ACTION',
  'GITHUB_ACTION_PATH',
  'GITHUB_ACTION_REF',
  'GITHUB_ACTION_REPOSITORY',
  'GITHUB_ACTOR',
  'GITHUB_ACTOR_ID',
  'GITHUB_BASE_REF',
  'GITHUB_EVENT_NAME',
  'GITHUB_EVENT_PATH',
  'GITHUB_HEAD_REF',
  'GITHUB_JOB',
  'GITHUB_REF',
  'GITHUB_REF_NAME',
  'GITHUB_REF_PROTECTED',
  'GITHUB_REF_TYPE',
  'GITHUB_RETENTION_DAYS',
  'GITHUB_RUN_ATTEMPT',
  'GITHUB_RUN_ID',
  'GITHUB_RUN_NUMBER',
  'GITHUB_SHA',
  'GITHUB_TRIGGERING_ACTOR',
  'GITHUB_WORKFLOW',
  'GITHUB_WORKFLOW_REF',
  'GITHUB_WORKFLOW_SHA',
  'RUNNER_NAME',
  // systemd's marks of the service that the runner is.
  'INVOCATION_ID',
  'JOURNAL_STREAM',
  'SYSTEMD_EXEC_PID',
]);
const REMOVED_PREFIXES = ['INPUT_', 'STATE_', 'ACTIONS_', 'GIT_CONFIG', 'GIT_CREDENTIAL'] as const;
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE_KEY|API_?KEY/i;

/** Known to hold a token of the job, whose value must then not be found anywhere else either. */
const TOKEN_NAMES = [
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'INPUT_GITHUB-TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
] as const;

/** A shorter value is no token, and would be found by chance in paths. */
const MIN_SECRET_LENGTH = 8;

/**
 * The environment for foreign code.
 * @param parent our own environment
 * @param secrets values that must not be handed down under any name
 */
export function childEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): Record<string, string> {
  const forbiddenTexts = [...secrets, ...TOKEN_NAMES.map((name) => parent[name] ?? '')]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [secret, asBasicAuthentication(secret)]);
  return Object.fromEntries(
    Object.entries(parent).filter((entry): entry is [string, string] => {
      const [name, value] = entry;
      if (value === undefined || isRemovedByName(name)) return false;
      return !forbiddenTexts.some((text) => value.includes(text));
    }),
  );
}

function isRemovedByName(name: string): boolean {
  return (
    REMOVED_NAMES.has(name) ||
    NAMES_OF_ONE_RUN.has(name) ||
    REMOVED_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    SECRET_NAME.test(name)
  );
}

/**
 * Values that must not show up in anything we publish: a program can print what its command line was given, and the
 * runner masks its own log only. Of a secret of several lines each line is one, as output is looked at by lines; tokens
 * are known as basic authentication, too. The longer ones first, since one may be part of another.
 * @param others secrets that the environment does not hold
 */
export function secretValues(
  environment: Readonly<Record<string, string | undefined>>,
  others: readonly string[] = [],
): readonly string[] {
  const names = Object.keys(environment).filter((name) => SECRET_NAME.test(name));
  const values = [...others, ...names.map((name) => environment[name] ?? '')].map((value) => value.trim());
  const forms = [
    ...values.flatMap((value) => [value, ...value.split(/[\r\n]+/).map((line) => line.trim())]),
    ...TOKEN_NAMES.flatMap((name) => (environment[name] ? [asBasicAuthentication(environment[name])] : [])),
  ];
  return [...new Set(forms)]
    .filter((form) => form.length >= MIN_SECRET_LENGTH)
    .sort((a, b) => b.length - a.length);
}

/** The form in which a token stands in git's `http.extraheader`. */
function asBasicAuthentication(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
