import { type Repository, readSettings } from './git.ts';

/**
 * What the checkout stored for later calls of git, where everything that runs after it can read it: in `.git/config`,
 * or in a file that this includes. Each value as it stands there, and the token that it is made of.
 */
export async function readStoredCredentials({ git }: Repository): Promise<readonly string[]> {
  const headers = await readSettings(git, '^http\\.(.*\\.)?extraheader$');
  return headers.flatMap(([, header]) => {
    const value = header.slice(header.lastIndexOf(' ') + 1);
    if (value === '') return [];
    const decoded = Buffer.from(value, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    return colon < 0 ? [value] : [value, decoded.slice(colon + 1)];
  });
}
