/** What can be asked of the two services that a runner offers to JavaScript actions: artifacts and caches. */

/** By kind: what is asked, and what is answered. */
export interface Orders {
  /** Uploads files as a zip, or one file as it is: then the artifact is named as the file, whatever it says here. */
  readonly upload: {
    readonly order: {
      readonly kind: 'upload';
      readonly files: readonly string[];
      /** A folder that all of them are in. */
      readonly root: string;
      readonly artifactName: string;
      readonly isZipped: boolean;
      /** 0 for what is compressed already. */
      readonly compressionLevel: number;
    };
    readonly result: { readonly id: number };
  };
  /** Lists the artifacts of the run that we are a part of. */
  readonly list: {
    readonly order: { readonly kind: 'list' };
    readonly result: readonly { readonly id: number; readonly name: string; readonly size: number }[];
  };
  /** Writes an artifact of this run, as it was uploaded, into an empty directory. */
  readonly download: {
    readonly order: { readonly kind: 'download'; readonly id: number; readonly directory: string };
    readonly result: null;
  };
  /** Writes the content of the one file of a cache to `path`, cut after `maxBytes`. */
  readonly restore: {
    readonly order: {
      readonly kind: 'restore';
      readonly key: string;
      readonly path: string;
      readonly maxBytes: number;
    };
    /** The key that was found, which may be a longer one; null when none was. */
    readonly result: string | null;
  };
  readonly save: {
    readonly order: { readonly kind: 'save'; readonly key: string; readonly path: string };
    /** Whether it was saved. */
    readonly result: boolean;
  };
}

export type OrderKind = keyof Orders;
export type Order = Orders[OrderKind]['order'];

/** What the thread says when it is done, with the last lines that the clients wrote meanwhile. */
export type Answer =
  | { readonly isDone: true; readonly result: Orders[OrderKind]['result']; readonly said: readonly string[] }
  | { readonly isDone: false; readonly message: string; readonly said: readonly string[] };
