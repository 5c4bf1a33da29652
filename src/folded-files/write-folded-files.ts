import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Folded text of both sides and of their difference, in pieces: it can be longer than a string. */
export interface FoldedTexts {
  readonly base: Iterable<Uint8Array>;
  readonly head: Iterable<Uint8Array>;
  readonly diff: Iterable<Uint8Array>;
}

/** Paths of the files that hold it. */
export interface FoldedFiles {
  readonly base: string;
  readonly head: string;
  readonly diff: string;
}

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
export function writeFoldedFiles(directory: string, texts: FoldedTexts): void {
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
