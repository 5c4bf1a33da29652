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
    REMOVED_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    SECRET_NAME.test(name)
  );
}

/** The form in which a token stands in git's `http.extraheader`. */
function asBasicAuthentication(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}
