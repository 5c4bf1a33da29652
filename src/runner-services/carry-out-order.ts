/** Runs in the thread: does with the real clients what it was started for. */

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Order, OrderKind, Orders } from './order.ts';

const MAX_LINES = 50;
const MAX_LINE_LENGTH = 500;

/** In the thread: does what its parent asked for, and tells it how that went. */
export async function answerOrder(): Promise<void> {
  const said = collectOutput();
  const answer = await carryOut(workerData as Order).then(
    (result): Answer => ({ isDone: true, result, said: said() }),
    (error: unknown): Answer => ({
      isDone: false,
      message: error instanceof Error ? error.message : String(error),
      said: said(),
    }),
  );
  parentPort?.postMessage(answer);
}

async function carryOut(order: Order): Promise<Orders[OrderKind]['result']> {
  switch (order.kind) {
    case 'upload':
      return upload(order);
    case 'list': {
      const { artifacts } = await (await artifactClient()).listArtifacts();
      return artifacts.map(({ id, name, size }) => ({ id, name, size }));
    }
    case 'download':
      await (await artifactClient()).downloadArtifact(order.id, {
        path: order.directory,
        skipDecompress: true,
      });
      return null;
    case 'restore':
      return restore(order);
    case 'save': {
      const { saveCache } = await import('@actions/cache');
      return (await saveCache([order.path], order.key)) > 0;
    }
  }
}

async function artifactClient() {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

async function upload(order: Orders['upload']['order']): Promise<Orders['upload']['result']> {
  const client = await artifactClient();
  const { id } = await client.uploadArtifact(order.artifactName, [...order.files], order.root, {
    skipArchive: !order.isZipped,
    compressionLevel: order.compressionLevel,
  });
  if (id === undefined) throw new Error('the service gave the artifact no id');
  return { id };
}

/**
 * The client has tar write files to wherever the archive says, absolute paths and links included. So it finds a `tar` of
 * ours, which adds an option: with `--to-command` tar writes no file at all, skips all that is no plain file, and hands
 * the contents to a command, which writes the one file that we want and no more of it than we want. (Not by
 * TAR_OPTIONS: with that, GNU tar 1.35 of Debian 13 ended with `malloc(): corrupted top size`.)
 */
async function restore(order: Orders['restore']['order']): Promise<string | null> {
  const directory = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'tar-'));
  const path = process.env.PATH ?? '';
  await writeFile(
    join(directory, 'tar'),
    `#!/bin/sh\nPATH="$MEMTRACK_PATH" exec tar --to-command='head -c ${order.maxBytes} >"$MEMTRACK_RESTORED_FILE"' "$@"\n`,
    { mode: 0o700 },
  );
  process.env.MEMTRACK_PATH = path;
  process.env.MEMTRACK_RESTORED_FILE = order.path;
  process.env.PATH = `${directory}:${path}`;
  const { restoreCache } = await import('@actions/cache');
  return (await restoreCache([order.path], order.key)) ?? null;
}

/**
 * The clients tell the runner what they do, on stdout, as workflow commands: nobody but our log is to hear that. Lines
 * with what is secret, and those for debugging, which may hold it, are dropped.
 */
function collectOutput(): () => readonly string[] {
  let text = '';
  const write = (chunk: unknown): boolean => {
    text = (text + String(chunk)).slice(-4 * MAX_LINES * MAX_LINE_LENGTH);
    return true;
  };
  process.stdout.write = write as typeof process.stdout.write;
  process.stderr.write = write as typeof process.stderr.write;
  return () =>
    text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !/^::(?:add-mask|debug)/.test(line))
      .slice(-MAX_LINES)
      .map((line) => line.slice(0, MAX_LINE_LENGTH));
}
