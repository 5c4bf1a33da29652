import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError, UserError } from '../../src/errors.ts';
import { SILENT_LOG } from '../../src/log.ts';
import { type InstallOptions, installPackages } from '../../src/workspace/install-packages.ts';

/** The only folder in PATH: what is not put there is not on this system. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-test-'));
  for (const name of ['sh', 'env', 'cat']) symlinkSync(`/usr/bin/${name}`, join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true }));

function provide(name: string, script = ''): void {
  const text = `#!/bin/sh\necho "$0 $* [$DEBIAN_FRONTEND]" | ${folder}/cat >> ${folder}/calls\n${script}\n`;
  writeFileSync(join(folder, name), text.replace('$0', name));
  chmodSync(join(folder, name), 0o755);
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const CALL = 'apt-get -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3';
const INSTALL = `${CALL} install --yes --no-install-recommends heaptrack g++ [noninteractive]`;
const UPDATE = `${CALL} update [noninteractive]`;

function install(options: Partial<InstallOptions> = {}) {
  return installPackages(['heaptrack', 'g++'], {
    environment: { PATH: folder },
    log: SILENT_LOG,
    signal: new AbortController().signal,
    isRoot: true,
    pausesSeconds: [0, 0],
    ...options,
  });
}

describe('installPackages', () => {
  it('installs without refreshing the package lists when that is enough', async () => {
    provide('apt-get');
    await install();
    expect(calls()).toEqual([INSTALL]);
  });

  it('refreshes the lists and repeats when it is not', async () => {
    provide('apt-get', `case "$*" in *install*) test -e ${folder}/updated;; *) : > ${folder}/updated;; esac`);
    await install();
    expect(calls()).toEqual([INSTALL, UPDATE, INSTALL]);
  });

  it('gives up after its repetitions, with what apt-get said', async () => {
    provide('apt-get', 'echo "E: no such package" >&2; exit 100');
    const error = await install().catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error.message).toMatch(/apt-get .*install.* failed \(exit code 100\)/);
    expect(error.failure.lastLines).toEqual(['E: no such package']);
    expect(calls()).toHaveLength(5);
  });

  it('goes through sudo when we are not root, and keeps the variable that sudo drops', async () => {
    provide('apt-get');
    provide('sudo', 'shift; unset DEBIAN_FRONTEND; exec "$@"');
    await install({ isRoot: false });
    expect(calls()[0]).toMatch(/^sudo -n env DEBIAN_FRONTEND=noninteractive apt-get/);
    expect(calls()[1]).toBe(INSTALL);
  });

  it('says what to run by hand when sudo asks for a password', async () => {
    provide('apt-get');
    provide('sudo', 'echo "sudo: a password is required" >&2; exit 1');
    await expect(install({ isRoot: false })).rejects.toThrow(
      /sudo asks for a password. Run it by hand: sudo -n/,
    );
  });

  it('says what to do when there is no sudo', async () => {
    provide('apt-get');
    await expect(install({ isRoot: false })).rejects.toThrow(
      /no sudo.*as root: apt-get install heaptrack g\+\+/,
    );
  });

  it("names the system's own command when there is no apt-get", async () => {
    await expect(install()).rejects.toThrow(/no apt-get here. Install by hand/);
    provide('dnf');
    await expect(install()).rejects.toThrow('sudo dnf install heaptrack g++');
    await expect(install()).rejects.toBeInstanceOf(UserError);
  });
});
