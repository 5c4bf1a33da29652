import { readSettings } from './git.ts';
import type { Repository } from './repository.ts';

/**
 * What the checkout stored for later calls of git, where everything that runs after it can read it: in `.git/config`,
 * or in a file that this includes. Each value as it stands there, and the token that it is made of.
 */
export async function readStoredCredentials({ git }: Repository): Promise<readonly string[]> {
  const headers = await readSettings(git, '^http\\.(.*\\.)?extraheader$');
  const addresses = await readSettings(git, '^remote\\..*\\.(push)?url$');
  return [
    ...headers.flatMap(([, header]) => secretsOfHeader(header)),
    ...addresses.flatMap(([, address]) => secretsOfAddress(address)),
  ];
}

/** Whether git finds the private key of an SSH connection by itself: actions/checkout names it in `core.sshCommand`. */
export async function isPrivateKeyStored({ git }: Repository): Promise<boolean> {
  const commands = await readSettings(git, '^core\\.sshcommand$');
  return commands.some(([, command]) => / -i\b/.test(command));
}

function secretsOfHeader(header: string): readonly string[] {
  const value = header.slice(header.lastIndexOf(' ') + 1);
  if (value === '') return [];
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? [value] : [value, decoded.slice(colon + 1)];
}

/** A token stands in the place of the password, or of the user when there is none. */
function secretsOfAddress(address: string): readonly string[] {
  const url = /^https?:/.test(address) && URL.canParse(address) ? new URL(address) : null;
  if (url === null) return [];
  const { username, password } = url;
  if (password.length >= SHORTEST_PASSWORD) return [password];
  return password === '' && username.length >= SHORTEST_TOKEN ? [username] : [];
}

/** Anything shorter is found by chance elsewhere, and would be masked there. */
const SHORTEST_PASSWORD = 8;
/** Names of users are shorter than most tokens: ghp_ and 36 more. */
const SHORTEST_TOKEN = 40;
