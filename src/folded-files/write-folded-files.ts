import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FoldedDiff } from '../diff/diff-to-folded.ts';

/** Paths of the files that hold folded text of both sides and of their difference. */
export interface FoldedFiles {
  readonly base: string;
  readonly head: string;
  readonly diff: string;
}

/** The names are the same for every comparison. */
export function foldedFilesIn(directory: string): FoldedFiles {
  return {
    base: join(directory, 'base.folded'),
    head: join(directory, 'head.folded'),
    diff: join(directory, 'diff.folded'),
  };
}

/**
 * Does nothing else meanwhile: to make the text takes longer than to write it, and to wait for each piece longer still.
 * @param directory made when missing
 * @throws the system's error
 */
export function writeFoldedFiles(directory: string, texts: FoldedDiff): void {
  mkdirSync(directory, { recursive: true });
  const files = foldedFilesIn(directory);
  for (const side of ['base', 'head', 'diff'] as const) writePieces(files[side], texts[side]);
}

function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) {
      for (let written = 0; written < piece.length; ) written += writeSync(file, piece, written);
    }
  } finally {
    closeSync(file);
  }
}
