import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The licences of every third-party package that has code in the bundle, as one text, sorted by package. */
export async function collectLicenses(moduleIds: readonly string[]): Promise<string> {
  const folders = new Set<string>();
  for (const id of moduleIds) {
    const folder = packageFolder(id);
    if (folder !== null) folders.add(folder);
  }
  const entries = await Promise.all([...folders].map(describePackage));
  return [...new Set(entries)].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

function packageFolder(moduleId: string): string | null {
  const marker = `${sep}node_modules${sep}`;
  const start = moduleId.lastIndexOf(marker);
  if (start < 0) return null;
  const parts = moduleId.slice(start + marker.length).split(sep);
  const name = parts[0].startsWith('@') ? parts.slice(0, 2) : parts.slice(0, 1);
  return join(moduleId.slice(0, start + marker.length), ...name);
}

async function describePackage(folder: string): Promise<string> {
  const description = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const license = typeof description.license === 'string' ? description.license : 'see below';
  const body = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return `${description.name} ${description.version} (${license})\n\n${body || 'The package carries no licence text.'}\n`;
}
